#include "platform/app/housekeeping.hpp"

#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace terrace::app {
namespace {

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

TEST(Housekeeping, RemovesExpiredKeysSessionsAndFilesAndNothingElse) {
    auto& database = terrace::testing::TestDatabase::instance();
    Process process(config(), nothing(), database.options());
    boost::asio::io_context loop(1);
    Services services(loop.get_executor(), process);
    const auto made =
        terrace::testing::run(loop, services.identity.registration().run({.organization_name = "Old Keys",
                                                                          .slug = "old-keys",
                                                                          .full_name = "Tara",
                                                                          .email = "tara@keys.example",
                                                                          .password = "correct horse battery"},
                                                                         {}));
    ASSERT_TRUE(made) << made.error().detail;

    auto admin = database.admin();
    db::Params params;
    params.add(made->tenant).add(made->account.id);
    admin.run("insert into shared.file_usage (tenant_id, bytes, quota) values ($1, 2, 9 + length($2::text))", params);
    for (const auto* age : {"25 hours", "1 hour"}) {
        admin.run(std::string("insert into shared.file (tenant_id, id, name, size, chunk_size, created_by, expires_at) "
                              "values ($1, gen_random_uuid(), '") +
                      age + "', 1, 1, $2, now() + interval '2 hours' - interval '" + age + "')",
                  params);
        admin.run(
            std::string("insert into shared.idempotency_key (tenant_id, user_id, key, request_hash, status, object_id, "
                        "object_version, created_at) values ($1, $2, '") +
                age + "', '', 201, $1, 1, now() - interval '" + age + "')",
            params);
        admin.run(
            std::string("insert into catalog.session (id, origin_id, tenant_id, user_id, refresh_hash, expires_at) "
                        "select id, id, $1, $2, sha256(''), now() + interval '2 hours' - interval '") +
                age + "' from gen_random_uuid() as id",
            params);
    }

    terrace::testing::run(loop, remove_expired(services));

    const auto keys = admin.run("select key from shared.idempotency_key where tenant_id = $1 and user_id = $2", params);
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys.text(0, 0), "1 hour");
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
    services.database.close();
}

}  // namespace
}  // namespace terrace::app
