#include "platform/audit/audit.hpp"

#include "platform/db/database.hpp"
#include "platform/testing/data_layer.hpp"
#include "platform/testing/run.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::audit {
namespace {

using testing::TestDatabase;

class AuditTest : public testing::DataLayerTest {
  protected:
    ~AuditTest() override { settle(); }

    Entry entry() const {
        return {.tenant = scope.tenant(),
                .actor = Uuid::v7(),
                .session = Uuid::v7(),
                .action = "patients.create",
                .object_type = "patient",
                .object = Uuid::v7(),
                .changes = R"({"fields":["name"]})",
                .client_address = "203.0.113.7",
                .request_id = "r-1"};
    }

    db::DbResult<db::UnitRows> add(const db::TenantScope& whose, const Entry& entry) {
        db::Unit unit{.kind = db::UnitKind::write};
        unit.statements.push_back(insert(entry));
        return testing::run(loop, database.run(whose, std::move(unit)));
    }

    db::DbResult<db::Rows> write(const db::Shape& shape) {
        return testing::run(loop, database.run(scope, db::UnitKind::write, shape, db::Params().add(scope.tenant())));
    }

    db::DbResult<db::Rows> read(const db::TenantScope& whose) {
        static const db::Shape& shape = db::shape(
            "select actor_id, session_id, action, object_type, object_id, changes, client_address, request_id, "
            "at > clock_timestamp() - interval '1 minute' from {tenant}.audit_entry where tenant_id = $1");
        return testing::run(loop,
                            database.run(whose, db::UnitKind::point_read, shape, db::Params().add(scope.tenant())));
    }

    db::TenantScope scope = tests.tenant();
};

TEST_F(AuditTest, KeepsWhoDidWhatToWhichObjectFromWhere) {
    const auto one = entry();
    ASSERT_TRUE(add(scope, one));
    const auto rows = read(scope);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->uuid(0, 0), one.actor);
    EXPECT_EQ(rows->uuid(0, 1), one.session);
    EXPECT_EQ(rows->text(0, 2), "patients.create");
    EXPECT_EQ(rows->text(0, 3), "patient");
    EXPECT_EQ(rows->uuid(0, 4), one.object);
    EXPECT_EQ(rows->text(0, 5), R"({"fields": ["name"]})");
    EXPECT_EQ(rows->text(0, 6), "203.0.113.7");
    EXPECT_EQ(rows->text(0, 7), "r-1");
    EXPECT_TRUE(rows->boolean(0, 8));
}

TEST_F(AuditTest, KeepsWhatTheSystemDidWithoutAnActor) {
    auto one = entry();
    one.actor = one.session = one.object = Uuid{};
    one.changes = "{}";
    ASSERT_TRUE(add(scope, one));
    const auto rows = read(scope);
    ASSERT_EQ(rows->size(), 1U);
    for (const std::size_t column : {0, 1, 4}) EXPECT_TRUE(rows->is_null(0, column));
}

TEST_F(AuditTest, IsAppendOnlyForTheApplication) {
    ASSERT_TRUE(add(scope, entry()));
    static const db::Shape& change =
        db::shape("update {tenant}.audit_entry set action = 'nothing' where tenant_id = $1");
    static const db::Shape& remove = db::shape("delete from {tenant}.audit_entry where tenant_id = $1");
    for (const auto* shape : {&change, &remove}) {
        const auto outcome = write(*shape);
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().sqlstate, "42501");
    }
    EXPECT_EQ(read(scope)->size(), 1U);
}

TEST_F(AuditTest, ShowsNothingToAnotherTenantAndTakesNothingFromIt) {
    ASSERT_TRUE(add(scope, entry()));
    const auto other = TestDatabase::instance().tenant();
    EXPECT_TRUE(read(other)->empty());
    EXPECT_FALSE(add(other, entry()));
    EXPECT_EQ(read(scope)->size(), 1U);
}

TEST_F(AuditTest, CanBeChainedToItsEffect) {
    static const db::Shape& shape = db::shape(
        {"with changed as (insert into {tenant}.settings (tenant_id, name, value) values ($1, $2, $3) "
         "on conflict (tenant_id, name) do nothing returning name), "
         "audited as (insert into {tenant}.audit_entry (",
         columns(), ") select $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from changed) select count(*) from changed"});
    for (const int effect : {1, 0}) {
        db::Params params;
        params.add(scope.tenant()).add("greeting").add("hello");
        add_parameters(entry(), params);
        ASSERT_EQ(params.size(), 3 + column_count);
        const auto outcome = testing::run(loop, database.run(scope, db::UnitKind::write, shape, std::move(params)));
        ASSERT_TRUE(outcome) << outcome.error().message;
        EXPECT_EQ(outcome->integer(0, 0), effect);
    }
    EXPECT_EQ(read(scope)->size(), 1U);
}

}  // namespace
}  // namespace terrace::audit
