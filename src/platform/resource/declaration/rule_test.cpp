#include "platform/resource/query/composer.hpp"
#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <array>
#include <random>
#include <set>
#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Resource describe_ruled() {
    return begin_bookings()
        .allow(Act::read, holds("bookings.desk") || own<&Booking::doctor_id>())
        .allow(Act::create, holds("bookings.desk") || (holds("bookings.create") && own<&Booking::doctor_id>()))
        .allow(Act::update,
               (holds("bookings.desk") || own<&Booking::doctor_id>()) && !is<&Booking::status>("done", "cancelled"))
        .allow(Act::archive, holds("bookings.desk") && !is<&Booking::status>("done"))
        .build();
}

class Rules : public BookingTest {
  protected:
    Rules() : BookingTest(describe_ruled()) {}

    std::string of(const Client& doctor, std::string_view title, std::string_view status = "requested") {
        return make(
            fmt::format(R"("title":"{}","doctor_id":"{}","status":"{}")", title, doctor.user().to_string(), status));
    }

    Client doctor = person({"bookings.create"});
    Client other = person({"bookings.create"});
};

constexpr auto absent = "/api/v1/bookings/01900000-0000-7000-8000-00000000dead";

TEST_F(Rules, ShowInAListWhatMayBeSeen) {
    of(doctor, "A");
    of(other, "B");
    make(R"("title":"C")");
    EXPECT_THAT(desk.get("/api/v1/bookings").results("title"), ElementsAre("A", "B", "C"));
    EXPECT_THAT(doctor.get("/api/v1/bookings").results("title"), ElementsAre("A"));
    EXPECT_THAT(doctor.get("/api/v1/bookings?ordering=-title&limit=1").results("title"), ElementsAre("A"));
    EXPECT_THAT(person({}).get("/api/v1/bookings").results("title"), IsEmpty());
}

TEST_F(Rules, HoldOnEveryPageOfAList) {
    for (const char* title : {"A", "B", "C", "D", "E", "F"}) {
        of(doctor, title);
        of(other, title);
    }
    std::vector<std::string> seen;
    for (std::string page = "/api/v1/bookings?limit=2"; page != "null";) {
        const Answer answer = doctor.get(page);
        ASSERT_EQ(answer.status, 200);
        for (const std::string& id : answer.results("doctor_id")) EXPECT_EQ(id, doctor.user().to_string());
        for (const std::string& title : answer.results("title")) seen.push_back(title);
        page = answer.get("next");
    }
    EXPECT_THAT(seen, ElementsAre("A", "B", "C", "D", "E", "F"));
}

TEST_F(Rules, MakeWhatMayNotBeSeenLookLikeWhatNeverWas) {
    const std::string path = of(other, "B");
    const Headers key{{"idempotency-key", "k"}}, match{{"if-match", "\"1-0\""}};
    for (const Headers& headers : {Headers{}, key, match}) {
        EXPECT_EQ(doctor.get(path, headers).body, doctor.get(absent, headers).body);
        EXPECT_EQ(doctor.get(path, headers).status, 404);
        EXPECT_EQ(doctor.patch(path, R"({"title":7})", headers).body, doctor.patch(absent, "{}", headers).body);
        EXPECT_EQ(doctor.put(path, "{}", headers).status, 404);
        EXPECT_EQ(desk.colleague({"bookings.create"}).patch(path, R"({"title":"Z"})", headers).status, 404);
    }
    EXPECT_EQ(desk.get(path).get("version"), "1");
}

TEST_F(Rules, RefuseToChangeWhatMayOnlyBeRead) {
    const std::string path = of(doctor, "A", "done");
    EXPECT_EQ(doctor.get(path).status, 200);
    const Answer refused = doctor.patch(path, R"({"title":"B"})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.get("code"), "permission_denied");
    EXPECT_EQ(doctor.put(path, R"({"title":"B"})").status, 403);
    EXPECT_EQ(desk.remove(path).status, 403);
    EXPECT_EQ(desk.get(path).get("version"), "1");
}

TEST_F(Rules, RefuseBeforeTheBodyIsLookedAt) {
    EXPECT_EQ(doctor.patch(of(doctor, "A", "done"), R"({"no_such":1})").status, 403);
}

TEST_F(Rules, LookAtTheStoredObjectOnAChange) {
    const std::string path = of(doctor, "A");
    EXPECT_EQ(doctor.patch(path, R"({"status":"done"})").status, 200);
    EXPECT_EQ(doctor.patch(path, R"({"status":"requested"})").status, 403);
}

TEST_F(Rules, KeepNobodyFromRepeatingWhatTheyDid) {
    const std::string path = of(doctor, "A");
    const Headers key{{"idempotency-key", "finish"}};
    EXPECT_EQ(doctor.patch(path, R"({"status":"done"})", key).status, 200);
    const Answer again = doctor.patch(path, R"({"status":"done"})", key);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST_F(Rules, LetNobodyPutAnObjectOutOfTheirOwnSight) {
    const std::string path = of(doctor, "A");
    const std::string away = fmt::format(R"({{"doctor_id":"{}"}})", other.user().to_string());
    EXPECT_EQ(doctor.patch(path, away).status, 403);
    EXPECT_EQ(desk.patch(path, away).status, 200);
    EXPECT_EQ(doctor.get(path).status, 404);
    EXPECT_EQ(other.get(path).status, 200);
}

TEST_F(Rules, LookAtTheNewObjectOnCreate) {
    const auto body = [](const Client& client) {
        return fmt::format(R"({{"title":"A","doctor_id":"{}"}})", client.user().to_string());
    };
    EXPECT_EQ(doctor.post("/api/v1/bookings", body(doctor)).status, 201);
    EXPECT_EQ(doctor.post("/api/v1/bookings", body(other)).status, 403);
    EXPECT_EQ(doctor.post("/api/v1/bookings", R"({"title":"A"})").status, 403);
    Client nobody = person({});
    EXPECT_EQ(nobody.post("/api/v1/bookings", body(nobody)).status, 403);
    EXPECT_EQ(count("select count(*) from shared.booking where tenant_id = $1"), 1);
}

TEST_F(Rules, OfTwoWritersLetTheSecondBeJudgedByWhatTheFirstLeft) {
    const std::string path = of(doctor, "A");
    for (int round = 0; round < 20; ++round) {
        auto finishing = doctor.start(http::Method::patch, path, R"({"status":"done"})");
        auto renaming = desk.start(http::Method::patch, path, fmt::format(R"({{"title":"T{}"}})", round));
        const Answer renamed = renaming.wait(), finished = finishing.wait();
        EXPECT_EQ(finished.status, 200);
        // Either it came first, or it found a booking that is done.
        EXPECT_TRUE(renamed.status == 200 || renamed.status == 403) << renamed.body;
        EXPECT_EQ(desk.get(path).get("status"), "done");
        tests.run("update shared.booking set status = 'requested', version = version + 1");
    }
}

TEST_F(Rules, BindNotTheSystem) {
    Engine engine(resource, parts);
    const Caller caller{.tenant = desk.tenant(), .scope = desk.scope()};
    auto made = ::terrace::testing::run(loop, engine.create_all(caller, {R"({"title":"A"})"}));
    ASSERT_TRUE(made);
}

TEST_F(Rules, LookAtEachOfManyThatAreMadeAtOnce) {
    Engine engine(resource, parts);
    const Caller caller{
        .tenant = desk.tenant(),
        .scope = desk.scope(),
        .user = doctor.user(),
        .permissions = std::make_shared<const access::PermissionSet>(std::vector<std::string>{"bookings.create"})};
    const std::string own = fmt::format(R"({{"title":"A","doctor_id":"{}"}})", doctor.user().to_string());
    const auto refused = ::terrace::testing::run(loop, engine.create_all(caller, {own, R"({"title":"B"})"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "permission_denied");
    EXPECT_THAT(refused.error().detail, HasSubstr("Document 1"));
    EXPECT_THAT(desk.get("/api/v1/bookings").results("title"), IsEmpty());
    EXPECT_TRUE(::terrace::testing::run(loop, engine.create_all(caller, {own})));
}

TEST_F(Rules, StandInTheDocumentation) {
    const auto all = endpoints(resource, parts);
    const auto access = [&](http::Method method, std::string_view path) {
        for (const api::Endpoint& endpoint : all)
            if (endpoint.method == method && endpoint.path == path) return endpoint.access;
        return api::Access::open();
    };
    EXPECT_EQ(access(http::Method::get, "/api/v1/bookings").permission, "bookings.desk or own doctor_id");
    EXPECT_EQ(access(http::Method::patch, "/api/v1/bookings/{id}").permission,
              R"((bookings.desk or own doctor_id) and not (status is "done" or status is "cancelled"))");
    EXPECT_THAT(access(http::Method::post, "/api/v1/bookings").rule_permissions,
                ElementsAre("bookings.desk", "bookings.create"));
    EXPECT_FALSE(access(http::Method::del, "/api/v1/bookings/{id}").allows({.permissions = nullptr}));
    EXPECT_THAT(all.front().documentation.description,
                HasSubstr("bookings for which the caller has: bookings.desk or own doctor_id"));
}

TEST(Rule, OfOnePermissionIsThatPermission) {
    db::Database& database = ::terrace::testing::DataLayer::shared().database();
    const Resource resource = begin_bookings().allow(Act::read, holds("bookings.look")).build();
    const auto first = endpoints(resource, {database, "a secret of at least thirty-two characters"}).front();
    EXPECT_EQ(first.access.kind, api::Access::Kind::permission);
    EXPECT_EQ(first.access.permission, "bookings.look");
}

TEST(Rule, IsRefusedAtStartWithASentence) {
    EXPECT_THAT(refusal(begin_bookings().allow(Act::read, holds("a.b")).allow(Act::read, holds("a.c"))),
                HasSubstr("two rules allow the same act; join them with `||`."));
    EXPECT_THAT(
        refusal(begin_bookings().allow(Act::read, holds("a.b") || holds("a.c") || holds("a.d") || holds("a.e") ||
                                                      holds("a.f") || holds("a.g") || holds("a.h"))),
        HasSubstr("at most 6 permissions"));
}

/// A rule of random shape.
class RandomRule {
  public:
    RandomRule(std::mt19937& random, Uuid other) : random_(random), other_(other) {}

    Rule make(int depth) {
        switch (draw(depth == 0 ? 5 : 8)) {
            case 0:
                return holds("a.one").rule;
            case 1:
                return draw(2) == 0 ? holds("a.two").rule : missing<&Booking::note>().rule;
            case 2:
                return own<&Booking::doctor_id>().rule;
            case 3:
                return is<&Booking::status>(draw(2) == 0 ? "requested" : "done").rule;
            case 4:
                return draw(2) == 0 ? is<&Booking::doctor_id>(other_).rule : is<&Booking::room>(std::int64_t{2}).rule;
            case 5:
                return {Rule::Kind::negation, {}, {}, {make(depth - 1)}};
            case 6:
                return {Rule::Kind::all, {}, {}, {make(depth - 1), make(depth - 1)}};
            default:
                return {Rule::Kind::any, {}, {}, {make(depth - 1), make(depth - 1), make(depth - 1)}};
        }
    }

  private:
    int draw(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

    std::mt19937& random_;
    Uuid other_;
};

/// What a rule says of an object, straight from its definition.
bool evaluate(const Rule& rule, const Booking& booking, const access::PermissionSet& permissions, const Uuid& user) {
    const auto part = [&](const Rule& inner) { return evaluate(inner, booking, permissions, user); };
    switch (rule.kind) {
        case Rule::Kind::holds:
            return permissions.allows(rule.name);
        case Rule::Kind::own:
            return booking.doctor_id == user;
        case Rule::Kind::is:
            if (rule.name == "status") return rule.value == Value(booking.status);
            if (rule.name == "room") return rule.value == Value(booking.room);
            return booking.doctor_id && rule.value == Value(*booking.doctor_id);
        case Rule::Kind::missing:
            return !booking.note;
        case Rule::Kind::negation:
            return !part(rule.parts.front());
        case Rule::Kind::all:
            return std::ranges::all_of(rule.parts, part);
        case Rule::Kind::any:
            return std::ranges::any_of(rule.parts, part);
    }
    std::unreachable();
}

using RandomRules = Rules;

TEST_F(RandomRules, SayTheSameInSqlAsInTheCheckOfOneObject) {
    const std::array<std::optional<Uuid>, 3> doctors{std::nullopt, doctor.user(), other.user()};
    std::vector<Booking> bookings;
    for (const auto& person : doctors)
        for (const char* status : {"requested", "done"})
            for (const std::int64_t room : {1, 2})
                for (const bool noted : {false, true}) {
                    Booking booking{.status = status, .doctor_id = person, .room = room};
                    if (noted) booking.note = "n";
                    const std::string path = make(fmt::format(
                        R"("title":"x","status":"{}","room":{},"doctor_id":{},"note":{})", status, room,
                        person ? fmt::format("\"{}\"", person->to_string()) : "null", noted ? "\"n\"" : "null"));
                    booking.id = *Uuid::parse(path.substr(path.rfind('/') + 1));
                    bookings.push_back(booking);
                }
    std::mt19937 random(20261128);
    for (int round = 0; round < 200; ++round) {
        const Rule rule = RandomRule(random, other.user()).make(3);
        const Guard guard(resource, rule);
        const access::PermissionSet permissions(round % 3 == 0   ? std::vector<std::string>{}
                                                : round % 3 == 1 ? std::vector<std::string>{"a.one"}
                                                                 : std::vector<std::string>{"a.one", "a.two"});
        const Sight sight = guard.sight(&permissions, doctor.user());
        Composer text;
        text << "select id from {tenant}.booking where tenant_id = " << text.next();
        sight.reach->restrict(text);
        db::Params params;
        params.add(desk.tenant()->id);
        sight.reach->bind(sight.user, params);
        auto rows = ::terrace::testing::run(
            loop, database.run(desk.scope(), db::UnitKind::point_read, text.shape(), std::move(params)));
        ASSERT_TRUE(rows) << rows.error().message << text.shape().text();
        std::set<std::string> by_sql;
        for (std::size_t i = 0; i < rows->size(); ++i) by_sql.emplace(rows->text(i, 0));
        for (const Booking& booking : bookings) {
            const bool expected = evaluate(rule, booking, permissions, doctor.user());
            EXPECT_EQ(sight.admits(&booking), expected) << guard.text();
            EXPECT_EQ(by_sql.contains(booking.id.to_string()), expected) << guard.text() << text.shape().text();
        }
    }
}

}  // namespace
}  // namespace terrace::resource::testing
