#include "platform/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

boost::asio::awaitable<Response> never_called(Request&, PathParameters) {
    co_return Response::no_content();
}

class RouterTest : public testing::Test {
  protected:
    RouterTest() {
        router_.add(Method::get, "/", never_called);
        router_.add(Method::get, "/patients", never_called);
        router_.add(Method::post, "/patients", never_called);
        router_.add(Method::get, "/patients/duplicates", never_called);
        router_.add(Method::get, "/patients/{id}", never_called);
        router_.add(Method::del, "/patients/{id}", never_called);
        router_.add(Method::post, "/patients/{patient}/notes/{note}", never_called);
    }

    const Router::Match* match(Method method, std::string_view path) {
        found_ = router_.find(method, path);
        return std::get_if<Router::Match>(&found_);
    }
    bool not_found(std::string_view path) {
        return std::holds_alternative<Router::NotFound>(router_.find(Method::get, path));
    }

    Router router_;
    std::variant<Router::Match, Router::MethodNotAllowed, Router::NotFound> found_;
};

TEST_F(RouterTest, FindsLiteralPaths) {
    ASSERT_TRUE(match(Method::get, "/"));
    ASSERT_TRUE(match(Method::get, "/patients"));
    EXPECT_THAT(match(Method::get, "/patients")->parameters, testing::IsEmpty());
}

TEST_F(RouterTest, GivesParametersDecodedAndNamedAsInTheirPattern) {
    ASSERT_TRUE(match(Method::get, "/patients/a%20b"));
    EXPECT_THAT(std::get<Router::Match>(found_).parameters, ElementsAre(Pair("id", "a b")));
    ASSERT_TRUE(match(Method::post, "/patients/1/notes/2"));
    EXPECT_THAT(std::get<Router::Match>(found_).parameters, ElementsAre(Pair("patient", "1"), Pair("note", "2")));
}

TEST_F(RouterTest, LiteralsWinOverParameters) {
    ASSERT_TRUE(match(Method::get, "/patients/duplicates"));
    EXPECT_THAT(std::get<Router::Match>(found_).parameters, testing::IsEmpty());
    ASSERT_TRUE(match(Method::post, "/patients/duplicates/notes/2"));
    EXPECT_THAT(std::get<Router::Match>(found_).parameters,
                ElementsAre(Pair("patient", "duplicates"), Pair("note", "2")));
}

TEST_F(RouterTest, HeadFindsGet) {
    const Handler* get = match(Method::get, "/patients")->handler;
    EXPECT_EQ(match(Method::head, "/patients")->handler, get);
}

TEST_F(RouterTest, NamesTheMethodsThatAreAllowed) {
    const auto found = router_.find(Method::put, "/patients/1");
    ASSERT_TRUE(std::holds_alternative<Router::MethodNotAllowed>(found));
    EXPECT_EQ(std::get<Router::MethodNotAllowed>(found).allow, "DELETE, GET, HEAD, OPTIONS");
    EXPECT_EQ(std::get<Router::MethodNotAllowed>(router_.find(Method::head, "/patients/1/notes/2")).allow,
              "OPTIONS, POST");
    EXPECT_EQ(std::get<Router::MethodNotAllowed>(router_.find(Method::options, "/patients")).allow,
              "GET, HEAD, OPTIONS, POST");
}

TEST_F(RouterTest, NoPathHasTwoSpellings) {
    for (const std::string_view path :
         {"", "patients", "/patients/", "//patients", "/patients//", "/patients//notes/1", "/./patients",
          "/x/../patients", "/patients/..", "/patients/%2e%2e", "/patients/.", "/Patients", "/%70atients",
          "/patients/1/notes", "/unknown", "/patients/%zz", "/patients/%00", "/patients/%"})
        EXPECT_TRUE(not_found(path)) << path;
}

TEST_F(RouterTest, RefusesARouteThatStandsTwice) {
    EXPECT_THROW(router_.add(Method::get, "/patients", never_called), std::logic_error);
    EXPECT_THROW(router_.add(Method::get, "/patients/{other}", never_called), std::logic_error);
    EXPECT_THROW(router_.add(Method::get, "no-slash", never_called), std::logic_error);
}

}  // namespace
}  // namespace terrace::http
