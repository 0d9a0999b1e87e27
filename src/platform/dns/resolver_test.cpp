#include "platform/dns/resolver.hpp"

#include "platform/testing/dns_server.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <thread>

namespace terrace::dns {
namespace {

using namespace std::chrono_literals;
using Kind = TxtAnswer::Kind;

class ResolverTest : public ::testing::Test {
  protected:
    static testing::DnsServer& server() {
        static testing::DnsServer server;
        return server;
    }
    static ResolverOptions options() { return {.server = server().address(), .patience = 1'000ms}; }

    TxtAnswer ask(const std::string& name) { return testing::run(loop, resolver->txt(name)); }

    boost::asio::io_context loop;
    std::unique_ptr<Resolver> resolver = make_resolver(options());
};

TEST_F(ResolverTest, AnswersTheRecordsOfAName) {
    server().publish("_terrace.clinic.test", {"terrace-verification=abc", "v=spf1 -all"});
    const auto answer = ask("_terrace.clinic.test");
    EXPECT_EQ(answer.kind, Kind::found);
    EXPECT_EQ(answer.values, (std::vector<std::string>{"terrace-verification=abc", "v=spf1 -all"}));
}

TEST_F(ResolverTest, SaysThatThereIsNone) {
    EXPECT_EQ(ask("_terrace.nowhere.test").kind, Kind::none);
}

TEST_F(ResolverTest, JoinsTheStringsOfARecordAndBoundsWhatItTakes) {
    server().publish("_terrace.long.test", {std::string(600, 'x')});
    const auto answer = ask("_terrace.long.test");
    ASSERT_EQ(answer.values.size(), 1U);
    EXPECT_EQ(answer.values[0], std::string(255, 'x'));
    server().publish("_terrace.many.test", std::vector<std::string>(120, std::string(60, 'y')));  // by TCP
    EXPECT_EQ(ask("_terrace.many.test").values.size(), 50U);
}

TEST_F(ResolverTest, GivesUpInTime) {
    server().break_name("_terrace.silent.test", "silent");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(ask("_terrace.silent.test").kind, Kind::unreachable);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
}

TEST_F(ResolverTest, TakesAFailureOfTheNameServersForNoAnswer) {
    server().break_name("_terrace.failing.test", "fail");
    EXPECT_EQ(ask("_terrace.failing.test").kind, Kind::unreachable);
}

TEST_F(ResolverTest, NobodyAnsweringIsNoAnswer) {
    resolver = make_resolver({.server = "127.0.0.1:9", .patience = 500ms});
    EXPECT_EQ(ask("_terrace.clinic.test").kind, Kind::unreachable);
}

TEST_F(ResolverTest, TakesNoMoreQuestionsThanItHasRoomForAndAnswersOnTheLoop) {
    server().break_name("_terrace.busy.test", "silent");
    resolver = make_resolver({.server = server().address(), .threads = 1, .queue = 1, .patience = 500ms});
    const auto loop_thread = std::this_thread::get_id();
    std::vector<testing::Started<TxtAnswer>> waiting;
    for (int i = 0; i < 2; ++i) waiting.emplace_back(loop, resolver->txt("_terrace.busy.test"));
    loop.poll();
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(ask("_terrace.busy.test").kind, Kind::unreachable);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 400ms) << "a third is told at once";
    for (auto& one : waiting) EXPECT_EQ(one.wait().kind, Kind::unreachable);
    EXPECT_EQ(loop_thread, std::this_thread::get_id());
}

}  // namespace
}  // namespace terrace::dns
