#pragma once

#include "platform/resource/declaration/field.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::resource {

/// How a filter compares a column with its parameter. On the wire as in django-filter: `sex=female`, `stock__gte=5`,
/// `sex__in=female,male`, `note__isnull=true`, `code__prefix=AB`.
enum class Lookup : std::uint8_t { exact, in, lt, lte, gt, gte, prefix, isnull, contains };

/// What a description writes: `.filter<&Widget::stock>(lookup::exact, lookup::range)`.
namespace lookup {

template <Lookup... Kinds>
struct Tag {};

inline constexpr Tag<Lookup::exact> exact;
/// Several values, separated by commas.
inline constexpr Tag<Lookup::in> in;
inline constexpr Tag<Lookup::lt> lt;
inline constexpr Tag<Lookup::lte> lte;
inline constexpr Tag<Lookup::gt> gt;
inline constexpr Tag<Lookup::gte> gte;
/// Both ends, each by a parameter of its own: `stock__gte=5&stock__lte=9`.
inline constexpr Tag<Lookup::gte, Lookup::lte> range;
/// The beginning of a text. Its column is of collation "C", as what serves the orders of a text must be.
inline constexpr Tag<Lookup::prefix> prefix;
/// `true` or `false`.
inline constexpr Tag<Lookup::isnull> isnull;

/// A piece anywhere in the text, which no index serves: taken only in a request that narrows the list by the field
/// `Member` too (exactly, or to several values).
template <auto Member>
struct ContainsWithin {
    static constexpr std::string_view within = name_of<Member>;
};
template <auto Member>
inline constexpr ContainsWithin<Member> contains_within;

}  // namespace lookup

struct Resource;

/// Where the column of a related filter stands: in the table that a reference of the resource points to.
struct Related {
    const Resource* resource = nullptr;
    const FieldMeta* by = nullptr;  ///< the resource's own column that holds the other's id
};

/// One parameter by which clients may narrow a list.
struct Filter {
    std::string name;  ///< "stock__gte"
    const FieldMeta* field;
    Lookup lookup;
    Related related;                  ///< its resource is null for a column of the resource's own
    std::vector<std::size_t> within;  ///< `contains`: the indexes of the filters of which one must be given too

    /// Whether it asks for the key by which clients name the object of a reference, in the table of that.
    bool compares_key() const { return lookup != Lookup::isnull && field->is_named_by_key(); }
};

std::string_view to_string(Lookup lookup);

/// How many parameters of a statement the comparison has.
std::size_t parameters_of(const Filter& filter);

namespace detail {

/// A filter as its description names it.
struct FilterPart {
    std::string_view field;
    Lookup lookup;
    std::string_view within;
    const Resource* resource = nullptr;  ///< of a related filter: whose field it is
    std::string_view by;                 ///< and the column that points there
};

template <class Member, Lookup Kind>
consteval void check_lookup() {
    constexpr Type type = type_of<Member>();
    static_assert(is_comparable(type), "A list or JSON does not filter: its operators are not leakproof.");
    constexpr bool ordered = type != Type::boolean && type != Type::uuid;
    if constexpr (Kind == Lookup::in)
        static_assert(type != Type::boolean, "lookup::in is not for booleans; take lookup::exact.");
    if constexpr (Kind == Lookup::lt || Kind == Lookup::lte || Kind == Lookup::gt || Kind == Lookup::gte)
        static_assert(ordered, "lt, lte, gt, gte and range are for what has an order: no booleans, no ids.");
    if constexpr (Kind == Lookup::prefix) static_assert(type == Type::text, "lookup::prefix is for texts.");
    if constexpr (Kind == Lookup::isnull)
        static_assert(Nullable<Member>::value, "lookup::isnull is for a std::optional: this member is never null.");
}

template <auto Member, Lookup... Kinds>
void add_lookups(lookup::Tag<Kinds...>, FilterPart part, std::vector<FilterPart>& parts) {
    (check_lookup<TypeOf<Member>, Kinds>(), ...);
    part.field = name_of<Member>;
    for (const Lookup kind : {Kinds...}) {
        part.lookup = kind;
        parts.push_back(part);
    }
}
template <auto Member, auto Within>
void add_lookups(lookup::ContainsWithin<Within>, FilterPart part, std::vector<FilterPart>& parts) {
    static_assert(type_of<TypeOf<Member>>() == Type::text, "lookup::contains_within is for texts.");
    part.field = name_of<Member>;
    part.lookup = Lookup::contains;
    part.within = name_of<Within>;
    parts.push_back(part);
}

}  // namespace detail
}  // namespace terrace::resource
