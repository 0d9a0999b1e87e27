#pragma once

#include "platform/access/memberships.hpp"
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
};

struct PipelineParts {
    const Config& config;
    tenancy::Directory& directory;
    access::Memberships& memberships;
    Authenticator& authenticator;
};

/// Puts the pipeline around every endpoint and registers them: host → tenant (404 unknown_host), CSRF rule, body and
/// media type, query, credential, token's tenant against the host's (403 tenant_mismatch), membership, permission,
/// handler, problem. Also answers 404, 405 and OPTIONS. `parts` must outlive the router.
http::Router make_router(Api api, PipelineParts parts);

/// Answers one request with the router: 404 and 405 as problems, OPTIONS with Allow.
boost::asio::awaitable<http::Response> dispatch(const http::Router& router, http::Request& request);

/// The CSRF rule of DESIGN §8, for unsafe methods: `Sec-Fetch-Site` present → only `same-origin`; else `Origin` present
/// → only the request's own origin, port included; neither → allowed only without one of our cookies. Pure.
bool is_same_site_call(const http::Request& request);

}  // namespace terrace::api
