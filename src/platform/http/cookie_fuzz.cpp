/// A Cookie header: a `__Host-` cookie is one cookie to every reader, and the one that we set is the one that we find.

#include "platform/http/cookie.hpp"
#include "platform/testing/fuzz.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace terrace::http {
namespace {

using fuzz::require;
using Cookies = std::vector<std::pair<std::string, std::string>>;

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    return from == text.npos ? "" : std::string(text.substr(from, text.find_last_not_of(" \t") - from + 1));
}

/// The plainest reader of RFC 6265 §4.2.1: pieces between `;`, a name before the first `=`.
Cookies read_plainly(std::string_view header) {
    Cookies cookies;
    for (std::size_t from = 0; from < header.size();) {
        const auto end = std::min(header.find(';', from), header.size());
        const std::string_view piece = header.substr(from, end - from);
        const auto equals = piece.find('=');
        if (equals == piece.npos)
            cookies.emplace_back("", trimmed(piece));
        else
            cookies.emplace_back(trimmed(piece.substr(0, equals)), trimmed(piece.substr(equals + 1)));
        from = end + 1;
    }
    return cookies;
}

bool is_prefixed(std::string_view name) {
    return name.starts_with("__Host-") || name.starts_with("__Secure-");
}

bool is_sound(const Cookies& cookies) {
    return std::ranges::all_of(cookies, [&](const auto& cookie) {
        const auto& [name, value] = cookie;
        return !name.starts_with('$') &&
               (!is_prefixed(name) || std::ranges::count(cookies, name, &Cookies::value_type::first) == 1);
    });
}

void check(std::string_view header) {
    const Cookies cookies = read_plainly(header);
    const bool sound = cookie_header_is_sound(header);
    require(sound == is_sound(cookies), "a prefixed cookie that stands twice, and a $name, are refused");
    for (const auto& [name, value] : cookies) {
        const auto first = std::ranges::find(cookies, name, &Cookies::value_type::first);
        require(find_cookie(header, name) == first->second, "the first of a name is found, whole");
    }

    constexpr std::string_view ours = "__Host-terrace-fuzz";
    const std::string with_ours = std::string(header) + "; " + std::string(ours) + "=token";
    const bool stands_already = std::ranges::count(cookies, ours, &Cookies::value_type::first) > 0;
    require(cookie_header_is_sound(with_ours) == (sound && !stands_already), "a second cookie of ours is refused");
    if (!stands_already) require(find_cookie(with_ours, ours) == "token", "nothing before hides our cookie");
}

}  // namespace
}  // namespace terrace::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    terrace::http::check(terrace::fuzz::text_of(data, size));
    return 0;
}
