#include "platform/resource/testing/test_parcels.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Filtering = ParcelTest;

TEST_F(Filtering, ComparesNumbers) {
    for (int weight = 1; weight <= 5; ++weight) make(fmt::format("P{}", weight), fmt::format(R"("weight":{})", weight));
    EXPECT_THAT(codes("ordering=code&weight=3"), ElementsAre("P3"));
    EXPECT_THAT(codes("ordering=code&weight__lt=3"), ElementsAre("P1", "P2"));
    EXPECT_THAT(codes("ordering=code&weight__lte=3"), ElementsAre("P1", "P2", "P3"));
    EXPECT_THAT(codes("ordering=code&weight__gt=3"), ElementsAre("P4", "P5"));
    EXPECT_THAT(codes("ordering=code&weight__gte=3"), ElementsAre("P3", "P4", "P5"));
    EXPECT_THAT(codes("ordering=code&weight__gte=2&weight__lt=4"), ElementsAre("P2", "P3"));
    EXPECT_THAT(codes("ordering=code&weight__in=5,1,9"), ElementsAre("P1", "P5"));
}

TEST_F(Filtering, ComparesTexts) {
    make("AB1", R"("colour":"red")");
    make("AB2", R"("colour":"green")");
    make("AC1");
    make(R"(B\",1{})");
    EXPECT_THAT(codes("ordering=code&code__prefix=AB"), ElementsAre("AB1", "AB2"));
    EXPECT_THAT(codes("ordering=code&code__prefix=A%25"), IsEmpty());
    EXPECT_THAT(codes("ordering=code&code__prefix="), ElementsAre("AB1", "AB2", "AC1", R"(B",1{})"));
    EXPECT_THAT(codes("ordering=code&code__gte=AB2&code__lte=AC1"), ElementsAre("AB2", "AC1"));
    EXPECT_THAT(codes("ordering=code&colour__in=green,red"), ElementsAre("AB1", "AB2"));
    EXPECT_THAT(codes("ordering=code&colour__isnull=true"), ElementsAre("AC1", R"(B",1{})"));
    EXPECT_THAT(codes("ordering=code&colour__isnull=false"), ElementsAre("AB1", "AB2"));
    EXPECT_THAT(codes("ordering=code&code__in=AB1," + http::percent_encode(R"(B")")), ElementsAre("AB1"));
    EXPECT_THAT(codes("ordering=code&code=" + http::percent_encode(R"(B",1{})")), ElementsAre(R"(B",1{})"));
}

TEST_F(Filtering, ComparesInstantsAndTheTenantsDays) {
    make("late", R"("sent_at":"2026-11-27T23:59:59.999999+05:30")");
    make("first", R"("sent_at":"2026-11-28T00:00:00+05:30")");
    make("last", R"("sent_at":"2026-11-28T18:29:59.999999Z")");
    make("next", R"("sent_at":"2026-11-28T18:30:00Z")");
    make("never");
    EXPECT_THAT(codes("ordering=created_at&sent_at=2026-11-28"), ElementsAre("first", "last"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__lt=2026-11-28"), ElementsAre("late"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__lte=2026-11-28"), ElementsAre("late", "first", "last"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__gt=2026-11-28"), ElementsAre("next"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__gte=2026-11-28"), ElementsAre("first", "last", "next"));
    EXPECT_THAT(codes("ordering=created_at&sent_at=2026-11-28T18:30:00Z"), ElementsAre("next"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__lte=2026-11-28T18:30:00Z&sent_at__gt=2026-11-27T18:30:00Z"),
                ElementsAre("last", "next"));
    EXPECT_THAT(codes("ordering=created_at&sent_at__isnull=true"), ElementsAre("never"));
    EXPECT_EQ(errors("sent_at=2026-11-28T18:30:00&sent_at__lt=soon"), "sent_at: invalid, sent_at__lt: invalid");
}

TEST_F(Filtering, ComparesDatesAndIds) {
    const std::string depot = make_depot("Pune");
    make("a", R"("due_on":"2026-02-28")");
    make("b", R"("due_on":"2026-03-01","depot_id":")" + depot + "\"");
    EXPECT_THAT(codes("due_on=2026-03-01"), ElementsAre("b"));
    EXPECT_THAT(codes("due_on__gte=2026-02-01&due_on__lte=2026-02-28"), ElementsAre("a"));
    EXPECT_THAT(codes("depot_id=" + depot), ElementsAre("b"));
    EXPECT_THAT(codes("depot_id__in=" + depot + "," + Uuid::v7().to_string()), ElementsAre("b"));
    EXPECT_THAT(codes("depot_id__isnull=true"), ElementsAre("a"));
}

TEST_F(Filtering, TakesAPhoneAsItIsTyped) {
    make("a", R"("sender_phone":"98765 43210")");
    make("b", R"("sender_phone":"98765 43211")");
    EXPECT_THAT(codes("sender_phone=09876543210"), ElementsAre("a"));
    EXPECT_THAT(codes("sender_phone=%2B919876543210"), ElementsAre("a"));
    EXPECT_EQ(errors("sender_phone=12"), "sender_phone: invalid");
}

TEST_F(Filtering, LooksForPiecesOnlyWithinAnotherFilter) {
    make("a", R"("colour":"red","note":"by hand, 100%")");
    make("b", R"("colour":"green","note":"by hand")");
    EXPECT_THAT(codes("colour=red&note__contains=hand"), ElementsAre("a"));
    EXPECT_THAT(codes("colour__in=red,green&note__contains=hand&ordering=code"), ElementsAre("a", "b"));
    EXPECT_THAT(codes("colour__in=red,green&note__contains=%25"), ElementsAre("a"));
    EXPECT_THAT(codes("code__prefix=a&weight=0&fragile=false&colour=red&note__contains=by"), ElementsAre("a"));
    for (const char* query : {"note__contains=hand", "colour__isnull=false&note__contains=hand"})
        EXPECT_EQ(errors(query), "note__contains: invalid");
    EXPECT_THAT(tenant.get("/api/v1/parcels?note__contains=hand").body,
                HasSubstr("This filter needs colour beside it."));
}

TEST_F(Filtering, FollowsAReferenceWithinTheTenant) {
    const std::string pune = make_depot("Pune"), thane = make_depot("Thane");
    make("a", R"("depot_id":")" + pune + "\"");
    make("b", R"("depot_id":")" + thane + "\"");
    make("c");
    EXPECT_THAT(codes("depot__city=Pune"), ElementsAre("a"));
    EXPECT_THAT(codes("depot__city__in=Pune,Thane&ordering=code"), ElementsAre("a", "b"));
    EXPECT_THAT(codes("weight=0&fragile=false&code__prefix=a&depot__city=Pune"), ElementsAre("a"));
    EXPECT_THAT(codes("depot__city=Delhi"), IsEmpty());
    Client other = client(tests.tenant());
    EXPECT_THAT(other.get("/api/v1/parcels?depot__city=Pune").results("code"), IsEmpty());
}

TEST_F(Filtering, OverAnotherResourceIsForThoseWhoMayReadIt) {
    make("a", fmt::format(R"("depot_id":"{}")", make_depot("Pune")));
    Client clerk = tenant.colleague({"parcels.read"});
    EXPECT_THAT(clerk.get("/api/v1/parcels").results("code"), ElementsAre("a"));
    EXPECT_EQ(clerk.get("/api/v1/parcels?depot__city=Pune").errors(), "depot__city: unknown_field");
}

TEST_F(Filtering, CombinesAnyNumberOfFilters) {
    make("a1", R"("colour":"red","weight":5,"fragile":true,"due_on":"2026-03-01")");
    make("a2", R"("colour":"red","weight":6,"fragile":true)");
    make("a3", R"("colour":"red","weight":5,"fragile":true)");
    make("b1", R"("colour":"red","weight":5,"fragile":true)");
    EXPECT_THAT(codes("ordering=code&colour=red&weight=5&fragile=true&code__prefix=a"), ElementsAre("a1", "a3"));
    EXPECT_THAT(codes("colour=red&weight=5&fragile=true&code__prefix=a&due_on__isnull=true"), ElementsAre("a3"));
    EXPECT_THAT(codes("colour=red&weight=5&fragile=true&code__prefix=a&due_on__isnull=false"), ElementsAre("a1"));
    EXPECT_THAT(codes("colour__in=red&weight__in=6&code__in=a1,a2&sent_at__isnull=true&depot_id__isnull=true"),
                ElementsAre("a2"));
}

TEST_F(Filtering, NamesEveryWrongValue) {
    EXPECT_EQ(errors("code__gte=a&weight=many&weight__in=1,two&due_on=2026-02-29&colour__in=red,pink&colour__isnull=1&"
                     "depot_id=7&fragile=2"),
              "depot_id: invalid, weight: invalid, weight__in: invalid, due_on: invalid, colour__in: invalid_choice, "
              "colour__isnull: invalid, fragile: invalid");
    std::string many = "weight__in=0";
    for (int i = 1; i <= 50; ++i) many += fmt::format(",{}", i);
    EXPECT_EQ(errors(many), "weight__in: max_length");
    EXPECT_EQ(errors("weight__in="), "weight__in: empty");
}

TEST_F(Filtering, ACursorIsBoundToEveryFilter) {
    for (int i = 0; i < 3; ++i) make(fmt::format("P{}", i), R"("weight":5)");
    const Answer first = tenant.get("/api/v1/parcels?limit=1&weight__gte=5");
    const std::string next = first.get("next");
    EXPECT_EQ(tenant.get(next).status, 200);
    const std::string cursor = next.substr(next.find("&cursor="));
    for (const char* other :
         {"weight__gte=4", "weight__gt=5", "weight=5", "weight__gte=5&fragile=false", "ordering=code"})
        EXPECT_EQ(tenant.get(fmt::format("/api/v1/parcels?limit=1&{}{}", other, cursor)).status, 400) << other;
}

/// Texts of statements live as long as the process: whatever a client combines, there are only so many.
TEST_F(Filtering, MakesABoundedNumberOfStatements) {
    ListStatements statements(parcels());
    const std::size_t filters = parcels().filters.size();
    std::set<const db::Shape*> shapes;
    ListQuery query;
    query.order = parcels().orderings.data();
    for (std::uint32_t chosen = 0; chosen < (1u << 14); ++chosen) {
        query.conditions.clear();
        for (std::size_t i = 0; i < filters; ++i) {
            const Filter& filter = parcels().filters[i];
            if ((chosen >> (i % 14) & 1) == 0 || filter.lookup == Lookup::contains) continue;
            const Value value = filter.lookup == Lookup::isnull ? Value(true) : Value();
            query.conditions.push_back({&filter, i, std::vector(parameters_of(filter), value)});
            if (filter.lookup == Lookup::in) query.conditions.back().values = {std::string("x")};
        }
        shapes.insert(statements.make(tenant.tenant()->id, Sight::of_everything(), query, {}).shape);
    }
    EXPECT_LE(shapes.size(), (1 + filters + filters * filters / 2) * 2);
}

}  // namespace
}  // namespace terrace::resource::testing
