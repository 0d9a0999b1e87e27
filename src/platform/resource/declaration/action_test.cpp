#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Move {
    std::int64_t room = 0;
    std::optional<std::string> reason;
};
struct Shift {
    std::int64_t by = 0;
};
struct Shifted {
    std::int64_t count = 0;
    std::optional<std::string> first;
};
struct Price {
    std::int64_t paise = 0;
};

void move_booking(Write<Booking, Move>& write) {
    if (write.input().room == 9) write.error<&Move::room>("invalid", "Room 9 is the store.");
    if (write.input().room == 8) write.refuse(errors::conflict("room_closed", "Room 8 is closed."));
    write.object().room = write.input().room;
    if (write.input().reason) write.object().note = write.input().reason;
}

void log_booking(Write<Booking, NoInput>& write) {
    static const db::Shape& shape = db::shape(
        "update {tenant}.booking set note = coalesce(note, '') || 'x' where tenant_id = $1 and title = 'log'");
    db::Params params;
    params.add(write.tenant().id);
    write.first({&shape, std::move(params)});
}

Price price_of(Write<Booking, NoInput>& write) {
    write.object().note = "priced";
    return {write.object().room * 100};
}

boost::asio::awaitable<Result<Shifted>> shift_rooms(Transaction<Booking, Shift>& transaction) {
    static const db::Shape& shape = db::shape(
        "update {tenant}.booking set room = room + $2, version = version + 1 where tenant_id = $1 returning title");
    db::Params params;
    params.add(transaction.tenant().id).add(transaction.input().by);
    TERRACE_CO_TRY(rows, co_await transaction.run({&shape, std::move(params)}));
    if (rows.size() > 3) co_return std::unexpected(errors::conflict("too_many", "More than three bookings."));
    Shifted shifted{.count = static_cast<std::int64_t>(rows.size())};
    if (!rows.empty()) shifted.first = std::string(rows.text(0, 0));
    co_return shifted;
}

Resource describe_acting() {
    return begin_bookings()
        .action(action<&move_booking>("move")
                    .takes(argument<&Move::room>.required().between(1, 9), argument<&Move::reason>.max_length(20))
                    .needs((holds("bookings.move") || own<&Booking::doctor_id>()) && !is<&Booking::status>("done"))
                    .refuses("room_closed", "The room is closed."))
        .action(action<&log_booking>("log-visit"))
        .action(action<&price_of>("price").answers(output<&Price::paise>).needs("bookings.move"))
        .action(list_action<&shift_rooms>("shift")
                    .takes(argument<&Shift::by>.between(1, 3))
                    .answers(output<&Shifted::count>, output<&Shifted::first>)
                    .needs("bookings.move")
                    .refuses("too_many", "There are more than three bookings.")
                    .summary("Shift all bookings by some rooms"))
        .build();
}

class Actions : public BookingTest {
  protected:
    Actions()
        : BookingTest(describe_acting(),
                      {"bookings.create", "bookings.read", "bookings.update", "bookings.move", "bookings.log_visit"}) {}

    std::int64_t audited(std::string_view action) {
        db::Params params;
        params.add(desk.tenant()->id).add(action);
        return tests.admin()
            .run("select count(*) from shared.audit_entry where tenant_id = $1 and action = $2", params)
            .integer(0, 0);
    }
};

TEST_F(Actions, ChangeTheObjectAndAnswerIt) {
    const std::string path = make(R"("title":"A")");
    const Answer answer = desk.post(path + "/move", R"({"room":3,"reason":" wet floor "})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.get("room"), "3");
    EXPECT_EQ(answer.get("note"), "wet floor");
    EXPECT_EQ(answer.get("version"), "2");
    EXPECT_EQ(desk.get(path).body, answer.body);
    EXPECT_EQ(desk.get(path).header("ETag"), answer.header("ETag"));
    EXPECT_EQ(audited("bookings.move"), 1);
}

TEST_F(Actions, CheckTheirInputLikeAnyBody) {
    const std::string path = make(R"("title":"A")");
    const auto errors = [&](std::string body) { return desk.post(path + "/move", std::move(body)).errors(); };
    EXPECT_EQ(errors("{}"), "room: required");
    EXPECT_EQ(errors(R"({"room":"3","reason":7,"title":"B"})"), "room: invalid, reason: invalid, title: unknown_field");
    EXPECT_EQ(errors(R"({"room":10})"), "room: max_value");
    EXPECT_EQ(errors(R"({"room":null})"), "room: null");
    EXPECT_EQ(errors(R"({"room":9})"), "room: invalid");
    EXPECT_EQ(errors("[]"), "non_field_errors: invalid");
    EXPECT_EQ(desk.post(path + "/move", "").get("code"), "parse_error");
    EXPECT_EQ(desk.post(path + "/log-visit", R"({"room":1})").errors(), "room: unknown_field");
    EXPECT_EQ(desk.get(path).get("version"), "1");
}

TEST_F(Actions, RefuseWithTheErrorOfTheirFunction) {
    const std::string path = make(R"("title":"A")");
    const Answer answer = desk.post(path + "/move", R"({"room":8})");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.get("code"), "room_closed");
    EXPECT_EQ(desk.get(path).get("version"), "1");
}

TEST_F(Actions, ObeyTheirRule) {
    Client doctor = person({"bookings.read"});
    const std::string theirs = make(R"("title":"A")");
    const std::string own = make(fmt::format(R"("title":"B","doctor_id":"{}")", doctor.user().to_string()));
    EXPECT_EQ(doctor.post(theirs + "/move", R"({"room":3})").status, 403);
    EXPECT_EQ(doctor.post(theirs + "/move", "nonsense").status, 403);
    EXPECT_EQ(doctor.post(own + "/move", R"({"room":3})").status, 200);
    EXPECT_EQ(doctor.post(own + "/price", "{}").status, 403);
    desk.patch(own, R"({"status":"done"})");
    EXPECT_EQ(doctor.post(own + "/move", R"({"room":4})").status, 403);
    EXPECT_EQ(desk.post(own + "/move", R"({"room":4})").status, 403);
}

TEST_F(Actions, FindNothingWhereThereIsNothing) {
    const std::string path = "/api/v1/bookings/01900000-0000-7000-8000-00000000dead/move";
    EXPECT_EQ(desk.post(path, "nonsense").status, 404);
    EXPECT_EQ(desk.post("/api/v1/bookings/x/move", "{}").body, desk.post(path, "{}").body);
}

TEST_F(Actions, CompareTheVersionThatTheyAreBasedOn) {
    const std::string path = make(R"("title":"A")");
    const std::string first = desk.get(path).header("ETag");
    EXPECT_EQ(desk.post(path + "/move", R"({"room":3})", {{"if-match", first}}).status, 200);
    EXPECT_EQ(desk.post(path + "/move", R"({"room":4})", {{"if-match", first}}).status, 412);
}

TEST_F(Actions, AreDoneOnceForAKey) {
    const std::string path = make(R"("title":"A")");
    const Headers key{{"idempotency-key", "k"}};
    EXPECT_EQ(desk.post(path + "/move", R"({"room":3})", key).status, 200);
    desk.post(path + "/move", R"({"room":5})");
    const Answer again = desk.post(path + "/move", R"({"room":3})", key);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.get("room"), "5");
    EXPECT_EQ(desk.post(path + "/move", R"({"room":4})", key).status, 422);
    EXPECT_EQ(audited("bookings.move"), 2);
}

TEST_F(Actions, ThatChangeNothingWriteNothing) {
    const std::string path = make(R"("title":"A","room":3)");
    EXPECT_EQ(desk.post(path + "/move", R"({"room":3})").get("version"), "1");
    EXPECT_EQ(audited("bookings.move"), 0);
}

TEST_F(Actions, RunTheirStatementsInTheUnitOfTheWrite) {
    const std::string path = make(R"("title":"A")");
    const std::string log = make(R"("title":"log")");
    const Answer answer = desk.post(path + "/log-visit", "{}");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.get("version"), "2");
    EXPECT_EQ(desk.get(log).get("note"), "x");
    EXPECT_EQ(audited("bookings.log_visit"), 1);
}

TEST_F(Actions, AnswerWhatTheyDeclare) {
    const std::string path = make(R"("title":"A","room":3)");
    const Headers key{{"idempotency-key", "k"}};
    const Answer answer = desk.post(path + "/price", "{}", key);
    EXPECT_EQ(answer.body, R"({"paise":300})");
    EXPECT_EQ(desk.get(path).get("note"), "priced");
    desk.post(path + "/move", R"({"room":4})");
    const Answer again = desk.post(path + "/price", "{}", key);
    EXPECT_EQ(again.body, R"({"paise":300})");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(desk.post(path + "/price", "{}").body, R"({"paise":400})");
}

TEST_F(Actions, OfManyAtOnceEachTakeTheObjectAsTheOthersLeftIt) {
    const std::string path = make(R"("title":"A")");
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int room = 1; room <= 7; ++room)
        started.push_back(desk.start(http::Method::post, path + "/move", fmt::format(R"({{"room":{}}})", room)));
    int done = 0;
    for (auto& request : started) done += request.wait().status == 200 ? 1 : 0;
    EXPECT_EQ(done, 7);
    // The first of them may have found its room already.
    EXPECT_EQ(std::to_string(1 + audited("bookings.move")), desk.get(path).get("version"));
}

TEST_F(Actions, OfManyAtOnceEachRunTheirStatementsOnce) {
    const std::string path = make(R"("title":"A")");
    const std::string log = make(R"("title":"log")");
    std::vector<::terrace::testing::Started<Answer>> started;
    for (int i = 0; i < 6; ++i) started.push_back(desk.start(http::Method::post, path + "/log-visit", "{}"));
    for (auto& request : started) EXPECT_EQ(request.wait().status, 200);
    EXPECT_EQ(desk.get(log).get("note"), "xxxxxx");
    EXPECT_EQ(desk.get(path).get("version"), "7");
    EXPECT_EQ(audited("bookings.log_visit"), 6);
}

TEST_F(Actions, OnTheListRunInOneTransaction) {
    for (const char* title : {"A", "B", "C"}) make(fmt::format(R"("title":"{}")", title));
    const Answer answer = desk.post("/api/v1/bookings/shift", R"({"by":2})");
    EXPECT_EQ(answer.body, R"({"count":3,"first":"A"})");
    EXPECT_EQ(count("select sum(room)::bigint from shared.booking where tenant_id = $1"), 9);
    EXPECT_EQ(audited("bookings.shift"), 1);
    make(R"("title":"D")");
    const Answer refused = desk.post("/api/v1/bookings/shift", R"({"by":2})");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.get("code"), "too_many");
    EXPECT_EQ(count("select sum(room)::bigint from shared.booking where tenant_id = $1"), 10);
    EXPECT_EQ(audited("bookings.shift"), 1);
    EXPECT_EQ(desk.post("/api/v1/bookings/shift", R"({"by":4})").errors(), "by: max_value");
    EXPECT_EQ(person({"bookings.read"}).post("/api/v1/bookings/shift", R"({"by":1})").status, 403);
}

TEST_F(Actions, OnTheListAreDoneOnceForAKey) {
    make(R"("title":"A")");
    const Headers key{{"idempotency-key", "k"}};
    auto first = desk.start(http::Method::post, "/api/v1/bookings/shift", R"({"by":2})", key);
    auto second = desk.start(http::Method::post, "/api/v1/bookings/shift", R"({"by":2})", key);
    const Answer a = first.wait(), b = second.wait();
    EXPECT_EQ(a.body, R"({"count":1,"first":"A"})");
    EXPECT_EQ(b.body, a.body);
    EXPECT_NE(a.header("Idempotency-Replayed"), b.header("Idempotency-Replayed"));
    EXPECT_EQ(desk.post("/api/v1/bookings/shift", R"({"by":2})", key).body, a.body);
    EXPECT_EQ(desk.post("/api/v1/bookings/shift", R"({"by":1})", key).status, 422);
    EXPECT_EQ(count("select room from shared.booking where tenant_id = $1"), 3);
}

TEST_F(Actions, StandInTheDocumentation) {
    const auto all = schemas(resource);
    const auto schema = [&](std::string_view name) -> std::string {
        for (const auto& [key, text] : all)
            if (key == name) return text;
        return "";
    };
    EXPECT_THAT(schema("BookingMove"), AllOf(HasSubstr(R"("room":{"type":"integer","minimum":1,"maximum":9})"),
                                             HasSubstr(R"("required":["room"])")));
    EXPECT_THAT(schema("BookingShiftResult"),
                AllOf(HasSubstr(R"("first":{"type":["string","null"])"), HasSubstr(R"("required":["count","first"])")));
    for (const auto& [name, text] : all) EXPECT_TRUE(json::Document::parse(text)) << name;
    const auto kinds = problems(resource);
    EXPECT_EQ(kinds.front().schema, "BookingMoveProblem");
    EXPECT_THAT(kinds.front().codes, ::testing::ElementsAre("room_closed"));
    std::vector<std::string> routes;
    for (const api::Endpoint& endpoint : endpoints(resource, parts))
        if (endpoint.method == http::Method::post)
            routes.push_back(fmt::format("{} {} {}", endpoint.path, endpoint.documentation.operation_id,
                                         endpoint.access.permission));
    EXPECT_THAT(routes,
                ::testing::IsSupersetOf({"/api/v1/bookings/{id}/log-visit bookings_log_visit bookings.log_visit",
                                         "/api/v1/bookings/{id}/price bookings_price bookings.move",
                                         "/api/v1/bookings/shift bookings_shift bookings.move"}));
}

TEST(Action, IsRefusedAtStartWithASentence) {
    EXPECT_THAT(
        refusal(begin_bookings().action(action<&log_booking>("log-visit")).action(action<&log_booking>("log-visit"))),
        HasSubstr("two actions are called log-visit."));
    EXPECT_THAT(refusal(begin_bookings().action(list_action<&shift_rooms>("shift")
                                                    .takes(argument<&Shift::by>)
                                                    .answers(output<&Shifted::count>, output<&Shifted::first>)
                                                    .needs(own<&Booking::doctor_id>()))),
                HasSubstr("the action shift is on the list; its rule has no object to look at"));
}

}  // namespace
}  // namespace terrace::resource::testing
