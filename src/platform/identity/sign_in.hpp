#pragma once

#include "platform/base/error.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/password_pool.hpp"
#include "platform/identity/refusals.hpp"
#include "platform/identity/throttle.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace terrace::identity {

/// Checks who signs in and where to, for one event loop. The referenced parts must outlive it.
class SignIn {
  public:
    SignIn(Accounts& accounts, PasswordPool& passwords, Throttle& throttle, Refusals& refusals)
        : accounts_(accounts), passwords_(passwords), throttle_(throttle), refusals_(refusals) {}

    struct Request {
        std::string email;  ///< normalized
        std::string password;
        std::optional<std::string> tenant_slug;
        tenancy::TenantPtr host_tenant;  ///< what the host names, or null
        std::string address;
        std::string request_id;
    };
    struct Outcome {
        Uuid user;
        Uuid tenant;
    };

    /// 401 `invalid_credentials` for an unknown e-mail, a wrong password, an unknown organisation and one of others:
    /// the same bytes after the same work. 409 `tenant_required` lists the choice when nothing names the organisation.
    /// A refusal is held back (`Refusals`), a right password never.
    boost::asio::awaitable<Result<Outcome>> run(Request request);

    /// Whether this is the password of a person who is signed in, asked once more before something grave. Counted, and
    /// held back when it is wrong, as a sign-in is.
    boost::asio::awaitable<Result<bool>> confirm(Uuid user, std::string password, std::string address);

  private:
    boost::asio::awaitable<Result<bool>> check_again(Uuid user, std::string password, std::string address);
    boost::asio::awaitable<Result<Outcome>> check(Request request);
    /// The person; nothing for an unknown e-mail and for a wrong password, after the same work.
    boost::asio::awaitable<Result<std::optional<Uuid>>> look_for(PasswordPool::Caller caller, std::string password);
    /// The same, where there is room for it, and counted.
    boost::asio::awaitable<Result<std::optional<Uuid>>> find_by_password(std::string email, std::string password,
                                                                         std::string address);

    Accounts& accounts_;
    PasswordPool& passwords_;
    Throttle& throttle_;
    Refusals& refusals_;
};

}  // namespace terrace::identity
