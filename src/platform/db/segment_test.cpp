#include "platform/db/segment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>

namespace terrace::db {
namespace {

using Part = Segment::Part;
using Step = Segment::Step;

PGresult* result(ExecStatusType status) {
    return PQmakeEmptyPGresult(nullptr, status);
}

PGresult* row(const char* value) {
    PGresult* made = result(PGRES_TUPLES_OK);
    char name[] = "column";
    PGresAttDesc column{name, 0, 0, 0, 25, -1, 0};
    PQsetResultAttrs(made, 1, &column);
    std::string text = value;
    PQsetvalue(made, 0, 0, text.data(), static_cast<int>(text.size()));
    return made;
}

class SegmentTest : public ::testing::Test {
  protected:
    static Segment sent() {
        Segment segment;
        segment.expect(Part::prepare, 7);
        segment.expect(Part::place_check, 1);
        segment.expect(Part::statement, 7);
        segment.expect_sync();
        return segment;
    }
    Step statement(PGresult* answer) {
        EXPECT_EQ(segment.take(answer), Step::pending);
        return segment.take(nullptr);
    }
    Segment segment = sent();
};

TEST_F(SegmentTest, IsFinishedAtTheSyncAndNotBefore) {
    EXPECT_EQ(statement(result(PGRES_COMMAND_OK)), Step::pending);
    EXPECT_EQ(statement(row("tenant")), Step::pending);
    EXPECT_EQ(statement(row("value")), Step::pending);
    EXPECT_EQ(segment.take(result(PGRES_PIPELINE_SYNC)), Step::finished);
    EXPECT_FALSE(segment.error());
    EXPECT_FALSE(segment.moved());
    const UnitRows rows = segment.take_rows();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].text(0, 0), "value");
}

TEST_F(SegmentTest, SeesThatTheTenantMovedWhateverFollows) {
    statement(result(PGRES_COMMAND_OK));
    statement(row(""));
    statement(result(PGRES_FATAL_ERROR));
    EXPECT_EQ(segment.take(result(PGRES_PIPELINE_SYNC)), Step::finished);
    EXPECT_TRUE(segment.moved());
}

TEST_F(SegmentTest, ReportsTheFirstErrorAndWhatWasNotPrepared) {
    statement(result(PGRES_FATAL_ERROR));
    statement(result(PGRES_PIPELINE_ABORTED));
    statement(result(PGRES_PIPELINE_ABORTED));
    EXPECT_EQ(segment.take(result(PGRES_PIPELINE_SYNC)), Step::finished);
    EXPECT_TRUE(segment.error());
    EXPECT_EQ(segment.failed_number(), 7u);
    EXPECT_THAT(segment.unprepared(), ::testing::ElementsAre(7));
}

TEST_F(SegmentTest, TakesAnErrorThatComesAtTheSync) {
    statement(result(PGRES_COMMAND_OK));
    statement(row("tenant"));
    statement(row("value"));
    EXPECT_EQ(segment.take(result(PGRES_FATAL_ERROR)), Step::pending);
    EXPECT_EQ(segment.take(nullptr), Step::pending);
    EXPECT_EQ(segment.take(result(PGRES_PIPELINE_SYNC)), Step::finished);
    EXPECT_TRUE(segment.error());
    EXPECT_EQ(segment.failed_number(), 0u);
}

TEST_F(SegmentTest, IsBrokenByAnythingOutOfStep) {
    EXPECT_EQ(sent().take(nullptr), Step::broken) << "a statement ends without an answer";
    EXPECT_EQ(sent().take(result(PGRES_PIPELINE_SYNC)), Step::broken) << "the Sync comes too early";
    EXPECT_EQ(sent().take(result(PGRES_COPY_OUT)), Step::broken);
    EXPECT_EQ(sent().take(result(PGRES_PIPELINE_ABORTED)), Step::broken) << "aborted without an error";
    segment.take(result(PGRES_COMMAND_OK));
    EXPECT_EQ(segment.take(result(PGRES_COMMAND_OK)), Step::broken) << "two answers to one statement";
}

/// A read in a batch, behind another and before the one that has the Sync.
class SegmentInBatchTest : public SegmentTest {
  protected:
    SegmentInBatchTest() { segment = in_batch(); }

    static Segment in_batch() {
        Segment segment;
        segment.follow();
        segment.expect(Part::header, 1);
        segment.expect(Part::statement, 7);
        return segment;
    }
};

TEST_F(SegmentInBatchTest, IsFinishedWithItsLastStatement) {
    EXPECT_EQ(statement(row("tenant")), Step::pending);
    EXPECT_EQ(statement(row("value")), Step::finished);
    EXPECT_FALSE(segment.skipped());
    EXPECT_EQ(segment.take_rows().size(), 1u);
}

TEST_F(SegmentInBatchTest, IsSkippedWhenOneBeforeItHasFailed) {
    EXPECT_EQ(statement(result(PGRES_PIPELINE_ABORTED)), Step::pending);
    EXPECT_EQ(statement(result(PGRES_PIPELINE_ABORTED)), Step::finished);
    EXPECT_TRUE(segment.skipped());
    EXPECT_FALSE(segment.error());
}

TEST_F(SegmentInBatchTest, IsNotSkippedByItsOwnError) {
    statement(row("tenant"));
    EXPECT_EQ(statement(result(PGRES_FATAL_ERROR)), Step::finished);
    EXPECT_FALSE(segment.skipped());
    EXPECT_EQ(segment.failed_number(), 7u);
}

TEST_F(SegmentInBatchTest, IsBrokenByAnythingOutOfStep) {
    EXPECT_EQ(in_batch().take(result(PGRES_PIPELINE_SYNC)), Step::broken) << "a Sync that is not its own";
    statement(row("tenant"));
    EXPECT_EQ(segment.take(result(PGRES_PIPELINE_ABORTED)), Step::broken) << "aborted in the middle, without an error";
    segment = in_batch();
    statement(result(PGRES_PIPELINE_ABORTED));
    EXPECT_EQ(segment.take(row("value")), Step::broken) << "an answer to what was skipped";
}

TEST_F(SegmentTest, IsBrokenByAnAnswerBehindTheLastStatement) {
    statement(result(PGRES_COMMAND_OK));
    statement(row("tenant"));
    statement(row("value"));
    EXPECT_EQ(segment.take(row("stray")), Step::broken);
}

}  // namespace
}  // namespace terrace::db
