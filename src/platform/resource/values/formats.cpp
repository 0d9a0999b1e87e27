#include "platform/resource/values/formats.hpp"

#include "platform/base/ip.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace terrace::resource {
namespace {

bool matches(std::string_view text, const re2::RE2& expression) {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression);
}

/// The canonical places of the dashes in the 32 digits of a UUID.
std::string with_dashes(std::string_view digits) {
    std::string text(digits);
    for (const std::size_t place : {8u, 13u, 18u, 23u}) text.insert(place, 1, '-');
    return text;
}

}  // namespace

bool is_email(std::string_view text) {
    static const re2::RE2 expression(
        R"re([^\s@<>()\[\]\\,;:"\x00-\x1f\x7f]+@[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+)re");
    return text.size() <= 254 && !text.contains("..") && !text.starts_with('.') && !text.contains(".@") &&
           matches(text, expression);
}

bool is_url(std::string_view text) {
    static const re2::RE2 expression(
        R"re((?i:https?)://([^\s/?#@:\[\]]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?([/?#][!#-;=?-~]*)?)re");
    static const re2::RE2 domain(
        R"re([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\.?)re");
    static const re2::RE2 number("[0-9.]+");
    re2::StringPiece host;
    if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), expression, &host)) return false;
    const std::string_view name(host.data(), host.size());
    if (name.starts_with('[')) return name.contains(':') && IpAddress::parse(name.substr(1, name.size() - 2));
    if (matches(name, number)) return IpAddress::parse(name).has_value();
    return name.size() <= 253 && matches(name, domain) && (name.contains('.') || name == "localhost");
}

bool is_slug(std::string_view text) {
    static const re2::RE2 expression("[-a-zA-Z0-9_]+");
    return matches(text, expression);
}

std::optional<std::string> to_ip(std::string_view text) {
    const auto address = IpAddress::parse(text);
    if (!address) return {};
    return address->to_string();
}

std::optional<Uuid> read_uuid(std::string_view text) {
    constexpr std::string_view urn = "urn:uuid:";
    if (text.starts_with(urn)) text.remove_prefix(urn.size());
    if (text.size() == 32 && !text.contains('-')) return Uuid::parse(with_dashes(text));
    return Uuid::parse(text);
}

}  // namespace terrace::resource
