#pragma once

#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/resource/testing/test_parcel.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

/// The tables of parcels and depots, each lookup, ordering and search with its index.
namespace terrace::resource::testing {

inline void make_parcel_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.depot (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            city text collate "C" not null,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            primary key (tenant_id, id));
        create table if not exists shared.parcel (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, code text collate "C" not null,
            colour text, weight bigint not null, fragile boolean not null, due_on date, sent_at timestamptz,
            depot_id uuid, note text, sender text, sender_phone text collate "C", receiver_phone text collate "C",
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            primary key (tenant_id, id),
            constraint parcel_depot_fkey foreign key (tenant_id, depot_id) references shared.depot (tenant_id, id));
        create table if not exists shared.parcel_token (
            tenant_id uuid not null, token text collate "C" not null, object_id uuid not null,
            primary key (tenant_id, token, object_id));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'parcel') then
                create index depot_city_idx on shared.depot (tenant_id, city);
                create index depot_created_at_idx on shared.depot (tenant_id, created_at, id);
                create index parcel_created_at_idx on shared.parcel (tenant_id, created_at, id);
                create index parcel_code_idx on shared.parcel (tenant_id, code, id);
                create index parcel_weight_idx on shared.parcel (tenant_id, weight, code desc, id desc);
                create index parcel_shelf_idx on shared.parcel (tenant_id, fragile desc, weight, code, id);
                create index parcel_colour_idx on shared.parcel (tenant_id, colour, created_at, id);
                create index parcel_due_on_idx on shared.parcel (tenant_id, due_on);
                create index parcel_sent_at_idx on shared.parcel (tenant_id, sent_at);
                create index parcel_depot_idx on shared.parcel (tenant_id, depot_id);
                create index parcel_sender_phone_idx on shared.parcel (tenant_id, sender_phone);
                call catalog.protect_tenant_table('shared.depot');
                call catalog.protect_tenant_table('shared.parcel');
                call catalog.protect_tenant_table('shared.parcel_token');
            end if;
        end $$;
    )sql");
}

/// Parcels of a fresh tenant.
class ParcelTest : public ::terrace::testing::DataLayerTest {
  protected:
    static void SetUpTestSuite() { make_parcel_tables(); }
    ~ParcelTest() override { settle(); }

    Client client(const db::TenantScope& scope) {
        api::Api both = served(parcels(), parts);
        add(depots(), parts, both);
        return Client(loop, std::move(both), scope, "Asia/Kolkata")
            .colleague({"parcels.read", "parcels.create", "parcels.update", "parcels.archive", "depots.read",
                        "depots.create", "depots.update", "depots.archive"});
    }
    std::string make(std::string_view code, std::string_view more = "") {
        const Answer answer =
            tenant.post("/api/v1/parcels", fmt::format(R"({{"code":"{}"{}{}}})", code, more.empty() ? "" : ",", more));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    std::string make_depot(std::string_view city) {
        const Answer answer = tenant.post("/api/v1/depots", fmt::format(R"({{"city":"{}"}})", city));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    /// The codes of the list with this query.
    std::vector<std::string> codes(std::string_view query) {
        const Answer answer = tenant.get(fmt::format("/api/v1/parcels?{}", query));
        EXPECT_EQ(answer.status, 200) << query << answer.body;
        if (answer.status != 200) return {};
        return answer.results("code");
    }
    std::string errors(std::string_view query) {
        const Answer answer = tenant.get(fmt::format("/api/v1/parcels?{}", query));
        EXPECT_EQ(answer.status, 400) << query;
        return answer.errors();
    }

    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client tenant = client(tests.tenant());
};

}  // namespace terrace::resource::testing
