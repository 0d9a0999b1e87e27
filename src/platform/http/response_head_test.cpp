#include "platform/http/response_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::http {
namespace {

using namespace std::string_view_literals;
using ::testing::HasSubstr;
using ::testing::Not;

std::string head_of(const Response& response, bool keep_alive = true) {
    return response_head(response, "id-1", "Mon, 23 Nov 2026 04:30:00 GMT", keep_alive);
}

TEST(ResponseHead, CarriesTheUsualHeaders) {
    EXPECT_EQ(head_of(Response::json(200, "{}")),
              "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 04:30:00 GMT\r\nContent-Type: application/json\r\n"
              "Content-Length: 2\r\nX-Request-Id: id-1\r\nX-Content-Type-Options: nosniff\r\n"
              "Cache-Control: no-store\r\n\r\n");
}

TEST(ResponseHead, LeavesCachingToAResponseThatSpeaksOfIt) {
    Response response = Response::json(200, "{}");
    response.header("cache-control", "public, max-age=60");
    EXPECT_THAT(head_of(response), AllOf(HasSubstr("public, max-age=60"), Not(HasSubstr("no-store"))));
}

TEST(ResponseHead, HasNoLengthWhereNoBodyMayBe) {
    EXPECT_THAT(head_of(Response::no_content()),
                AllOf(Not(HasSubstr("Content-Length")), Not(HasSubstr("Content-Type:"))));
    EXPECT_THAT(head_of({.status = 304}), Not(HasSubstr("Content-Length")));
}

TEST(ResponseHead, SaysThatTheConnectionEnds) {
    EXPECT_THAT(head_of(Response::json(200, ""), false), HasSubstr("Connection: close\r\n"));
}

TEST(ResponseHead, KeepsEveryHeaderThatIsSetTwice) {
    Response response = Response::no_content();
    response.header("Set-Cookie", "a=1").header("Set-Cookie", "b=2");
    EXPECT_THAT(head_of(response), HasSubstr("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
}

TEST(ResponseHead, LetsNoValueWriteHeadersOfItsOwn) {
    for (const std::string_view value : {"a\r\nSet-Cookie: x=1"sv, "a\nb"sv, "a\rb"sv, "a\0b"sv}) {
        Response response = Response::no_content();
        response.header("Location", std::string(value));
        EXPECT_THROW(head_of(response), std::logic_error);
    }
}

TEST(DateLine, IsAnImfFixdate) {
    DateLine date;
    EXPECT_THAT(std::string(date.now()), testing::ContainsRegex("^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} "
                                                                "[0-9]{2}:[0-9]{2}:[0-9]{2} GMT$"));
}

}  // namespace
}  // namespace terrace::http
