#include "platform/tenancy/single_flight.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace terrace::tenancy {
namespace {

namespace asio = boost::asio;

/// A source of numbers whose answers wait until the test lets them go.
struct Source {
    explicit Source(asio::io_context& loop)
        : loop(loop), gate(loop, asio::steady_timer::time_point::max()), flights(loop.get_executor()) {}

    asio::awaitable<Result<int>> load() {
        ++loads;
        const int value = next;
        co_await gate.async_wait(asio::as_tuple(asio::use_awaitable));
        if (broken) throw std::runtime_error("a bug");
        if (refusal) co_return std::unexpected(*refusal);
        co_return value;
    }

    asio::awaitable<Result<int>> ask(std::string key) {
        return flights.run(std::move(key), [this] { return load(); }, [this](int value) { kept.push_back(value); });
    }

    void ask_in_background(const std::string& key) {
        asio::co_spawn(loop, ask(key), [this](const std::exception_ptr& failure, const Result<int>& answer) {
            if (failure) {
                answers.emplace_back("threw");
            } else {
                answers.push_back(answer ? std::to_string(*answer) : answer.error().code);
            }
        });
    }

    /// Runs the loop until all wait; then answers, and runs it to the end.
    void let_go() {
        loop.restart();
        loop.poll();
        gate.cancel();
        loop.poll();
    }

    asio::io_context& loop;
    asio::steady_timer gate;
    SingleFlight<std::string, int> flights;
    int loads = 0;
    int next = 1;
    bool broken = false;
    std::optional<Error> refusal;
    std::vector<int> kept;
    std::vector<std::string> answers;  ///< the number, the code of the error, or "threw"
};

class SingleFlightTest : public ::testing::Test {
  protected:
    asio::io_context loop;
    Source source{loop};
};

TEST_F(SingleFlightTest, MakesOneLoadOfAStampede) {
    for (int caller = 0; caller < 100; ++caller) source.ask_in_background("a");
    source.let_go();
    EXPECT_EQ(source.loads, 1);
    EXPECT_EQ(source.answers, std::vector<std::string>(100, "1"));
    EXPECT_EQ(source.kept, std::vector{1});
}

TEST_F(SingleFlightTest, LoadsEachKeyAndEachTimeAnew) {
    source.ask_in_background("a");
    source.ask_in_background("b");
    source.let_go();
    source.ask_in_background("a");
    source.let_go();
    EXPECT_EQ(source.loads, 3);
}

TEST_F(SingleFlightTest, DoesNotKeepWhatWasForgottenOnItsWay) {
    source.ask_in_background("a");
    loop.poll();
    source.flights.forget();
    source.next = 2;
    source.ask_in_background("a");
    source.let_go();
    EXPECT_EQ(source.loads, 2);
    EXPECT_EQ(source.answers, (std::vector<std::string>{"1", "2"}));
    EXPECT_EQ(source.kept, std::vector{2});
}

TEST_F(SingleFlightTest, GivesARefusalToEveryoneAndKeepsNothing) {
    source.refusal = errors::unavailable();
    source.ask_in_background("a");
    source.ask_in_background("a");
    source.let_go();
    EXPECT_EQ(source.answers, (std::vector<std::string>{"unavailable", "unavailable"}));
    EXPECT_TRUE(source.kept.empty());
}

TEST_F(SingleFlightTest, ThrowsABugAtEveryone) {
    source.broken = true;
    source.ask_in_background("a");
    source.ask_in_background("a");
    source.let_go();
    EXPECT_EQ(source.answers, (std::vector<std::string>{"threw", "threw"}));
}

TEST_F(SingleFlightTest, OutlivesTheCallerWhoStartedIt) {
    asio::cancellation_signal gone;
    asio::co_spawn(loop, source.ask("a"), asio::bind_cancellation_slot(gone.slot(), asio::detached));
    loop.poll();
    source.ask_in_background("a");
    loop.poll();
    gone.emit(asio::cancellation_type::terminal);
    source.let_go();
    EXPECT_EQ(source.loads, 1);
    EXPECT_EQ(source.answers, (std::vector<std::string>{"1"}));
}

}  // namespace
}  // namespace terrace::tenancy
