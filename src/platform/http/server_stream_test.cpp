#include "platform/base/clock.hpp"
#include "platform/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace terrace::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view closing = "Connection: close\r\n";

/// Answers whose body is made while it is sent.
class ServerStream : public ServerTest {
  protected:
    /// Everything that comes for one request on a connection of its own, after the head.
    std::string body_of(std::string_view path, std::string_view method = "GET") {
        TestClient one = client();
        one.send(std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(closing) +
                 "\r\n");
        const std::string answer = one.receive_rest();
        head_ = answer.substr(0, answer.find("\r\n\r\n") + 4);
        return answer.substr(head_.size());
    }
    /// Waits until something is so; false after ten seconds.
    static bool comes_true(const auto& condition) {
        const auto deadline = Clock::now() + std::chrono::seconds(10);
        while (!condition() && Clock::now() < deadline) std::this_thread::yield();
        return condition();
    }

    std::string head_;
};

TEST_F(ServerStream, SendsEachPieceAsAChunkAndSaysThatItWasTheLast) {
    serve();
    EXPECT_EQ(body_of("/stream"), "6\r\nfirst \r\n7\r\nsecond \r\n5\r\nthird\r\n0\r\n\r\n");
    EXPECT_THAT(head_, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
    EXPECT_THAT(head_, Not(HasSubstr("Content-Length")));
}

TEST_F(ServerStream, SaysTheLengthWhereItIsKnown) {
    serve();
    EXPECT_EQ(body_of("/stream/measured"), "first second third");
    EXPECT_THAT(head_, HasSubstr("\r\nContent-Length: 18\r\n"));
    EXPECT_THAT(head_, Not(HasSubstr("Transfer-Encoding")));
    EXPECT_EQ(body_of("/stream/measured", "HEAD"), "");
    EXPECT_THAT(head_, HasSubstr("\r\nContent-Length: 18\r\n"));
    TestClient one = client();
    one.send(get_path("/stream/measured") + get);
    one.finish_sending();
    EXPECT_THAT(one.receive_rest(), HasSubstr("thirdHTTP/1.1 200 OK\r\n"));
}

TEST_F(ServerStream, AWrongLengthEndsTheConnectionAndNeverReachesTheNextAnswer) {
    serve();
    for (const std::string path : {"/stream/less-than-announced", "/stream/more-than-announced"}) {
        TestClient one = client();
        one.send(get_path(path) + get);
        one.finish_sending();
        const std::string answers = one.receive_rest();
        EXPECT_THAT(answers, HasSubstr("first second ")) << path;
        EXPECT_THAT(answers, Not(HasSubstr("/echo"))) << path;
        EXPECT_EQ(answers.find("HTTP/1.1 200"), answers.rfind("HTTP/1.1 200")) << path;
    }
    EXPECT_THAT(body_of("/stream/more-than-announced"), "first second ");
}

TEST_F(ServerStream, MayHaveNothingToSend) {
    serve();
    EXPECT_EQ(body_of("/stream/empty"), "0\r\n\r\n");
}

TEST_F(ServerStream, AnswersTheNextRequestOnTheSameConnection) {
    serve();
    TestClient one = client();
    one.send(get_path("/stream") + get);
    one.finish_sending();
    const std::string answers = one.receive_rest();
    EXPECT_THAT(answers, HasSubstr("third\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answers, EndsWith("GET /echo "));
}

TEST_F(ServerStream, HeadMakesNoFurtherPiece) {
    serve();
    EXPECT_EQ(body_of("/stream", "HEAD"), "");
    EXPECT_THAT(head_, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
    EXPECT_EQ(held_.pieces, 0);
}

TEST_F(ServerStream, ABodyThatFailsHalfWayHasNoEnd) {
    serve();
    EXPECT_EQ(body_of("/stream/fails"), "6\r\nfirst \r\n7\r\nsecond ");
    EXPECT_EQ(body_of("/stream/throws"), "6\r\nfirst \r\n7\r\nsecond ");
    EXPECT_THAT(head_, HasSubstr("200 OK"));
    EXPECT_TRUE(comes_true([&] { return held_.streams == 0; }));
}

TEST_F(ServerStream, MakesNoMoreThanTheClientTakes) {
    serve();
    TestClient slow = client();
    slow.send(get_path("/stream/endless"));
    EXPECT_TRUE(slow.wait_for_answer());
    // What the system's buffers between the two hold is taken at once; then the source must stand still, while the
    // loop serves others.
    int before = -1;
    EXPECT_TRUE(comes_true([&] {
        const int now = held_.pieces;
        const bool still = now == std::exchange(before, now);
        for (int i = 0; i < 100; ++i) EXPECT_EQ(client().ask(get).status, 200);
        return still && held_.pieces == now;
    }));
    EXPECT_LT(held_.pieces * 100'000, 32 * 1024 * 1024);
}

TEST_F(ServerStream, CutsOffAReaderThatStandsStill) {
    serve({.write_deadline = std::chrono::milliseconds(300)});
    TestClient slow = client();
    slow.send(get_path("/stream/endless"));
    EXPECT_TRUE(slow.wait_for_answer());
    EXPECT_TRUE(comes_true([&] { return held_.streams == 0; }));
}

TEST_F(ServerStream, AClientThatLeavesEndsTheStream) {
    serve();
    {
        TestClient leaving = client();
        leaving.send(get_path("/stream/endless"));
        EXPECT_TRUE(leaving.wait_for_answer());
    }
    EXPECT_TRUE(comes_true([&] { return held_.streams == 0; }));
}

TEST_F(ServerStream, DrainLetsAStreamEnd) {
    Server& server = serve();
    TestClient reader = client();
    reader.send(get_path("/stream/held"));
    held_.wait_until_held();
    std::jthread stopping([&] { server.stop(); });
    EXPECT_TRUE(comes_true([&] { return !can_connect(server.port()); }));
    held_.release();
    reader.finish_sending();
    EXPECT_THAT(reader.receive_rest(), EndsWith("third\r\n0\r\n\r\n"));
}

TEST_F(ServerStream, TheEndOfTheDrainCutsAStream) {
    const auto short_time = std::chrono::milliseconds(100);
    Server& server = serve({.leave_time = short_time, .drain_deadline = short_time});
    TestClient reader = client();
    reader.send(get_path("/stream/held"));
    held_.wait_until_held();
    server.stop();
    EXPECT_THAT(reader.receive_rest(), EndsWith("second "));
    EXPECT_EQ(held_.streams, 0);
}

}  // namespace
}  // namespace terrace::http
