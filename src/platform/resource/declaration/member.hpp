#pragma once

#include "platform/db/statement.hpp"

#include <string_view>

namespace terrace::resource {
namespace detail {

template <auto Member>
consteval std::string_view member_name() {
    std::string_view text = __PRETTY_FUNCTION__;  // "… [Member = &terrace::clinic::Patient::name]"
    text.remove_suffix(1);
    return text.substr(text.rfind(':') + 1);
}

template <class>
struct MemberPointer;
template <class Class, class Member>
struct MemberPointer<Member Class::*> {
    using Owner = Class;
    using Type = Member;
};

}  // namespace detail

/// The name of a member, from its pointer, when the program is compiled: the name on the wire and of the column.
template <auto Member>
inline constexpr std::string_view name_of = detail::member_name<Member>();

template <auto Member>
inline constexpr db::Fragment column_of{name_of<Member>};

template <auto Member>
using OwnerOf = typename detail::MemberPointer<decltype(Member)>::Owner;

template <auto Member>
using TypeOf = typename detail::MemberPointer<decltype(Member)>::Type;

}  // namespace terrace::resource
