#include "platform/app/background.hpp"

#include "platform/base/log.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <string>

namespace terrace::app {

namespace asio = boost::asio;

asio::awaitable<void> keep_running(const char* work, std::function<asio::awaitable<void>()> begin,
                                   std::chrono::milliseconds pause) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        std::string fault;
        try {
            co_await begin();
            co_return;
        } catch (const std::exception& thrown) {
            fault = thrown.what();
        }
        const auto cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return;
        log::error("background work failed", {{"work", work}, {"reason", fault}});
        timer.expires_after(pause);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace terrace::app
