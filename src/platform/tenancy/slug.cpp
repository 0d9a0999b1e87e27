#include "platform/tenancy/slug.hpp"

#include <algorithm>
#include <array>

namespace terrace::tenancy {
namespace {

constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 40;

/// Names that people would take for the platform's own, and names that machines look for. Sorted.
constexpr std::array<std::string_view, 56> reserved{
    "about",    "abuse",    "account",    "accounts", "admin",   "administrator", "api",     "app",
    "assets",   "auth",     "autoconfig", "billing",  "blog",    "cdn",           "clinic",  "console",
    "demo-api", "dev",      "docs",       "email",    "enter",   "files",         "ftp",     "gateway",
    "health",   "help",     "host",       "imap",     "info",    "internal",      "legal",   "localhost",
    "login",    "mail",     "media",      "metrics",  "noreply", "payments",      "pop",     "postmaster",
    "root",     "security", "sign-in",    "sign-up",  "signin",  "signup",        "smtp",    "staging",
    "static",   "status",   "support",    "system",   "terrace", "webhooks",      "webmail", "www",
};
static_assert(std::ranges::is_sorted(reserved));

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

bool is_slug(std::string_view text) {
    if (text.size() < shortest || text.size() > longest) return false;
    if (!is_lower(text.front()) || text.back() == '-' || text.find("--") != std::string_view::npos) return false;
    return std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

std::optional<FieldError> check_slug(std::string_view slug) {
    if (slug.empty()) return FieldError{"blank", "This field may not be blank."};
    if (slug.size() < shortest) return FieldError{"min_length", "Use at least 3 characters."};
    if (slug.size() > longest) return FieldError{"max_length", "Use at most 40 characters."};
    if (!is_slug(slug)) {
        return FieldError{"invalid",
                          "Use lower-case letters, digits and single hyphens; begin with a letter and end with a "
                          "letter or a digit."};
    }
    if (std::ranges::binary_search(reserved, slug)) return FieldError{"reserved", "This address is reserved."};
    return std::nullopt;
}

Error slug_taken() {
    const std::string message = "This address is taken.";
    return {.status = 409, .code = "slug_taken", .detail = message, .fields = {{"slug", {"unique", message}}}};
}

}  // namespace terrace::tenancy
