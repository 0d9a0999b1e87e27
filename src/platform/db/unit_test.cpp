#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>
#include <string>

namespace terrace::db {
namespace {

using testing::run;
using testing::TestDatabase;

/// A table of tenants' rows beside the real ones.
void make_table() {
    static const bool made = [] {
        TestDatabase::instance().admin().run(
            "set role terrace_owner;"
            "create table shared.note (tenant_id uuid not null, id bigint not null, body text not null,"
            "  primary key (tenant_id, id), constraint note_body_key unique (tenant_id, body)"
            "    deferrable initially deferred,"
            "  constraint note_body_check check (body <> 'forbidden'));"
            "call catalog.protect_tenant_table('shared.note')");
        return true;
    }();
    static_cast<void>(made);
}

const Shape& insert_note() {
    static const Shape& shape = db::shape(
        "insert into {tenant}.note (tenant_id, id, body)"
        " values (nullif(current_setting('app.tenant_id', true), '')::uuid, $1, $2) returning id");
    return shape;
}

const Shape& select_notes() {
    static const Shape& shape = db::shape("select id, body from {tenant}.note order by id");
    return shape;
}

[[maybe_unused]] const Shape& current_tenant() {
    static const Shape& shape = db::shape("select current_setting('app.tenant_id', true)");
    return shape;
}

[[maybe_unused]] const Shape& divide_by_zero() {
    static const Shape& shape = db::shape("select 1 / $1::int");
    return shape;
}

class UnitTest : public ::testing::Test {
  protected:
    UnitTest() : database(loop.get_executor(), TestDatabase::instance().options()) { make_table(); }

    DbResult<Rows> note(const TenantScope& tenant, int id, std::string_view body) {
        return run(loop, database.run(tenant, UnitKind::write, insert_note(), Params().add(id).add(body)));
    }
    DbResult<Rows> notes(const TenantScope& tenant) {
        return run(loop, database.run(tenant, UnitKind::point_read, select_notes(), {}));
    }

    boost::asio::io_context loop;
    Database database;
    TenantScope a = TestDatabase::instance().tenant();
    TenantScope b = TestDatabase::instance().tenant();
};

TEST_F(UnitTest, ReadsBackWhatItWrote) {
    const auto written = note(a, 1, "hello");
    ASSERT_TRUE(written) << written.error().message;
    EXPECT_EQ(written->integer(0, 0), 1);
    const auto read = notes(a);
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 1u);
    EXPECT_EQ(read->text(0, 1), "hello");
}

TEST_F(UnitTest, ShowsATenantNothingOfAnother) {
    ASSERT_TRUE(note(a, 1, "of a"));
    EXPECT_TRUE(notes(b)->empty());
    ASSERT_TRUE(note(b, 1, "of b"));
    EXPECT_EQ(notes(a)->text(0, 1), "of a");
    EXPECT_EQ(notes(b)->text(0, 1), "of b");
    EXPECT_EQ(notes(a)->text(0, 1), "of a");
}

TEST_F(UnitTest, ReportsADeferredConstraintAsAFailure) {
    ASSERT_TRUE(note(a, 1, "same"));
    const auto second = note(a, 2, "same");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, DbError::Kind::constraint);
    EXPECT_EQ(second.error().constraint, "note_body_key");
    EXPECT_EQ(notes(a)->size(), 1u);
}

}  // namespace
}  // namespace terrace::db
