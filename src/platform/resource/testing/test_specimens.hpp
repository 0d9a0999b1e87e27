#pragma once

#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/resource/testing/test_specimen.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace terrace::resource::testing {

inline void make_specimen_table() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.origin (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            code text collate "C" not null, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), archived_at timestamptz,
            primary key (tenant_id, id), constraint origin_code_key unique (tenant_id, code));
        create table if not exists shared.specimen (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            name text not null, website text, slug text, address text, batch uuid,
            weight bigint not null, density bigint, price bigint not null, balance bigint,
            opens time, length bigint not null, found_on date, seen_at timestamptz,
            origin_id uuid, second_origin text collate "C", shelf text, place bigint, tag text,
            names text[] not null, marks bigint[], colours text[] not null, settings jsonb not null, extra jsonb,
            polished boolean not null, remark text not null,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            primary key (tenant_id, id),
            constraint specimen_origin_fkey foreign key (tenant_id, origin_id) references shared.origin,
            constraint specimen_second_origin_fkey foreign key (tenant_id, second_origin)
                references shared.origin (tenant_id, code) on update cascade,
            constraint specimen_place_key unique (tenant_id, shelf, place),
            constraint specimen_tag_excl exclude using btree (tenant_id with =, tag with =),
            constraint specimen_price_check check (price < 1000000 or shelf is null));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'specimen') then
                call catalog.protect_tenant_table('shared.origin');
                call catalog.protect_tenant_table('shared.specimen');
            end if;
        end $$;
    )sql");
}

/// Specimens of a fresh tenant.
class SpecimenTest : public ::terrace::testing::DataLayerTest {
  public:
    ~SpecimenTest() override { settle(); }

  protected:
    static void SetUpTestSuite() { make_specimen_table(); }

    /// The answer to a specimen with these fields beside its name.
    Answer make(std::string_view fields) {
        return specimens.post("/api/v1/specimens",
                              fmt::format(R"({{"name":"Quartz"{}{}}})", fields.empty() ? "" : ",", fields));
    }
    /// What is wrong with one value of one field.
    std::string errors(std::string_view field, std::string_view json) {
        const Answer answer = make(fmt::format(R"("{}":{})", field, json));
        return answer.status == 201 ? "" : answer.errors();
    }
    /// A value as it is answered and read back.
    std::string stored(std::string_view field, std::string_view json) {
        const Answer made = make(fmt::format(R"("{}":{})", field, json));
        EXPECT_EQ(made.status, 201) << made.body;
        EXPECT_EQ(specimens.get(made.header("Location")).body, made.body);
        return made.get(field);
    }

    const Resource resource = describe_specimens();
    const Resource origin_resource = describe_origins();
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    const db::TenantScope scope = tests.tenant();
    Client specimens{loop, served(resource, parts), scope};
    Client origins{loop, served(origin_resource, parts), scope};
};

}  // namespace terrace::resource::testing
