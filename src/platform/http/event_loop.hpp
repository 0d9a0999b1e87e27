#pragma once

#include "platform/http/connection.hpp"
#include "platform/http/proxy.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <future>
#include <memory>

namespace terrace::http {

/// One thread's event loop: accepts, serves, sweeps deadlines, drains.
class EventLoop {
  public:
    /// Both references must outlive the loop.
    EventLoop(const ServerOptions& options, const ProxyTrust& proxies, unsigned index);

    /// Binds beside the other loops' acceptors (SO_REUSEPORT). Throws std::system_error.
    void listen(const boost::asio::ip::tcp::endpoint& endpoint);

    /// Makes the application, says `ready` (or why not), and serves until drained. The calling thread is the loop's.
    void run(const LoopFactory& factory, std::promise<void> ready);
    /// Any thread; once.
    void drain();

  private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<bool> accept_one();
    boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, IpAddress peer);
    boost::asio::awaitable<void> sweep();
    void sweep_once(Clock::time_point now);
    boost::asio::awaitable<void> pause(Clock::duration duration);
    void admit(boost::asio::ip::tcp::socket socket);
    void leave();
    void close_door();
    void end_idle();
    void finish();
    void run_and_survive(const std::function<void()>& run);

    const unsigned index_;
    LoopContext context_;  // outlives io_, whose end destroys the coroutines that still wait
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_{io_};
    boost::asio::steady_timer sweep_timer_{io_};
    /// The steps of the way out; none has a time before drain().
    Clock::time_point door_closes_ = Clock::time_point::max();
    Clock::time_point drain_until_ = Clock::time_point::max();
};

}  // namespace terrace::http
