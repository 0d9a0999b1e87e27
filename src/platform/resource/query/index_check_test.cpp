#include "platform/resource/query/index_check.hpp"

#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_parcels.hpp"
#include "platform/resource/testing/test_widgets.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class IndexCheck : public ParcelTest {
  protected:
    std::vector<std::string> problems(const Resource& resource) {
        db::AdminConnection app(tests.app_url());
        std::vector<std::string> found;
        for (const db::Finding& finding : check_indexes(resource, app)) found.push_back(finding.problem);
        return found;
    }
};

struct Pallet {
    Uuid id;
    std::int64_t version = 1;
    std::string city;
    Timestamp created_at;
    Timestamp updated_at;
};

auto pallets() {
    return describe<Pallet>({.plural = "pallets", .singular = "pallet", .schema = "Pallet", .table = "{tenant}.pallet"})
        .fields(field<&Pallet::id>, field<&Pallet::version>, field<&Pallet::city>, field<&Pallet::created_at>,
                field<&Pallet::updated_at>);
}

void make_pallets(db::AdminConnection connection, std::string_view city, std::string_view indexes) {
    connection.run(fmt::format(R"sql(
        drop table if exists shared.pallet;
        create table shared.pallet (tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            city {} not null, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), primary key (tenant_id, id));
        call catalog.protect_tenant_table('shared.pallet');
        {})sql",
                               city, indexes));
}

TEST_F(IndexCheck, FindsNothingWhereAllIsServed) {
    EXPECT_THAT(problems(parcels()), IsEmpty());
    EXPECT_THAT(problems(depots()), IsEmpty());
}

TEST_F(IndexCheck, NamesWhatNoIndexServes) {
    make_pallets(tests.admin(), "text collate \"C\"", "");
    const Resource resource = pallets().filter<&Pallet::city>().orderings("city", {by<&Pallet::city>()}).build();
    EXPECT_THAT(problems(resource),
                ElementsAre("no index serves the filter city of the resource pallets under row-level security",
                            "no index serves the ordering city of the resource pallets under row-level security"));
    db::AdminConnection app(tests.app_url());
    EXPECT_THAT(check_indexes(resource, app).back().mend,
                HasSubstr("create index on shared.pallet (tenant_id, city, id)"));
}

TEST_F(IndexCheck, RefusesAnOrderThatTheIndexHasInOneDirectionOnly) {
    make_pallets(tests.admin(), "text collate \"C\"",
                 "create index on shared.pallet (tenant_id, city, created_at, id)");
    const auto served = [&](const Ordering& ordering, std::string_view otherwise) {
        return problems(pallets().orderings(otherwise, {ordering}).build()).empty();
    };
    EXPECT_TRUE(served(by(asc<&Pallet::city>(), asc<&Pallet::created_at>()), "city,created_at"));
    EXPECT_TRUE(served(by(desc<&Pallet::city>(), desc<&Pallet::created_at>()), "city,created_at"));
    EXPECT_FALSE(served(by(asc<&Pallet::city>(), desc<&Pallet::created_at>()), "city,-created_at"));
    EXPECT_FALSE(served(by<&Pallet::created_at>(), "created_at"));
}

TEST_F(IndexCheck, RefusesAPrefixInAnotherCollation) {
    make_pallets(tests.admin(), "text collate \"en-x-icu\"", "create index on shared.pallet (tenant_id, city, id)");
    const auto described = [&](auto... lookups) {
        return pallets().filter<&Pallet::city>(lookups...).orderings("city", {by<&Pallet::city>()}).build();
    };
    EXPECT_THAT(problems(described(lookup::exact)), IsEmpty());
    EXPECT_THAT(problems(described(lookup::prefix)), Contains(HasSubstr("the filter city__prefix")));
}

TEST_F(IndexCheck, RefusesAnOperatorThatIsNotLeakproof) {
    tests.run(
        "do $$ begin create type shared.town as enum ('Pune'); exception when duplicate_object then null; end $$");
    make_pallets(tests.admin(), "shared.town", "create index on shared.pallet (tenant_id, city, id)");
    EXPECT_THAT(problems(pallets().filter<&Pallet::city>().orderings("city", {by<&Pallet::city>()}).build()),
                Contains(HasSubstr("the filter city of")));
}

TEST_F(IndexCheck, LooksAtBothSidesOfARelatedFilter) {
    make_pallets(tests.admin(), "text collate \"C\"", "create index on shared.pallet (tenant_id, city, id)");
    tests.run("alter table shared.pallet add column depot_id uuid");
    struct Held {
        Uuid id;
        std::int64_t version = 1;
        Uuid depot_id;
        Timestamp created_at, updated_at;
    };
    const Resource resource =
        describe<Held>({.plural = "held", .singular = "held", .schema = "Held", .table = "{tenant}.pallet"})
            .fields(field<&Held::id>, field<&Held::version>, field<&Held::depot_id>, field<&Held::created_at>,
                    field<&Held::updated_at>)
            .filter_related<&Held::depot_id, &Depot::city>(depots(), lookup::exact)
            .orderings("created_at", {by<&Held::created_at>()})
            .build();
    EXPECT_THAT(problems(resource), Contains(HasSubstr("the filter depot__city of")));
}

}  // namespace
}  // namespace terrace::resource::testing
