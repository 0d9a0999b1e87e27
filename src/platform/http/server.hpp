#pragma once

#include "platform/http/message.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace terrace::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                 ///< 0: the system chooses; `Server::port()` tells
    unsigned threads = 0;                      ///< 0: one a core
    std::vector<std::string> trusted_proxies;  ///< CIDR blocks whose X-Forwarded-* are believed
    std::string default_scheme = "http";

    std::size_t header_limit = 32uz * 1024;  ///< what a client may make us hold before it has said anything
    std::size_t body_limit = 1024uz * 1024;
    std::size_t connections_per_loop = 10'000;
    std::chrono::milliseconds header_deadline{10000};
    std::chrono::milliseconds body_deadline{10000};
    std::chrono::milliseconds idle_deadline{75000};  ///< longer than nginx keeps an upstream connection idle
    /// For an answer, which a proxy in front takes at once, or for one chunk (64 KB) of a streamed one.
    std::chrono::milliseconds write_deadline{10000};
    /// After stop() connections are still taken for so long, and answers end theirs: time for a proxy in front to learn
    /// that this server leaves, without a request that meets a closed door.
    std::chrono::milliseconds leave_time{1000};
    std::chrono::milliseconds drain_deadline{15000};
};

/// What one event loop runs: made on the loop's thread, used and destroyed there. Holds the loop's connections to
/// PostgreSQL, its caches and its router; nothing in it is shared with another loop.
class LoopApplication {
  public:
    virtual ~LoopApplication() = default;
    /// Answers one request. An exception becomes a 500 that says nothing of the inside and is logged once.
    virtual boost::asio::awaitable<Response> handle(Request& request) = 0;
    /// After the last request of a drain: let go of connections so that the loop runs out of work.
    virtual void stop() = 0;
};

using LoopFactory =
    std::function<std::unique_ptr<LoopApplication>(boost::asio::any_io_executor executor, unsigned index)>;

/// An HTTP/1.1 server: one event loop and one SO_REUSEPORT acceptor a thread, the strict gate (gate.hpp) before
/// anything parses a request, a limit of size and one of time on whatever a client does. How long a handler may take is
/// the application's to bound.
class Server {
  public:
    Server(ServerOptions options, LoopFactory factory);
    ~Server();

    /// Binds and starts the threads; throws std::system_error that names address and port.
    void start();
    std::uint16_t port() const;
    /// Leaves (`leave_time`, less when nobody is connected), stops accepting, closes idle connections, lets requests in
    /// flight end (`drain_deadline`), joins the threads. Any thread but a loop's.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace terrace::http
