#pragma once

#include "platform/base/error.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/password_pool.hpp"
#include "platform/identity/refusals.hpp"
#include "platform/identity/throttle.hpp"
#include "platform/tenancy/provisioning.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace terrace::identity {

/// What a sign-up says.
struct SignUp {
    std::string organization_name;
    std::string slug;
    std::string full_name;
    std::string email;
    std::string password;
    /// Where its rows are to live, by command; nothing: where the installation has those who sign up.
    std::optional<Isolation> isolation{};
    std::string cluster = "main";  ///< where its database is to be, by command
};

/// What is wrong with the e-mail, the slug and the password of `form`; folds the e-mail to the form that is stored.
FieldErrors check_sign_up(SignUp& form);

struct Registered {
    Account account;
    Uuid tenant;
    std::string slug;
    std::string name;
};

struct SlugAvailability {
    std::optional<FieldError> error;  ///< nothing when it can be taken
    std::optional<std::string> suggestion;
};

/// Makes organisations and people, for one event loop. The referenced parts must outlive it.
class Registration {
  public:
    Registration(db::Database& database, Accounts& accounts, PasswordPool& passwords, Throttle& throttle,
                 Refusals& refusals, tenancy::Provisioner& provisioner, Isolation isolation)
        : database_(database),
          accounts_(accounts),
          passwords_(passwords),
          throttle_(throttle),
          refusals_(refusals),
          provisioner_(provisioner),
          isolation_(isolation) {}

    /// 400 `validation_failed` for what check_sign_up finds. A new organisation with its owner: a new person, or the
    /// one who has the e-mail and knows its password (otherwise 409 `account_exists`, counted and held back as a failed
    /// sign-in is). The catalog's rows are one transaction; whatever stops what follows, the same sign-up again
    /// continues it, and so does the sweep. Who sends it again within the hour, since its answer was lost, is answered
    /// as the first time. 409 `slug_taken`. Without `address` (commands, seeds) nothing is throttled.
    boost::asio::awaitable<Result<Registered>> run(SignUp form, std::optional<std::string> address);

    /// Makes a person a member of a tenant, adding the person where nobody has the e-mail: for commands and demo data.
    boost::asio::awaitable<Result<Account>> add_member(Uuid tenant, std::string email, std::string full_name,
                                                       std::string password, std::string role_slug);

    /// Whether a sign-up could take `slug`; when not, one like it that it could.
    boost::asio::awaitable<Result<SlugAvailability>> check_slug(std::string slug);

  private:
    boost::asio::awaitable<Result<Registered>> sign_up(SignUp form, std::optional<std::string> address);

    struct Found;
    boost::asio::awaitable<Result<Found>> look_up(std::string email, std::string slug);
    /// Nothing when another sign-up took the e-mail meanwhile.
    boost::asio::awaitable<Result<std::optional<Registered>>> insert(SignUp form, std::optional<Account> known,
                                                                     std::string password_hash);
    boost::asio::awaitable<Result<void>> prove(Found found, SignUp form, std::optional<std::string> address);
    boost::asio::awaitable<Result<std::optional<Registered>>> attempt(SignUp form, std::optional<std::string> address);

    db::Database& database_;
    Accounts& accounts_;
    PasswordPool& passwords_;
    Throttle& throttle_;
    Refusals& refusals_;
    tenancy::Provisioner& provisioner_;
    Isolation isolation_;
};

}  // namespace terrace::identity
