#include "platform/resource/testing/test_parcels.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <set>

/// Random rows, questions and writers against the real list; the seed is printed with what fails.
namespace terrace::resource::testing {
namespace {

using Random = std::mt19937;

int pick(Random& random, int most) {
    return std::uniform_int_distribution(0, most)(random);
}

/// A parcel as the test knows it; few values, so that there are ties everywhere.
struct Known {
    std::string code;
    std::optional<std::string> colour;
    int weight = 0;
    bool fragile = false;
    std::optional<std::string> due_on;

    std::string json() const {
        return fmt::format(R"({{"code":"{}","colour":{},"weight":{},"fragile":{},"due_on":{}}})", code,
                           colour ? "\"" + *colour + "\"" : "null", weight, fragile,
                           due_on ? "\"" + *due_on + "\"" : "null");
    }
};

const std::vector<std::string> colours{"red", "green", "blue"};

Known random_parcel(Random& random) {
    Known known{.code = fmt::format("{}{}", "ABC"[pick(random, 2)], pick(random, 3)), .colour = {}, .due_on = {}};
    if (pick(random, 3) != 0) known.colour = colours[static_cast<std::size_t>(pick(random, 2))];
    known.weight = pick(random, 3);
    known.fragile = pick(random, 1) == 0;
    if (pick(random, 2) != 0) known.due_on = fmt::format("2026-0{}-01", 1 + pick(random, 3));
    return known;
}

class Paging : public ParcelTest {
  protected:
    std::string create(const Known& known) {
        const Answer answer = tenant.post("/api/v1/parcels", known.json());
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    /// Something that changes the list in the middle of a walk: new rows, and others that move within the order.
    void disturb(Random& random, const std::vector<std::string>& movable) {
        for (int i = pick(random, 2); i >= 0; --i) create(random_parcel(random));
        const std::string& id = movable[static_cast<std::size_t>(pick(random, static_cast<int>(movable.size()) - 1))];
        const Answer moved = tenant.patch("/api/v1/parcels/" + id, random_parcel(random).json());
        EXPECT_EQ(moved.status, 200) << moved.body;
    }
};

TEST_F(Paging, NeitherSkipsNorRepeatsARowThatExistedThroughout) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        Random random(seed);
        std::vector<std::string> kept, movable;
        for (int i = 0; i < 30; ++i) kept.push_back(create(random_parcel(random)));
        for (int i = 0; i < 5; ++i) movable.push_back(create(random_parcel(random)));
        const std::vector<std::string> orderings{"code",  "-code",  "created_at",   "-created_at",
                                                 "shelf", "-shelf", "weight,-code", "-weight,code"};
        const std::string ordering = orderings[seed % orderings.size()];
        const bool backward = seed % 3 == 0;
        std::string page = fmt::format("/api/v1/parcels?limit={}&ordering={}", 1 + pick(random, 8), ordering);
        if (backward) {
            for (std::string next = tenant.get(page).get("next"); next != "null"; next = tenant.get(page).get("next"))
                page = next;
        }
        std::multiset<std::string> seen;
        int pages = 0;
        while (page != "null") {
            const Answer answer = tenant.get(page);
            ASSERT_EQ(answer.status, 200) << answer.body;
            for (const std::string& id : answer.results("id")) seen.insert(id);
            page = answer.get(backward ? "previous" : "next");
            // Not for ever: what is written may lie ahead, and be more than a page has.
            if (++pages <= 15) disturb(random, movable);
        }
        for (const std::string& id : kept) EXPECT_EQ(seen.count(id), 1u) << "seed " << seed << " by " << ordering;
    }
}

/// As above, with the writers really at the same time.
TEST_F(Paging, HoldsBesideWritersThatDoNotWait) {
    Random random(7);
    std::vector<std::string> kept;
    for (int i = 0; i < 40; ++i) kept.push_back(create(random_parcel(random)));
    std::string page = "/api/v1/parcels?limit=3&ordering=weight,-code";
    std::multiset<std::string> seen;
    int written = 0;
    while (page != "null") {
        auto reading = tenant.start(http::Method::get, page);
        std::vector<::terrace::testing::Started<Answer>> writing;
        for (int i = 0; i < 3 && ++written <= 60; ++i)
            writing.push_back(tenant.start(http::Method::post, "/api/v1/parcels", random_parcel(random).json()));
        const Answer answer = reading.wait();
        for (auto& write : writing) EXPECT_EQ(write.wait().status, 201);
        for (const std::string& id : answer.results("id")) seen.insert(id);
        page = answer.get("next");
    }
    for (const std::string& id : seen) EXPECT_EQ(seen.count(id), 1u);
    for (const std::string& id : kept) EXPECT_EQ(seen.count(id), 1u);
}

/// One condition of a query and what it means.
struct Asked {
    std::string parameter;
    std::function<bool(const Known&)> holds;
};

std::vector<Asked> random_conditions(Random& random) {
    const int weight = pick(random, 4);
    const std::string letter(1, "ABCD"[pick(random, 3)]);
    const std::string day = fmt::format("2026-0{}-01", 1 + pick(random, 4));
    const std::string colour = colours[static_cast<std::size_t>(pick(random, 2))];
    const bool flag = pick(random, 1) == 0;
    const std::vector<Asked> all{
        {fmt::format("weight={}", weight), [=](const Known& p) { return p.weight == weight; }},
        {fmt::format("weight__lt={}", weight), [=](const Known& p) { return p.weight < weight; }},
        {fmt::format("weight__lte={}", weight), [=](const Known& p) { return p.weight <= weight; }},
        {fmt::format("weight__gt={}", weight), [=](const Known& p) { return p.weight > weight; }},
        {fmt::format("weight__gte={}", weight), [=](const Known& p) { return p.weight >= weight; }},
        {fmt::format("weight__in={},1", weight), [=](const Known& p) { return p.weight == weight || p.weight == 1; }},
        {fmt::format("code__prefix={}", letter), [=](const Known& p) { return p.code.starts_with(letter); }},
        {fmt::format("code__gte={}", letter), [=](const Known& p) { return p.code >= letter; }},
        {fmt::format("code={}1", letter), [=](const Known& p) { return p.code == letter + "1"; }},
        {fmt::format("colour={}", colour), [=](const Known& p) { return p.colour == colour; }},
        {fmt::format("colour__in={},red", colour),
         [=](const Known& p) { return p.colour == colour || p.colour == "red"; }},
        {fmt::format("colour__isnull={}", flag), [=](const Known& p) { return p.colour.has_value() != flag; }},
        {fmt::format("due_on={}", day), [=](const Known& p) { return p.due_on == day; }},
        {fmt::format("due_on__gte={}", day), [=](const Known& p) { return p.due_on && *p.due_on >= day; }},
        {fmt::format("due_on__lte={}", day), [=](const Known& p) { return p.due_on && *p.due_on <= day; }},
        {fmt::format("due_on__isnull={}", flag), [=](const Known& p) { return p.due_on.has_value() != flag; }},
        {fmt::format("fragile={}", flag), [=](const Known& p) { return p.fragile == flag; }},
    };
    std::vector<Asked> chosen;
    std::ranges::sample(all, std::back_inserter(chosen), pick(random, 5), random);
    std::ranges::shuffle(chosen, random);
    return chosen;
}

TEST_F(Paging, RandomFiltersAreWhatTheyMean) {
    Random random(11);
    std::vector<std::pair<std::string, Known>> all;
    for (int i = 0; i < 60; ++i) {
        const Known known = random_parcel(random);
        all.emplace_back(create(known), known);
    }
    for (int round = 0; round < 150; ++round) {
        std::string query = "limit=100";
        const auto conditions = random_conditions(random);
        for (const Asked& asked : conditions) query += "&" + asked.parameter;
        std::set<std::string> expected;
        for (const auto& [id, known] : all)
            if (std::ranges::all_of(conditions, [&](const Asked& asked) { return asked.holds(known); }))
                expected.insert(id);
        const auto found = tenant.get("/api/v1/parcels?" + query).results("id");
        EXPECT_EQ(std::set(found.begin(), found.end()), expected) << query;
        EXPECT_EQ(found.size(), expected.size()) << query;
    }
}

}  // namespace
}  // namespace terrace::resource::testing
