#include "platform/identity/test_handoff.hpp"
#include "platform/identity/test_sessions.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <deque>
#include <exception>
#include <string>
#include <utility>

namespace terrace::identity {
namespace {

using test::Call;
using test::from_browser;
using test::HandoffTest;
using test::live_sessions;
using test::post;
using test::waiting_for_locks;
using testing::TestDatabase;

/// A hand-off and a sign-out at once, each on a connection of its own.
class HandoffRaceTest : public HandoffTest {
  protected:
    HandoffRaceTest() : HandoffTest(test::layer_for(4)) {}

    void start(Call call) {
        Started& each = started.emplace_back(std::move(call));
        boost::asio::co_spawn(world.loop, api::dispatch(*world.router, each.request),
                              [this, &each](const std::exception_ptr& fault, const http::Response& response) {
                                  EXPECT_FALSE(fault);
                                  each.status = response.status;
                                  ++answered;
                              });
    }
    /// Both calls are on their way when the row is let go, the first of them held up by it.
    void run_beside(const std::string& held_row, const Call& first, const Call& second) {
        admin.run("begin");
        admin.run("select 1 from " + held_row + " where user_id = $1 for update", db::Params().add(house.account.id));
        start(first);
        world.wait_until([&] { return waiting_for_locks(watch) == 1; });
        start(second);
        world.wait_until([&] { return waiting_for_locks(watch) == 2 || answered == 1; });
        admin.run("commit");
        world.wait_until([&] { return answered == 2; });
    }
    Call entering() {
        return from_browser(post("/api/v1/auth/enter", R"({"code":")" + fetch_code() + "\"}", tenant_host()), tenant);
    }
    Call leaving(const std::string& path) const { return from_browser(post(path, "{}"), root); }

    struct Started {
        explicit Started(Call sent) : call(std::move(sent)), request(call.request()) {}
        Call call;
        http::Request request;
        int status = 0;
    };
    std::deque<Started> started;
    std::size_t answered = 0;
    db::AdminConnection watch = TestDatabase::instance().admin();
};

class HandoffBesideTest : public HandoffRaceTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(HandoffBesideTest, DoesNotOutliveASignOutThatCameFirst) {
    const Call enters = entering();
    run_beside("catalog.session", leaving(GetParam()), enters);
    EXPECT_EQ(started[0].status, 204);
    EXPECT_EQ(started[1].status, 401);
    EXPECT_EQ(live_sessions(admin, house.account), 0);
}

TEST_P(HandoffBesideTest, DoesNotOutliveASignOutThatCameAfter) {
    const Call enters = entering();
    run_beside("catalog.handoff_code", enters, leaving(GetParam()));
    EXPECT_EQ(started[0].status, 200);
    EXPECT_EQ(started[1].status, 204);
    EXPECT_EQ(live_sessions(admin, house.account), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, HandoffBesideTest, ::testing::Values("/api/v1/auth/logout", "/api/v1/auth/logout-all"),
                         [](const auto& info) { return std::string(info.index == 0 ? "one" : "all"); });

}  // namespace
}  // namespace terrace::identity
