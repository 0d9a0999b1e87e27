#pragma once

#include "platform/resource/engine.hpp"
#include "platform/resource/test_client.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

/// A throw-away resource that has a field of every type.
namespace terrace::resource::testing {

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
                computed<&double_weight>("double_weight"),
                computed<&opening>("opening"),
                field<&Specimen::created_at>,
                field<&Specimen::updated_at>)
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
        create table if not exists shared.specimen (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            name text not null, website text, slug text, address text, batch uuid,
            weight bigint not null, density bigint, price bigint not null, balance bigint,
            opens time, length bigint not null, found_on date, seen_at timestamptz,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            primary key (tenant_id, id));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'specimen') then
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
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client specimens{loop, endpoints(resource, parts), tests.tenant()};
};

}  // namespace terrace::resource::testing
