#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace terrace {

/// A UUID (RFC 9562). Ids are version 7: sortable by time of creation, so that primary keys grow at their end.
/// An id is no secret (ASVS 11.5.1): tokens come from `random_bytes`.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;

    /// A new version 7 id: 48 bits of milliseconds, 12 bits of the time within one, 62 random bits; rising within a
    /// thread. Any thread.
    static Uuid v7();
    /// The canonical 36 characters, either case; nothing else (no braces, no urn).
    static std::optional<Uuid> parse(std::string_view text);

    std::string to_string() const;
    /// Writes the canonical 36 lower-case characters, without a NUL.
    void write(char* out) const;
    bool is_nil() const { return *this == Uuid{}; }
};

}  // namespace terrace

template <>
struct std::hash<terrace::Uuid> {
    std::size_t operator()(const terrace::Uuid& id) const noexcept;
};
