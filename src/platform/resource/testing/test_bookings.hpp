#pragma once

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

/// A throw-away resource with rules on who may do what, made by the tests.
namespace terrace::resource::testing {

struct Booking {
    Uuid id;
    std::int64_t version = 1;
    std::string title;
    std::string status = "requested";
    std::optional<Uuid> doctor_id;
    std::int64_t room = 1;
    std::optional<std::string> note;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

inline auto begin_bookings() {
    return describe<Booking>(
               {.plural = "bookings", .singular = "booking", .schema = "Booking", .table = "{tenant}.booking"})
        .fields(field<&Booking::id>, field<&Booking::version>, field<&Booking::title>.required().max_length(40),
                field<&Booking::status>.choices({"requested", "confirmed", "done", "cancelled"}),
                field<&Booking::doctor_id>, field<&Booking::room>.between(1, 9),
                field<&Booking::note>.multiline().max_length(500), field<&Booking::created_at>,
                field<&Booking::updated_at>, field<&Booking::archived_at>)
        .orderings("title", {by<&Booking::title>(), by<&Booking::created_at>()})
        .archivable();
}

inline void make_booking_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.booking (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            title text collate "C" not null, status text not null, doctor_id uuid, room bigint not null, note text,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            archived_at timestamptz,
            primary key (tenant_id, id));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'booking') then
                call catalog.protect_tenant_table('shared.booking');
            end if;
        end $$;
    )sql");
}

/// Bookings of a fresh tenant, described by each suite as it needs them.
class BookingTest : public ::terrace::testing::DataLayerTest {
  public:
    ~BookingTest() override { settle(); }

  protected:
    static void SetUpTestSuite() { make_booking_tables(); }
    /// `desk`: what the person at the desk may do.
    explicit BookingTest(Resource described, std::vector<std::string> desk = {"bookings.desk"})
        : resource(std::move(described)),
          desk(Client(loop, served(resource, parts), tests.tenant()).colleague(std::move(desk))) {}

    /// Somebody of the tenant whose role holds these permissions.
    Client person(std::vector<std::string> permissions) { return desk.colleague(std::move(permissions)); }
    /// A booking's path, made at the desk.
    std::string make(std::string_view fields) {
        const Answer answer = desk.post("/api/v1/bookings", fmt::format("{{{}}}", fields));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.header("Location");
    }
    /// One number from the database, past every policy.
    std::int64_t count(const std::string& sql) { return number(desk.tenant()->id, sql); }

    const Resource resource;
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client desk;
};

}  // namespace terrace::resource::testing
