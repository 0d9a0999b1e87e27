#include "platform/base/text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace terrace {

bool is_storable_text(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size()) && !text.contains('\0');
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80; }));
}

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool equal_in_any_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b,
                              [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace terrace
