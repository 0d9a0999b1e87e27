#include "platform/api/csrf.hpp"

#include "platform/base/mutant.hpp"

#include <string>
#include <string_view>

namespace terrace::api {
namespace {

constexpr std::string_view cookie_prefix = "__Host-";

/// As browsers write an origin: the scheme's own port is left out.
std::string own_origin(const http::Request& request) {
    std::string_view host = request.host;
    const std::string_view own_port = request.scheme == "https" ? ":443" : ":80";
    if (host.ends_with(own_port)) host.remove_suffix(own_port.size());
    return request.scheme + "://" + std::string(host);
}

}  // namespace

bool carries_our_cookie(const http::Request& request) {
    std::string_view rest = request.header("cookie").value_or("");
    while (!rest.empty()) {
        const auto begin = rest.find_first_not_of(" \t;");
        if (begin == std::string_view::npos) return false;
        rest.remove_prefix(begin);
        if (rest.starts_with(cookie_prefix)) return true;
        const auto end = rest.find(';');
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
    }
    return false;
}

bool is_same_site_call(const http::Request& request) {
    if (const auto site = request.header("sec-fetch-site"))
        return *site == "same-origin" || (mutant("siblings-are-the-same-origin") && *site == "same-site");
    if (const auto origin = request.header("origin"))
        return *origin == own_origin(request) ||
               (mutant("origin-by-its-beginning") && origin->starts_with(own_origin(request)));
    return !carries_our_cookie(request) || mutant("silent-browsers-trusted");
}

}  // namespace terrace::api
