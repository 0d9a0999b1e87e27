#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace {

/// An IPv4 or IPv6 address; IPv4 is kept in its mapped form (::ffff:a.b.c.d), so that both compare alike.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    bool operator==(const IpAddress&) const = default;

    /// The textual forms of inet_pton(3); no port, no brackets, no zone.
    static std::optional<IpAddress> parse(std::string_view text);
    /// One spelling for each address; mapped IPv4 as IPv4.
    std::string to_string() const;
};

/// A block such as `10.0.0.0/8`, `fd00::/8` or a single address.
class CidrBlock {
  public:
    static std::optional<CidrBlock> parse(std::string_view text);
    bool contains(const IpAddress& address) const;

  private:
    IpAddress address_;
    unsigned prefix_ = 128;  ///< bits of the mapped form that must agree
};

}  // namespace terrace
