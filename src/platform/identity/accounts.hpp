#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terrace::identity {

/// A person.
struct Account {
    Uuid id;
    std::string email;
    std::string full_name;
    std::string locale = "en";
};

struct AccountWithPassword {
    Account account;
    std::optional<std::string> password_hash;  ///< nothing for a person who has none
};

/// An organisation that a person may enter, with the role there.
struct Belonging {
    Uuid tenant;
    std::string slug;
    std::string name;
    std::string role_slug;
};

struct Profile {
    Account account;
    std::vector<Belonging> belongings;  ///< by name
};

/// The catalog's rows of people, for one event loop. E-mails are normalized by the caller.
class Accounts {
  public:
    explicit Accounts(db::Database& database) : database_(database) {}

    boost::asio::awaitable<Result<std::optional<AccountWithPassword>>> find_by_email(std::string email);
    /// Nothing when the person is gone.
    boost::asio::awaitable<Result<std::optional<Profile>>> profile(Uuid user);
    /// Leaves what is not given.
    boost::asio::awaitable<Result<void>> update(Uuid user, std::optional<std::string> full_name,
                                                std::optional<std::string> locale);

    /// Adds a person to a transaction that the caller commits; false when somebody has the e-mail.
    static boost::asio::awaitable<Result<bool>> insert(db::Lease& lease, Account account, std::string password_hash);
    /// Adds the membership, or leaves the one that is there.
    static boost::asio::awaitable<Result<void>> insert_membership(db::Lease& lease, Uuid tenant, Uuid user,
                                                                  std::string role_slug);

  private:
    db::Database& database_;
};

}  // namespace terrace::identity
