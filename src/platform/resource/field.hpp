#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/member.hpp"
#include "platform/resource/rule.hpp"
#include "platform/resource/value.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace terrace::resource {

struct Row;

/// All that the engine knows of one field of a resource, with the types erased to plain function pointers, so that the
/// engine is compiled once. Made by `field`, `input` and `computed` below; all texts are of static storage.
struct FieldMeta {
    enum class Source : std::uint8_t {
        column,    ///< a member of the resource's struct and a column of its table
        input,     ///< read from the body into the input struct, stored by the resource's own code
        computed,  ///< answered by a function of the row
    };
    enum class Format : std::uint8_t { plain, email, phone, url, slug, ip };

    std::string_view name;
    Source source = Source::column;
    Type type = Type::text;
    bool nullable = false;

    bool shown = true;     ///< in answers
    bool accepted = true;  ///< in bodies
    bool required = false;
    bool create_only = false;

    Format format = Format::plain;
    bool multiline = false;
    std::size_t min_length = 0;  ///< in code points; 0 is no limit
    std::size_t max_length = 0;
    std::string_view pattern;  ///< RE2, matched in full
    std::string_view pattern_message;
    std::size_t min_items = 0;  ///< of a list
    std::size_t max_items = 100;
    bool unique_items = false;     ///< an element that stood before is left out
    std::string_view json_schema;  ///< of a JSON value
    std::size_t max_bytes = 16'384;

    int scale = 0;       ///< of a decimal
    int max_digits = 0;  ///< of a decimal
    /// Both ends belong to the range. In units_of the type.
    std::optional<std::int64_t> least, most;
    std::array<std::string_view, 16> choice_list{};
    std::size_t choice_count = 0;
    std::string_view unique_constraint;
    std::string_view label;
    std::string_view description;
    std::string_view example;
    std::string_view visible_to, writable_by;  ///< permissions; empty: everybody who may read, or write, the object
    /// The key of an object of another table of the same tenant.
    struct Reference {
        db::Fragment table;
        const db::Fragment* key;
        std::string_view constraint;
        bool refuses_archived = false;
        bool archivable = false;
    };
    std::optional<Reference> reference;

    const db::Fragment* column = nullptr;
    /// A column whose value is found by the database: `(lookup <value of the column lookup_by>)`.
    std::optional<db::Fragment> lookup;
    std::string_view lookup_by;

    Value (*get)(const void* object) = nullptr;
    void (*set)(void* object, Value value) = nullptr;
    void (*compute)(const Row& row, json::Writer& out) = nullptr;

    std::span<const std::string_view> choices() const { return {choice_list.data(), choice_count}; }
};

namespace detail {

/// What a range is kept in: a decimal's units, paise, seconds, microseconds since midnight, days since 1970.
constexpr std::int64_t units_of(std::int64_t number) {
    return number;
}
constexpr std::int64_t units_of(Money money) {
    return money.paise;
}
constexpr std::int64_t units_of(Duration duration) {
    return duration.seconds;
}
constexpr std::int64_t units_of(TimeOfDay time) {
    return time.microseconds;
}
constexpr std::int64_t units_of(Date date) {
    return std::chrono::sys_days(date).time_since_epoch().count();
}
template <int Scale>
constexpr std::int64_t units_of(Decimal<Scale> number) {
    return number.units;
}

constexpr bool is_system_field(std::string_view name) {
    return name == "id" || name == "version" || name == "created_at" || name == "updated_at" || name == "archived_at";
}

/// Texts and lists of them take the options of texts: those of a list are its elements'.
constexpr bool holds_text(Type type) {
    return type == Type::text || type == Type::texts;
}

/// What a range of the type is written in: of a list, its elements.
template <class T>
struct RangeOf {
    using Type = T;
};
template <class Element>
struct RangeOf<std::vector<Element>> {
    using Type = Element;
};
template <class T>
inline constexpr bool has_range = requires(typename RangeOf<T>::Type value) { units_of(value); };

/// The options of a field, each chained onto the last: `field<&Patient::name>.required().max_length(200)`.
struct Options {
    FieldMeta meta;

    /// Must be given on create. A field that is not required keeps its member's initial value.
    template <class Self>
    constexpr Self required(this Self self) {
        self.meta.required = true;
        return self;
    }
    /// Answered, never taken from a body (there it is ignored, as in Django REST Framework).
    template <class Self>
    constexpr Self read_only(this Self self) {
        self.meta.accepted = false;
        return self;
    }
    /// Taken on create; a later change of it is an error.
    template <class Self>
    constexpr Self create_only(this Self self) {
        self.meta.create_only = true;
        return self;
    }
    /// Taken, never answered.
    template <class Self>
    constexpr Self write_only(this Self self) {
        self.meta.shown = false;
        return self;
    }
    /// A column for the resource's own use: not known to clients at all.
    template <class Self>
    constexpr Self hidden(this Self self) {
        self.meta.shown = self.meta.accepted = false;
        return self;
    }
    /// In code points, after trimming.
    template <class Self>
    constexpr Self max_length(this Self self, std::size_t length) {
        static_assert(holds_text(Self::type), "max_length is for texts; integers have between(least, most).");
        self.meta.max_length = length;
        return self;
    }
    template <class Self>
    constexpr Self min_length(this Self self, std::size_t length) {
        static_assert(holds_text(Self::type), "min_length is for texts; integers have between(least, most).");
        self.meta.min_length = length;
        return self;
    }
    /// Line breaks and tabs may stand in it.
    template <class Self>
    constexpr Self multiline(this Self self) {
        static_assert(holds_text(Self::type), "multiline is for texts.");
        self.meta.multiline = true;
        return self;
    }
    template <class Self, std::size_t N>
    constexpr Self choices(this Self self, const std::string_view (&values)[N]) {
        static_assert(holds_text(Self::type), "choices are texts.");
        static_assert(N <= std::tuple_size_v<decltype(FieldMeta::choice_list)>, "A field has at most 16 choices.");
        for (std::size_t i = 0; i < N; ++i) self.meta.choice_list[i] = values[i];
        self.meta.choice_count = N;
        self.meta.unique_items = true;
        return self;
    }
    /// Both belong to the range: `.between(0, 130)`, `.between(Money{-50'000}, Money{50'000})`.
    template <class Self>
        requires(has_range<typename Self::Plain>)
    constexpr Self between(this Self self, typename RangeOf<typename Self::Plain>::Type least,
                           typename RangeOf<typename Self::Plain>::Type most) {
        self.meta.least = units_of(least);
        self.meta.most = units_of(most);
        return self;
    }
    template <class Self, class... Ends>
        requires(!has_range<typename Self::Plain>)
    constexpr Self between(this Self self, Ends...) {
        static_assert(!sizeof(Self),
                      "between is for numbers, dates, times and durations; texts have min_length and max_length.");
        return self;
    }
    /// How many digits a decimal has altogether, those after the point among them; 18 unless said.
    template <class Self>
    constexpr Self max_digits(this Self self, int digits) {
        static_assert(Self::type == Type::decimal, "max_digits is for decimals; integers have between(least, most).");
        self.meta.max_digits = digits;
        return self;
    }
    template <class Self>
    constexpr Self email(this Self self) {
        static_assert(holds_text(Self::type), "An e-mail address is a text.");
        self.meta.format = FieldMeta::Format::email;
        self.meta.max_length = 254;
        return self;
    }
    /// As typed in India or in E.164; stored and answered in E.164 (phone.hpp).
    template <class Self>
    constexpr Self phone(this Self self) {
        static_assert(holds_text(Self::type), "A phone number is a text.");
        self.meta.format = FieldMeta::Format::phone;
        return self;
    }
    /// An absolute http or https URL (formats.hpp), at most 2048 code points.
    template <class Self>
    constexpr Self url(this Self self) {
        static_assert(holds_text(Self::type), "A URL is a text.");
        self.meta.format = FieldMeta::Format::url;
        self.meta.max_length = 2048;
        return self;
    }
    /// ASCII letters, digits, hyphens and underscores, at most 50.
    template <class Self>
    constexpr Self slug(this Self self) {
        static_assert(holds_text(Self::type), "A slug is a text.");
        self.meta.format = FieldMeta::Format::slug;
        self.meta.max_length = 50;
        return self;
    }
    /// An IPv4 or IPv6 address; stored and answered in its one canonical spelling.
    template <class Self>
    constexpr Self ip(this Self self) {
        static_assert(holds_text(Self::type), "An IP address is a text.");
        self.meta.format = FieldMeta::Format::ip;
        return self;
    }
    /// An RE2 expression that the whole text must match; `message` says so to a person.
    template <class Self>
    constexpr Self pattern(this Self self, std::string_view expression, std::string_view message) {
        static_assert(holds_text(Self::type), "A pattern is for texts.");
        self.meta.pattern = expression;
        self.meta.pattern_message = message;
        return self;
    }
    /// The constraint whose violation means that this field's value is taken (`unique`).
    template <class Self>
    constexpr Self unique(this Self self, std::string_view constraint) {
        self.meta.unique_constraint = constraint;
        return self;
    }
    /// That the object exists is the business of a foreign key, `constraint`, from (tenant_id, this column) to
    /// (tenant_id, Key): an object of another tenant does not exist. Key is the id, or another unique key (a number, a
    /// slug; let the constraint cascade updates of it). The fault is `does_not_exist`, and the same for a race lost.
    template <auto Key, class Self>
    constexpr Self refers_to(this Self self, db::Fragment table, std::string_view constraint) {
        static_assert(std::is_same_v<typename Self::Plain, TypeOf<Key>>,
                      "A reference has the type of the key that it holds, or a std::optional of it.");
        static_assert(Self::type == Type::uuid || Self::type == Type::text || Self::type == Type::integer,
                      "A reference holds an id, a text or a number.");
        self.meta.reference = FieldMeta::Reference{table, &column_of<Key>, constraint};
        self.meta.reference->archivable = requires(OwnerOf<Key> object) { object.archived_at; };
        return self;
    }
    /// A reference to an archived object is refused like one to none, when it is made; one that was made before stays.
    template <class Self>
    constexpr Self not_archived(this Self self) {
        if (self.meta.reference) self.meta.reference->refuses_archived = true;
        return self;
    }
    /// How many elements a list has; at most 100 unless said.
    template <class Self>
    constexpr Self items(this Self self, std::size_t least, std::size_t most) {
        static_assert(is_list(Self::type), "items is for lists; texts have min_length and max_length.");
        self.meta.min_items = least;
        self.meta.max_items = most;
        return self;
    }
    /// An element that stood in the list before is left out. Always so where there are choices.
    template <class Self>
    constexpr Self unique_items(this Self self) {
        static_assert(is_list(Self::type), "unique_items is for lists.");
        self.meta.unique_items = true;
        return self;
    }
    /// What a JSON value looks like, by a small part of JSON Schema (json_schema.hpp); at most `max_bytes` as stored.
    template <class Self>
    constexpr Self json(this Self self, std::string_view schema, std::size_t max_bytes = 16'384) {
        static_assert(Self::type == Type::json, "json(schema) is for members of the type Json.");
        self.meta.json_schema = schema;
        self.meta.max_bytes = max_bytes;
        return self;
    }
    /// What a form calls the field; `title` in the API's documentation.
    template <class Self>
    constexpr Self labelled(this Self self, std::string_view text) {
        self.meta.label = text;
        return self;
    }
    /// A value for the API's documentation, as it is answered: JSON, but what is a text in JSON stands without quotes.
    template <class Self>
    constexpr Self example(this Self self, std::string_view value) {
        self.meta.example = value;
        return self;
    }
    /// Only for those who hold this permission; to others the field does not exist (viewer.hpp).
    template <class Self>
    constexpr Self visible_to(this Self self, PermissionName permission) {
        self.meta.visible_to = permission.text;
        return self;
    }
    /// Only those who hold this permission, and see the field, may change it; others are refused with 403.
    template <class Self>
    constexpr Self writable_by(this Self self, PermissionName permission) {
        self.meta.writable_by = permission.text;
        return self;
    }
    /// Help for a person, under the field in a form; `description` in the API's documentation.
    template <class Self>
    constexpr Self described(this Self self, std::string_view text) {
        self.meta.description = text;
        return self;
    }
};

template <auto Member>
struct MemberOptions : Options {
    static constexpr Type type = type_of<TypeOf<Member>>();
    using Plain = detail::Plain<TypeOf<Member>>;

    constexpr explicit MemberOptions(FieldMeta::Source source) {
        meta.scale = scale_of<Plain>;
        if (type == Type::decimal) meta.max_digits = most_decimal_digits;
        if (std::is_same_v<Plain, Money>) meta.least = 0;
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
