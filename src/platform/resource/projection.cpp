#include "platform/resource/projection.hpp"

#include "platform/base/crypto.hpp"

#include <fmt/format.h>

namespace terrace::resource {
namespace {

/// A column's text as JSON. Numbers, dates and ids need no escape and keep PostgreSQL's text.
void write_column(const Row& row, const FieldMeta& field, std::size_t column, json::Writer& out) {
    if (row.rows.is_null(row.index, column)) {
        out.null();
        return;
    }
    const std::string_view text = row.rows.text(row.index, column);
    switch (field.type) {
        case Type::integer:
            out.raw(text);
            return;
        case Type::boolean:
            out.boolean(text == "t");
            return;
        case Type::timestamp: {
            std::array<char, 27> buffer;
            const auto written = timestamp_from_row(text, buffer);
            if (!written.empty()) return void(out.string(written));
            detail::write_value(value_from_row(field.type, row.rows, row.index, column), out);
            return;
        }
        case Type::text:
        case Type::uuid:
        case Type::date:
            out.string(text);
            return;
    }
}

void write_row(const Row& row, json::Writer& out) {
    out.begin_object();
    std::size_t column = 0;
    for (const FieldMeta& field : row.resource.fields) {
        const std::size_t here = column;
        if (field.source == FieldMeta::Source::column) ++column;
        if (!field.shown) continue;
        out.key(field.name);
        if (field.source == FieldMeta::Source::computed)
            field.compute(row, out);
        else
            write_column(row, field, here, out);
    }
    out.end_object();
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
    };
    std::visit(Visitor{out}, value);
}

}  // namespace detail

std::vector<db::Fragment> select_list(const Resource& resource) {
    std::vector<db::Fragment> list;
    for (const FieldMeta* field : resource.columns) {
        if (!list.empty()) list.push_back(", ");
        list.push_back(*field->column);
    }
    return list;
}

void write_object(const Row& row, std::string& out) {
    json::Writer writer(out);
    write_row(row, writer);
}

std::string entity_tag(std::int64_t version, std::string_view body) {
    const crypto::Digest digest = crypto::sha256(body);
    return fmt::format("\"{}-{}\"", version, crypto::hex(std::span(digest).first(8)));
}

}  // namespace terrace::resource
