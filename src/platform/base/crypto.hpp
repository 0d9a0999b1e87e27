#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace terrace::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view data);
Digest hmac_sha256(std::string_view key, std::string_view data);
/// HKDF-SHA256 (RFC 5869) of the root secret; `purpose` names the one use of the key, such as "refresh-child".
Digest derive_key(std::string_view root_secret, std::string_view purpose);
/// `count` bytes from the kernel's generator.
std::string random_bytes(std::size_t count);

/// RFC 4648 §5 without padding.
std::string base64url(std::string_view bytes);
std::string base64url(std::span<const std::uint8_t> bytes);
/// Nothing for a text that base64url() has not made: no two texts have the same bytes.
std::optional<std::string> from_base64url(std::string_view text);
std::string hex(std::span<const std::uint8_t> bytes);

/// Takes the same time wherever the inputs differ; false when their lengths do.
bool equal_constant_time(std::string_view a, std::string_view b);

std::string_view as_view(const Digest& digest);

}  // namespace terrace::crypto
