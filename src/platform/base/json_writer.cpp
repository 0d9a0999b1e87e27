#include "platform/base/json.hpp"

#include <fmt/format.h>

#include <cstring>

namespace terrace::json {
namespace {

bool must_escape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

/// The first character from `from` on that must be escaped, or the text's size. Eight characters are looked at at once
/// (the tests for a byte in a word of "Bit Twiddling Hacks"): texts that need an escape are rare.
std::size_t find_escape(std::string_view text, std::size_t from) {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101, highs = 0x8080'8080'8080'8080;
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & highs; };
    for (; from + sizeof(std::uint64_t) <= text.size(); from += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + from, sizeof word);
        const std::uint64_t control = (word - ones * 0x20) & ~word & highs;
        if (control | has_zero(word ^ ones * '"') | has_zero(word ^ ones * '\\')) break;
    }
    while (from < text.size() && !must_escape(text[from])) ++from;
    return from;
}

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
}

}  // namespace

void append_string(std::string& out, std::string_view value) {
    out += '"';
    std::size_t end = find_escape(value, 0);
    out.append(value, 0, end);
    while (end < value.size()) {
        append_escaped(out, value[end]);
        const std::size_t plain = end + 1;
        end = find_escape(value, plain);
        out.append(value, plain, end - plain);
    }
    out += '"';
}

void Writer::separate() {
    if (need_comma_) out_ += ',';
    need_comma_ = true;
}

Writer& Writer::begin_object() {
    separate();
    out_ += '{';
    need_comma_ = false;
    return *this;
}

Writer& Writer::end_object() {
    out_ += '}';
    need_comma_ = true;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_ += '[';
    need_comma_ = false;
    return *this;
}

Writer& Writer::end_array() {
    out_ += ']';
    need_comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    need_comma_ = false;
    return *this;
}

Writer& Writer::string(std::string_view value) {
    separate();
    append_string(out_, value);
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    const fmt::format_int text(value);
    return raw({text.data(), text.size()});
}

Writer& Writer::boolean(bool value) {
    return raw(value ? "true" : "false");
}

Writer& Writer::null() {
    return raw("null");
}

Writer& Writer::raw(std::string_view text) {
    separate();
    out_ += text;
    return *this;
}

}  // namespace terrace::json
