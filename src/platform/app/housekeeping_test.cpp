#include "platform/app/housekeeping.hpp"

#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace terrace::app {
namespace {

using terrace::testing::TestDatabase;

Product nothing() {
    return {.name = "nothing", .access = [](access::Catalogue&) {}, .endpoints = {}, .seeds = {}};
}

Config config() {
    Config config;
    config.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000};
    config.secret = "a secret of the tests, forty characters long";
    config.cheap_password_hashes = true;
    return config;
}

/// A tenant and its owner.
class Housekeeping : public ::testing::Test {
  protected:
    Housekeeping() {
        static int count = 0;
        const std::string slug = "old-keys-" + std::to_string(++count);
        const auto made =
            terrace::testing::run(loop, services.identity.registration().run({.organization_name = "Old Keys",
                                                                              .slug = slug,
                                                                              .full_name = "Tara",
                                                                              .email = slug + "@keys.example",
                                                                              .password = "correct horse battery"},
                                                                             {}));
        if (!made) throw std::runtime_error(made.error().detail);
        params.add(made->tenant).add(made->account.id);
    }
    ~Housekeeping() override { services.database.close(); }

    void add_key(const std::string& age) {
        admin.run(
            "insert into shared.idempotency_key (tenant_id, user_id, key, request_hash, status, object_id,"
            " object_version, created_at) values ($1, $2, '" +
                age + "', '', 201, $1, 1, now() - interval '" + age + "')",
            params);
    }
    db::Rows keys() {
        return admin.run("select key from shared.idempotency_key where tenant_id = $1 and user_id = $2", params);
    }

    terrace::testing::TestDatabase& database = terrace::testing::TestDatabase::instance();
    Process process{config(), nothing(), database.options()};
    boost::asio::io_context loop{1};
    Services services{loop.get_executor(), process};
    db::AdminConnection admin = database.admin();
    db::Params params;  ///< the tenant and its owner
};

TEST_F(Housekeeping, RemovesExpiredKeysSessionsAndFilesAndNothingElse) {
    admin.run("insert into shared.file_usage (tenant_id, bytes, quota) values ($1, 2, 9 + length($2::text))", params);
    for (const auto* age : {"25 hours", "1 hour"}) {
        admin.run(std::string("insert into shared.file (tenant_id, id, name, size, chunk_size, created_by, expires_at) "
                              "values ($1, gen_random_uuid(), '") +
                      age + "', 1, 1, $2, now() + interval '2 hours' - interval '" + age + "')",
                  params);
        add_key(age);
        admin.run(
            std::string("insert into catalog.session (id, origin_id, tenant_id, user_id, refresh_hash, expires_at) "
                        "select id, id, $1, $2, sha256(''), now() + interval '2 hours' - interval '") +
                age + "' from gen_random_uuid() as id",
            params);
    }

    terrace::testing::run(loop, remove_expired(services));

    ASSERT_EQ(keys().size(), 1U);
    EXPECT_EQ(keys().text(0, 0), "1 hour");
    const auto files = admin.run(
        "select name, bytes from shared.file natural join shared.file_usage where tenant_id = $1 "
        "and created_by = $2",
        params);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files.text(0, 0), "1 hour");
    EXPECT_EQ(files.integer(0, 1), 1);
    const auto sessions =
        admin.run("select expires_at > now() from catalog.session where tenant_id = $1 and user_id = $2", params);
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_TRUE(sessions.boolean(0, 0));
}

TEST_F(Housekeeping, SaysWhatItCouldNotDo) {
    services.database.close();
    ::testing::internal::CaptureStderr();
    terrace::testing::run(loop, remove_expired(services));
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                ::testing::HasSubstr("no more tenants were found to keep house for"));
}

TEST_F(Housekeeping, PassesOverATenantThatOnlyANewerVersionUnderstands) {
    admin.run("alter table catalog.tenant drop constraint tenant_isolation_check");
    admin.run(
        "insert into catalog.tenant (id, slug, name, state, isolation, database_name)"
        " values ('00000000-0000-0000-0000-000000000001', 'newer', 'Newer', 'active', 'elsewhere', 'd')");
    add_key("25 hours");
    terrace::testing::run(loop, remove_expired(services));
    EXPECT_TRUE(keys().empty());
    admin.run("delete from catalog.tenant where isolation = 'elsewhere'");
    admin.run(
        "alter table catalog.tenant add constraint tenant_isolation_check"
        " check (isolation in ('shared', 'schema', 'database'))");
}

TEST_F(Housekeeping, RemovesAThousandSessionsAndCodesAtATimeAndLeavesNone) {
    admin.run(
        "insert into catalog.session (id, origin_id, tenant_id, user_id, refresh_hash, expires_at) "
        "select id, id, $1, $2, sha256(''), now() - n * interval '1 minute' "
        "from (select gen_random_uuid() as id, n from generate_series(1, 2500) as n) as ids",
        params);
    admin.run(
        "insert into catalog.handoff_code (code_hash, challenge, user_id, session_id, tenant_id, expires_at) "
        "select sha256(n::text::bytea), '', $2, (select id from catalog.session where user_id = $2 "
        "order by expires_at desc limit 1), $1, now() - n * interval '1 minute' from generate_series(1, 2500) as n",
        params);
    admin.run(R"(
        create function catalog.refuse_crowds() returns trigger language plpgsql as $$
        begin
            if (select count(*) from gone) > 1000 then raise 'too many at once'; end if;
            return null;
        end $$;
        create trigger refuse_crowds after delete on catalog.session
            referencing old table as gone for each statement execute function catalog.refuse_crowds();
        create trigger refuse_crowds after delete on catalog.handoff_code
            referencing old table as gone for each statement execute function catalog.refuse_crowds())");

    terrace::testing::run(loop, remove_expired(services));

    admin.run(
        "drop trigger refuse_crowds on catalog.session; drop trigger refuse_crowds on catalog.handoff_code;"
        "drop function catalog.refuse_crowds()");
    EXPECT_TRUE(admin.run("select from catalog.session where tenant_id = $1 and user_id = $2", params).empty());
    EXPECT_TRUE(admin.run("select from catalog.handoff_code where tenant_id = $1 and user_id = $2", params).empty());
}

}  // namespace
}  // namespace terrace::app
