#pragma once

#include "platform/api/endpoint.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <vector>

namespace terrace::api {

/// What one caller is told of an endpoint.
struct Told {
    std::vector<Parameter> parameters;
    Schemas schemas;  ///< those that are not for every caller what Api::schemas says
};

/// Knows what OPTIONS says of an endpoint to one caller. Immutable, and used on one event loop.
class Teller {
  public:
    virtual ~Teller() = default;
    virtual Told tell(const Documentation& documentation, const access::Principal& caller) const = 0;
    /// The object that the path names; 404 where it is out of the caller's sight. Asked of paths that name one.
    virtual boost::asio::awaitable<Result<std::shared_ptr<const void>>> find(Context& context) const = 0;
    /// The problem that the endpoint would answer for the sake of this object, whatever is sent.
    virtual Result<void> permits(const access::Principal& caller, const void* object) const = 0;
};

/// Adds OPTIONS to every path on which a permission decides, unless it names an object that no teller finds. It tells
/// a signed-in caller each operation of the path: whether they may call it, by which permissions, else with which code
/// it would be refused; and of what they may call the parameters and the body, in the words of OpenAPI, without what
/// they may not see. Call it when `api` has its other endpoints and schemas.
void add_options(Api& api);

}  // namespace terrace::api
