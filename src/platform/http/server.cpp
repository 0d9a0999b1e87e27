#include "platform/http/server.hpp"

#include "platform/base/log.hpp"
#include "platform/http/event_loop.hpp"
#include "platform/http/proxy.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <system_error>
#include <thread>

namespace terrace::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Signals belong to the main thread: what a loop's thread inherits is all blocked.
class BlockedSignals {
  public:
    BlockedSignals() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;
    ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

/// SO_REUSEPORT would let a second server share the port in silence. Binding without it first finds the port taken.
tcp::endpoint reserve(const tcp::endpoint& wanted) {
    asio::io_context io;
    tcp::acceptor probe(io, wanted.protocol());
    probe.set_option(tcp::acceptor::reuse_address(true));
    probe.bind(wanted);
    probe.listen();
    return probe.local_endpoint();
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions server_options, LoopFactory loop_factory)
        : options(std::move(server_options)),
          factory(std::move(loop_factory)),
          proxies(options.trusted_proxies, options.default_scheme) {}

    void listen();
    void start_threads();
    void stop();

    const ServerOptions options;
    const LoopFactory factory;
    const ProxyTrust proxies;
    std::vector<std::unique_ptr<EventLoop>> loops;
    std::vector<std::thread> threads;
    std::uint16_t port = 0;
};

void Server::Impl::listen() try {
    const unsigned count = options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    const tcp::endpoint endpoint = reserve({asio::ip::make_address(options.address), options.port});
    port = endpoint.port();
    for (unsigned index = 0; index < count; ++index) {
        loops.push_back(std::make_unique<EventLoop>(options, proxies, index));
        loops.back()->listen(endpoint);
    }
} catch (const boost::system::system_error& error) {
    loops.clear();
    throw std::system_error(error.code(), fmt::format("cannot listen on {} port {}", options.address, options.port));
}

void Server::Impl::start_threads() {
    const BlockedSignals blocked;
    std::vector<std::future<void>> ready;
    for (unsigned index = 0; index < loops.size(); ++index) {
        std::promise<void> promise;
        ready.push_back(promise.get_future());
        threads.emplace_back(&EventLoop::run, loops[index].get(), std::cref(factory), std::move(promise));
        pthread_setname_np(threads.back().native_handle(), fmt::format("loop-{}", index).c_str());
    }
    for (std::future<void>& loop : ready) loop.get();
}

void Server::Impl::stop() {
    for (const auto& loop : loops) loop->drain();
    for (std::thread& thread : threads) thread.join();
    threads.clear();
    loops.clear();
}

Server::Server(ServerOptions options, LoopFactory factory)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(factory))) {}

Server::~Server() {
    stop();
}

void Server::start() {
    impl_->listen();
    try {
        impl_->start_threads();
    } catch (...) {
        impl_->stop();
        throw;
    }
    log::info("listening", {{"address", impl_->options.address},
                            {"port", static_cast<int>(impl_->port)},
                            {"loops", static_cast<int>(impl_->loops.size())}});
}

std::uint16_t Server::port() const {
    return impl_->port;
}

void Server::stop() {
    impl_->stop();
}

}  // namespace terrace::http
