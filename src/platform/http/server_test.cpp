#include "platform/http/server.hpp"

#include "platform/base/json.hpp"
#include "platform/base/log.hpp"
#include "platform/http/test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace terrace::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
    serve();
    TestClient client = this->client();
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.ask(get);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET /echo ");
        EXPECT_THAT(answer.head, AllOf(HasSubstr("X-Request-Id: "), Not(HasSubstr("Connection"))));
    }
}

TEST_F(ServerTest, ClosesWhenAsked) {
    serve();
    TestClient client = this->client();
    EXPECT_THAT(client.ask("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").head,
                HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
    serve();
    TestClient client = this->client();
    for (const char byte : post("hello")) ASSERT_TRUE(client.send({&byte, 1}));
    EXPECT_EQ(client.receive().body, "POST /echo hello");
    EXPECT_EQ(client.ask(get).status, 200);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
    serve();
    TestClient client = this->client();
    std::string requests;
    for (int i = 0; i < 200; ++i) requests += get_path("/echo/" + std::to_string(i)) + post(std::to_string(i));
    client.send(requests);
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(client.receive().body, "GET /echo/" + std::to_string(i) + " ");
        ASSERT_EQ(client.receive().body, "POST /echo " + std::to_string(i));
    }
}

TEST_F(ServerTest, PassesALargeBodyBothWays) {
    serve({.body_limit = 8uz * 1024 * 1024});
    TestClient client = this->client();
    std::string body;
    for (int i = 0; body.size() < 5'000'000; ++i) body += std::to_string(i);
    // The answer is larger than the socket's buffers and waits for us to read it.
    EXPECT_EQ(client.ask(post(body)).body, "POST /echo " + body);
    EXPECT_EQ(client.ask(get).status, 200);
}

TEST_F(ServerTest, AnswersHeadWithoutBody) {
    serve();
    TestClient client = this->client();
    client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(client.receive(true).head, HasSubstr("Content-Length: 11\r\n"));
    EXPECT_EQ(client.ask(get).body, "GET /echo ");
}

TEST_F(ServerTest, SaysContinueBeforeTheBody) {
    serve();
    TestClient client = this->client();
    EXPECT_EQ(client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n").status,
              100);
    EXPECT_EQ(client.ask("hello").body, "POST /echo hello");
    EXPECT_EQ(client.ask(post("there", "Expect: 100-continue\r\n")).status, 200) << "the body is here already";
}

TEST_F(ServerTest, RefusesATooLargeBodyBeforeReadingIt) {
    serve({.body_limit = 100});
    for (const std::string expect : {"", "Expect: 100-continue\r\n"}) {
        TestClient client = this->client();
        const auto answer = client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n" + expect + "\r\n");
        EXPECT_EQ(answer.status, 413);
        EXPECT_THAT(answer.body, HasSubstr(R"("code":"too_large")"));
        client.finish_sending();
        EXPECT_TRUE(client.at_end());
    }
    TestClient client = this->client();
    EXPECT_EQ(client.ask(post(std::string(100, 'x'))).status, 200);
}

TEST_F(ServerTest, TheAnswerToATooLargeBodySurvivesTheBody) {
    serve({.body_limit = 100});
    TestClient client = this->client();
    client.send(post(std::string(300'000, 'x')));
    EXPECT_EQ(client.receive().status, 413);
}

TEST_F(ServerTest, RefusesATooLargeHead) {
    serve({.header_limit = 4096});
    TestClient client = this->client();
    EXPECT_EQ(client.ask("GET /echo HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x') + "\r\n\r\n").status, 431);
    TestClient other = this->client();
    EXPECT_EQ(other.ask("GET /echo HTTP/1.1\r\nHost: a\r\nX: " + std::string(4000, 'x') + "\r\n\r\n").status, 200);
}

TEST_F(ServerTest, ARefusalIsAProblemAndEndsTheConnection) {
    serve();
    TestClient client = this->client();
    const auto answer =
        client.ask("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get);
    EXPECT_EQ(answer.status, 411);
    const auto problem = json::Document::parse(answer.body);
    ASSERT_TRUE(problem.has_value());
    EXPECT_EQ(problem->root().find("status")->as_integer(), 411);
    EXPECT_THAT(answer.head,
                HasSubstr("X-Request-Id: " + std::string(*problem->root().find("request_id")->as_string())));
    client.finish_sending();
    EXPECT_TRUE(client.at_end()) << "what follows a refused request is never read as a request";
}

TEST_F(ServerTest, RefusesContradictoryCookies) {
    serve();
    TestClient client = this->client();
    EXPECT_EQ(client.ask("GET /echo HTTP/1.1\r\nHost: a\r\nCookie: __Host-at=1; __Host-at=2\r\n\r\n").status, 400);
}

TEST_F(ServerTest, AFailingHandlerIsA500ThatSaysNothingOfTheInside) {
    serve();
    TestClient client = this->client();
    log::start(log::Level::error, true);
    for (const std::string path : {"/throw", "/header-injection"}) {
        testing::internal::CaptureStderr();
        const auto answer = client.ask(get_path(path));
        const std::string logged = testing::internal::GetCapturedStderr();
        EXPECT_EQ(answer.status, 500);
        EXPECT_THAT(answer.body, AllOf(HasSubstr(R"("code":"internal")"), Not(HasSubstr("the inside"))));
        const auto id = std::string(*json::Document::parse(answer.body)->root().find("request_id")->as_string());
        EXPECT_THAT(logged, HasSubstr(id));
    }
    EXPECT_EQ(client.ask(get).status, 200) << "the connection goes on";
}

TEST_F(ServerTest, LogsEachRequestWithoutItsQuery) {
    serve();
    log::start(log::Level::info, true);
    testing::internal::CaptureStderr();
    EXPECT_EQ(client().ask("GET /echo?token=secret HTTP/1.1\r\nHost: a\r\nCookie: c=secret\r\n\r\n").status, 200);
    server_->stop();
    log::error("flush");
    const std::string logged = testing::internal::GetCapturedStderr();
    EXPECT_THAT(logged, AllOf(HasSubstr(R"("event":"request","method":"GET","path":"/echo","status":200,"ms":)"),
                              HasSubstr(R"("client":"127.0.0.1")"), Not(HasSubstr("secret"))));
}

TEST_F(ServerTest, GarbageNeverEndsIt) {
    serve({.body_limit = 1000});
    std::mt19937 random(7);
    const std::string starts[] = {get,
                                  post("hello"),
                                  post("x", "Transfer-Encoding: chunked\r\n"),
                                  "\x16\x03\x01",
                                  "GET / HTTP/1.1\nHost: a\n\n",
                                  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                                  "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
                                      std::string(70'000, 'x') + "\r\n\r\n"};
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = starts[random() % std::size(starts)];
        for (unsigned changes = random() % 5; changes > 0; --changes)
            bytes[random() % std::min<std::size_t>(bytes.size(), 80)] = static_cast<char>(random());
        TestClient client = this->client();
        client.send(bytes);
        client.finish_sending();
        const std::string answer = client.receive_rest();
        ASSERT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 ")) << answer;
    }
    EXPECT_EQ(client().ask(get).status, 200);
}

}  // namespace
}  // namespace terrace::http
