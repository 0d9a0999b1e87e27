#include "platform/base/json_indent.hpp"

namespace terrace::json {

namespace {

std::size_t end_of_string(std::string_view text, std::size_t quote) {
    auto at = quote + 1;
    while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return at;
}

}  // namespace

std::string indented(std::string_view text) {
    std::string out;
    std::size_t depth = 0;
    const auto new_line = [&] { out.append("\n").append(2 * depth, ' '); };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"') {
            const auto end = end_of_string(text, at);
            out.append(text.substr(at, end - at + 1));
            at = end;
        } else if (c == '{' || c == '[') {
            out += c;
            if (text[at + 1] == (c == '{' ? '}' : ']')) {
                out += text[++at];
                continue;
            }
            ++depth;
            new_line();
        } else if (c == '}' || c == ']') {
            --depth;
            new_line();
            out += c;
        } else if (c == ',') {
            out += c;
            new_line();
        } else {
            out += c;
            if (c == ':') out += ' ';
        }
    }
    return out;
}

}  // namespace terrace::json
