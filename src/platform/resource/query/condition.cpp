#include "platform/resource/query/condition.hpp"

#include "platform/resource/input/check.hpp"
#include "platform/resource/query/tokens.hpp"
#include "platform/resource/resource.hpp"
#include "platform/resource/values/day.hpp"
#include "platform/resource/values/phone.hpp"

#include <fmt/format.h>

#include <ranges>
#include <span>

namespace terrace::resource {
namespace {

using Values = std::expected<std::vector<Value>, FieldError>;

constexpr std::size_t most_values = 50;

Timestamp just_after(Timestamp instant) {
    return {instant.microseconds + 1};
}

/// A time as the half-open stretch that it names: an instant, or a day.
struct Stretch {
    Timestamp from, to;
};

std::expected<Stretch, FieldError> read_stretch(const FieldMeta& field, std::string_view text, std::string_view zone) {
    if (const auto day = parse_date(text))
        return Stretch{start_of_day(*day, zone), start_of_day(day_after(*day), zone)};
    auto checked = check_filter(field, text);
    if (!checked) return std::unexpected(std::move(checked.error()));
    const auto instant = std::get<Timestamp>(*checked);
    return Stretch{instant, just_after(instant)};
}

/// Bounds of a time are kept as `>=` and `<`, whichever of the four was asked for.
Values read_time(const Filter& filter, std::string_view text, std::string_view zone) {
    const auto stretch = read_stretch(*filter.field, text, zone);
    if (!stretch) return std::unexpected(stretch.error());
    switch (filter.lookup) {
        case Lookup::gte:
        case Lookup::lt:
            return std::vector<Value>{stretch->from};
        case Lookup::gt:
        case Lookup::lte:
            return std::vector<Value>{stretch->to};
        default:
            return std::vector<Value>{stretch->from, stretch->to};
    }
}

std::expected<Value, FieldError> read_one(const FieldMeta& field, std::string_view text) {
    if (field.format == FieldMeta::Format::phone) {
        if (auto phone = to_e164(text)) return std::move(*phone);
        return std::unexpected(FieldError{"invalid", "Enter a phone number."});
    }
    return check_filter(field, text);
}

Values read_several(const FieldMeta& field, std::string_view text) {
    std::vector<Value> values;
    for (const auto piece : std::views::split(text, ',')) {
        if (values.size() == most_values)
            return std::unexpected(
                FieldError{"max_length", fmt::format("Ensure this field has no more than {} elements.", most_values)});
        auto value = read_one(field, std::string_view(piece));
        if (!value) return std::unexpected(std::move(value.error()));
        values.push_back(std::move(*value));
    }
    if (values.empty()) return std::unexpected(FieldError{"empty", "This list may not be empty."});
    return values;
}

Values read_flag(std::string_view text) {
    if (text != "true" && text != "false") return std::unexpected(FieldError{"invalid", "Must be a valid boolean."});
    return std::vector<Value>{text == "true"};
}

Values read_prefix(std::string_view text) {
    TokenRange range = prefix_range(std::string(text));
    return std::vector<Value>{std::move(range.from), std::move(range.to)};
}

/// Of a reference by key, the key, which stands in the other table.
db::Fragment compared(const FieldMeta& field) {
    return field.is_named_by_key() ? *field.reference->key : *field.column;
}

/// The column, in the one collation whose order is that of the bytes.
void add_ordered(Composer& text, const Filter& filter) {
    text << *filter.field->column;
    if (filter.field->type == Type::text) text << " collate \"C\"";
}

db::Fragment order_of(const Filter& filter) {
    const bool time = filter.field->type == Type::timestamp;
    switch (filter.lookup) {
        case Lookup::lt:
            return " < ";
        case Lookup::lte:
            return time ? db::Fragment(" < ") : db::Fragment(" <= ");
        case Lookup::gt:
            return time ? db::Fragment(" >= ") : db::Fragment(" > ");
        default:
            return " >= ";
    }
}

void add_between(Composer& text, const Filter& filter) {
    add_ordered(text, filter);
    text << " >= " << text.next() << " and ";
    add_ordered(text, filter);
    text << " < " << text.next();
}

/// Every lookup but `isnull`.
void add_comparison(Composer& text, const Filter& filter) {
    const db::Fragment column = compared(*filter.field);
    switch (filter.lookup) {
        case Lookup::exact:
            if (filter.field->type == Type::timestamp) return add_between(text, filter);
            text << column << " = " << text.next();
            return;
        case Lookup::in:
            text << column << " = any(" << text.next() << ")";
            return;
        case Lookup::prefix:
            return add_between(text, filter);
        case Lookup::contains:
            text << "strpos(" << column << ", " << text.next() << ") > 0";
            return;
        default:
            add_ordered(text, filter);
            text << order_of(filter) << text.next();
    }
}

/// A related filter asks which of the other table's rows, of the same tenant, meet the comparison; a filter by the key
/// of a reference too.
void begin_related(Composer& text, const Filter& filter) {
    const FieldMeta& field = *filter.field;
    if (filter.related.resource)
        text << *filter.related.by->column << " in (select id from " << filter.related.resource->table
             << " where tenant_id = $1 and ";
    else if (filter.compares_key())
        text << field.stored_in() << " in (select id from " << field.reference->table << " where tenant_id = $1 and ";
}
void end_related(Composer& text, const Filter& filter) {
    if (filter.related.resource || filter.compares_key()) text << ")";
}

std::string text_of(const Value& value) {
    db::Params one;
    bind_value(value, one);
    return one.text(0);
}

/// `{"a","b"}`, PostgreSQL's text of an array.
std::string array_of(const std::vector<Value>& values) {
    std::string array = "{";
    for (const Value& value : values) {
        if (array.size() > 1) array += ',';
        array += '"';
        for (const char c : text_of(value)) {
            if (c == '"' || c == '\\') array += '\\';
            array += c;
        }
        array += '"';
    }
    return array + "}";
}

}  // namespace

Values read_filter(const Filter& filter, std::string_view text, std::string_view time_zone) {
    switch (filter.lookup) {
        case Lookup::isnull:
            return read_flag(text);
        case Lookup::in:
            return read_several(*filter.field, text);
        case Lookup::prefix:
            return read_prefix(text);
        case Lookup::contains:
            return std::vector<Value>{std::string(text)};
        default:
            break;
    }
    if (filter.field->type == Type::timestamp) return read_time(filter, text, time_zone);
    auto value = read_one(*filter.field, text);
    if (!value) return std::unexpected(std::move(value.error()));
    return std::vector<Value>{std::move(*value)};
}

void add_condition(Composer& text, const Filter& filter, bool is_null) {
    text << " and ";
    begin_related(text, filter);
    if (filter.lookup == Lookup::isnull)
        text << filter.field->stored_in() << (is_null ? db::Fragment(" is null") : db::Fragment(" is not null"));
    else
        add_comparison(text, filter);
    end_related(text, filter);
}

void bind_condition(const Condition& condition, db::Params& params) {
    if (condition.filter->lookup == Lookup::isnull) return;
    if (condition.filter->lookup == Lookup::in)
        params.add(array_of(condition.values));
    else
        for (const Value& value : condition.values) bind_value(value, params);
}

void add_optional_condition(Composer& text, const Filter& filter) {
    const std::size_t first = text.parameters() + 1;
    text << " and ((";
    begin_related(text, filter);
    if (filter.lookup == Lookup::isnull)
        text << "(" << filter.field->stored_in() << " is null) = " << text.next();
    else
        add_comparison(text, filter);
    end_related(text, filter);
    text << ") or " << db::placeholder(first) << " is null)";
}

void bind_optional_condition(const Filter& filter, const Condition* condition, db::Params& params) {
    if (!condition)
        for (std::size_t i = 0; i < parameters_of(filter); ++i) params.add_null();
    else if (filter.lookup == Lookup::isnull)
        bind_value(condition->values.front(), params);
    else
        bind_condition(*condition, params);
}

}  // namespace terrace::resource
