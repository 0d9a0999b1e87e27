#include "platform/resource/query/projection.hpp"

#include "platform/base/crypto.hpp"
#include "platform/resource/declaration/reference.hpp"
#include "platform/resource/values/array.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace terrace::resource {
namespace {

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    out += text;
    out += '"';
}

/// A column's text as JSON. Numbers, dates and ids need no escape and keep PostgreSQL's text.
void write_column(const Row& row, const FieldMeta& field, std::size_t column, std::string& out) {
    const std::string_view text = row.rows.text(row.index, column);
    if (text.empty() && row.rows.is_null(row.index, column)) {
        out += "null";
        return;
    }
    switch (field.type) {
        case Type::integer:
            out += text;
            return;
        case Type::boolean:
            out += text == "t" ? "true" : "false";
            return;
        case Type::timestamp: {
            std::array<char, 27> buffer;
            const auto written = timestamp_from_row(text, buffer);
            if (!written.empty()) return append_quoted(out, written);
            json::Writer writer(out);
            return detail::write_value(value_from_row(field.type, row.rows, row.index, column), writer);
        }
        case Type::text:
            return json::append_string(out, text);
        case Type::duration:
            return append_quoted(out, format_duration({row.rows.integer(row.index, column)}));
        case Type::decimal:
            out += '"';
            append_decimal(out, text, field.scale);
            out += '"';
            return;
        case Type::texts:
            return append_json_texts(out, text);
        case Type::integers:
            return append_json_integers(out, text);
        case Type::json:
        case Type::file:
            out += text;
            return;
        case Type::uuid:
        case Type::date:
        case Type::time:
            return append_quoted(out, text);
    }
}

/// The file that a column names, as clients see it; begins with file_text_begin.
void add_file(std::vector<db::Fragment>& list, db::Fragment column) {
    for (const db::Fragment part :
         {db::Fragment("case when "), column,
          db::Fragment(R"( is not null then (select '{"id":"' || held.id || '","name":' || to_json(held.name) ||)"
                       R"( ',"media_type":' || to_json(held.media_type) || ',"size":' || held.size ||)"
                       R"( ',"url":"/api/v1/files/' || held.id || '"}')"
                       " from {tenant}.file as held where held.tenant_id = $1 and held.id = "),
          column, db::Fragment(") end as ")})
        list.push_back(part);
}

}  // namespace

namespace detail {

void write_value(const Value& value, json::Writer& out) {
    struct Visitor {
        json::Writer& out;
        void operator()(std::monostate) const { out.null(); }
        void operator()(const std::string& text) const { out.string(text); }
        void operator()(std::int64_t number) const { out.integer(number); }
        void operator()(bool flag) const { out.boolean(flag); }
        void operator()(const Uuid& id) const { out.string(id.to_string()); }
        void operator()(Date date) const { out.string(format_date(date)); }
        void operator()(Timestamp timestamp) const { out.string(format_timestamp(timestamp)); }
        void operator()(TimeOfDay time) const { out.string(format_time(time)); }
        void operator()(Duration duration) const { out.string(format_duration(duration)); }
        void operator()(Scaled number) const { out.string(format_decimal(number)); }
        void operator()(const std::vector<std::string>& texts) const {
            out.begin_array();
            for (const std::string& text : texts) out.string(text);
            out.end_array();
        }
        void operator()(const std::vector<std::int64_t>& numbers) const {
            out.begin_array();
            for (const std::int64_t number : numbers) out.integer(number);
            out.end_array();
        }
        void operator()(const Json& json) const { out.raw(json.text); }
        void operator()(File file) const { out.string(file.id.to_string()); }
    };
    std::visit(Visitor{out}, value);
}

}  // namespace detail

std::vector<db::Fragment> select_list(const Resource& resource) {
    std::vector<db::Fragment> list;
    for (const FieldMeta* field : resource.columns) {
        if (!list.empty()) list.push_back(", ");
        if (field->is_named_by_key()) {
            const auto key = key_of_kept(resource.table, *field);
            list.insert(list.end(), key.begin(), key.end());
            list.push_back(" as ");
        }
        if (field->type == Type::file) add_file(list, *field->column);
        list.push_back(*field->column);
    }
    return list;
}

std::vector<db::Fragment> name_list(const Resource& resource) {
    std::vector<db::Fragment> list;
    for (const FieldMeta* field : resource.columns) {
        if (!list.empty()) list.push_back(", ");
        list.push_back(*field->column);
    }
    return list;
}

void write_member(const Row& row, const Resource::AnswerMember& member, std::string& out) {
    if (member.field->source == FieldMeta::Source::column) {
        write_column(row, *member.field, member.column, out);
    } else {
        json::Writer writer(out);
        member.field->compute(row, writer);
    }
}

void write_members(const Row& row, FieldSet fields, std::string& out) {
    for (const auto& member : row.resource.answer) {
        const bool wanted = (fields & 1U) != 0;
        fields >>= 1U;
        if (!wanted) continue;
        out += member.before;
        write_member(row, member, out);
    }
}

void write_object(const Row& row, FieldSet fields, std::string& out) {
    const std::size_t begin = out.size();
    write_members(row, fields, out);
    out[begin] = '{';  // where the first member has its comma
    out += '}';
}

std::string write_output(const Resource& form, const void* object) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    for (const FieldMeta* field : form.answered) detail::write_value(field->get(object), writer.key(field->name));
    writer.end_object();
    return out;
}

std::string entity_tag(std::int64_t version, std::string_view body) {
    static constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> no_secret{};
    std::array<std::uint8_t, crypto_shorthash_BYTES> hash;
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(body.data()), body.size(), no_secret.data());
    return fmt::format("\"{}-{}\"", version, crypto::hex(hash));
}

}  // namespace terrace::resource
