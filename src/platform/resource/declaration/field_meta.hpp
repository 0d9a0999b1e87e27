#pragma once

#include "platform/base/json.hpp"
#include "platform/resource/declaration/member.hpp"
#include "platform/resource/values/value.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace terrace::resource {

struct Row;

/// The largest file that can be uploaded. Its digest is computed by PostgreSQL in the unit of its last piece, within a
/// write's time.
inline constexpr std::int64_t most_bytes_of_files = std::int64_t{25} * 1024 * 1024;

/// `5_MB`, for most_bytes.
consteval std::int64_t operator""_MB(unsigned long long megabytes) {
    return static_cast<std::int64_t>(megabytes) * 1024 * 1024;
}

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
    std::array<std::string_view, 16> file_type_list{};  ///< of a file, by content; none: any
    std::size_t file_type_count = 0;
    std::int64_t most_file_bytes = most_bytes_of_files;
    bool image = false;

    bool money = false;  ///< an integer of paise
    int scale = 0;       ///< of a decimal
    int max_digits = 0;  ///< of a decimal
    /// Both ends belong to the range. In units_of the type.
    std::optional<std::int64_t> least, most;
    std::array<std::string_view, 16> choice_list{};
    std::size_t choice_count = 0;
    std::string_view choices_name;  ///< of the type that lists them in the API's documentation (choices.hpp)
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
        std::optional<db::Fragment> id_column;  ///< this column keeps the object's id; clients name `key`
        bool touches = false;                   ///< a write moves the version of the object that is referred to
    };
    std::optional<Reference> reference;
    bool kept_without_reference = false;  ///< a mistake that `finish` names

    const db::Fragment* column = nullptr;
    /// A column whose value is found by the database: `(lookup <value of the column lookup_by>)`.
    std::optional<db::Fragment> lookup;
    std::string_view lookup_by;

    Value (*get)(const void* object) = nullptr;
    void (*set)(void* object, Value value) = nullptr;
    void (*compute)(const Row& row, json::Writer& out) = nullptr;

    /// Whether the table keeps another value than clients see: the id of the object that they name by its key.
    bool is_named_by_key() const { return reference && reference->id_column; }
    /// The column of the table.
    db::Fragment stored_in() const { return is_named_by_key() ? *reference->id_column : *column; }

    std::span<const std::string_view> file_types() const { return {file_type_list.data(), file_type_count}; }
    std::span<const std::string_view> choices() const { return {choice_list.data(), choice_count}; }
};

}  // namespace terrace::resource
