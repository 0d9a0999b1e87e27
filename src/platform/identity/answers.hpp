#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/base/config.hpp"
#include "platform/base/error.hpp"
#include "platform/http/message.hpp"
#include "platform/identity/sessions.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>

namespace terrace::identity {

class Service;

/// From where a request comes; its user agent as printable ASCII of at most 300 characters.
Device device_of(const Config& config, const http::Request& request);

/// JSON that no cache keeps.
http::Response private_json(int status, std::string body);

/// The body of `me`: the person, the tenant, the role and what it allows, and the person's tenants. 401 when the person
/// or the membership is gone.
boost::asio::awaitable<Result<std::string>> me_body(Service& service, const http::Request& request, Uuid user,
                                                    Uuid tenant);

/// `me` with the cookies of a session that has just begun in a browser.
boost::asio::awaitable<Result<http::Response>> enter_browser(Service& service, const http::Request& request,
                                                             Session session);

/// The tenant of the request's host, where it names one.
std::optional<Uuid> host_tenant(const api::Context& context);

/// An error of a browser's session: the problem, and the end of its cookies.
http::Response signed_out(const Error& error, const http::Request& request);

}  // namespace terrace::identity
