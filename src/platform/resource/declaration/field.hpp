#pragma once

#include "platform/resource/declaration/field_options.hpp"

namespace terrace::resource {
namespace detail {

template <auto Member>
struct MemberOptions : Options {
    static constexpr Type type = type_of<TypeOf<Member>>();
    using Plain = detail::Plain<TypeOf<Member>>;

    constexpr explicit MemberOptions(FieldMeta::Source source) {
        meta.scale = scale_of<Plain>;
        if (type == Type::decimal) meta.max_digits = most_decimal_digits;
        if (std::is_same_v<Plain, Money>) {
            meta.money = true;
            meta.least = 0;
        }
        meta.name = name_of<Member>;
        meta.source = source;
        meta.type = type;
        meta.nullable = Nullable<TypeOf<Member>>::value;
        if constexpr (is_storable<Plain>) {  // type_of has refused others already: one error is enough
            meta.get = [](const void* object) {
                return to_value(static_cast<const OwnerOf<Member>*>(object)->*Member);
            };
            meta.set = [](void* object, Value value) {
                static_cast<OwnerOf<Member>*>(object)->*Member = from_value<TypeOf<Member>>(std::move(value));
            };
        }
    }
};

}  // namespace detail

/// A member of the resource's struct. `id`, `version`, `created_at`, `updated_at` and `archived_at` are the engine's,
/// and read-only.
template <auto Member>
struct Field : detail::MemberOptions<Member> {
    static constexpr auto member = Member;

    constexpr Field() : detail::MemberOptions<Member>(FieldMeta::Source::column) {
        this->meta.column = &column_of<Member>;
        if (detail::is_system_field(this->meta.name)) this->meta.accepted = false;
    }

    /// The column's value is found by the database when the row is made, and when an update changes the column `By`:
    /// `query` is the front of a scalar query that ends where the value of `By` goes, and names the tenant as `$1`. The
    /// field is read-only.
    template <auto By>
    constexpr Field looked_up(db::Fragment query) const {
        Field self = *this;
        self.meta.lookup = query;
        self.meta.lookup_by = name_of<By>;
        self.meta.accepted = false;
        return self;
    }
};

/// A member of the input struct: taken from the body, not stored as it is. null counts as not given.
template <auto Member>
struct Input : detail::MemberOptions<Member> {
    static constexpr auto member = Member;
    static_assert(detail::Nullable<TypeOf<Member>>::value, "An input is a std::optional: it may be absent.");

    constexpr Input() : detail::MemberOptions<Member>(FieldMeta::Source::input) { this->meta.shown = false; }
};

/// A member of an action's input struct. One that is neither required nor a std::optional keeps its initial value.
template <auto Member>
struct Argument : detail::MemberOptions<Member> {
    static constexpr auto member = Member;

    constexpr Argument() : detail::MemberOptions<Member>(FieldMeta::Source::input) { this->meta.shown = false; }
};

/// A member of an action's answer.
template <auto Member>
struct Output : detail::MemberOptions<Member> {
    static constexpr auto member = Member;

    constexpr Output() : detail::MemberOptions<Member>(FieldMeta::Source::input) { this->meta.accepted = false; }
};

template <auto Member>
inline constexpr Field<Member> field{};

template <auto Member>
inline constexpr Input<Member> input{};

template <auto Member>
inline constexpr Argument<Member> argument{};

template <auto Member>
inline constexpr Output<Member> output{};

}  // namespace terrace::resource
