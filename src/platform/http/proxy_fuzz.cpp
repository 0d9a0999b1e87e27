/// What proxies forward: only a trusted one is believed, and the client is the nearest address that is not one.

#include "platform/base/ip.hpp"
#include "platform/http/gate.hpp"
#include "platform/http/proxy.hpp"
#include "platform/testing/fuzz.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace terrace::http {
namespace {

using fuzz::require;

const char* const trusted_blocks[] = {"127.0.0.0/8", "::1", "10.1.0.0/16", "fd00::/8"};
const char* const peers[] = {"127.0.0.1", "fd12::7", "203.0.113.9", "2001:db8::1"};

bool is_trusted(const IpAddress& address) {
    return std::ranges::any_of(trusted_blocks,
                               [&](const char* block) { return CidrBlock::parse(block)->contains(address); });
}

void check_address(std::string_view text) {
    if (const auto address = IpAddress::parse(text)) {
        const std::string canonical = address->to_string();
        require(IpAddress::parse(canonical) == address, "an address written is the same address");
        require(IpAddress::parse(canonical)->to_string() == canonical, "an address has one spelling");
        require(CidrBlock::parse(canonical)->contains(*address), "an address lies in its own block");
    }
    if (const auto block = CidrBlock::parse(text))
        require(block->contains(*IpAddress::parse(text.substr(0, text.find('/')))), "a block holds its own address");
}

std::vector<std::string_view> entries_of(std::string_view list) {
    std::vector<std::string_view> entries;
    while (true) {
        const auto comma = list.find(',');
        std::string_view entry = list.substr(0, comma);
        while (entry.starts_with(' ')) entry.remove_prefix(1);
        while (entry.ends_with(' ')) entry.remove_suffix(1);
        entries.push_back(entry);
        if (comma == list.npos) return entries;
        list.remove_prefix(comma + 1);
    }
}

/// From the right: the first entry that is not trusted is the client; what is no address ends the list.
std::string client_of(const IpAddress& peer, std::string_view forwarded_for) {
    IpAddress client = peer;
    std::vector<std::string_view> entries = entries_of(forwarded_for);
    for (; !entries.empty() && is_trusted(client); entries.pop_back()) {
        const auto address = IpAddress::parse(entries.back());
        if (!address) break;
        client = *address;
    }
    return client.to_string();
}

void check(const IpAddress& peer, const std::vector<Header>& headers) {
    static const ProxyTrust trust({std::begin(trusted_blocks), std::end(trusted_blocks)}, "https");
    Request request;
    request.headers = headers;
    const auto said = [&](std::string_view name) { return request.header(name); };
    const bool believed = is_trusted(peer);
    const auto forwarded_host = said("x-forwarded-host");
    const bool filled = trust.fill(request, peer);
    require(filled == !(believed && forwarded_host && !is_host_and_port(*forwarded_host)),
            "a trusted proxy forwards a host, or the request is refused");
    if (!filled) return;
    require(request.client_address == (believed ? client_of(peer, *said("x-forwarded-for")) : peer.to_string()),
            "the client is the nearest that is no trusted proxy");
    require(request.scheme == "http" || request.scheme == "https", "a scheme is one of two");
    require(believed || request.scheme == "https", "the scheme is ours unless a trusted proxy says it");
    require(believed || request.host == "clinic.example", "the host is the client's unless a trusted proxy says it");
    require(request.request_id.size() >= 8 && request.request_id.size() <= 64, "a request has an id of some length");
    require(std::ranges::none_of(request.host, [](char c) { return c >= 'A' && c <= 'Z'; }), "a host is in lower case");
}

}  // namespace
}  // namespace terrace::http

/// The first byte chooses the peer; a line each for what is forwarded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace terrace::http;
    if (size == 0) return 0;
    std::string_view rest = terrace::fuzz::text_of(data + 1, size - 1);
    std::vector<Header> headers{{"host", "Clinic.example"}};
    for (const std::string_view name : {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-request-id"}) {
        const auto end = std::min(rest.find('\n'), rest.size());
        headers.push_back({name, rest.substr(0, end)});
        check_address(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    check(*terrace::IpAddress::parse(peers[data[0] % std::size(peers)]), headers);
    return 0;
}
