#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_bulk.hpp"
#include "platform/resource/testing/test_crates.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Of which nothing can be archived.
struct Parade {
    Uuid id;
    std::int64_t version = 1;
    Timestamp created_at;
    Timestamp updated_at;
};

using UpdatingMany = CrateTest;

TEST_F(UpdatingMany, ChangesWhatEachSaysInOneRequest) {
    const std::string a = make("A", "Apples"), b = make("B", "Beans"), c = make("C", "Corn");
    const Answer answer = crates.patch(
        list,
        fmt::format(R"([{{"id":"{}","label":"Barley"}},{{"id":"{}","weight":5,"version":1}},{{"id":"{}"}}])", b, a, c));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(members(answer, "label"), ElementsAre("Barley", "Apples", "Corn"));
    EXPECT_THAT(members(answer, "version"), ElementsAre("2", "2", "1"));
    EXPECT_EQ(audited(), 5);
    EXPECT_THAT(crates.get(list + "?search=barley").results("code"), ElementsAre("B"));
    EXPECT_THAT(crates.get(list + "?search=beans").results("code"), IsEmpty());
}

TEST_F(UpdatingMany, IsAllOrNothing) {
    const std::string a = make("A"), b = make("B");
    const Answer answer = crates.patch(
        list, fmt::format(R"([{{"id":"{}","weight":5}},{{"id":"{}","weight":-1}},{{"weight":1}},{{"id":"x"}},)"
                          R"({{"id":"{}","version":"1"}},{{"id":"{}","weight":6}}])",
                          a, b, Uuid::v7().to_string(), a));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(errors_by_index(answer),
              "1/weight: min_value, 2/id: required, 3/id: invalid, 4/version: invalid, 5/id: unique");
    EXPECT_EQ(crates.get(list + "/" + a).get("version"), "1");
}

TEST_F(UpdatingMany, ComparesVersions) {
    const std::string a = make("A"), b = make("B");
    crates.patch(list + "/" + b, R"({"weight":1})");
    const auto body = [&](int version) {
        return fmt::format(R"([{{"id":"{}","weight":5}},{{"id":"{}","weight":5,"version":{}}}])", a, b, version);
    };
    EXPECT_EQ(errors_by_index(crates.patch(list, body(1))), "1/non_field_errors: version_conflict");
    const Answer partial = crates.patch(list + "?partial=true", body(1));
    EXPECT_EQ(partial.status, 200);
    EXPECT_THAT(members(partial, "weight"), ElementsAre("5", "-"));
    EXPECT_EQ(crates.patch(list, body(2)).status, 200);
}

TEST_F(UpdatingMany, AnotherTenantsObjectIsLikeOneThatNeverWas) {
    const std::string foreign = make("A");
    Client other = client(tests.tenant());
    const std::string never = Uuid::v7().to_string();
    for (const char* query : {"", "?partial=true"}) {
        const Answer expected = other.patch(list + query, fmt::format(R"([{{"id":"{}","weight":1}}])", never));
        EXPECT_EQ(expected.status, 400);
        EXPECT_EQ(errors_by_index(expected), "0/id: does_not_exist");
        EXPECT_EQ(other.patch(list + query, fmt::format(R"([{{"id":"{}","weight":1}}])", foreign)).body, expected.body);
        EXPECT_EQ(other.call(http::Method::del, list + query, ids_of({foreign})).body,
                  other.call(http::Method::del, list + query, ids_of({never})).body);
    }
    EXPECT_EQ(crates.get(list + "/" + foreign).get("version"), "1");
}

TEST_F(UpdatingMany, OneRefusedByTheDatabaseIsNamed) {
    const std::string a = make("A"), b = make("B");
    make("C");
    const std::string body = fmt::format(R"([{{"id":"{}","code":"C"}},{{"id":"{}","code":"D"}}])", a, b);
    EXPECT_EQ(errors_by_index(crates.patch(list, body)), "0/code: unique");
    EXPECT_THAT(codes(), ElementsAre("A", "B", "C"));
    const Answer partial = crates.patch(list + "?partial=true", body);
    EXPECT_THAT(members(partial, "code"), ElementsAre("-", "D"));
}

TEST_F(UpdatingMany, ManyAtOnceLoseNobodysChange) {
    const std::string a = make("A"), b = make("B");
    const auto both = [&](const std::string& x, const std::string& y, const char* change) {
        return crates.start(http::Method::patch, list,
                            fmt::format(R"([{{"id":"{}",{}}},{{"id":"{}",{}}}])", x, change, y, change));
    };
    std::vector<::terrace::testing::Started<Answer>> started;
    started.push_back(both(a, b, R"("weight":7)"));
    started.push_back(both(b, a, R"("label":"New")"));
    started.push_back(both(b, a, R"("owner_id":"00000000-0000-4000-8000-000000000001")"));
    started.push_back(crates.start(http::Method::patch, list + "/" + a, R"({"code":"A2"})"));
    for (auto& one : started) EXPECT_EQ(one.wait().status, 200);
    for (const std::string& id : {a, b}) {
        const Answer now = crates.get(list + "/" + id);
        EXPECT_EQ(now.get("weight") + now.get("label"), "7New");
        EXPECT_NE(now.get("owner_id"), "null");
    }
    EXPECT_THAT(codes(), ElementsAre("A2", "B"));
}

TEST_F(UpdatingMany, IsDoneOnceForAKey) {
    const std::string path = list + "/" + make("A");
    const std::string body = fmt::format(R"([{{"id":"{}","weight":5}}])", path.substr(list.size() + 1));
    const Headers key{{"idempotency-key", "change"}};
    EXPECT_EQ(crates.patch(list, body, key).status, 200);
    crates.patch(path, R"({"weight":6})");
    const Answer again = crates.patch(list, body, key);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_THAT(members(again, "weight"), ElementsAre("6"));
    EXPECT_EQ(crates.get(path).get("version"), "3");
}

using ArchivingMany = CrateTest;

TEST_F(ArchivingMany, TakesThemOutOfTheList) {
    const std::string a = make("A"), b = make("B");
    make("C");
    const Answer answer = crates.call(http::Method::del, list, ids_of({b, a}));
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(members(answer, "code"), ElementsAre("B", "A"));
    EXPECT_THAT(codes(), ElementsAre("C"));
    EXPECT_EQ(audited(), 5);
    EXPECT_EQ(crates.call(http::Method::del, list, ids_of({a})).status, 200);
    EXPECT_EQ(audited(), 5);
}

TEST_F(ArchivingMany, IsAllOrNothingUnlessPartial) {
    const std::string a = make("A"), never = Uuid::v7().to_string();
    EXPECT_EQ(errors_by_index(crates.call(http::Method::del, list, ids_of({a, never, "x", a}))),
              "1/id: does_not_exist, 2/id: invalid, 3/id: unique");
    EXPECT_THAT(codes(), ElementsAre("A"));
    const Answer partial = crates.call(http::Method::del, list + "?partial=true", ids_of({never, a}));
    EXPECT_THAT(members(partial, "code"), ElementsAre("-", "A"));
    EXPECT_THAT(codes(), IsEmpty());
    EXPECT_EQ(crates.call(http::Method::del, list, "{}").errors(), "ids: required");
    EXPECT_EQ(crates.call(http::Method::del, list, R"({"ids":[],"x":1})").errors(), "x: unknown_field");
    EXPECT_EQ(crates.call(http::Method::del, list, R"({"ids":[]})").errors(), "ids: empty");
}

/// Crates that only their owner may change.
class ManyUnderARule : public CrateTest {
  protected:
    const Resource ruled =
        begin_crates().bulk().allow(Act::update, holds("crates.update") && own<&Crate::owner_id>()).build();
    Client owner =
        Client(loop, served(ruled, parts), crates.scope()).colleague({"crates.read", "crates.create", "crates.update"});
};

TEST_F(ManyUnderARule, EachIsAskedForByItself) {
    const std::string own_crate =
        owner.post(list, fmt::format(R"({{"code":"A","label":"Own","owner_id":"{}"}})", owner.user().to_string()))
            .get("id");
    const std::string body =
        fmt::format(R"([{{"id":"{}","weight":1}},{{"id":"{}","weight":1}}])", own_crate, make("B"));
    EXPECT_EQ(errors_by_index(owner.patch(list, body)), "1/non_field_errors: permission_denied");
    EXPECT_THAT(members(owner.patch(list + "?partial=true", body), "weight"), ElementsAre("1", "-"));
}

TEST(Bulk, IsDescribedForProgramsOnlyWhereItIsDeclared) {
    const Resource plain = begin_crates().build(),
                   some = begin_crates().bulk({.update = false, .archive = false}).build();
    EXPECT_THAT(problems(plain), IsEmpty());
    EXPECT_THAT(problems(some), SizeIs(1));
    const auto names = [](const Resource& resource) {
        std::vector<std::string> found;
        for (const auto& [name, schema] : schemas(resource)) found.push_back(name);
        return found;
    };
    EXPECT_THAT(names(plain), ::testing::Not(::testing::Contains(HasSubstr("Many"))));
    EXPECT_THAT(names(some), ::testing::Contains("CrateCreateOneOrMany"));
    EXPECT_THAT(names(some), ::testing::Not(::testing::Contains("CrateUpdateMany")));
}

TEST(Bulk, CannotArchiveWhatIsNotArchivable) {
    const auto describe = [](Bulk bulk) {
        return resource::describe<Parade>(
                   {.plural = "parade", .singular = "parade", .schema = "Parade", .table = "{tenant}.parade"})
            .fields(field<&Parade::id>, field<&Parade::version>, field<&Parade::created_at>, field<&Parade::updated_at>)
            .orderings("created_at", {by<&Parade::created_at>()})
            .bulk(bulk)
            .build();
    };
    EXPECT_THROW(describe({}), std::logic_error);
    EXPECT_THROW(describe({.archive = false, .most = 0}), std::logic_error);
    EXPECT_NO_THROW(describe({.archive = false}));
}

}  // namespace
}  // namespace terrace::resource::testing
