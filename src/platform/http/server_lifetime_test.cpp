#include "platform/base/clock.hpp"
#include "platform/http/server.hpp"
#include "platform/http/test_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace terrace::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Deadlines, limits, start and drain.
class ServerLifetime : public ServerTest {};

TEST_F(ServerLifetime, CutsOffASlowHead) {
    serve({.header_deadline = std::chrono::milliseconds(300)});
    TestClient client = this->client();
    client.send("GET /echo HTTP/1.1\r\nHost");
    const auto start = Clock::now();
    EXPECT_TRUE(client.at_end());
    EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(250));
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

TEST_F(ServerLifetime, ADripOfBytesDoesNotExtendTheDeadline) {
    serve({.header_deadline = std::chrono::milliseconds(300)});
    TestClient client = this->client();
    client.send("GET /echo HTTP/1.1\r\nHost: a\r\n");
    const auto start = Clock::now();
    while (client.send("X: y\r\n") && Clock::now() - start < std::chrono::seconds(5))
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

TEST_F(ServerLifetime, CutsOffASlowBody) {
    serve({.body_deadline = std::chrono::milliseconds(300)});
    TestClient client = this->client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    EXPECT_TRUE(client.at_end());
}

TEST_F(ServerLifetime, ClosesAnIdleConnection) {
    serve({.idle_deadline = std::chrono::milliseconds(300)});
    TestClient client = this->client();
    EXPECT_EQ(client.ask(get).status, 200);
    EXPECT_TRUE(client.at_end());
}

TEST_F(ServerLifetime, CutsOffAClientThatDoesNotReadItsAnswer) {
    constexpr std::size_t size = 32uz * 1024 * 1024;
    Server& server = serve({.body_limit = size, .write_deadline = std::chrono::milliseconds(300)});
    TestClient client = this->client();
    client.send(post(std::string(size, 'x')));
    EXPECT_TRUE(client.wait_for_answer());
    const auto start = Clock::now();
    server.stop();
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5)) << "else the drain waits for the client";
    EXPECT_LT(client.receive_rest().size(), size);
}

TEST_F(ServerLifetime, ARequestWaitsForItsHandlerPastEveryDeadline) {
    const auto short_time = std::chrono::milliseconds(100);
    serve({.header_deadline = short_time, .body_deadline = short_time, .idle_deadline = short_time});
    TestClient client = this->client();
    client.send(get_path("/held"));
    held_.wait_until_held();
    EXPECT_TRUE(this->client().at_end()) << "an idle connection of the same age has been closed meanwhile";
    held_.release();
    EXPECT_EQ(client.receive().status, 200);
}

TEST_F(ServerLifetime, NoMoreConnectionsThanAllowed) {
    serve({.connections_per_loop = 2});
    TestClient first = client();
    TestClient second = client();
    EXPECT_EQ(first.ask(get).status, 200);
    EXPECT_EQ(second.ask(get).status, 200);
    EXPECT_TRUE(client().at_end());
    EXPECT_EQ(first.ask(get).status, 200);
}

TEST_F(ServerLifetime, SurvivesARunOutOfDescriptors) {
#if __has_feature(undefined_behavior_sanitizer)
    GTEST_SKIP() << "the sanitizer's check of virtual calls opens a pipe of its own";
#endif
    serve();
    TestClient first = client();
    EXPECT_EQ(first.ask(get).status, 200);
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    rlimit none = before;
    none.rlim_cur = 0;
    // The client's own descriptor is there before the limit; the server's for it cannot be.
    TestClient waiting = [&] {
        held_.block_loop();
        TestClient connected = client();
        setrlimit(RLIMIT_NOFILE, &none);
        held_.unblock_loop();
        return connected;
    }();
    EXPECT_EQ(first.ask(get).status, 200) << "who is connected is served";
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(waiting.ask(get).status, 200) << "who waits is accepted when descriptors are back";
}

TEST_F(ServerLifetime, DrainLetsARequestInFlightEnd) {
    Server& server = serve();
    TestClient busy = client();
    TestClient idle = client();
    EXPECT_EQ(idle.ask(get).status, 200);
    busy.send(get_path("/held"));
    held_.wait_until_held();

    std::jthread stopping([&] { server.stop(); });
    EXPECT_TRUE(idle.at_end()) << "an idle connection closes";
    EXPECT_FALSE(can_connect(server.port()));
    held_.release();
    const auto answer = busy.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.head, HasSubstr("Connection: close"));
    busy.finish_sending();
}

TEST_F(ServerLifetime, WhileItLeavesItAnswersAndSaysThatItCloses) {
    Server& server = serve({.leave_time = std::chrono::seconds(60)});
    TestClient busy = client();
    TestClient idle = client();
    EXPECT_THAT(idle.ask(get).head, Not(HasSubstr("Connection: close")));
    busy.send(get_path("/held"));
    held_.wait_until_held();

    std::jthread stopping([&] { server.stop(); });
    const auto leaving = [this] { return client().ask(get).head.contains("Connection: close"); };
    const auto deadline = Clock::now() + std::chrono::seconds(10);
    while (!leaving() && Clock::now() < deadline) {
    }
    const auto last = idle.ask(get);
    EXPECT_EQ(last.status, 200) << "a request on a connection that was idle";
    EXPECT_THAT(last.head, HasSubstr("Connection: close"));
    EXPECT_TRUE(idle.at_end());
    held_.release();
    EXPECT_EQ(busy.receive().status, 200);
    busy.finish_sending();
    idle.finish_sending();
}

TEST_F(ServerLifetime, AnswersWhoCameBeforeTheDoorWasClosed) {
    Server& server = serve();
    held_.block_loop();
    TestClient waiting = client();
    waiting.send(get);
    std::jthread stopping([&] { server.stop(); });
    held_.unblock_loop();
    EXPECT_EQ(waiting.receive().status, 200) << "the system had accepted it, the server had not";
    waiting.finish_sending();
}

TEST_F(ServerLifetime, DrainEndsAtItsDeadline) {
    const auto short_time = std::chrono::milliseconds(100);
    Server& server = serve({.leave_time = short_time, .drain_deadline = short_time});
    TestClient busy = client();
    busy.send(get_path("/held"));
    held_.wait_until_held();
    const auto start = Clock::now();
    server.stop();
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

/// What it does when it has let go throws, and something comes after that.
class ThrowsAtTheEnd final : public LoopApplication {
  public:
    ThrowsAtTheEnd(boost::asio::any_io_executor executor, std::atomic<bool>& went_on)
        : executor_(std::move(executor)), went_on_(went_on) {}
    boost::asio::awaitable<Response> handle(Request&) override { co_return Response(); }
    void stop() override {
        boost::asio::post(executor_, [] { throw std::runtime_error("too late"); });
        boost::asio::post(executor_, [&went_on = went_on_] { went_on = true; });
    }

  private:
    boost::asio::any_io_executor executor_;
    std::atomic<bool>& went_on_;
};

TEST_F(ServerLifetime, AnExceptionAfterTheLastRequestEndsNothing) {
    std::atomic<bool> went_on = false;
    Server server({.port = 0, .threads = 1}, [&](boost::asio::any_io_executor executor, unsigned) {
        return std::make_unique<ThrowsAtTheEnd>(std::move(executor), went_on);
    });
    server.start();
    server.stop();
    EXPECT_TRUE(went_on);
}

/// Has work of its own on the loop, and throws when it is told to let go of it.
class KeepsItsWork final : public LoopApplication {
  public:
    explicit KeepsItsWork(const boost::asio::any_io_executor& executor)
        : work_(executor, boost::asio::steady_timer::time_point::max()) {
        work_.async_wait([](const boost::system::error_code&) {});
    }
    boost::asio::awaitable<Response> handle(Request&) override { co_return Response(); }
    void stop() override { throw std::runtime_error("a bug"); }
    void end_work() {
        boost::asio::post(work_.get_executor(), [this] { work_.cancel(); });
    }

  private:
    boost::asio::steady_timer work_;
};

TEST_F(ServerLifetime, EndsAlsoWhenTheApplicationThrowsInsteadOfLettingGo) {
    static KeepsItsWork* application = nullptr;  // left standing by the loop; from here the sanitizer finds it
    Server server({.port = 0, .threads = 1}, [](const boost::asio::any_io_executor& executor, unsigned) {
        auto made = std::make_unique<KeepsItsWork>(executor);
        application = made.get();
        return made;
    });
    server.start();
    const auto stopped = std::async(std::launch::async, [&] { server.stop(); });
    const bool in_time = stopped.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
    EXPECT_TRUE(in_time);
    if (!in_time) application->end_work();
}

TEST_F(ServerLifetime, StopsTwiceAndWithoutAStart) {
    Server never({}, held_.factory());
    never.stop();
    serve().stop();
    server_->stop();
}

TEST_F(ServerLifetime, ServesOnEveryLoop) {
    serve({.threads = 3});
    std::vector<TestClient> clients;
    clients.reserve(60);
    for (int i = 0; i < 60; ++i) clients.push_back(client());
    for (TestClient& each : clients) EXPECT_EQ(each.ask(get).status, 200);
}

TEST_F(ServerLifetime, NamesThePortThatIsTaken) {
    const Server& first = serve();
    Server second({.port = first.port(), .threads = 2}, held_.factory());
    try {
        second.start();
        FAIL() << "two servers share a port";
    } catch (const std::system_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("port " + std::to_string(first.port())));
    }
}

TEST_F(ServerLifetime, StartFailsWithTheReasonOfALoop) {
    Server server({.port = 0, .threads = 2}, [](auto, unsigned index) -> std::unique_ptr<LoopApplication> {
        if (index == 1) throw std::runtime_error("no database");
        return std::make_unique<TestApplication>(nullptr);
    });
    EXPECT_THROW(server.start(), std::runtime_error);
}

}  // namespace
}  // namespace terrace::http
