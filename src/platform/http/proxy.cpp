#include "platform/http/proxy.hpp"

#include "platform/base/mutant.hpp"
#include "platform/base/uuid.hpp"
#include "platform/http/gate.hpp"

#include <algorithm>
#include <stdexcept>

namespace terrace::http {
namespace {

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c |= 0x20;
    return lower;
}

bool is_request_id(std::string_view text) {
    return text.size() >= 8 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// An entry of X-Forwarded-For. Some proxies write the port of the client's connection too: `192.0.2.7:4711`,
/// `[2001:db8::1]:4711`; RFC 7239 §6 has the brackets also without one.
std::optional<IpAddress> address_of(std::string_view entry) {
    while (entry.starts_with(' ')) entry.remove_prefix(1);
    while (entry.ends_with(' ')) entry.remove_suffix(1);
    if (const auto plain = IpAddress::parse(entry)) return plain;
    if (!is_host_and_port(entry)) return {};
    const bool bracketed = entry.starts_with('[');
    const auto address = bracketed ? entry.substr(1, entry.find(']') - 1) : entry.substr(0, entry.find(':'));
    return bracketed == address.contains(':') ? IpAddress::parse(address) : std::nullopt;
}

}  // namespace

ProxyTrust::ProxyTrust(const std::vector<std::string>& blocks, std::string default_scheme)
    : default_scheme_(std::move(default_scheme)) {
    for (const std::string& text : blocks) {
        const auto block = CidrBlock::parse(text);
        if (!block) throw std::invalid_argument(text + " is not a CIDR block");
        blocks_.push_back(*block);
    }
}

bool ProxyTrust::trusts(const IpAddress& address) const {
    return std::ranges::any_of(blocks_, [&](const CidrBlock& block) { return block.contains(address); });
}

/// Walks from the nearest proxy outwards as long as each is trusted. What is no address ends the walk: whoever wrote
/// it was not a proxy of ours.
IpAddress ProxyTrust::client_behind(std::string_view forwarded_for, IpAddress nearest) const {
    while (!forwarded_for.empty() && trusts(nearest)) {
        const auto comma = forwarded_for.rfind(',');
        const std::string_view entry = comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1);
        forwarded_for = comma == forwarded_for.npos ? std::string_view() : forwarded_for.substr(0, comma);
        const auto address = address_of(entry);
        if (!address) break;
        nearest = *address;
    }
    return nearest;
}

bool ProxyTrust::fill(Request& request, const IpAddress& peer) const {
    const bool trusted = trusts(peer) || mutant("every-peer-is-a-proxy");
    const auto forwarded = [&](std::string_view name) {
        return trusted ? request.header(name) : std::optional<std::string_view>();
    };
    const auto host = forwarded("x-forwarded-host");
    if (host && !is_host_and_port(*host)) return false;
    request.host = to_lower(host.value_or(request.header("host").value_or("")));

    const auto scheme = forwarded("x-forwarded-proto");
    request.scheme = scheme == "https" || scheme == "http" ? *scheme : std::string_view(default_scheme_);
    request.client_address = client_behind(forwarded("x-forwarded-for").value_or(""), peer).to_string();

    const auto id = forwarded("x-request-id");
    request.request_id = id && is_request_id(*id) ? std::string(*id) : Uuid::v7().to_string();
    return true;
}

}  // namespace terrace::http
