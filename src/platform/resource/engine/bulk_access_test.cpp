#include "platform/resource/describe.hpp"
#include "platform/resource/testing/test_bulk.hpp"
#include "platform/resource/testing/test_told.hpp"

#include <utility>

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

void refuse_closed(Write<Booking, NoInput>& write) {
    if (write.object().title == "closed") write.refuse(errors::conflict("room_closed", "Not today."));
}

Resource describe_guarded() {
    return describe<Booking>(
               {.plural = "bookings", .singular = "booking", .schema = "Booking", .table = "{tenant}.booking"})
        .fields(field<&Booking::id>, field<&Booking::version>, field<&Booking::title>.required().max_length(40),
                field<&Booking::status>.choices({"requested", "confirmed", "done", "cancelled"}),
                field<&Booking::doctor_id>, field<&Booking::room>.between(1, 9).writable_by("bookings.rooms"),
                field<&Booking::note>.max_length(500).visible_to("bookings.clinical"), field<&Booking::created_at>,
                field<&Booking::updated_at>, field<&Booking::archived_at>)
        .orderings("title", {by<&Booking::title>(), by<&Booking::created_at>()})
        .check(refuse_closed)
        .refuses("room_closed", "The room is closed.")
        .after_commit(tell)
        .state<&Booking::status>(transition("confirm", {"requested"}, "confirmed"))
        .archivable()
        .bulk({.most = 200})
        .build();
}

/// Bookings in lists, by somebody who may see and write everything, and by a receptionist who may not.
class BulkAccess : public BookingTest {
  protected:
    static inline const std::vector<std::string> basic{"bookings.read", "bookings.create", "bookings.update",
                                                       "bookings.archive"};
    static std::vector<std::string> everything() {
        auto all = basic;
        all.emplace_back("bookings.clinical");
        all.emplace_back("bookings.rooms");
        return all;
    }
    BulkAccess() : BookingTest(describe_guarded(), everything()) { told().clear(); }

    std::string id_of(const std::string& path) const { return path.substr(list.size() + 1); }
    /// What was told since the last time, once all hooks have ended.
    std::vector<std::string> heard() {
        loop.restart();
        loop.poll();
        return std::exchange(told(), {});
    }

    const std::string list = "/api/v1/bookings";
    Client receptionist = person(basic);
};

TEST_F(BulkAccess, LeavesAHiddenFieldOutOfEveryAnswer) {
    const std::string id = id_of(make(R"("title":"A","note":"secret")"));
    const std::string change = fmt::format(R"([{{"id":"{}","title":"B"}}])", id);
    const Headers created{{"idempotency-key", "created"}}, changed{{"idempotency-key", "changed"}};
    const std::vector<Answer> answers{receptionist.post(list, R"([{"title":"C"}])", created),
                                      receptionist.post(list, R"([{"title":"C"}])", created),
                                      receptionist.patch(list, change, changed),
                                      receptionist.patch(list, change, changed),
                                      receptionist.patch(list, change),
                                      receptionist.call(http::Method::del, list, ids_of({id}))};
    for (const Answer& answer : answers) {
        EXPECT_LT(answer.status, 300) << answer.body;
        EXPECT_THAT(answer.body, Not(HasSubstr("note")));
    }
    EXPECT_THAT(members(desk.call(http::Method::del, list, ids_of({id})), "note"), ElementsAre("secret"));
}

TEST_F(BulkAccess, AHiddenFieldIsUnknownAndOneThatIsNotTheirsRefused) {
    const std::string id = id_of(make(R"("title":"A","room":3)"));
    EXPECT_EQ(errors_by_index(receptionist.post(list, R"([{"title":"B","note":"x"},{"title":"C","room":2}])")),
              "0/note: unknown_field, 1/room: permission_denied");
    const std::string change = fmt::format(R"([{{"id":"{}","note":"x"}}])", id);
    EXPECT_EQ(errors_by_index(receptionist.patch(list, change)), "0/note: unknown_field");
    const auto room = [&](int number) {
        return receptionist.patch(list, fmt::format(R"([{{"id":"{}","title":"D","room":{}}}])", id, number));
    };
    EXPECT_EQ(errors_by_index(room(4)), "0/room: permission_denied");
    EXPECT_THAT(members(room(3), "title"), ElementsAre("D"));
}

TEST_F(BulkAccess, ARefusalStandsUnderItsIndex) {
    const std::string id = id_of(make(R"("title":"A")"));
    EXPECT_EQ(errors_by_index(desk.post(list, R"([{"title":"B"},{"title":"closed"}])")),
              "1/non_field_errors: room_closed");
    EXPECT_EQ(errors_by_index(desk.patch(list, fmt::format(R"([{{"id":"{}","title":"closed"}}])", id))),
              "0/non_field_errors: room_closed");
    EXPECT_THAT(desk.get(list).results("title"), ElementsAre("A"));
}

TEST_F(BulkAccess, AStateStaysWhatItsStepsHaveMadeIt) {
    const std::string id = id_of(make(R"("title":"A")"));
    desk.patch(list, fmt::format(R"([{{"id":"{}","title":"B","status":"confirmed"}}])", id));
    EXPECT_EQ(desk.get(list + "/" + id).get("status"), "requested");
}

TEST_F(BulkAccess, TellsTheHooksOfEachCommittedWriteInItsOrder) {
    const Headers key{{"idempotency-key", "k"}};
    const std::string body = R"([{"title":"C"},{"title":"fault"},{"title":"closed"},{"title":"A"}])";
    const Answer made = desk.post(list + "?partial=true", body, key);
    EXPECT_THAT(heard(), ElementsAre("bookings.create C", "bookings.create fault", "bookings.create A"));
    desk.post(list + "?partial=true", body, key);
    EXPECT_THAT(heard(), IsEmpty());

    const auto ids = members(made, "id");
    desk.patch(list, fmt::format(R"([{{"id":"{}","title":"A2"}},{{"id":"{}"}},{{"id":"{}","title":"C2"}}])", ids[3],
                                 ids[1], ids[0]));
    EXPECT_THAT(heard(), ElementsAre("bookings.update A2 was A", "bookings.update C2 was C"));
    desk.patch(list, fmt::format(R"([{{"id":"{}","title":"X"}},{{"id":"{}","title":""}}])", ids[3], ids[0]));
    EXPECT_THAT(heard(), IsEmpty());
    desk.call(http::Method::del, list, ids_of({ids[0], ids[3]}));
    EXPECT_THAT(heard(), ElementsAre("bookings.archive C2 was C2", "bookings.archive A2 was A2"));
}

TEST_F(BulkAccess, TellsTheHooksOfMoreWritesThanMayRunAtOnce) {
    std::vector<std::string> bodies, expected;
    for (int i = 0; i < 150; ++i) {
        bodies.push_back(fmt::format(R"({{"title":"{}"}})", i));
        expected.push_back(fmt::format("bookings.create {}", i));
    }
    EXPECT_EQ(desk.post(list, fmt::format("[{}]", fmt::join(bodies, ","))).status, 201);
    EXPECT_EQ(heard(), expected);
}

}  // namespace
}  // namespace terrace::resource::testing
