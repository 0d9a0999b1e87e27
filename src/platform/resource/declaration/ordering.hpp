#pragma once

#include "platform/resource/declaration/member.hpp"
#include "platform/resource/values/value.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace terrace::resource {

/// One column of an ordering.
struct Term {
    std::string_view name;  ///< on the wire
    std::string_view field;
    bool descending = false;
};

/// An ordering that clients may ask for, and for its reverse: the columns, then the id in the direction of the last.
struct Ordering {
    static constexpr std::size_t most_terms = 4;

    std::string_view name;  ///< empty: its terms, as in `ordering=colour,-stock`
    std::array<Term, most_terms> terms{};
    std::size_t count = 0;
};

namespace detail {

template <auto Member>
constexpr Term term(std::string_view name, bool descending) {
    static_assert(is_comparable(type_of<TypeOf<Member>>()), "A list or JSON does not order.");
    static_assert(!Nullable<TypeOf<Member>>::value, "An ordering needs a column that is never null.");
    return {name, name_of<Member>, descending};
}

template <class... Terms>
constexpr Ordering ordering(std::string_view name, Terms... terms) {
    static_assert(sizeof...(Terms) <= Ordering::most_terms, "An ordering has at most four columns.");
    return {.name = name, .terms = {terms...}, .count = sizeof...(Terms)};
}

}  // namespace detail

template <auto Member>
constexpr Term asc(std::string_view name = name_of<Member>) {
    return detail::term<Member>(name, false);
}
template <auto Member>
constexpr Term desc(std::string_view name = name_of<Member>) {
    return detail::term<Member>(name, true);
}

/// By one column, asked for as `name` or `-name`.
template <auto Member>
constexpr Ordering by(std::string_view name = name_of<Member>) {
    return detail::ordering(name, asc<Member>(name));
}
/// By several columns, asked for as `colour,-stock`, and the other way round as `-colour,stock`.
template <class... Terms>
constexpr Ordering by(Term first, Terms... more) {
    return detail::ordering({}, first, more...);
}
/// By several columns under one name: `shelf` and `-shelf`.
template <class... Terms>
constexpr Ordering by(std::string_view name, Term first, Terms... more) {
    return detail::ordering(name, first, more...);
}

}  // namespace terrace::resource
