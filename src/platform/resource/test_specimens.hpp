#pragma once

#include "platform/resource/engine.hpp"
#include "platform/resource/test_client.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

/// A throw-away resource that has a field of every type, and a small one to which it refers.
namespace terrace::resource::testing {

/// Where specimens come from.
struct Origin {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

inline Resource describe_origins() {
    return describe<Origin>({.plural = "origins", .singular = "origin", .schema = "Origin", .table = "{tenant}.origin"})
        .fields(field<&Origin::id>, field<&Origin::version>,
                field<&Origin::code>.required().slug().unique("origin_code_key"), field<&Origin::created_at>,
                field<&Origin::updated_at>, field<&Origin::archived_at>)
        .orderings("code", {by<&Origin::code>()})
        .archivable()
        .build();
}

struct Specimen {
    Uuid id;
    std::int64_t version = 1;
    std::string name;
    std::optional<std::string> website;
    std::optional<std::string> slug;
    std::optional<std::string> address;
    std::optional<Uuid> batch;
    Decimal<2> weight{100};
    std::optional<Decimal<4>> density;
    Money price;
    std::optional<Money> balance;
    std::optional<TimeOfDay> opens;
    Duration length{1800};
    std::optional<Date> found_on;
    std::optional<Timestamp> seen_at;
    std::optional<Uuid> origin_id;
    std::optional<std::string> second_origin;
    std::optional<std::string> shelf;
    std::optional<std::int64_t> place;
    std::optional<std::string> tag;
    Timestamp created_at;
    Timestamp updated_at;
};

inline Decimal<2> double_weight(const RowView<Specimen>& specimen) {
    return {specimen.get<&Specimen::weight>().units * 2};
}

inline std::optional<Duration> opening(const RowView<Specimen>& specimen) {
    const auto opens = specimen.get<&Specimen::opens>();
    if (!opens) return {};
    return Duration{opens->microseconds / 1'000'000};
}

// clang-format off: one field a line.
inline Resource describe_specimens() {
    using namespace std::chrono;
    return describe<Specimen>(
               {.plural = "specimens", .singular = "specimen", .schema = "Specimen", .table = "{tenant}.specimen"})
        .fields(field<&Specimen::id>,
                field<&Specimen::version>,
                field<&Specimen::name>.required().max_length(80),
                field<&Specimen::website>.url(),
                field<&Specimen::slug>.slug(),
                field<&Specimen::address>.ip(),
                field<&Specimen::batch>,
                field<&Specimen::weight>.between({50}, {1'000'000}).max_digits(9),
                field<&Specimen::density>.max_digits(6),
                field<&Specimen::price>,
                field<&Specimen::balance>.between({-50'000}, {50'000}),
                field<&Specimen::opens>,
                field<&Specimen::length>.between({60}, {86'400}),
                field<&Specimen::found_on>.between(2000y / 1 / 1, 2099y / 12 / 31),
                field<&Specimen::seen_at>,
                field<&Specimen::origin_id>.refers_to<&Origin::id>("{tenant}.origin", "specimen_origin_fkey").not_archived(),
                field<&Specimen::second_origin>.refers_to<&Origin::code>("{tenant}.origin", "specimen_second_origin_fkey"),
                field<&Specimen::shelf>.max_length(20),
                field<&Specimen::place>.between(1, 100),
                field<&Specimen::tag>.max_length(20),
                computed<&double_weight>("double_weight"),
                computed<&opening>("opening"),
                field<&Specimen::created_at>,
                field<&Specimen::updated_at>)
        .unique_together<&Specimen::shelf, &Specimen::place>("specimen_place_key")
        .violation<&Specimen::tag>("specimen_tag_excl", "conflict", "Another specimen wears this tag.")
        .violation("specimen_price_check", "invalid", "Diamonds have no shelf.")
        .filter<&Specimen::weight>()
        .filter<&Specimen::price>()
        .filter<&Specimen::opens>()
        .filter<&Specimen::length>()
        .orderings("-created_at", {by<&Specimen::created_at>(), by<&Specimen::weight>(), by<&Specimen::length>()})
        .build();
}
// clang-format on

inline void make_specimen_table() {
    ::terrace::testing::TestDatabase::instance().admin().run(R"sql(
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
class SpecimenTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { make_specimen_table(); }
    ~SpecimenTest() override {
        database.close();
        loop.run();
    }

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

    ::terrace::testing::TestDatabase& tests = ::terrace::testing::TestDatabase::instance();
    boost::asio::io_context loop;
    db::Database database{loop.get_executor(), tests.options()};
    const Resource resource = describe_specimens();
    const Resource origin_resource = describe_origins();
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    const db::TenantScope scope = tests.tenant();
    Client specimens{loop, endpoints(resource, parts), scope};
    Client origins{loop, endpoints(origin_resource, parts), scope};
};

}  // namespace terrace::resource::testing
