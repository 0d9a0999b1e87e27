#include "platform/http/event_loop.hpp"

#include "platform/base/log.hpp"
#include "platform/http/completion.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <sys/socket.h>

#include <algorithm>

namespace terrace::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto sweep_interval = std::chrono::milliseconds(250);
constexpr auto accept_backoff = std::chrono::milliseconds(100);
/// How long the loop goes on after the application was told to let go.
constexpr auto last_grace = std::chrono::seconds(2);

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

void log_exception(std::string_view event, unsigned loop, const std::exception_ptr& exception) {
    if (!exception) return;
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& failure) {
        log::error(event, {{"what", failure.what()}, {"loop", static_cast<int>(loop)}});
    } catch (...) {
        log::error(event, {{"loop", static_cast<int>(loop)}});
    }
}

IpAddress address_of(const tcp::endpoint& endpoint) {
    const asio::ip::address address = endpoint.address();
    const asio::ip::address_v6 v6 =
        address.is_v6() ? address.to_v6() : asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4());
    IpAddress result;
    std::ranges::copy(v6.to_bytes(), result.bytes.begin());
    return result;
}

}  // namespace

EventLoop::EventLoop(const ServerOptions& options, const ProxyTrust& proxies, unsigned index)
    : index_(index), context_{.options = options, .proxies = proxies} {}

void EventLoop::listen(const tcp::endpoint& endpoint) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
}

void EventLoop::run(const LoopFactory& factory, std::promise<void> ready) {
    std::unique_ptr<LoopApplication> application;
    try {
        application = factory(io_.get_executor(), index_);
    } catch (...) {
        ready.set_exception(std::current_exception());
        return;
    }
    context_.application = application.get();
    const auto log_end = [this](const std::exception_ptr& exception) {
        log_exception("loop_failed", index_, exception);
    };
    asio::co_spawn(io_, accept(), log_end);
    asio::co_spawn(io_, sweep(), log_end);
    ready.set_value();
    run_and_survive([this] { io_.run(); });

    io_.restart();
    run_and_survive([this, end = Clock::now() + last_grace] { io_.run_until(end); });
    if (io_.stopped()) return;
    // Something still waits on the loop. Its coroutines die with the loop and may touch the application then, so the
    // application is left standing; the process is about to end.
    log::warning("drain_incomplete", {{"loop", static_cast<int>(index_)}});
    [[maybe_unused]] const LoopApplication* left_standing = application.release();
}

/// Whatever escapes a completion handler is a bug of that handler, not the end of all other clients.
void EventLoop::run_and_survive(const std::function<void()>& run) {
    while (true) {
        try {
            run();
            return;
        } catch (...) {
            log_exception("loop_exception", index_, std::current_exception());
        }
    }
}

/// What is thrown on the way (a bug, or a machine that is out of memory) costs a client its connection, not all that
/// come after.
asio::awaitable<void> EventLoop::accept() {
    while (acceptor_.is_open()) {
        bool accepts = false;
        try {
            accepts = co_await accept_one();
        } catch (...) {
            log_exception("accept_failed", index_, std::current_exception());
        }
        if (!accepts && acceptor_.is_open()) co_await pause(accept_backoff);
    }
}

/// False when there is no accepting for now: asking again at once would spin.
asio::awaitable<bool> EventLoop::accept_one() {
    auto [error, socket] = co_await acceptor_.async_accept(completion);
    if (!error && !context_.finished) admit(std::move(socket));
    if (!error || error == asio::error::connection_aborted || !acceptor_.is_open()) co_return true;
    // Out of descriptors or memory: it may come back.
    log::error("accept_failed", {{"errno", error.value()}, {"loop", static_cast<int>(index_)}});
    co_return false;
}

void EventLoop::admit(tcp::socket socket) {
    if (context_.connection_count >= context_.options.connections_per_loop) return;
    error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    if (!error) socket.non_blocking(true, error);
    if (!error) socket.set_option(tcp::no_delay(true), error);
    if (error) return;  // the client has gone already
    asio::co_spawn(io_, serve(std::move(socket), address_of(peer)), [this](const std::exception_ptr& exception) {
        log_exception("connection_failed", index_, exception);
        if (context_.leaving && context_.connections.empty()) close_door();
    });
}

asio::awaitable<void> EventLoop::serve(tcp::socket socket, IpAddress peer) {
    Connection connection(std::move(socket), peer, context_);
    co_await connection.run();
}

asio::awaitable<void> EventLoop::pause(Clock::duration duration) {
    asio::steady_timer timer(io_, duration);
    co_await timer.async_wait(completion);
}

/// Nobody else ends what lasts too long, or the loop itself: it goes on whatever is thrown.
asio::awaitable<void> EventLoop::sweep() {
    while (!context_.finished) {
        sweep_timer_.expires_after(sweep_interval);
        co_await sweep_timer_.async_wait(completion);
        try {
            sweep_once(Clock::now());
        } catch (...) {
            log_exception("sweep_failed", index_, std::current_exception());
        }
    }
}

void EventLoop::sweep_once(Clock::time_point now) {
    for (Connection& connection : context_.connections) connection.expire(now);
    if (now >= door_closes_) {
        if (acceptor_.is_open()) {
            close_door();
        } else {
            end_idle();
        }
    }
    if (now < drain_until_ || context_.finished) return;
    for (Connection& connection : context_.connections) connection.interrupt();
    finish();
}

void EventLoop::drain() {
    asio::post(io_, [this] { leave(); });
}

void EventLoop::leave() {
    context_.leaving = true;
    door_closes_ = Clock::now() + context_.options.leave_time;
    drain_until_ = door_closes_ + context_.options.drain_deadline;
    if (context_.connections.empty()) close_door();
}

/// Who has come this far is let in: to close the door on a connection that the system has accepted would reset it.
void EventLoop::close_door() {
    error_code error;
    acceptor_.non_blocking(true, error);
    while (!error) {
        tcp::socket socket = acceptor_.accept(error);
        if (!error) admit(std::move(socket));
    }
    acceptor_.close(error);
    // Posted: what was let in begins as a coroutine of its own first.
    asio::post(io_, [this] {
        if (context_.connections.empty()) finish();
    });
}

/// A sweep after the door was closed, so that those let in last have had their time to send.
void EventLoop::end_idle() {
    context_.draining = true;
    for (Connection& connection : context_.connections) connection.expire_if_idle();
    if (context_.connections.empty()) finish();
}

void EventLoop::finish() {
    if (context_.finished) return;
    context_.finished = true;
    sweep_timer_.cancel();
    io_.stop();  // first: the loop ends also when the application throws as it lets go
    context_.application->stop();
}

}  // namespace terrace::http
