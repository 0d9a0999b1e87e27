#include "platform/db/sql_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::db {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BareWordsTest, LeavesOutStringsQuotedNamesAndComments) {
    EXPECT_THAT(bare_words("select 'begin' as \"commit\", x -- set\n/* copy /* listen */ reset */ from T"),
                ElementsAre("select", "as", "x", "from", "t"));
}

TEST(BareWordsTest, KnowsEscapesOfEachKindOfString) {
    EXPECT_THAT(bare_words("select 'it''s begin', 'back\\' , e'quote\\' commit', $$set$$, $a$ $$ reset $a$, $1"),
                ElementsAre("select"));
}

TEST(BareWordsTest, KeepsTopLevelSemicolons) {
    EXPECT_THAT(bare_words("a; ';' b"), ElementsAre("a", ";", "b"));
}

class SharedTextTest : public ::testing::TestWithParam<const char*> {};
class UnsharedTextTest : public ::testing::TestWithParam<const char*> {};

TEST_P(SharedTextTest, IsAllowed) {
    EXPECT_EQ(reason_against_sharing(GetParam()), std::nullopt);
}
TEST_P(UnsharedTextTest, IsRefused) {
    EXPECT_TRUE(reason_against_sharing(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Units, SharedTextTest,
                         ::testing::Values("select 1", "  -- why\n select 'begin; commit'",
                                           "insert into t (a) values ($1)", "update t set a = $1", "delete from t",
                                           "with x as (insert into t select 1 returning a) select a from x",
                                           "select a from t for update", "select copy_number from t",
                                           "select current_setting('app.tenant_id', true)",
                                           "select pg_advisory_xact_lock($1)"));

INSTANTIATE_TEST_SUITE_P(
    Units, UnsharedTextTest,
    ::testing::Values("", "-- nothing", "begin", "BEGIN", "start transaction", "commit", "end", "rollback", "abort",
                      "savepoint a", "release a", "set app.tenant_id = 'x'", "set local a = 1", "reset all",
                      "discard all", "copy t to stdout", "COPY t FROM stdin", "listen a", "notify a", "unlisten *",
                      "prepare p as select 1", "execute p", "deallocate p", "declare c cursor for select 1",
                      "lock table t", "create temp table t (a int)", "truncate t", "do $$ begin end $$", "call p()",
                      "explain analyze select 1", "/* select */ set role x",
                      "select set_config('app.tenant_id', $1, false)",
                      "select pg_catalog.set_config('app.tenant_id', $1, false)", "select SET_CONFIG('a', 'b', false)",
                      "select \"set_config\"('a', 'b', false)", "select pg_advisory_lock(1)", "select 1; select 2",
                      "select 1;"));

TEST(SplitScriptTest, FindsTheStatementsAndTheirLines) {
    const auto statements =
        split_script("-- head\n\ncreate table a (b text default ';');\n\n  do $$ begin\n x; end $$;\n-- end\n");
    ASSERT_EQ(statements.size(), 2u);
    EXPECT_EQ(statements[0].text, "create table a (b text default ';')");
    EXPECT_EQ(statements[0].line, 3u);
    EXPECT_EQ(statements[1].text, "do $$ begin\n x; end $$");
    EXPECT_EQ(statements[1].line, 5u);
}

TEST(SplitScriptTest, KeepsALastStatementWithoutASemicolon) {
    EXPECT_EQ(split_script("select 1;\nselect 2").at(1).text, "select 2");
    EXPECT_THAT(split_script("-- nothing\n;;\n"), IsEmpty());
}

}  // namespace
}  // namespace terrace::db
