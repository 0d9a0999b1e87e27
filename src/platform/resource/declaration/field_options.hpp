#pragma once

#include "platform/resource/declaration/field_meta.hpp"
#include "platform/resource/declaration/rule.hpp"

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace terrace::resource::detail {

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
    /// Those of the field `sex` of `Patient` are the type `PatientSex` in the API's documentation, unless `name` calls
    /// it otherwise; fields with the same choices share it by saying the same name.
    template <class Self, std::size_t N>
    constexpr Self choices(this Self self, const std::string_view (&values)[N], std::string_view name = {}) {
        static_assert(holds_text(Self::type), "choices are texts.");
        static_assert(N <= std::tuple_size_v<decltype(FieldMeta::choice_list)>, "A field has at most 16 choices.");
        for (std::size_t i = 0; i < N; ++i) self.meta.choice_list[i] = values[i];
        self.meta.choice_count = N;
        self.meta.choices_name = name;
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
    /// The column `id_column` keeps the object's id, whatever key clients read and write: a slug that changes is
    /// another text for the same object. The constraint leads from there to the id.
    template <class Self>
    constexpr Self kept_in(this Self self, db::Fragment id_column) {
        static_assert(Self::type != Type::uuid, "kept_in is for a reference by another key than the id.");
        if (self.meta.reference)
            self.meta.reference->id_column = id_column;
        else
            self.meta.kept_without_reference = true;
        return self;
    }
    /// A reference to an archived object is refused like one to none, when it is made; one that was made before stays.
    template <class Self>
    constexpr Self not_archived(this Self self) {
        if (self.meta.reference) self.meta.reference->refuses_archived = true;
        return self;
    }
    /// A write of this object moves the version of the one that it refers to, so that If-Match there guards this too:
    /// for the reference of a child that is written at its own address as well as through its parent.
    template <class Self>
    constexpr Self touches(this Self self) {
        if (self.meta.reference) self.meta.reference->touches = true;
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
    /// The media types of files that are taken: `.types({"application/pdf", "image/png"})`. What a file is, its content
    /// says. Without it any type is.
    template <class Self, std::size_t N>
    constexpr Self types(this Self self, const std::string_view (&media_types)[N]) {
        static_assert(Self::type == Type::file, "types is for members of the type File.");
        static_assert(N <= std::tuple_size_v<decltype(FieldMeta::file_type_list)>, "A field takes at most 16 types.");
        for (std::size_t i = 0; i < N; ++i) self.meta.file_type_list[i] = media_types[i];
        self.meta.file_type_count = N;
        return self;
    }
    /// Takes pictures that cameras make and every browser shows: JPEG, PNG, WebP.
    template <class Self>
    constexpr Self image(this Self self) {
        static_assert(Self::type == Type::file, "image is for members of the type File.");
        self.meta.image = true;
        return self.types({"image/jpeg", "image/png", "image/webp"});
    }
    /// Of a file: `.most_bytes(5_MB)`; 25 MB unless said.
    template <class Self>
    constexpr Self most_bytes(this Self self, std::int64_t bytes) {
        static_assert(Self::type == Type::file, "most_bytes is for members of the type File; texts have max_length.");
        self.meta.most_file_bytes = bytes;
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

}  // namespace terrace::resource::detail
