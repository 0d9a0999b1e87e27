#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_refusal.hpp"
#include "platform/resource/testing/test_widgets.hpp"

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Note {
    Uuid id;
    std::int64_t version = 1;
    std::string text;
    Timestamp created_at;
    Timestamp updated_at;
};

const Names notes{.plural = "notes", .singular = "note", .schema = "Note", .table = "{tenant}.note"};

template <class Text, class... More>
auto note(Text text, More... more) {
    return describe<Note>(notes).fields(field<&Note::id>, field<&Note::version>, text, field<&Note::created_at>,
                                        field<&Note::updated_at>, more...);
}

std::string shout(const RowView<Note>& note) {
    return note.get<&Note::text>();
}

TEST(Description, TakesNamesFromMembers) {
    EXPECT_EQ(name_of<&Note::created_at>, "created_at");
    EXPECT_EQ(column_of<&Note::text>.text(), "text");
}

TEST(Description, OfFewLinesIsAResource) {
    const Resource resource =
        note(field<&Note::text>.required()).orderings("-created_at", {by<&Note::created_at>()}).build();
    EXPECT_EQ(resource.columns.size(), 5u);
    EXPECT_EQ(resource.acceptable.size(), 1u);
    EXPECT_EQ(resource.permission("read"), "notes.read");
    EXPECT_EQ(resource.path(), "/api/v1/notes");
    EXPECT_FALSE(resource.archivable);
}

TEST(Description, IsRefusedAtStartWithASentence) {
    const auto ordered = [](auto description) {
        return std::move(description).orderings("-created_at", {by<&Note::created_at>()});
    };
    EXPECT_EQ(
        refusal(note(field<&Note::text>)),
        "The description of the resource notes: it needs orderings(otherwise, {by<…>()}), and `otherwise` must be "
        "one of them.");
    EXPECT_THAT(refusal(note(field<&Note::text>).orderings("-text", {by<&Note::created_at>()})),
                HasSubstr("must be one of them"));
    EXPECT_THAT(refusal(ordered(note(field<&Note::text>.required().read_only()))),
                HasSubstr("text is required and read-only"));
    EXPECT_THAT(refusal(ordered(note(field<&Note::text>.min_length(9).max_length(3)))),
                HasSubstr("max_length of text is below its min_length"));
    EXPECT_THAT(refusal(ordered(note(field<&Note::text>.pattern("(", "?")))),
                HasSubstr("the pattern of text is not RE2"));
    EXPECT_THAT(refusal(ordered(note(field<&Note::text>, computed<&shout>("text")))),
                HasSubstr("text stands twice in the answer"));
    const auto plain = [&] { return ordered(note(field<&Note::text>)); };
    EXPECT_THAT(refusal(plain().template filter<&Note::text>().template filter<&Note::text>(lookup::in, lookup::exact)),
                HasSubstr("the filter text is declared twice"));
    EXPECT_THAT(refusal(plain().template filter<&Note::text>(lookup::contains_within<&Note::created_at>)),
                HasSubstr("contains_within needs filter<&…::created_at>(lookup::exact) beside it"));
    EXPECT_THAT(refusal(note(field<&Note::text>).orderings("text", {by<&Note::text>(), by("text", desc<&Note::id>())})),
                HasSubstr("the ordering text is declared twice"));
    EXPECT_THAT(refusal(ordered(note(field<&Note::text>)
                                    .search("{tenant}.note_token",
                                            {whole_number<&Note::version>(), whole_number<&Note::version>()}))),
                HasSubstr("its search has two whole numbers"));
}

TEST(Endpoints, AreThoseThatTheResourceHas) {
    db::Database& database = ::terrace::testing::DataLayer::shared().database();
    const EngineParts parts{database, "a secret of at least thirty-two characters"};
    const Resource plain = note(field<&Note::text>).orderings("-created_at", {by<&Note::created_at>()}).build();
    const Resource widget = describe_widgets();
    const auto routes = [&](const Resource& resource) {
        std::vector<std::string> found;
        for (const api::Endpoint& endpoint : endpoints(resource, parts))
            found.push_back(
                fmt::format("{} {} {}", http::to_string(endpoint.method), endpoint.path, endpoint.access.permission));
        return found;
    };
    EXPECT_THAT(routes(plain),
                ::testing::ElementsAre("GET /api/v1/notes notes.read", "POST /api/v1/notes notes.create",
                                       "GET /api/v1/notes/{id} notes.read", "PATCH /api/v1/notes/{id} notes.update",
                                       "PUT /api/v1/notes/{id} notes.update"));
    EXPECT_THAT(routes(widget), ::testing::IsSupersetOf({"DELETE /api/v1/widgets/{id} widgets.archive",
                                                         "POST /api/v1/widgets/{id}/restore widgets.archive"}));
}

std::string schema(std::string_view name) {
    static const Resource widget = describe_widgets();
    for (const auto& [key, text] : schemas(widget))
        if (key == name) return text;
    return "";
}

TEST(Schemas, AreJson) {
    for (const char* name : {"Widget", "WidgetCreate", "WidgetUpdate", "WidgetReplace", "WidgetPage"})
        EXPECT_TRUE(json::Document::parse(schema(name))) << name << schema(name);
}

TEST(Schemas, SayWhatIsDeclared) {
    EXPECT_THAT(schema("Widget"),
                HasSubstr(R"("colour":{"anyOf":[{"$ref":"#/components/schemas/WidgetColour"},{"type":"null"}]})"));
    EXPECT_THAT(schema("Widget"), HasSubstr(R"("label_length":{"type":"string"})"));
    EXPECT_THAT(schema("Widget"), HasSubstr(R"("version":{"type":"integer","readOnly":true})"));
    EXPECT_THAT(schema("Widget"), Not(HasSubstr("keyword")));
    EXPECT_THAT(schema("WidgetCreate"), HasSubstr(R"("label":{"type":"string","minLength":2,"maxLength":40})"));
    EXPECT_THAT(schema("WidgetCreate"), HasSubstr(R"("required":["label","code"])"));
    EXPECT_THAT(schema("WidgetCreate"), HasSubstr(R"("keyword")"));
    EXPECT_THAT(schema("WidgetCreate"), Not(HasSubstr("created_at")));
    EXPECT_THAT(schema("WidgetReplace"), HasSubstr(R"("required":["label"])"));
    EXPECT_THAT(schema("WidgetReplace"), HasSubstr(R"("code")"));
    EXPECT_THAT(schema("WidgetUpdate"), Not(HasSubstr(R"("code")")));
    EXPECT_THAT(schema("WidgetUpdate"), HasSubstr(R"("required":[])"));
}

}  // namespace
}  // namespace terrace::resource::testing
