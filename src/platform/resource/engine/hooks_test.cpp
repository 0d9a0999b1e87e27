#include "platform/resource/testing/test_told.hpp"

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;

void complete_title(Write<Booking, NoInput>& write) {
    told().emplace_back("before_validation");
    if (write.object().title == "mine") write.object().doctor_id = write.user();
}

void check_room(Write<Booking, NoInput>& write) {
    told().emplace_back("check");
    if (write.object().room == 7 && !write.object().doctor_id)
        write.error<&Booking::room>("invalid", "Room 7 is a doctor's.");
}

void note_write(Write<Booking, NoInput>& write) {
    told().emplace_back("before_write");
    if (write.object().title == "refused") write.refuse(errors::conflict("closed", "Not today."));
}

void rename_booking(Write<Booking, NoInput>& write) {
    write.object().title = "renamed";
}

Resource describe_hooked() {
    return begin_bookings()
        .before_validation(complete_title)
        .check(check_room)
        .before_write(note_write)
        .refuses("closed", "The book is closed.")
        .after_commit(tell)
        .action(action<&rename_booking>("rename"))
        .build();
}

class Hooks : public BookingTest {
  protected:
    Hooks()
        : BookingTest(describe_hooked(),
                      {"bookings.read", "bookings.create", "bookings.update", "bookings.archive", "bookings.rename"}) {
        told().clear();
    }

    /// What was told since the last time, once all hooks have ended.
    std::vector<std::string> heard() {
        loop.restart();
        for (int i = 0; i < 20; ++i) loop.poll();
        return std::exchange(told(), {});
    }
};

TEST_F(Hooks, RunInTheirOrder) {
    const Answer made = desk.post("/api/v1/bookings", R"({"title":"A"})");
    EXPECT_EQ(made.status, 201);
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write", "bookings.create A"));
    const std::string path = made.header("Location");
    desk.patch(path, R"({"title":"B"})");
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write", "bookings.update B was A"));
    desk.post(path + "/rename", "{}");
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write", "bookings.rename renamed was B"));
    desk.remove(path);
    desk.post(path + "/restore", "{}");
    EXPECT_THAT(heard(), ElementsAre("bookings.archive renamed was renamed", "bookings.restore renamed was renamed"));
}

TEST_F(Hooks, CompleteTheObjectBeforeItIsChecked) {
    EXPECT_EQ(desk.post("/api/v1/bookings", R"({"title":"other","room":7})").errors(), "room: invalid");
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check"));
    const Answer mine = desk.post("/api/v1/bookings", R"({"title":"mine","room":7})");
    EXPECT_EQ(mine.get("doctor_id"), desk.user().to_string());
}

TEST_F(Hooks, MayRefuse) {
    const Answer refused = desk.post("/api/v1/bookings", R"({"title":"refused"})");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.get("code"), "closed");
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write"));
}

TEST_F(Hooks, AreNotToldOfWhatWasNotWritten) {
    const std::string path = make(R"("title":"A")");
    const Headers key{{"idempotency-key", "k"}};
    desk.patch(path, R"({"title":"B"})", key);
    heard();
    desk.patch(path, R"({"title":"B"})", key);
    desk.patch(path, R"({"title":"B"})");
    EXPECT_EQ(desk.patch(path, R"({"title":"C"})", {{"if-match", "\"1-0\""}}).status, 412);
    for (const std::string& line : heard()) EXPECT_EQ(line.find("bookings."), std::string::npos) << line;
}

TEST_F(Hooks, AreToldOfEachOfManyThatAreMadeAtOnce) {
    Engine engine(resource, parts);
    const Caller system{.tenant = desk.tenant(), .scope = desk.scope()};
    ASSERT_TRUE(::terrace::testing::run(loop, engine.create_all(system, {R"({"title":"A"})", R"({"title":"B"})"})));
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write", "before_validation", "check",
                                     "before_write", "bookings.create A", "bookings.create B"));
    ASSERT_FALSE(::terrace::testing::run(loop, engine.create_all(system, {R"({"title":"refused"})"})));
    EXPECT_THAT(heard(), ElementsAre("before_validation", "check", "before_write"));
}

TEST_F(Hooks, OfACommitCannotFailTheRequest) {
    EXPECT_EQ(desk.post("/api/v1/bookings", R"({"title":"fault"})").status, 201);
    EXPECT_EQ(heard().back(), "bookings.create fault");
    EXPECT_EQ(desk.post("/api/v1/bookings", R"({"title":"A"})").status, 201);
    EXPECT_EQ(heard().back(), "bookings.create A");
}

}  // namespace
}  // namespace terrace::resource::testing
