#pragma once

#include "platform/resource/declaration/member.hpp"
#include "platform/resource/values/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Who may do what: rules over the caller's permissions and over the members of one object, composed by `&&`, `||` and
/// `!`: `.allow(Act::read, holds("bookings.read") || own<&Booking::doctor_id>())`. guard.hpp makes of them an SQL
/// predicate and a check of one object, which always agree: a member that is null equals nothing, and `!` of it is
/// true.
namespace terrace::resource {

/// What a rule is declared for. Without one, the permission `<plural>.<act>` decides.
enum class Act : std::uint8_t {
    read,     ///< list and retrieve; to whom it denies an object, the object does not exist (404)
    create,   ///< looks at the new object, once it is complete
    update,   ///< looks at the stored object: what is read but not changed is refused with 403
    archive,  ///< archive and restore
};
inline constexpr std::size_t act_count = 4;

/// As in permissions: `read`.
constexpr std::string_view to_string(Act act) {
    constexpr std::string_view names[act_count] = {"read", "create", "update", "archive"};
    return names[static_cast<std::size_t>(act)];
}

/// A rule as data.
struct Rule {
    enum class Kind : std::uint8_t { holds, own, is, missing, all, any, negation };
    Kind kind;
    std::string_view name;    ///< the permission, or the member
    Value value;              ///< of `is`
    std::vector<Rule> parts;  ///< of `all`, `any` and `negation`
};

/// A rule that names members of T; of none yet when T is void.
template <class T>
struct RuleOf {
    Rule rule;
};

/// A permission such as `bookings.read`; its form is checked when the program is compiled, its existence at start.
struct PermissionName {
    std::string_view text;

    template <std::size_t N>
    consteval PermissionName(const char (&name)[N]) : text(name, N - 1) {  // NOLINT(google-explicit-constructor)
        bool dotted = false;
        for (const char c : text) {
            dotted = dotted || c == '.';
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.')
                throw "A permission is written area.verb in lower case, such as bookings.read.";
        }
        if (!dotted) throw "A permission is written area.verb in lower case, such as bookings.read.";
    }
};

/// The caller's role holds this permission.
inline RuleOf<void> holds(PermissionName permission) {
    return {{Rule::Kind::holds, permission.text, {}, {}}};
}

/// The member is the caller's user id.
template <auto Member>
RuleOf<OwnerOf<Member>> own() {
    static_assert(detail::type_of<TypeOf<Member>>() == Type::uuid, "own is for a member that holds a user's Uuid.");
    return {{Rule::Kind::own, name_of<Member>, {}, {}}};
}

/// The member has one of these values: `is<&Booking::status>("draft", "requested")`.
template <auto Member, class... Values>
RuleOf<OwnerOf<Member>> is(Values... values) {
    using Plain = detail::Plain<TypeOf<Member>>;
    static_assert(sizeof...(Values) > 0, "is needs the values that the member may have.");
    static_assert((std::is_convertible_v<Values, Plain> && ...), "is compares a member with values of its own type.");
    if constexpr (sizeof...(Values) == 1)
        return {{Rule::Kind::is, name_of<Member>, Value(Plain(values...)), {}}};
    else
        return {{Rule::Kind::any, {}, {}, {Rule{Rule::Kind::is, name_of<Member>, Value(Plain(values)), {}}...}}};
}

/// The member is null.
template <auto Member>
RuleOf<OwnerOf<Member>> missing() {
    static_assert(detail::Nullable<TypeOf<Member>>::value, "missing is for a std::optional; this is never null.");
    return {{Rule::Kind::missing, name_of<Member>, {}, {}}};
}

namespace detail {

template <class A, class B>
RuleOf<std::conditional_t<std::is_void_v<A>, B, A>> joined(Rule::Kind kind, RuleOf<A> a, RuleOf<B> b) {
    static_assert(std::is_void_v<A> || std::is_void_v<B> || std::is_same_v<A, B>,
                  "A rule names members of one struct only.");
    Rule rule{kind, {}, {}, {}};
    rule.parts.push_back(std::move(a.rule));
    rule.parts.push_back(std::move(b.rule));
    return {std::move(rule)};
}

}  // namespace detail

template <class A, class B>
auto operator&&(RuleOf<A> a, RuleOf<B> b) {
    return detail::joined(Rule::Kind::all, std::move(a), std::move(b));
}
template <class A, class B>
auto operator||(RuleOf<A> a, RuleOf<B> b) {
    return detail::joined(Rule::Kind::any, std::move(a), std::move(b));
}
template <class T>
RuleOf<T> operator!(RuleOf<T> rule) {
    Rule negation{Rule::Kind::negation, {}, {}, {}};
    negation.parts.push_back(std::move(rule.rule));
    return {std::move(negation)};
}

}  // namespace terrace::resource
