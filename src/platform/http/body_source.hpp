#pragma once

#include "platform/base/error.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace terrace::http {

/// Makes the rest of a body while it is sent, piece by piece. The next piece is asked for once the client has taken
/// the last, so no more than one lies in memory whoever reads however slowly. On the loop's thread.
class BodySource {
  public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    virtual ~BodySource() = default;

    /// How many bytes the pieces are together, where that is known before: they are then sent with a Content-Length.
    virtual std::optional<std::uint64_t> length() const { return {}; }
    /// The next piece, empty at the end. After an Error, or an exception, the connection is closed without the end of
    /// the body (RFC 9112 §8), so that the client knows that it has a part only.
    virtual boost::asio::awaitable<Result<std::string>> next() = 0;
};

}  // namespace terrace::http
