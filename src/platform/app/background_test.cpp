#include "platform/app/background.hpp"

#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>

namespace terrace::app {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

/// A work that fails twice and then goes on.
struct Work {
    int begun = 0;
    bool waits = false;

    asio::awaitable<void> operator()() {
        if (++begun <= 2) throw std::logic_error("a bug");
        asio::steady_timer never(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
        waits = true;
        co_await never.async_wait(asio::use_awaitable);
    }
};

TEST(Background, BeginsAnewWhatFailedAndEndsWhenItIsCancelled) {
    asio::io_context loop;
    asio::cancellation_signal signal;
    Work work;
    bool ended = false;
    asio::co_spawn(loop,
                   keep_running(
                       "test", [&] { return work(); }, milliseconds(1)),
                   asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr&) { ended = true; }));
    ASSERT_TRUE(terrace::testing::run_until(loop, [&] { return work.waits; }));
    EXPECT_EQ(work.begun, 3);
    EXPECT_FALSE(ended);
    signal.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(terrace::testing::run_until(loop, [&] { return ended; }));
    EXPECT_EQ(work.begun, 3);
}

TEST(Background, EndsDuringItsPauseWhenItIsCancelled) {
    asio::io_context loop;
    asio::cancellation_signal signal;
    Work work;
    bool ended = false;
    asio::co_spawn(loop,
                   keep_running(
                       "test", [&] { return work(); }, std::chrono::hours(1)),
                   asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr&) { ended = true; }));
    ASSERT_TRUE(terrace::testing::run_until(loop, [&] { return work.begun == 1; }));
    loop.restart();
    loop.poll();
    signal.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(terrace::testing::run_until(loop, [&] { return ended; }));
}

}  // namespace
}  // namespace terrace::app
