#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string note_length(const RowView<Booking>& booking) {
    return std::to_string(booking.get<&Booking::note>().value_or("").size());
}

void write_note(Write<Booking, NoInput>& write) {
    write.object().note = "written by an action";
}

Names names() {
    return {.plural = "bookings", .singular = "booking", .schema = "Booking", .table = "{tenant}.booking"};
}

template <class Note, class Room>
auto describe_with(Note note, Room room) {
    return describe<Booking>(names())
        .fields(field<&Booking::id>, field<&Booking::version>, field<&Booking::title>.required().max_length(40),
                field<&Booking::status>.choices({"requested", "confirmed", "done", "cancelled"}),
                field<&Booking::doctor_id>, room, note,
                computed<&note_length>("note_length").visible_to("bookings.clinical"), field<&Booking::created_at>,
                field<&Booking::updated_at>, field<&Booking::archived_at>)
        .archivable();
}

Resource describe_secret() {
    return describe_with(field<&Booking::note>.max_length(500).visible_to("bookings.clinical"),
                         field<&Booking::room>.between(1, 9).writable_by("bookings.rooms"))
        .filter<&Booking::note>()
        .filter<&Booking::room>()
        .orderings("title", {by<&Booking::title>(), by<&Booking::room>()})
        .action(action<&write_note>("write-note"))
        .build();
}

class FieldAccess : public BookingTest {
  protected:
    static inline const std::vector<std::string> basic{"bookings.read", "bookings.create", "bookings.update",
                                                       "bookings.archive", "bookings.write_note"};
    static std::vector<std::string> with(const char* one, const char* two = nullptr) {
        auto all = basic;
        all.emplace_back(one);
        if (two) all.emplace_back(two);
        return all;
    }
    FieldAccess() : BookingTest(describe_secret(), with("bookings.clinical", "bookings.rooms")) {}

    Client receptionist = person(basic);
    Client nurse = person(with("bookings.clinical"));
};

TEST_F(FieldAccess, LeavesAHiddenFieldOutOfEveryAnswer) {
    const std::string path = make(R"("title":"A","note":"secret")");
    const Headers key{{"idempotency-key", "k"}};
    const std::string list = "/api/v1/bookings";
    const std::vector<Answer> answers{receptionist.get(path),
                                      receptionist.get(list),
                                      receptionist.get(list + "?ordering=-title&limit=1"),
                                      receptionist.post(list, R"({"title":"B"})"),
                                      receptionist.post(list, R"({"title":"C"})", key),
                                      receptionist.post(list, R"({"title":"C"})", key),
                                      receptionist.patch(path, R"({"title":"D"})"),
                                      receptionist.patch(path, R"({"title":"D"})"),
                                      receptionist.put(path, R"({"title":"E"})"),
                                      receptionist.post(path + "/write-note", "{}"),
                                      receptionist.get(path + "?fields=id,title")};
    for (const Answer& answer : answers) {
        EXPECT_LT(answer.status, 300) << answer.body;
        EXPECT_THAT(answer.body, AllOf(HasSubstr("\"title\""), Not(HasSubstr("note"))));
    }
    receptionist.remove(path);
    EXPECT_THAT(receptionist.post(path + "/restore", "{}").body, Not(HasSubstr("note")));
    EXPECT_EQ(nurse.get(path).get("note"), "written by an action");
    EXPECT_EQ(nurse.get(path).get("note_length"), "20");
    EXPECT_EQ(person({"bookings.read", "bookings.clinical"}).get(path).body, nurse.get(path).body);
}

TEST_F(FieldAccess, WritesGoodJsonWhateverIsLeftOut) {
    const std::string path = make(R"("title":"A")");
    for (const char* fields : {"id", "title", "archived_at", "id,archived_at", "room,title"})
        EXPECT_TRUE(json::Document::parse(desk.get(path + "?fields=" + fields).body)) << fields;
}

TEST_F(FieldAccess, KnowsNoHiddenFieldInABody) {
    const std::string path = make(R"("title":"A","note":"secret")");
    for (const char* value : {R"("x")", "null", R"("secret")", "7"}) {
        const std::string body = fmt::format(R"({{"title":"B","note":{}}})", value);
        EXPECT_EQ(receptionist.post("/api/v1/bookings", body).errors(), "note: unknown_field");
        EXPECT_EQ(receptionist.patch(path, body).errors(), "note: unknown_field");
        EXPECT_EQ(receptionist.put(path, body).errors(), "note: unknown_field");
    }
    EXPECT_EQ(nurse.get(path).get("note"), "secret");
}

TEST_F(FieldAccess, KeepsAHiddenFieldThroughAReplacement) {
    const std::string path = make(R"("title":"A","note":"secret","room":4)");
    EXPECT_EQ(receptionist.put(path, R"({"title":"B"})").status, 200);
    EXPECT_EQ(nurse.get(path).get("note"), "secret");
    EXPECT_EQ(nurse.get(path).get("room"), "4");
    EXPECT_EQ(nurse.put(path, R"({"title":"B"})").get("note"), "null");
}

TEST_F(FieldAccess, IsNoOracleByFilterOrderingOrSparseFields) {
    make(R"("title":"A","note":"secret")");
    const auto unknown = receptionist.get("/api/v1/bookings?note=secret");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(unknown.errors(), "note: unknown_field");
    EXPECT_EQ(unknown.body, receptionist.get("/api/v1/bookings?note=other").body);
    EXPECT_THAT(nurse.get("/api/v1/bookings?note=secret").results("title"), ElementsAre("A"));
    EXPECT_EQ(receptionist.get("/api/v1/bookings?fields=note").errors(), "fields: invalid_choice");
    EXPECT_EQ(receptionist.get("/api/v1/bookings?fields=id,note_length").errors(), "fields: invalid_choice");
}

TEST_F(FieldAccess, HasAnETagForEachProjection) {
    const std::string path = make(R"("title":"A","note":"secret")");
    const std::string whole = nurse.get(path).header("ETag"), part = receptionist.get(path).header("ETag");
    EXPECT_NE(whole, part);
    EXPECT_EQ(whole.substr(0, 3), part.substr(0, 3));
    EXPECT_NE(desk.get(path + "?fields=id").header("ETag"), whole);
    EXPECT_EQ(receptionist.get(path, {{"if-none-match", whole}}).status, 200);
    EXPECT_EQ(receptionist.get(path, {{"if-none-match", part}}).status, 304);
    EXPECT_EQ(receptionist.patch(path, R"({"title":"B"})", {{"if-match", whole}}).status, 200);
}

TEST_F(FieldAccess, RefusesToChangeWhatMayOnlyBeSeen) {
    const std::string path = make(R"("title":"A","room":4)");
    EXPECT_EQ(nurse.get(path).get("room"), "4");
    const Answer refused = nurse.patch(path, R"({"title":"B","room":5})");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.get("code"), "permission_denied");
    EXPECT_EQ(refused.errors(), "room: permission_denied");
    EXPECT_EQ(nurse.post("/api/v1/bookings", R"({"title":"B","room":5})").status, 403);
    EXPECT_EQ(nurse.post("/api/v1/bookings", R"({"title":"B","room":1})").status, 201);
    EXPECT_EQ(nurse.put(path, R"({"title":"B","room":5})").status, 403);
    EXPECT_EQ(desk.get(path).get("version"), "1");
    EXPECT_EQ(nurse.put(path, nurse.get(path).body).status, 200);
    EXPECT_EQ(desk.patch(path, R"({"room":5})").get("room"), "5");
}

TEST_F(FieldAccess, StandsInTheDocumentation) {
    const auto all = schemas(resource);
    EXPECT_THAT(all.front().second,
                AllOf(HasSubstr("Only for those who hold `bookings.clinical`"),
                      HasSubstr("Changed only by those who hold `bookings.rooms`."),
                      HasSubstr(R"("required":["id","version","title","status","doctor_id","room","created_at",)")));
}

TEST_F(FieldAccess, IsRefusedAtStartWhereItCouldNotHold) {
    const auto by_title = [](auto description) {
        return std::move(description).orderings("title", {by<&Booking::title>(), by<&Booking::room>()});
    };
    EXPECT_THAT(
        refusal(by_title(describe_with(field<&Booking::note>.required().visible_to("a.b"), field<&Booking::room>))),
        HasSubstr("note is required"));
    EXPECT_THAT(refusal(describe_with(field<&Booking::note>, field<&Booking::room>.visible_to("a.b"))
                            .orderings("-room", {by<&Booking::room>()})),
                HasSubstr("not everybody sees room"));
    EXPECT_THAT(refusal(by_title(describe_with(field<&Booking::note>.visible_to("a.b"), field<&Booking::room>))
                            .search("{tenant}.booking_token", {words<&Booking::note>()})),
                HasSubstr("the search reads note"));
}

class HiddenOrdering : public BookingTest {
  protected:
    HiddenOrdering()
        : BookingTest(describe_with(field<&Booking::note>, field<&Booking::room>.visible_to("bookings.rooms"))
                          .orderings("title", {by<&Booking::title>(), by<&Booking::room>()})
                          .build(),
                      {"bookings.read", "bookings.create", "bookings.rooms"}) {}
};

TEST_F(HiddenOrdering, IsUnknownToThoseWhoDoNotSeeTheField) {
    make(R"("title":"A","room":2)");
    make(R"("title":"B","room":1)");
    EXPECT_THAT(desk.get("/api/v1/bookings?ordering=room").results("title"), ElementsAre("B", "A"));
    Client other = person({"bookings.read"});
    for (const char* ordering : {"room", "-room"})
        EXPECT_EQ(other.get(std::string("/api/v1/bookings?ordering=") + ordering).errors(), "ordering: invalid_choice");
    const Answer page = desk.get("/api/v1/bookings?ordering=room&limit=1");
    EXPECT_EQ(other.get(page.get("next")).status, 400);
    EXPECT_THAT(other.get("/api/v1/bookings").results("title"), ElementsAre("A", "B"));
}

using SparseFields = FieldAccess;

TEST_F(SparseFields, AnswerOnlyWhatIsAskedFor) {
    const std::string path = make(R"("title":"A","room":4)");
    EXPECT_EQ(desk.get(path + "?fields=title").body, R"({"title":"A"})");
    EXPECT_EQ(desk.get(path + "?fields=room,title,room").body, R"({"title":"A","room":4})");
    EXPECT_EQ(desk.get("/api/v1/bookings?fields=title").body,
              R"({"results":[{"title":"A"}],"next":null,"previous":null})");
}

TEST_F(SparseFields, RefuseUnknownNames) {
    const std::string path = make(R"("title":"A")");
    for (const char* fields : {"", "nothing", "id,", ",id", "ID", "id,%20title", "*", "tenant_id"})
        for (const std::string& at : {path, std::string("/api/v1/bookings")})
            EXPECT_EQ(desk.get(at + "?fields=" + fields).errors(), "fields: invalid_choice") << at << fields;
}

TEST_F(SparseFields, StayThroughAWalkOfPages) {
    for (const char* title : {"A", "B", "C"}) make(fmt::format(R"("title":"{}")", title));
    const Answer first = desk.get("/api/v1/bookings?limit=1&fields=title&ordering=-title");
    EXPECT_THAT(first.get("next"), HasSubstr("&fields=title&cursor="));
    const Answer second = desk.get(first.get("next"));
    EXPECT_THAT(second.body, HasSubstr(R"("results":[{"title":"B"}])"));
}

}  // namespace
}  // namespace terrace::resource::testing
