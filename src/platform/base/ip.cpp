#include "platform/base/ip.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace terrace {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN || text.contains('\0')) return {};
    const std::string terminated(text);
    IpAddress address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + mapped_prefix.size()) != 1) return {};
    std::ranges::copy(mapped_prefix, address.bytes.begin());
    return address;
}

std::string IpAddress::to_string() const {
    char text[INET6_ADDRSTRLEN];
    if (std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin()))
        return inet_ntop(AF_INET, bytes.data() + mapped_prefix.size(), text, sizeof text);
    return inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
}

std::optional<CidrBlock> CidrBlock::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) return {};
    CidrBlock block;
    block.address_ = *address;
    if (slash == text.npos) return block;

    const bool v6 = text.substr(0, slash).contains(':');
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || end != digits.data() + digits.size() || bits > (v6 ? 128u : 32u)) return {};
    block.prefix_ = v6 ? bits : bits + 96;
    return block;
}

bool CidrBlock::contains(const IpAddress& address) const {
    const std::size_t whole = prefix_ / 8;
    if (!std::equal(address_.bytes.begin(), address_.bytes.begin() + whole, address.bytes.begin())) return false;
    const unsigned rest = prefix_ % 8;
    return rest == 0 || (address_.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0;
}

}  // namespace terrace
