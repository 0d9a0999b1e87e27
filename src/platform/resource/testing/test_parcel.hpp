#pragma once

#include "platform/resource/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Throw-away resources for tests of queries: every kind of lookup, ordering and search.
namespace terrace::resource::testing {

struct Depot {
    Uuid id;
    std::int64_t version = 1;
    std::string city;
    Timestamp created_at;
    Timestamp updated_at;
};

struct Parcel {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::optional<std::string> colour;
    std::int64_t weight = 0;
    bool fragile = false;
    std::optional<Date> due_on;
    std::optional<Timestamp> sent_at;
    std::optional<Uuid> depot_id;
    std::optional<std::string> note;
    std::optional<std::string> sender;
    std::optional<std::string> sender_phone;
    std::optional<std::string> receiver_phone;
    Timestamp created_at;
    Timestamp updated_at;
};

inline const Resource& depots() {
    static const Resource resource =
        describe<Depot>({.plural = "depots", .singular = "depot", .schema = "Depot", .table = "{tenant}.depot"})
            .fields(field<&Depot::id>, field<&Depot::version>, field<&Depot::city>.required().max_length(40),
                    field<&Depot::created_at>, field<&Depot::updated_at>)
            .filter<&Depot::city>()
            .orderings("created_at", {by<&Depot::created_at>()})
            .build();
    return resource;
}

// clang-format off: one field a line.
inline const Resource& parcels() {
    static const Resource resource =
        describe<Parcel>({.plural = "parcels", .singular = "parcel", .schema = "Parcel", .table = "{tenant}.parcel"})
            .fields(field<&Parcel::id>,
                    field<&Parcel::version>,
                    field<&Parcel::code>.required().max_length(20),
                    field<&Parcel::colour>.choices({"red", "green", "blue"}),
                    field<&Parcel::weight>,
                    field<&Parcel::fragile>,
                    field<&Parcel::due_on>,
                    field<&Parcel::sent_at>,
                    field<&Parcel::depot_id>,
                    field<&Parcel::note>.max_length(200),
                    field<&Parcel::sender>.max_length(80),
                    field<&Parcel::sender_phone>.phone(),
                    field<&Parcel::receiver_phone>.phone(),
                    field<&Parcel::created_at>,
                    field<&Parcel::updated_at>)
            .filter<&Parcel::code>(lookup::exact, lookup::in, lookup::prefix, lookup::range)
            .filter<&Parcel::sender_phone>()
            .filter<&Parcel::depot_id>(lookup::exact, lookup::in, lookup::isnull)
            .filter_related<&Parcel::depot_id, &Depot::city>(depots(), lookup::exact, lookup::in)
            .filter<&Parcel::weight>(lookup::exact, lookup::in, lookup::lt, lookup::lte, lookup::gt, lookup::gte)
            .filter<&Parcel::due_on>(lookup::exact, lookup::range, lookup::isnull)
            .filter<&Parcel::sent_at>(lookup::exact, lookup::lt, lookup::lte, lookup::gt, lookup::gte, lookup::isnull)
            .filter<&Parcel::colour>(lookup::exact, lookup::in, lookup::isnull)
            .filter<&Parcel::note>(lookup::contains_within<&Parcel::colour>)
            .filter<&Parcel::fragile>()
            .search("{tenant}.parcel_token", {words<&Parcel::sender>(), words<&Parcel::note>(),
                                              digits<&Parcel::sender_phone>(), digits<&Parcel::receiver_phone>()})
            .orderings("-created_at",
                       {by<&Parcel::created_at>(), by<&Parcel::code>(),
                        by(asc<&Parcel::weight>(), desc<&Parcel::code>()),
                        by("shelf", desc<&Parcel::fragile>(), asc<&Parcel::weight>(), asc<&Parcel::code>())})
            .build();
    return resource;
}
// clang-format on

}  // namespace terrace::resource::testing
