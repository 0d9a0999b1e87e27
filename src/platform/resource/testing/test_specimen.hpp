#pragma once

#include "platform/resource/describe.hpp"

/// A throw-away resource that has a field of every type, and a small one to which it refers.
namespace terrace::resource::testing {

/// Where specimens come from.
struct Origin {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

inline Resource describe_origins() {
    return describe<Origin>({.plural = "origins", .singular = "origin", .schema = "Origin", .table = "{tenant}.origin"})
        .fields(field<&Origin::id>, field<&Origin::version>,
                field<&Origin::code>.required().slug().unique("origin_code_key"), field<&Origin::created_at>,
                field<&Origin::updated_at>, field<&Origin::archived_at>)
        .orderings("code", {by<&Origin::code>()})
        .archivable()
        .build();
}

struct Specimen {
    Uuid id;
    std::int64_t version = 1;
    std::string name;
    std::optional<std::string> website;
    std::optional<std::string> slug;
    std::optional<std::string> address;
    std::optional<Uuid> batch;
    Decimal<2> weight{100};
    std::optional<Decimal<4>> density;
    Money price;
    std::optional<Money> balance;
    std::optional<TimeOfDay> opens;
    Duration length{1800};
    std::optional<Date> found_on;
    std::optional<Timestamp> seen_at;
    std::optional<Uuid> origin_id;
    std::optional<std::string> second_origin;
    std::optional<std::string> shelf;
    std::optional<std::int64_t> place;
    std::optional<std::string> tag;
    std::vector<std::string> names;
    std::optional<std::vector<std::int64_t>> marks;
    std::vector<std::string> colours;
    Json settings;
    std::optional<Json> extra;
    bool polished = true;
    std::string remark;
    Timestamp created_at;
    Timestamp updated_at;
};

inline Decimal<2> double_weight(const RowView<Specimen>& specimen) {
    return {specimen.get<&Specimen::weight>().units * 2};
}

inline std::optional<Duration> opening(const RowView<Specimen>& specimen) {
    const auto opens = specimen.get<&Specimen::opens>();
    if (!opens) return {};
    return Duration{opens->microseconds / 1'000'000};
}

inline constexpr std::string_view settings_schema =
    R"({"type":"object","additionalProperties":false,"properties":{
        "unit":{"type":"string","enum":["g","kg"]},
        "readings":{"type":"array","maxItems":3,"items":{"type":"number","minimum":0}},
        "place":{"type":"object","required":["room"],"properties":{"room":{"type":"string","maxLength":10}}}}})";

inline std::vector<std::string> loud_names(const RowView<Specimen>& specimen) {
    auto names = specimen.get<&Specimen::names>();
    for (std::string& name : names) name += '!';
    return names;
}

// clang-format off: one field a line.
inline Resource describe_specimens() {
    using namespace std::chrono;
    return describe<Specimen>(
               {.plural = "specimens", .singular = "specimen", .schema = "Specimen", .table = "{tenant}.specimen"})
        .fields(field<&Specimen::id>,
                field<&Specimen::version>,
                field<&Specimen::name>.required().max_length(80),
                field<&Specimen::website>.url(),
                field<&Specimen::slug>.slug(),
                field<&Specimen::address>.ip(),
                field<&Specimen::batch>,
                field<&Specimen::weight>.between({50}, {1'000'000}).max_digits(9).labelled("Weight").example("12.50").described("In grams."),
                field<&Specimen::density>.max_digits(6),
                field<&Specimen::price>,
                field<&Specimen::balance>.between({-50'000}, {50'000}),
                field<&Specimen::opens>,
                field<&Specimen::length>.between({60}, {86'400}),
                field<&Specimen::found_on>.between(2000y / 1 / 1, 2099y / 12 / 31).example("2026-11-28"),
                field<&Specimen::seen_at>,
                field<&Specimen::origin_id>.refers_to<&Origin::id>("{tenant}.origin", "specimen_origin_fkey").not_archived(),
                field<&Specimen::second_origin>.refers_to<&Origin::code>("{tenant}.origin", "specimen_second_origin_fkey"),
                field<&Specimen::shelf>.max_length(20),
                field<&Specimen::place>.between(1, 100),
                field<&Specimen::tag>.max_length(20),
                field<&Specimen::names>.max_length(20).items(0, 3),
                field<&Specimen::marks>.between(-5, 5).items(1, 4),
                field<&Specimen::colours>.choices({"red", "green", "blue"}),
                field<&Specimen::settings>.json(settings_schema, 200),
                field<&Specimen::extra>.json(R"({"type":"object"})"),
                field<&Specimen::polished>,
                field<&Specimen::remark>.write_only().multiline(),
                computed<&loud_names>("loud_names"),
                computed<&double_weight>("double_weight"),
                computed<&opening>("opening"),
                field<&Specimen::created_at>,
                field<&Specimen::updated_at>)
        .unique_together<&Specimen::shelf, &Specimen::place>("specimen_place_key")
        .violation<&Specimen::tag>("specimen_tag_excl", "conflict", "Another specimen wears this tag.")
        .violation("specimen_price_check", "invalid", "Diamonds have no shelf.")
        .filter<&Specimen::weight>()
        .filter<&Specimen::price>()
        .filter<&Specimen::opens>()
        .filter<&Specimen::length>()
        .orderings("-created_at", {by<&Specimen::created_at>(), by<&Specimen::weight>(), by<&Specimen::length>()})
        .build();
}
// clang-format on

}  // namespace terrace::resource::testing
