#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>

namespace terrace::testing {

/// Stands between a client and PostgreSQL on a port of its own and passes bytes on, until it is told to fall silent: a
/// network that swallows packets, which no command to the server can bring about.
class Relay {
  public:
    /// `url`: where the server is. Runs on `loop`.
    Relay(boost::asio::io_context& loop, const std::string& url);
    ~Relay();

    /// `url` with the relay's address.
    std::string through(const std::string& url) const;
    /// Connections that stand pass nothing on any more; later ones work.
    void swallow();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace terrace::testing
