#pragma once

#include "platform/access/memberships.hpp"
#include "platform/api/csrf.hpp"
#include "platform/api/endpoint.hpp"
#include "platform/base/config.hpp"
#include "platform/http/router.hpp"
#include "platform/tenancy/directory.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>

namespace terrace::api {

/// What a credential proved. The pipeline looks up the membership itself, so a removed member is refused at once.
struct Credential {
    Uuid user;
    Uuid session;
    Uuid tenant;
};

/// Reads the credential of a request; identity provides it, so that the pipeline knows nothing of tokens.
class Authenticator {
  public:
    virtual ~Authenticator() = default;
    /// Nothing when the request carries no credential; an Error (401) when it carries a bad one. A Bearer token wins
    /// over a cookie.
    virtual boost::asio::awaitable<Result<std::optional<Credential>>> authenticate(const http::Request& request) = 0;
    /// Whether a session that was proved before still lives; an Error (503) where nobody can tell.
    virtual boost::asio::awaitable<Result<bool>> is_alive(Uuid session) = 0;
};

struct PipelineParts {
    const Config& config;
    tenancy::Directory& directory;
    access::Memberships& memberships;
    db::Database& database;
    Authenticator& authenticator;
};

/// Puts the pipeline around every endpoint and registers them. The order of the checks, each with its problem: host and
/// tenant (404 unknown_host, 403 tenant_suspended), CSRF rule (403 cross_site), media type (415), query (400),
/// credential (401), the token's tenant against the host's (403 tenant_mismatch), membership and permission (403),
/// a write to a tenant that is read-only (403 tenant_read_only), one that would wait in vain (503 unavailable),
/// handler. A body that is made while it is sent ends when its caller is not admitted any more (admitted_body.hpp).
/// OPTIONS of every path says its methods; to who sends a credential it also says what they may do, where the path has
/// an endpoint for that (options.hpp). With CORS_ALLOWED_ORIGINS it answers preflights (cors.hpp). `parts` must outlive
/// the router. Throws std::logic_error on an endpoint whose permission is not registered: it would be refused to
/// everyone.
http::Router make_router(Api api, PipelineParts parts);

/// Answers one request with the router: 404 and 405 as problems.
boost::asio::awaitable<http::Response> dispatch(const http::Router& router, http::Request& request);

}  // namespace terrace::api
