#pragma once

#include "platform/http/message.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace terrace::http {

/// The values of `{name}` segments, decoded, in the order of the pattern.
using PathParameters = std::vector<std::pair<std::string_view, std::string>>;

using Handler = std::function<boost::asio::awaitable<Response>(Request&, PathParameters)>;

/// Patterns such as `/api/v1/patients/{id}` to handlers. Literal segments win over parameters. Filled before the
/// server starts; then read only. One router per event loop, so that handlers own per-loop state.
class Router {
  public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// Adding the same method and pattern twice is a bug: throws std::logic_error.
    void add(Method method, std::string pattern, Handler handler);

    struct Match {
        const Handler* handler;
        PathParameters parameters;
    };
    struct MethodNotAllowed {
        std::string allow;  ///< for the Allow header, sorted; HEAD where GET is, OPTIONS always
    };
    struct NotFound {};
    /// HEAD finds GET's handler. A path with an empty segment, a trailing slash, `.` or `..` is not found.
    std::variant<Match, MethodNotAllowed, NotFound> find(Method method, std::string_view path) const;

  private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace terrace::http
