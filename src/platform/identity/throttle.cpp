#include "platform/identity/throttle.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/ip.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace terrace::identity {
namespace {

constexpr std::chrono::minutes failure_window{15};
constexpr std::chrono::hours sign_up_window{1};
/// With the hashes bounded to some 30 a second on two cores, failures of one window cannot fill all shards.
constexpr std::size_t windows_per_shard = 4096;
constexpr std::size_t network_bytes = 8;

/// The bytes that one customer cannot choose: all of an IPv4 address, the /64 of an IPv6 one.
std::string network_of(std::string_view address) {
    const auto parsed = IpAddress::parse(address);
    if (!parsed) return std::string(address);
    const std::string bytes(parsed->bytes.begin(), parsed->bytes.end());
    static const std::string mapped_prefix = std::string(10, '\0') + "\xFF\xFF";
    return bytes.starts_with(mapped_prefix) ? bytes : bytes.substr(0, network_bytes);
}

Error throttled(std::chrono::seconds retry_after) {
    return {.status = 429,
            .code = "throttled",
            .detail = "There were too many attempts. Wait a while, then try again.",
            .retry_after = retry_after};
}

}  // namespace

std::size_t Throttle::KeyHash::operator()(const Key& key) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, key.data() + 1, sizeof hash);
    return hash;
}

Throttle::Throttle(const Config::Throttle& limits, Now now) : limits_(limits), now_(std::move(now)) {}

Throttle::Key Throttle::key_of(std::string_view kind, std::string_view address, std::string_view email) {
    std::string text(kind);
    text.append(1, '\0').append(network_of(address)).append(1, '\0').append(email);
    const crypto::Digest digest = crypto::sha256(text);
    Key key;
    std::copy_n(digest.begin(), key.size(), key.begin());
    return key;
}

std::optional<std::chrono::seconds> Throttle::exhausted(const Key& key, int limit) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto window = shard.windows.find(key);
    const auto now = now_();
    if (window == shard.windows.end() || window->second.ends <= now || window->second.count < limit) return {};
    return std::chrono::ceil<std::chrono::seconds>(window->second.ends - now);
}

void Throttle::count(const Key& key, Clock::duration length) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto now = now_();
    auto window = shard.windows.find(key);
    if (window == shard.windows.end()) {
        make_room(shard, now);
        window = shard.windows.emplace(key, Window{.ends = now + length}).first;
    } else if (window->second.ends <= now) {
        window->second = {.ends = now + length};
    }
    ++window->second.count;
}

void Throttle::make_room(Shard& shard, Clock::time_point now) {
    if (shard.windows.size() < windows_per_shard) return;
    std::erase_if(shard.windows, [now](const auto& entry) { return entry.second.ends <= now; });
    if (shard.windows.size() < windows_per_shard) return;
    // A quarter at once, so that a flood pays for the search once in a thousand times.
    std::vector<Clock::time_point> ends;
    ends.reserve(shard.windows.size());
    for (const auto& [key, window] : shard.windows) ends.push_back(window.ends);
    const auto quarter = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 4);
    std::ranges::nth_element(ends, quarter);
    std::erase_if(shard.windows, [limit = *quarter](const auto& entry) { return entry.second.ends <= limit; });
}

std::size_t Throttle::size() {
    std::size_t windows = 0;
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        windows += shard.windows.size();
    }
    return windows;
}

std::optional<Error> Throttle::check_sign_in(std::string_view email, std::string_view address) {
    const auto account = exhausted(key_of("account", address, email), limits_.failures_per_account_and_address);
    if (account) return throttled(*account);
    const auto all = exhausted(key_of("address", address, {}), limits_.failures_per_address);
    if (all) return throttled(*all);
    return {};
}

void Throttle::sign_in_failed(std::string_view email, std::string_view address) {
    count(key_of("account", address, email), failure_window);
    count(key_of("address", address, {}), failure_window);
}

std::optional<Error> Throttle::take_sign_up(std::string_view address) {
    const Key key = key_of("sign-up", address, {});
    if (const auto wait = exhausted(key, limits_.sign_ups_per_address)) return throttled(*wait);
    count(key, sign_up_window);
    return {};
}

}  // namespace terrace::identity
