#include "platform/db/lane.hpp"

#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

namespace terrace::db {
namespace {

using testing::run;
using testing::run_until;
using testing::TestDatabase;

LaneOptions one_lane() {
    const DatabaseOptions usual = TestDatabase::instance().options();
    LaneOptions lane;
    lane.connection.url = usual.app_url;
    lane.connection.connect_timeout = usual.connect_timeout;
    lane.connection.pooler = lane.unnamed_statements = usual.unnamed_statements;
    return lane;
}

TEST(LaneTest, ConnectsAnewAfterAFaultOfOursAndAnswersWhatWasUnderWay) {
    boost::asio::io_context loop;
    const auto lane = std::make_shared<Lane>(loop.get_executor(), one_lane());
    const auto write = std::make_shared<Task>(loop.get_executor());
    write->loss = Task::Loss::in_doubt;
    write->statements.push_back({&shape("select 1"), {}});
    int connections = 0;
    Lane::Events events;
    events.on_room = [&] {
        if (++connections > 1) return;
        lane->send(write);
        throw std::logic_error("a bug");
    };
    lane->start(std::move(events));

    const auto outcome = run(loop, Task::outcome(write));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, DbError::Kind::in_doubt);
    EXPECT_FALSE(lane->connected());
    EXPECT_TRUE(run_until(loop, [&] { return lane->connected(); }));
    EXPECT_EQ(connections, 2);
    lane->stop();
}

}  // namespace
}  // namespace terrace::db
