#include "platform/files/byte_range.hpp"

#include <algorithm>
#include <limits>

namespace terrace::files {
namespace {

constexpr std::string_view unit = "bytes";

bool is_unit(std::string_view text) {
    return std::ranges::equal(text, unit, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b; });
}

/// Digits alone; what no number holds is the largest number, which lies behind every file's end.
std::optional<std::int64_t> position(std::string_view text) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (text.empty()) return {};
    std::int64_t number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        const int digit = c - '0';
        number = number > (most - digit) / 10 ? most : number * 10 + digit;
    }
    return number;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

RangeRequest part(std::int64_t first, std::int64_t last) {
    return {.kind = RangeRequest::Kind::part, .range = {.first = first, .last = last}};
}

constexpr RangeRequest unsatisfiable{.kind = RangeRequest::Kind::unsatisfiable, .range = {}};

/// The last `count` bytes.
RangeRequest suffix(std::int64_t count, std::int64_t size) {
    if (count == 0) return unsatisfiable;
    return part(size - std::min(count, size), size - 1);
}

}  // namespace

RangeRequest read_range(std::optional<std::string_view> header, std::int64_t size) {
    if (!header) return {};
    const auto equals = header->find('=');
    if (equals == header->npos || !is_unit(header->substr(0, equals))) return {};
    const std::string_view spec = trim(header->substr(equals + 1));
    const auto dash = spec.find('-');
    if (dash == spec.npos) return {};
    const auto from = position(spec.substr(0, dash));
    const auto to = position(spec.substr(dash + 1));
    if (dash == 0) return to ? suffix(*to, size) : RangeRequest{};
    const bool open = dash + 1 == spec.size();
    if (!from || (!open && (!to || *to < *from))) return {};
    if (*from >= size) return unsatisfiable;
    return part(*from, open ? size - 1 : std::min(*to, size - 1));
}

}  // namespace terrace::files
