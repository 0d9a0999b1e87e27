#include "platform/http/cookie.hpp"

#include "platform/base/mutant.hpp"
#include "platform/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace terrace::http {
namespace {

struct Pair {
    std::string_view name;
    std::string_view value;
};

/// Takes the first `name=value` off a Cookie header.
Pair take_pair(std::string_view& header) {
    const auto semicolon = header.find(';');
    const std::string_view pair = trim(header.substr(0, semicolon));
    header = semicolon == header.npos ? std::string_view() : header.substr(semicolon + 1);
    const auto equals = pair.find('=');
    if (equals == pair.npos) return {.name = {}, .value = pair};
    return {.name = trim(pair.substr(0, equals)), .value = trim(pair.substr(equals + 1))};
}

std::string host_cookie(std::string_view name, std::string_view value, std::int64_t max_age) {
    return fmt::format("{}={}; Max-Age={}; Path=/; Secure; HttpOnly; SameSite=Lax", name, value, max_age);
}

}  // namespace

std::string set_host_cookie(std::string_view name, std::string_view value, std::chrono::seconds max_age) {
    return host_cookie(name, value, max_age.count());
}

std::string clear_host_cookie(std::string_view name) {
    return host_cookie(name, "", 0);
}

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const Pair pair = take_pair(header);
        if (pair.name == name || (mutant("cookies-in-any-case") && equal_in_any_case(pair.name, name)))
            return pair.value;
    }
    return {};
}

bool cookie_header_is_sound(std::string_view header) {
    std::vector<std::string_view> prefixed;
    while (!header.empty()) {
        const Pair pair = take_pair(header);
        if (pair.name.starts_with('$')) return false;
        if (pair.name.starts_with("__Host-") || pair.name.starts_with("__Secure-")) prefixed.push_back(pair.name);
    }
    std::ranges::sort(prefixed);
    return std::ranges::adjacent_find(prefixed) == prefixed.end();
}

}  // namespace terrace::http
