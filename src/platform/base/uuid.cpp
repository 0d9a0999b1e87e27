#include "platform/base/uuid.hpp"

#include "platform/base/clock.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace terrace {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::array<std::size_t, 4> dashes{8, 13, 18, 23};

bool is_dash(std::size_t position) {
    return std::ranges::find(dashes, position) != dashes.end();
}

/// Random bytes are drawn from the kernel in blocks, one system call for 512 ids.
std::uint64_t random_word() {
    constexpr std::size_t block = 512;
    thread_local std::array<std::uint64_t, block> words;
    thread_local std::size_t next = block;
    if (next == block) {
        randombytes_buf(words.data(), sizeof words);
        next = 0;
    }
    return words[next++];
}

/// Milliseconds in the upper 48 of 60 bits, below them the 4096th part of one; always more than the last of this
/// thread, also when the clock steps back (RFC 9562 §6.2, method 3).
std::uint64_t next_tick() {
    thread_local std::uint64_t last = 0;
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(WallClock::now().time_since_epoch()).count();
    const auto nanoseconds = static_cast<std::uint64_t>(now);
    const std::uint64_t tick = (nanoseconds / 1'000'000) << 12 | (nanoseconds % 1'000'000) * 4096 / 1'000'000;
    last = std::max(tick, last + 1);
    return last;
}

std::optional<std::uint8_t> digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return {};
}

}  // namespace

Uuid Uuid::v7() {
    const std::uint64_t tick = next_tick();
    const std::uint64_t high = (tick >> 12) << 16 | 0x7000 | (tick & 0xfff);
    const std::uint64_t low = (random_word() & 0x3fff'ffff'ffff'ffff) | 0x8000'0000'0000'0000;
    Uuid id;
    for (int i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
        id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
    }
    return id;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return {};
    Uuid id;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (is_dash(i)) {
            if (text[i++] != '-') return {};
            continue;
        }
        const auto upper = digit(text[i]);
        const auto lower = digit(text[i + 1]);
        if (!upper || !lower) return {};
        id.bytes[byte++] = static_cast<std::uint8_t>(*upper << 4 | *lower);
        i += 2;
    }
    return id;
}

std::string Uuid::to_string() const {
    std::string text(36, '-');
    write(text.data());
    return text;
}

void Uuid::write(char* out) const {
    for (std::size_t byte = 0; byte < bytes.size(); ++byte) {
        if (byte == 4 || byte == 6 || byte == 8 || byte == 10) *out++ = '-';
        *out++ = hex_digits[bytes[byte] >> 4];
        *out++ = hex_digits[bytes[byte] & 0xf];
    }
}

}  // namespace terrace

std::size_t std::hash<terrace::Uuid>::operator()(const terrace::Uuid& id) const noexcept {
    std::uint64_t halves[2];
    std::memcpy(halves, id.bytes.data(), sizeof halves);
    return halves[0] * 0x9e37'79b9'7f4a'7c15 ^ halves[1];
}
