#pragma once

#include "platform/base/json.hpp"
#include "platform/testing/exchanges.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::harness {

struct Reply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case, in order
    std::string body;

    std::optional<std::string> header(std::string_view name) const;
    /// All values of a header that may repeat, such as set-cookie.
    std::vector<std::string> all(std::string_view name) const;
    /// The body parsed; throws std::runtime_error with the body's text when it is no JSON.
    json::Document json() const;
    /// A string member of the body, by a path such as "tenant.slug"; throws when it is not there.
    std::string text(std::string_view path) const;
    std::int64_t integer(std::string_view path) const;
};

/// A blocking HTTP client over libcurl that speaks to 127.0.0.1 and names any host: what a test, a program or nginx
/// would send. One thread at a time; keeps its connection.
class Client {
  public:
    explicit Client(std::uint16_t port);
    Client(Client&&) noexcept;
    ~Client();

    /// Sent with every request from now on; an empty value takes the header out. `Host` may be given.
    Client& set(std::string name, std::string value);

    /// Answers from now on are kept for the check against OpenAPI; nullptr keeps none.
    Client& record(std::shared_ptr<testing::Exchanges> exchanges);

    using Headers = std::vector<std::pair<std::string, std::string>>;
    Reply send(std::string_view method, std::string_view path, std::optional<std::string> body = {},
               Headers headers = {});

    Reply get(std::string_view path, Headers headers = {}) { return send("GET", path, {}, std::move(headers)); }
    Reply post(std::string_view path, std::string body, Headers headers = {}) {
        return send("POST", path, std::move(body), std::move(headers));
    }
    Reply patch(std::string_view path, std::string body, Headers headers = {}) {
        return send("PATCH", path, std::move(body), std::move(headers));
    }
    Reply remove(std::string_view path, Headers headers = {}) { return send("DELETE", path, {}, std::move(headers)); }

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::harness
