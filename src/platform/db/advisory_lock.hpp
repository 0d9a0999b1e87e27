#pragma once

#include "platform/base/uuid.hpp"

#include <cstdint>
#include <string_view>

namespace terrace::db {

/// The key of a PostgreSQL advisory lock: 64 bits of FNV-1a over purpose and tenant (nil where a lock is of no tenant).
/// Advisory locks share one namespace per database; two keys that collide wait for each other and nothing worse.
constexpr std::int64_t advisory_lock_key(std::string_view purpose, const Uuid& tenant) {
    std::uint64_t hash = 0xcbf29ce484222325;
    const auto mix = [&hash](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001b3; };
    for (const char c : purpose) mix(static_cast<std::uint8_t>(c));
    mix(0);
    for (const std::uint8_t byte : tenant.bytes) mix(byte);
    return static_cast<std::int64_t>(hash);
}

/// Held shared by every writing unit of a tenant, exclusively by whoever moves the tenant (docs/tenancy.md).
constexpr std::int64_t place_lock_key(const Uuid& tenant) {
    return advisory_lock_key("place", tenant);
}

/// Held exclusively by whoever moves a tenant, shuts, opens or erases it, or imports rows into it, for as long as that
/// takes; shared by whoever exports them.
constexpr std::int64_t move_lock_key(const Uuid& tenant) {
    return advisory_lock_key("move", tenant);
}

/// Held exclusively by whoever migrates, shared by whoever needs tables that stay as they are.
constexpr std::int64_t migrate_lock_key() {
    return advisory_lock_key("migrate", Uuid{});
}

}  // namespace terrace::db
