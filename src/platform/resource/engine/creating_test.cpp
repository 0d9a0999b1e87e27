#include "platform/resource/testing/test_widgets.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using Creating = WidgetTest;

TEST_F(Creating, AnswersTheObjectWithItsPlaceAndTag) {
    const Answer answer = widgets.post("/api/v1/widgets", R"({"label":"  Box  ","code":"AA1"})");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.get("label"), "Box");
    EXPECT_EQ(answer.header("Location"), "/api/v1/widgets/" + answer.get("id"));
    const Answer read = widgets.get(answer.header("Location"));
    EXPECT_EQ(read.body, answer.body);
    EXPECT_EQ(read.header("ETag"), answer.header("ETag"));
}

TEST_F(Creating, IgnoresReadOnlyFieldsAndRefusesUnknownOnes) {
    const std::string id = Uuid::v7().to_string();
    const Answer answer = widgets.post(
        "/api/v1/widgets", R"({"label":"Box","code":"AA1","version":9,"id":")" + id + R"(","label_length":"3"})");
    EXPECT_EQ(answer.status, 201);
    EXPECT_NE(answer.get("id"), id);
    EXPECT_EQ(answer.get("version"), "1");
    EXPECT_EQ(
        widgets.post("/api/v1/widgets", R"({"label":"Box","code":"AA2","label_sort":"x","tenant_id":"y"})").errors(),
        "label_sort: unknown_field, tenant_id: unknown_field");
}

TEST_F(Creating, NamesEveryFaultAtOnce) {
    const Answer answer = widgets.post("/api/v1/widgets", R"({
        "label":"x","code":null,"colour":"blue","stock":1001,"fragile":"yes","made_on":"2023-02-29",
        "sold_at":"2024-01-01T00:00:00","batch":"7","email":"nobody","phone":"12","extra":1})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.get("code"), "validation_failed");
    EXPECT_EQ(
        answer.errors(),
        "label: min_length, code: null, colour: invalid_choice, stock: max_value, fragile: invalid, "
        "made_on: invalid, sold_at: invalid, batch: invalid, email: invalid, phone: invalid, extra: unknown_field");
    EXPECT_EQ(widgets.post("/api/v1/widgets", "{}").errors(), "label: required, code: required");
}

TEST_F(Creating, NamesTheFirstHundredOfAHundredThousandUnknownMembers) {
    std::string body = R"({"label":"Box")";
    for (int i = 0; i < 100'000; ++i) body += fmt::format(R"(,"m{}":0)", i);
    const Answer answer = widgets.post("/api/v1/widgets", body + "}");
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.errors(), StartsWith("code: required, m0: unknown_field, m1: unknown_field, "));
    EXPECT_EQ(answer.json().root().find("errors")->size(), 100U);
    EXPECT_LT(answer.body.size(), 10'000U);
}

TEST_F(Creating, RefusesWrongTypesOfEveryField) {
    const Answer answer = widgets.post("/api/v1/widgets", R"({
        "label":5,"code":["AA1"],"colour":3,"stock":"5","fragile":1,"made_on":20240101,
        "sold_at":{},"batch":true,"email":1.5,"phone":9876543210,"note":false})");
    EXPECT_EQ(answer.errors(),
              "label: invalid, code: invalid, colour: invalid_choice, stock: invalid, fragile: invalid, "
              "made_on: invalid, sold_at: invalid, batch: invalid, email: invalid, phone: invalid, note: invalid");
}

TEST_F(Creating, KnowsTheLimitsOfTexts) {
    const auto errors = [&](const std::string& field, const std::string& value) {
        return widgets.post("/api/v1/widgets", fmt::format(R"({{"label":"Box","code":"zz","{}":"{}"}})", field, value))
            .errors();
    };
    EXPECT_EQ(errors("email", ""), "code: invalid, email: blank");
    EXPECT_EQ(errors("note", "   "), "code: invalid, note: blank");
    EXPECT_EQ(errors("note", std::string(501, 'a')), "code: invalid, note: max_length");
    EXPECT_EQ(errors("note", "a\\nb\\tc"), "code: invalid");
    EXPECT_EQ(errors("note", "a\\u0001b"), "code: invalid, note: invalid");
    EXPECT_EQ(errors("keyword", "a\\nb"), "code: invalid, keyword: invalid");
    EXPECT_EQ(
        widgets.post("/api/v1/widgets", R"({"label":"मीनामीनामीनामीनामीनामीनामीनामीनामीनामीना","code":"AA1"})").status,
        201);
    EXPECT_EQ(
        widgets.post("/api/v1/widgets", fmt::format(R"({{"label":"{}","code":"AA2"}})", std::string(41, 'a'))).errors(),
        "label: max_length");
}

TEST_F(Creating, KnowsEmailAddresses) {
    const auto errors = [&](const std::string& email) {
        return widgets.post("/api/v1/widgets", fmt::format(R"({{"label":"x","code":"AA1","email":"{}"}})", email))
            .errors();
    };
    for (const char* good : {"a@b.in", "first.last+tag@clinic.co.in", "o'neil@x-y.org"})
        EXPECT_EQ(errors(good), "label: min_length") << good;
    for (const char* bad :
         {"a@b", "@b.in", "a@", "a b@c.in", "a@b..in", ".a@b.in", "a.@b.in", "a@-b.in", "a@b.in\\nx", "<a@b.in>"})
        EXPECT_EQ(errors(bad), "label: min_length, email: invalid") << bad;
}

TEST_F(Creating, RefusesWhatIsNoObject) {
    for (const char* body : {"[]", "5", "\"text\"", "true"}) {
        const Answer answer = widgets.post("/api/v1/widgets", body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.errors(), "non_field_errors: invalid");
    }
    EXPECT_EQ(widgets.post("/api/v1/widgets", "null").errors(), "non_field_errors: null");
    for (const char* body : {"", "{", "{]", "{\"a\":1,}", "{'a':1}", "{\"label\":\"a\",\"label\":\"b\"}"}) {
        const Answer answer = widgets.post("/api/v1/widgets", body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_EQ(answer.get("code"), "parse_error");
    }
}

TEST_F(Creating, AsksTheChecksOnceEveryFieldIsValid) {
    EXPECT_EQ(widgets.post("/api/v1/widgets", R"({"label":"AA1","code":"AA1","fragile":true,"stock":101})").errors(),
              "stock: max_value, non_field_errors: invalid");
    EXPECT_EQ(widgets.post("/api/v1/widgets", R"({"label":"AA1","code":"AA1","fragile":7})").errors(),
              "fragile: invalid");
}

TEST_F(Creating, NamesTheFieldWhoseValueIsTaken) {
    make("Box", "AA1");
    const Answer answer = widgets.post("/api/v1/widgets", R"({"label":"Can","code":"AA1"})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.errors(), "code: unique");
    EXPECT_EQ(stranger().post("/api/v1/widgets", R"({"label":"Can","code":"AA1"})").status, 201);
}

TEST_F(Creating, IsAudited) {
    const std::string id = make("Box", "AA1");
    db::Params params;
    params.add(widgets.tenant()->id);
    const db::Rows rows = tests.run(
        "select action, object_type, object_id, actor_id, client_address, request_id from shared.audit_entry where "
        "tenant_id = $1",
        params);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.text(0, 0), "widgets.create");
    EXPECT_EQ(rows.text(0, 1), "widget");
    EXPECT_EQ(rows.text(0, 2), id);
    EXPECT_EQ(rows.uuid(0, 3), widgets.user());
    EXPECT_EQ(rows.text(0, 4), "127.0.0.1");
    EXPECT_EQ(rows.text(0, 5), "test");
}

TEST_F(Creating, WritesAllDocumentsOrNone) {
    Engine engine(resource, parts);
    const Caller caller{.tenant = widgets.tenant(), .scope = widgets.scope()};
    auto made = ::terrace::testing::run(
        loop, engine.create_all(caller, {R"({"label":"Box","code":"AA1"})", R"({"label":"Can","code":"AA2"})"}));
    ASSERT_TRUE(made);
    EXPECT_EQ(widgets.get("/api/v1/widgets/" + made->at(1).to_string()).get("code"), "AA2");
    auto refused = ::terrace::testing::run(
        loop, engine.create_all(caller, {R"({"label":"Box","code":"AA3"})", R"({"label":"Can"})"}));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr("Document 1"));
    EXPECT_FALSE(::terrace::testing::run(
        loop, engine.create_all(caller, {R"({"label":"Box","code":"AA4"})", R"({"label":"Can","code":"AA2"})"})));
    EXPECT_EQ(widgets.get("/api/v1/widgets").results("code").size(), 2u);
}

struct Photo {
    Uuid id;
    std::int64_t version = 1;
    File picture;
    Timestamp created_at, updated_at;
};

TEST_F(Creating, WritesNoFilesAtOnce) {
    const Resource photos =
        describe<Photo>({.plural = "photos", .singular = "photo", .schema = "Photo", .table = "{tenant}.photo"})
            .fields(field<&Photo::id>, field<&Photo::version>, field<&Photo::picture>.required(),
                    field<&Photo::created_at>, field<&Photo::updated_at>)
            .orderings("created_at", {by<&Photo::created_at>()})
            .build();
    Engine engine(photos, parts);
    const Caller caller{.tenant = widgets.tenant(), .scope = widgets.scope()};
    EXPECT_THROW(::terrace::testing::run(loop, engine.create_all(caller, {})), std::logic_error);
}

}  // namespace
}  // namespace terrace::resource::testing
