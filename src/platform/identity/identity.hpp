#pragma once

/// Who people are and how they sign in. An account is no organisation's: a person is a member of many and goes from one
/// to the next without signing in again. How a server is put together from it:
///
///     // Once in the process, before the loops, destroyed after them:
///     identity::Shared identity_shared(config);
///
///     // In each loop, after its Database, Directory, Memberships and Provisioner, destroyed before them:
///     identity::Service identity_service({.executor = executor, .database = database, .directory = directory,
///                                         .memberships = memberships, .provisioner = provisioner, .feed = feed,
///                                         .shared = identity_shared});
///     identity::add_to(api, identity_service);                  // endpoints and schemas
///     PipelineParts{…, .authenticator = identity_service.authenticator()};
///
///     // On one loop, beside ChangeFeed::run, with a cancellation slot:
///     co_spawn(executor, identity_shared.keys.run(database), …);
///
/// Until the key ring has been read once, sign-ins answer 503; a command that signs nothing needs no `run`. Commands
/// and seeds use `identity_service.registration()`.

#include "platform/access/memberships.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/api/pipeline.hpp"
#include "platform/base/config.hpp"
#include "platform/identity/access_token.hpp"
#include "platform/identity/accounts.hpp"
#include "platform/identity/authenticator.hpp"
#include "platform/identity/key_ring.hpp"
#include "platform/identity/own_sessions.hpp"
#include "platform/identity/password_pool.hpp"
#include "platform/identity/refresh_token.hpp"
#include "platform/identity/refusals.hpp"
#include "platform/identity/registration.hpp"
#include "platform/identity/session_trail.hpp"
#include "platform/identity/sessions.hpp"
#include "platform/identity/sign_in.hpp"
#include "platform/identity/throttle.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/directory.hpp"
#include "platform/tenancy/provisioning.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <string>

namespace terrace::identity {

/// What the loops of a process share. `config` must outlive it.
struct Shared {
    explicit Shared(const Config& config);

    const Config& config;
    KeyRing keys;
    RefreshTokens refresh_tokens;
    PasswordPool passwords;
    Throttle throttle;
    Refusals refusals;
};

struct Parts {
    boost::asio::any_io_executor executor;
    db::Database& database;
    tenancy::Directory& directory;
    access::Memberships& memberships;
    tenancy::Provisioner& provisioner;
    tenancy::ChangeFeed& feed;
    Shared& shared;
};

/// The identity of one event loop.
class Service {
  public:
    explicit Service(const Parts& parts);
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    const Config& config() const { return parts_.shared.config; }
    const KeyRing& keys() const { return parts_.shared.keys; }
    const RefreshTokens& refresh_tokens() const { return parts_.shared.refresh_tokens; }
    tenancy::Directory& directory() { return parts_.directory; }
    access::Memberships& memberships() { return parts_.memberships; }
    Accounts& accounts() { return accounts_; }
    AccessTokens& access_tokens() { return access_tokens_; }
    TokenAuthenticator& authenticator() { return authenticator_; }
    Sessions& sessions() { return sessions_; }
    OwnSessions& own_sessions() { return own_sessions_; }
    SignIn& sign_in() { return sign_in_; }
    Registration& registration() { return registration_; }

  private:
    Parts parts_;
    Accounts accounts_;
    AccessTokens access_tokens_;
    TokenAuthenticator authenticator_;
    SessionTrail trail_;
    Sessions sessions_;
    OwnSessions own_sessions_;
    SignIn sign_in_;
    Registration registration_;
};

/// The endpoints under `/api/v1/auth` and the JWK Set, and their schemas.
void add_to(api::Api& api, Service& service);

}  // namespace terrace::identity
