#include "platform/base/json.hpp"

#include <fmt/format.h>

namespace terrace::json {
namespace {

bool must_escape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
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
    std::size_t plain_from = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!must_escape(value[i])) continue;
        out.append(value, plain_from, i - plain_from);
        append_escaped(out, value[i]);
        plain_from = i + 1;
    }
    out.append(value, plain_from);
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
