#include "platform/testing/database.hpp"
#include "platform/testing/notes.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

/// Two tenants on few connections, whose units are cancelled, time out, fail and lose their backends. Whatever happens
/// to a unit, it is answered with its own tenant's rows or not at all.
namespace terrace::db {
namespace {

namespace asio = boost::asio;
namespace notes = testing::notes;
using testing::run;
using testing::TestDatabase;

constexpr int rows_per_tenant = 20;
constexpr std::size_t callers = 40;

std::size_t from_environment(const char* name, std::size_t otherwise) {
    const char* value = std::getenv(name);
    return value ? std::stoul(value) : otherwise;
}

/// $1 a text that is answered as it came: whose answer this is.
const Shape& echo() {
    static const Shape& shape = db::shape("select $1::text, current_setting('app.tenant_id', true)");
    return shape;
}

struct Whose {
    TenantScope scope;
    std::string name;  ///< how the bodies of its notes begin

    bool owns(std::string_view body) const { return body.starts_with(name); }
};

class TortureTest : public ::testing::Test {
  protected:
    TortureTest() { notes::make_table(); }

    static DatabaseOptions few_connections() {
        DatabaseOptions options = TestDatabase::instance().options();
        options.point_read_lanes = options.read_lanes = options.write_lanes = options.leases = 1;
        options.queue_limit_per_tenant = options.queue_limit;
        options.statement_timeout = std::chrono::milliseconds(250);
        return options;
    }

    void fill(const Whose& whose) {
        for (int id = 1; id <= rows_per_tenant; ++id) {
            const auto inserted =
                run(loop, database.run(whose.scope, UnitKind::write, notes::insert(),
                                       Params().add(id).add(fmt::format("{} at first {}", whose.name, id))));
            ASSERT_TRUE(inserted) << inserted.error().message;
        }
    }

    int draw(int below) { return std::uniform_int_distribution(0, below - 1)(random); }

    asio::awaitable<void> call_until_enough();
    asio::awaitable<void> one_unit(const Whose& whose);
    asio::awaitable<void> read(const Whose& whose, UnitKind kind);
    asio::awaitable<void> write(const Whose& whose);
    asio::awaitable<void> fail(const Whose& whose);
    asio::awaitable<void> time_out(const Whose& whose);
    asio::awaitable<void> leave(const Whose& whose);
    asio::awaitable<void> lease(const Whose& whose);
    void strike();
    void answered(const DbError& error);

    Unit unit_of(UnitKind kind, const std::string& mark, int id);
    void check(const Whose& whose, const UnitRows& rows, const std::string& mark);

    boost::asio::io_context loop;
    Database database{loop.get_executor(), few_connections()};
    AdminConnection admin = TestDatabase::instance().admin();
    std::vector<Whose> tenants{{TestDatabase::instance().tenant(), "of a"},
                               {TestDatabase::instance().tenant(), "of b"}};
    std::minstd_rand random;
    std::size_t wanted = 0, begun = 0, succeeded = 0, foreign = 0;
    std::vector<std::string> odd;
};

Unit TortureTest::unit_of(UnitKind kind, const std::string& mark, int id) {
    Unit unit{.kind = kind};
    unit.statements.push_back({&echo(), Params().add(mark)});
    unit.statements.push_back({&notes::find(), Params().add(id)});
    unit.statements.push_back({&notes::select(), {}});
    return unit;
}

void TortureTest::check(const Whose& whose, const UnitRows& rows, const std::string& mark) {
    ++succeeded;
    bool own = rows.size() == 3 && rows[0].text(0, 0) == mark &&
               rows[0].text(0, 1) == whose.scope.tenant().to_string() && rows[1].size() == 1 &&
               whose.owns(rows[1].text(0, 0)) && rows[2].size() == rows_per_tenant;
    for (std::size_t row = 0; own && row < rows[2].size(); ++row) own = whose.owns(rows[2].text(row, 1));
    if (!own) ++foreign;
}

/// What a unit may meet here: a connection that went, a cancelled statement.
void TortureTest::answered(const DbError& error) {
    using enum DbError::Kind;
    if (error.kind == unavailable || error.kind == timeout || error.kind == in_doubt) return;
    odd.push_back(fmt::format("{} {}", error.sqlstate, error.message));
}

asio::awaitable<void> TortureTest::read(const Whose& whose, UnitKind kind) {
    const std::string mark = fmt::format("{} {}", whose.name, begun);
    const auto rows = co_await database.run(whose.scope, unit_of(kind, mark, 1 + draw(rows_per_tenant)));
    rows ? check(whose, *rows, mark) : answered(rows.error());
}

asio::awaitable<void> TortureTest::write(const Whose& whose) {
    const std::string mark = fmt::format("{} {}", whose.name, begun);
    const int id = 1 + draw(rows_per_tenant);
    Unit unit = unit_of(UnitKind::write, mark, id);
    unit.statements.insert(unit.statements.begin() + 1, {&notes::rename(), Params().add(id).add(mark)});
    auto rows = co_await database.run(whose.scope, std::move(unit));
    if (!rows) co_return answered(rows.error());
    if ((*rows)[1].affected() != 1 || (*rows)[2].text(0, 0) != mark) ++foreign;
    rows->erase(rows->begin() + 1);
    check(whose, *rows, mark);
}

asio::awaitable<void> TortureTest::fail(const Whose& whose) {
    const UnitKind kind = draw(2) == 0 ? UnitKind::point_read : UnitKind::write;
    Unit unit{.kind = kind};
    if (kind == UnitKind::write) unit.statements.push_back({&notes::rename(), Params().add(1).add("never kept")});
    if (kind == UnitKind::point_read || draw(2) == 0)
        unit.statements.push_back({&notes::divide(), Params().add(0)});
    else
        unit.statements.push_back({&notes::rename(), Params().add(2).add("forbidden")});
    const auto rows = co_await database.run(whose.scope, std::move(unit));
    if (rows)
        odd.emplace_back("a unit that fails has succeeded");
    else if (rows.error().sqlstate != "22012" && rows.error().kind != DbError::Kind::constraint)
        answered(rows.error());
}

asio::awaitable<void> TortureTest::time_out(const Whose& whose) {
    const auto rows = co_await database.run(whose.scope, UnitKind::read, notes::sleep(), Params().add("2"));
    if (rows)
        odd.emplace_back("a unit beyond its time has succeeded");
    else
        answered(rows.error());
}

/// The caller goes while its unit is under way.
asio::awaitable<void> TortureTest::leave(const Whose& whose) {
    using asio::experimental::awaitable_operators::operator||;
    asio::steady_timer gone(loop, std::chrono::microseconds(draw(3'000)));
    const UnitKind kind = draw(2) == 0 ? UnitKind::point_read : UnitKind::write;
    const std::string mark = fmt::format("{} {}", whose.name, begun);
    auto first = co_await (database.run(whose.scope, unit_of(kind, mark, 1)) || gone.async_wait(asio::use_awaitable));
    if (first.index() == 0 && std::get<0>(first)) check(whose, *std::get<0>(first), mark);
}

asio::awaitable<void> TortureTest::lease(const Whose& whose) {
    const std::string mark = fmt::format("{} {}", whose.name, begun);
    auto held = co_await database.lease(whose.scope);
    if (!held) co_return answered(held.error());
    const auto said = co_await held->run(echo(), Params().add(mark));
    if (!said) co_return answered(said.error());
    if (said->text(0, 0) != mark || said->text(0, 1) != whose.scope.tenant().to_string()) ++foreign;
    if (draw(3) == 0) co_return;  // rolled back
    const auto renamed = co_await held->run(notes::rename(), Params().add(1 + draw(rows_per_tenant)).add(mark));
    if (!renamed) co_return answered(renamed.error());
    const auto kept = co_await held->commit();
    kept ? void(++succeeded) : answered(kept.error());
}

asio::awaitable<void> TortureTest::one_unit(const Whose& whose) {
    const int kind = draw(1'000);
    if (kind < 600) return read(whose, UnitKind::point_read);
    if (kind < 700) return read(whose, UnitKind::read);
    if (kind < 900) return write(whose);
    if (kind < 950) return fail(whose);
    if (kind < 980) return leave(whose);
    return kind < 999 || draw(20) != 0 ? lease(whose) : time_out(whose);
}

asio::awaitable<void> TortureTest::call_until_enough() {
    while (begun < wanted) {
        if (++begun % 500 == 0) strike();
        co_await one_unit(tenants[static_cast<std::size_t>(draw(2))]);
    }
}

/// Ends the statement of one connection of the application, or the whole backend.
void TortureTest::strike() {
    const std::string how = draw(4) == 0 ? "pg_terminate_backend" : "pg_cancel_backend";
    admin.run("select " + how +
              "(pid) from (select pid from pg_stat_activity where usename = 'terrace_app'"
              " and datname = current_database() order by random() limit 1) as one");
}

TEST_F(TortureTest, AnswersEachUnitWithItsOwnTenantWhateverBefallsIt) {
    wanted = from_environment("TERRACE_TORTURE_UNITS", 5'000);
    const std::size_t seed = from_environment("TERRACE_SEED", std::random_device{}());
    SCOPED_TRACE(fmt::format("TERRACE_SEED={}", seed));
    random.seed(static_cast<std::minstd_rand::result_type>(seed));
    for (const Whose& whose : tenants) ASSERT_NO_FATAL_FAILURE(fill(whose));

    std::size_t ended = 0;
    for (std::size_t i = 0; i < callers; ++i)
        asio::co_spawn(loop, call_until_enough(), [&](const std::exception_ptr& fault) {
            ++ended;
            if (fault) odd.emplace_back("a caller was thrown at");
        });
    ASSERT_TRUE(testing::run_until(loop, [&] { return ended == callers; }, std::chrono::seconds(200)));

    EXPECT_EQ(foreign, 0u);
    EXPECT_THAT(odd, ::testing::IsEmpty());
    EXPECT_GT(succeeded, wanted / 2);
    for (const Whose& whose : tenants) {
        const auto left = run(loop, database.run(whose.scope, UnitKind::point_read, notes::select(), {}));
        ASSERT_TRUE(left) << left.error().message;
        EXPECT_EQ(left->size(), static_cast<std::size_t>(rows_per_tenant));
        for (std::size_t row = 0; row < left->size(); ++row) EXPECT_TRUE(whose.owns(left->text(row, 1)));
    }
}

}  // namespace
}  // namespace terrace::db
