#include "platform/resource/query/csv.hpp"

#include "platform/base/json.hpp"
#include "platform/resource/query/projection.hpp"

#include <algorithm>
#include <array>

namespace terrace::resource {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_end = "\r\n";
constexpr std::array<std::string_view, 4> wide_signs{"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A sign and digits, a point among them.
bool is_signed_number(std::string_view text) {
    const auto point = std::min(text.find('.'), text.size());
    const auto whole = text.substr(1, point - 1);
    const auto decimals = text.substr(std::min(point + 1, text.size()));
    return !whole.empty() && std::ranges::all_of(whole, is_digit) && std::ranges::all_of(decimals, is_digit);
}

bool is_formula(std::string_view text) {
    if (text.empty()) return false;
    switch (text.front()) {
        case '+':
        case '-':
            return !is_signed_number(text);
        case '=':
        case '@':
        case '\t':
        case '\r':
        case '\n':
            return true;
        default:
            return std::ranges::any_of(wide_signs, [&](std::string_view sign) { return text.starts_with(sign); });
    }
}

bool needs_quotes(std::string_view text) {
    const auto parts = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
    return text.empty() || text.front() == ' ' || text.back() == ' ' || std::ranges::any_of(text, parts);
}

/// The rest of a cell whose first quote stands already.
void append_doubling_quotes(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_text(std::string& out, std::string_view text) {
    const bool formula = is_formula(text);
    const bool quotes = needs_quotes(text);
    if (quotes) out += '"';
    if (formula) out += '\'';
    if (quotes)
        append_doubling_quotes(out, text);
    else
        out += text;
}

/// Calls `write` for each of the fields, with a comma between two.
template <class Write>
void write_line(const Resource& resource, FieldSet fields, std::string& out, Write write) {
    bool first = true;
    for (const auto& member : resource.answer) {
        const bool wanted = (fields & 1U) != 0;
        fields >>= 1U;
        if (!wanted) continue;
        if (!first) out += ',';
        first = false;
        write(member);
    }
    out += line_end;
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view json) {
    if (json == "null") return;
    if (json.front() == '{' || json.front() == '[') return append_text(out, json);
    if (json.front() != '"') {
        out += json;
    } else if (!json.contains('\\')) {
        append_text(out, json.substr(1, json.size() - 2));
    } else {
        const auto document = json::Document::parse(json).value();
        append_text(out, document.root().as_string().value());
    }
}

void write_csv_header(const Resource& resource, FieldSet fields, std::string& out) {
    out += byte_order_mark;
    write_line(resource, fields, out, [&](const Resource::AnswerMember& member) { out += member.field->name; });
}

void write_csv_row(const Row& row, FieldSet fields, std::string& out) {
    std::string json;
    write_line(row.resource, fields, out, [&](const Resource::AnswerMember& member) {
        json.clear();
        write_member(row, member, json);
        append_csv_cell(out, json);
    });
}

}  // namespace terrace::resource
