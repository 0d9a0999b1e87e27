#pragma once

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

/// Throw-away resources for tests of queries: every kind of lookup, ordering and search, each with its index.
namespace terrace::resource::testing {

struct Depot {
    Uuid id;
    std::int64_t version = 1;
    std::string city;
    Timestamp created_at;
    Timestamp updated_at;
};

struct Parcel {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::optional<std::string> colour;
    std::int64_t weight = 0;
    bool fragile = false;
    std::optional<Date> due_on;
    std::optional<Timestamp> sent_at;
    std::optional<Uuid> depot_id;
    std::optional<std::string> note;
    std::optional<std::string> sender;
    std::optional<std::string> sender_phone;
    std::optional<std::string> receiver_phone;
    Timestamp created_at;
    Timestamp updated_at;
};

inline const Resource& depots() {
    static const Resource resource =
        describe<Depot>({.plural = "depots", .singular = "depot", .schema = "Depot", .table = "{tenant}.depot"})
            .fields(field<&Depot::id>, field<&Depot::version>, field<&Depot::city>.required().max_length(40),
                    field<&Depot::created_at>, field<&Depot::updated_at>)
            .filter<&Depot::city>()
            .orderings("created_at", {by<&Depot::created_at>()})
            .build();
    return resource;
}

// clang-format off: one field a line.
inline const Resource& parcels() {
    static const Resource resource =
        describe<Parcel>({.plural = "parcels", .singular = "parcel", .schema = "Parcel", .table = "{tenant}.parcel"})
            .fields(field<&Parcel::id>,
                    field<&Parcel::version>,
                    field<&Parcel::code>.required().max_length(20),
                    field<&Parcel::colour>.choices({"red", "green", "blue"}),
                    field<&Parcel::weight>,
                    field<&Parcel::fragile>,
                    field<&Parcel::due_on>,
                    field<&Parcel::sent_at>,
                    field<&Parcel::depot_id>,
                    field<&Parcel::note>.max_length(200),
                    field<&Parcel::sender>.max_length(80),
                    field<&Parcel::sender_phone>.phone(),
                    field<&Parcel::receiver_phone>.phone(),
                    field<&Parcel::created_at>,
                    field<&Parcel::updated_at>)
            .filter<&Parcel::code>(lookup::exact, lookup::in, lookup::prefix, lookup::range)
            .filter<&Parcel::sender_phone>()
            .filter<&Parcel::depot_id>(lookup::exact, lookup::in, lookup::isnull)
            .filter_related<&Parcel::depot_id, &Depot::city>(depots(), lookup::exact, lookup::in)
            .filter<&Parcel::weight>(lookup::exact, lookup::in, lookup::lt, lookup::lte, lookup::gt, lookup::gte)
            .filter<&Parcel::due_on>(lookup::exact, lookup::range, lookup::isnull)
            .filter<&Parcel::sent_at>(lookup::exact, lookup::lt, lookup::lte, lookup::gt, lookup::gte, lookup::isnull)
            .filter<&Parcel::colour>(lookup::exact, lookup::in, lookup::isnull)
            .filter<&Parcel::note>(lookup::contains_within<&Parcel::colour>)
            .filter<&Parcel::fragile>()
            .search("{tenant}.parcel_token", {words<&Parcel::sender>(), words<&Parcel::note>(),
                                              digits<&Parcel::sender_phone>(), digits<&Parcel::receiver_phone>()})
            .orderings("-created_at",
                       {by<&Parcel::created_at>(), by<&Parcel::code>(),
                        by(asc<&Parcel::weight>(), desc<&Parcel::code>()),
                        by("shelf", desc<&Parcel::fragile>(), asc<&Parcel::weight>(), asc<&Parcel::code>())})
            .build();
    return resource;
}
// clang-format on

inline void make_parcel_tables() {
    ::terrace::testing::TestDatabase::instance().admin().run(R"sql(
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
class ParcelTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { make_parcel_tables(); }
    ~ParcelTest() override {
        database.close();
        loop.run();
    }

    Client client(const db::TenantScope& scope) {
        auto all = endpoints(parcels(), parts);
        for (api::Endpoint& endpoint : endpoints(depots(), parts)) all.push_back(std::move(endpoint));
        return Client(loop, std::move(all), scope, "Asia/Kolkata")
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

    ::terrace::testing::TestDatabase& tests = ::terrace::testing::TestDatabase::instance();
    boost::asio::io_context loop;
    db::Database database{loop.get_executor(), tests.options()};
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client tenant = client(tests.tenant());
};

}  // namespace terrace::resource::testing
