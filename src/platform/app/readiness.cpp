#include "platform/app/readiness.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>

namespace terrace::app {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds tell_interval{100};

}  // namespace

void Readiness::set(std::size_t loop, bool reaches) {
    reaches_.at(loop).store(reaches, std::memory_order_relaxed);
}

bool Readiness::all() const {
    return std::ranges::all_of(reaches_, [](const auto& each) { return each.load(std::memory_order_relaxed); });
}

asio::awaitable<void> tell_readiness(const db::Database& database, Readiness& readiness, std::size_t loop) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        readiness.set(loop, database.ready());
        timer.expires_after(tell_interval);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace terrace::app
