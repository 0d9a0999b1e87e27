#include "platform/http/message.hpp"

#include "platform/base/text.hpp"
#include "platform/http/cookie.hpp"

#include <algorithm>
#include <array>

namespace terrace::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> methods{{{Method::get, "GET"},
                                                                      {Method::head, "HEAD"},
                                                                      {Method::post, "POST"},
                                                                      {Method::put, "PUT"},
                                                                      {Method::patch, "PATCH"},
                                                                      {Method::del, "DELETE"},
                                                                      {Method::options, "OPTIONS"}}};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// RFC 3986 §2.3.
bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").contains(c);
}

}  // namespace

std::string_view to_string(Method method) {
    return std::ranges::find(methods, method, &decltype(methods)::value_type::first)->second;
}

std::optional<Method> method_from(std::string_view text) {
    const auto found = std::ranges::find(methods, text, &decltype(methods)::value_type::second);
    if (found == methods.end()) return {};
    return found->first;
}

bool is_safe(Method method) {
    return method == Method::get || method == Method::head || method == Method::options;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &Header::name);
    if (found == headers.end()) return {};
    return found->value;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    const auto cookies = header("cookie");
    if (!cookies) return {};
    return find_cookie(*cookies, name);
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return {};
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return {};
            decoded += static_cast<char>(high << 4 | low);
            i += 2;
        } else {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    if (!is_storable_text(decoded)) return {};
    return decoded;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 0xf];
        }
    }
    return encoded;
}

std::optional<Query> parse_query(std::string_view query) {
    Query parameters;
    while (!query.empty()) {
        const auto ampersand = query.find('&');
        const std::string_view part = query.substr(0, ampersand);
        query = ampersand == query.npos ? std::string_view() : query.substr(ampersand + 1);
        if (part.empty()) continue;
        const auto equals = part.find('=');
        auto name = percent_decode(part.substr(0, equals), true);
        auto value = percent_decode(equals == part.npos ? std::string_view() : part.substr(equals + 1), true);
        if (!name || !value) return {};
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

}  // namespace terrace::http
