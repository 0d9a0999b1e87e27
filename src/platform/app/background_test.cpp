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

#include <chrono>
#include <exception>
#include <functional>
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

/// The work on a loop, until it is cancelled.
class Background : public ::testing::Test {
  protected:
    void start(milliseconds pause) {
        const auto begin = [this] { return work(); };
        asio::co_spawn(
            loop, keep_running("test", begin, pause),
            asio::bind_cancellation_slot(signal.slot(), [this](const std::exception_ptr&) { ended = true; }));
    }
    void cancel() { signal.emit(asio::cancellation_type::terminal); }
    bool run_until(const std::function<bool()>& reached) { return terrace::testing::run_until(loop, reached); }

    Work work;
    bool ended = false;
    asio::cancellation_signal signal;
    asio::io_context loop;
};

TEST_F(Background, BeginsAnewWhatFailedAndEndsWhenItIsCancelled) {
    start(milliseconds(1));
    ASSERT_TRUE(run_until([&] { return work.waits; }));
    EXPECT_EQ(work.begun, 3);
    EXPECT_FALSE(ended);
    cancel();
    EXPECT_TRUE(run_until([&] { return ended; }));
    EXPECT_EQ(work.begun, 3);
}

TEST_F(Background, EndsDuringItsPauseWhenItIsCancelled) {
    start(std::chrono::hours(1));
    ASSERT_TRUE(run_until([&] { return work.begun == 1; }));
    loop.restart();
    loop.poll();
    cancel();
    EXPECT_TRUE(run_until([&] { return ended; }));
}

}  // namespace
}  // namespace terrace::app
