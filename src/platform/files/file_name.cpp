#include "platform/files/file_name.hpp"

#include "platform/http/message.hpp"
#include "platform/resource/values/text.hpp"

#include <algorithm>

namespace terrace::files {
namespace {

constexpr std::size_t most_characters = 255;

/// What stands in a quoted string as it is and means nothing to any browser or file system.
bool is_plain(char c) {
    return c >= ' ' && c < '\x7f' && !std::string_view("\"\\%").contains(c);
}

std::string fallback(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        const bool continuation = (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
        if (!continuation) plain += is_plain(c) ? c : '_';
    }
    return plain;
}

}  // namespace

std::expected<std::string, FieldError> check_name(std::string_view name) {
    namespace text = resource::text;
    name = text::trim(name);
    if (name.empty()) return std::unexpected(FieldError{"no_name", "The file has no name."});
    if (text::length(name) > most_characters)
        return std::unexpected(FieldError{"max_length", "Ensure this file's name has at most 255 characters."});
    if (text::has_control(name, false) || name.find_first_of("/\\") != name.npos || name == "." || name == "..")
        return std::unexpected(FieldError{"invalid", "A file's name has no path and no control characters."});
    return std::string(name);
}

std::string content_disposition(bool attachment, std::string_view name) {
    std::string value = attachment ? "attachment" : "inline";
    value.append("; filename=\"").append(fallback(name)).append("\"");
    if (!std::ranges::all_of(name, is_plain)) value.append("; filename*=UTF-8''").append(http::percent_encode(name));
    return value;
}

}  // namespace terrace::files
