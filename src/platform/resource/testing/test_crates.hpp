#pragma once

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

/// A throw-away resource that takes many objects in one request, made by the tests.
namespace terrace::resource::testing {

struct Crate {
    Uuid id;
    std::int64_t version = 1;
    std::int64_t number = 0;
    std::string code;
    std::string label;
    std::int64_t weight = 0;
    std::optional<Uuid> owner_id;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

inline void check_crate(Write<Crate, NoInput>& write) {
    if (write.object().label == write.object().code) write.error("invalid", "Label and code say the same.");
}

/// Many crates at once are many of one number: what they share is written first, in one order.
inline void keep_label(Write<Crate, NoInput>& write) {
    if (!write.changes<&Crate::label>()) return;
    static const db::Shape& shape =
        db::shape("insert into {tenant}.crate_label (tenant_id, label) values ($1, $2) on conflict do nothing");
    db::Params params;
    params.add(write.tenant().id).add(write.object().label);
    write.first({&shape, std::move(params)}, write.object().label);
}

inline auto begin_crates() {
    return describe<Crate>({.plural = "crates", .singular = "crate", .schema = "Crate", .table = "{tenant}.crate"})
        .fields(field<&Crate::id>, field<&Crate::version>, field<&Crate::number>.read_only(),
                field<&Crate::code>.required().max_length(20).unique("crate_code_key"),
                field<&Crate::label>.required().max_length(40), field<&Crate::weight>.between(0, 1000),
                field<&Crate::owner_id>, field<&Crate::created_at>, field<&Crate::updated_at>,
                field<&Crate::archived_at>)
        .check(check_crate)
        .before_write(keep_label)
        .numbered<&Crate::number>("crate")
        .search("{tenant}.crate_token", {words<&Crate::label>()})
        .orderings("number", {by<&Crate::number>()})
        .archivable();
}

inline void make_crate_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.crate (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, number bigint not null,
            code text collate "C" not null, label text not null, weight bigint not null, owner_id uuid,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            archived_at timestamptz,
            primary key (tenant_id, id), constraint crate_number_key unique (tenant_id, number),
            constraint crate_code_key unique (tenant_id, code));
        create table if not exists shared.crate_label (
            tenant_id uuid not null, label text collate "C" not null, primary key (tenant_id, label));
        create table if not exists shared.crate_token (
            tenant_id uuid not null, token text collate "C" not null, object_id uuid not null,
            primary key (tenant_id, token, object_id));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'crate') then
                call catalog.protect_tenant_table('shared.crate');
                call catalog.protect_tenant_table('shared.crate_label');
                call catalog.protect_tenant_table('shared.crate_token');
            end if;
        end $$;
    )sql");
}

/// The body of one.
inline std::string crate(std::string_view code, std::string_view label = "Crate") {
    return fmt::format(R"({{"code":"{}","label":"{}"}})", code, label);
}

/// Crates of a fresh tenant.
class CrateTest : public ::terrace::testing::DataLayerTest {
  public:
    ~CrateTest() override { settle(); }

  protected:
    static void SetUpTestSuite() { make_crate_tables(); }
    Client client(const db::TenantScope& scope) { return Client(loop, served(resource, parts), scope); }
    std::string make(std::string_view code, std::string_view label = "Crate") {
        const Answer answer = crates.post(list, crate(code, label));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    /// The codes of all crates in the order of their numbers.
    std::vector<std::string> codes() { return crates.get(list).results("code"); }
    std::int64_t count(const std::string& sql) { return number(crates.tenant()->id, sql); }
    std::int64_t audited() { return count("select count(*) from shared.audit_entry where tenant_id = $1"); }

    const std::string list = "/api/v1/crates";
    const Resource resource = begin_crates().bulk({.most = 20}).build();
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client crates = client(tests.tenant());
};

}  // namespace terrace::resource::testing
