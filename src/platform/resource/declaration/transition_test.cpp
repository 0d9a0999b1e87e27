#include "platform/resource/testing/test_bookings.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <algorithm>
#include <stdexcept>

namespace terrace::resource::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Cancel {
    std::string reason;
};

void cancel_booking(Write<Booking, Cancel>& write) {
    write.object().note = write.input().reason;
}

void confirm_booking(Write<Booking, NoInput>& write) {
    if (!write.object().doctor_id)
        write.refuse(errors::conflict("no_doctor", "A booking without a doctor cannot be confirmed."));
}

Resource describe_states() {
    return begin_bookings()
        .state<&Booking::status>(
            transition("confirm", {"requested"}, "confirmed")
                .needs("bookings.confirm")
                .guard(&confirm_booking)
                .refuses("no_doctor", "The booking has no doctor."),
            transition("finish", {"confirmed"}, "done").needs(own<&Booking::doctor_id>()),
            transition(action<&cancel_booking>("cancel").takes(argument<&Cancel::reason>.required().max_length(40)),
                       {"requested", "confirmed"}, "cancelled"))
        .build();
}

class States : public BookingTest {
  protected:
    States()
        : BookingTest(describe_states(),
                      {"bookings.create", "bookings.read", "bookings.update", "bookings.confirm", "bookings.cancel"}) {}

    std::string of_doctor() { return make(fmt::format(R"("title":"A","doctor_id":"{}")", doctor.user().to_string())); }

    Client doctor = person({"bookings.read"});
};

TEST_F(States, ChangeByTheirTransitions) {
    const std::string path = of_doctor();
    EXPECT_EQ(desk.get(path).get("status"), "requested");
    const Answer confirmed = desk.post(path + "/confirm", "{}");
    EXPECT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_EQ(confirmed.get("status"), "confirmed");
    EXPECT_EQ(confirmed.get("version"), "2");
    EXPECT_EQ(doctor.post(path + "/finish", "{}").get("status"), "done");
}

TEST_F(States, CannotBeWrittenOtherwise) {
    const std::string path = make(R"("title":"A","status":"done")");
    EXPECT_EQ(desk.get(path).get("status"), "requested");
    EXPECT_EQ(desk.patch(path, R"({"status":"done"})").get("status"), "requested");
    EXPECT_EQ(desk.put(path, R"({"title":"A","status":"done"})").get("status"), "requested");
    EXPECT_EQ(desk.get(path).get("version"), "1");
}

TEST_F(States, RefuseAStepFromElsewhereAndSayFromWhereItGoes) {
    const std::string path = of_doctor();
    const Answer early = doctor.post(path + "/finish", "{}");
    EXPECT_EQ(early.status, 409);
    EXPECT_EQ(early.get("code"), "invalid_transition");
    EXPECT_EQ(early.get("detail"), "This booking is requested; finish takes one that is confirmed.");
    desk.post(path + "/cancel", R"({"reason":"ill"})");
    EXPECT_EQ(desk.post(path + "/cancel", R"({"reason":"ill"})").get("detail"),
              "This booking is cancelled; cancel takes one that is requested or confirmed.");
}

TEST_F(States, AskWhoMayBeforeTheyTellTheState) {
    const std::string path = of_doctor();
    EXPECT_EQ(desk.post(path + "/finish", "{}").status, 403);
    EXPECT_EQ(doctor.post(path + "/confirm", "{}").status, 403);
    EXPECT_EQ(person({}).post(path + "/cancel", "{}").status, 403);
}

TEST_F(States, AskTheGuard) {
    const std::string path = make(R"("title":"A")");
    const Answer refused = desk.post(path + "/confirm", "{}");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.get("code"), "no_doctor");
    EXPECT_EQ(desk.get(path).get("status"), "requested");
}

TEST_F(States, TakeTheInputOfAStep) {
    const std::string path = of_doctor();
    EXPECT_EQ(desk.post(path + "/cancel", "{}").errors(), "reason: required");
    const Answer cancelled = desk.post(path + "/cancel", R"({"reason":"ill"})");
    EXPECT_EQ(cancelled.get("status"), "cancelled");
    EXPECT_EQ(cancelled.get("note"), "ill");
}

TEST_F(States, CompareTheVersionBeforeTheState) {
    const std::string path = of_doctor();
    const std::string first = desk.get(path).header("ETag");
    desk.post(path + "/confirm", "{}");
    EXPECT_EQ(desk.post(path + "/confirm", "{}", {{"if-match", first}}).status, 412);
}

TEST_F(States, AnswerARepetitionByItsKey) {
    const std::string path = of_doctor();
    const Headers key{{"idempotency-key", "k"}};
    EXPECT_EQ(desk.post(path + "/confirm", "{}", key).status, 200);
    const Answer again = desk.post(path + "/confirm", "{}", key);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST_F(States, OfManyStepsAtOnceLetOneWin) {
    for (int round = 0; round < 10; ++round) {
        const std::string path = of_doctor();
        std::vector<::terrace::testing::Started<Answer>> started;
        for (int i = 0; i < 6; ++i) started.push_back(desk.start(http::Method::post, path + "/confirm", "{}"));
        std::vector<int> statuses;
        for (auto& request : started) statuses.push_back(request.wait().status);
        EXPECT_EQ(std::ranges::count(statuses, 200), 1);
        EXPECT_EQ(std::ranges::count(statuses, 409), 5);
        EXPECT_EQ(desk.get(path).get("version"), "2");
    }
    EXPECT_EQ(count("select count(*) from shared.audit_entry where tenant_id = $1 and action = 'bookings.confirm'"),
              10);
}

TEST_F(States, OfTwoDifferentStepsAtOnceLetOneWinOrOneFollowTheOther) {
    for (int round = 0; round < 10; ++round) {
        const std::string path = of_doctor();
        auto confirming = desk.start(http::Method::post, path + "/confirm", "{}");
        auto cancelling = desk.start(http::Method::post, path + "/cancel", R"({"reason":"ill"})");
        const Answer confirmed = confirming.wait(), cancelled = cancelling.wait();
        EXPECT_EQ(cancelled.status, 200);
        EXPECT_TRUE(confirmed.status == 200 || confirmed.status == 409);
        EXPECT_EQ(desk.get(path).get("status"), "cancelled");
    }
}

TEST_F(States, StandInTheDocumentation) {
    const auto all = endpoints(resource, parts);
    const auto found = std::ranges::find(all, "/api/v1/bookings/{id}/cancel", &api::Endpoint::path);
    ASSERT_NE(found, all.end());
    EXPECT_EQ(found->documentation.extensions,
              R"("x-transitions":[{"field":"status","from":["requested","confirmed"],"to":"cancelled"}])");
    EXPECT_THAT(found->documentation.description,
                HasSubstr("whose status is requested or confirmed; it becomes cancelled."));
    const auto schema = schemas(resource).front().second;
    EXPECT_THAT(schema, AllOf(HasSubstr("`confirm`: requested to confirmed."), HasSubstr(R"("readOnly":true)")));
}

TEST(State, IsRefusedAtStartWithASentence) {
    EXPECT_THAT(
        refusal(begin_bookings().state<&Booking::status>(transition("confirm", {"requsted"}, "confirmed"))),
        HasSubstr("a source of the transition confirm of status is \"requsted\", which is none of its choices."));
    EXPECT_THAT(refusal(begin_bookings().state<&Booking::status>(transition("confirm", {"requested"}, "confrmed"))),
                HasSubstr("the target of the transition confirm"));
    EXPECT_THAT(refusal(begin_bookings().state<&Booking::status>(transition("confirm", {"requested"}, "confirmed"),
                                                                 transition("confirm", {"done"}, "confirmed"))),
                HasSubstr("two actions are called confirm."));
}

}  // namespace
}  // namespace terrace::resource::testing
