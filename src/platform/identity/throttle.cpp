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

constexpr std::chrono::minutes check_window{15};
constexpr std::chrono::hours sign_up_window{1};
/// With the hashes bounded to some 30 a second on two cores, failures of one window cannot fill all shards.
constexpr std::size_t windows_per_shard = 4096;
constexpr std::size_t network_bytes = 8;

Error throttled(std::chrono::seconds retry_after) {
    return {.status = 429,
            .code = "throttled",
            .detail = "There were too many attempts. Wait a while, then try again.",
            .retry_after = retry_after};
}

}  // namespace

std::string network_of(std::string_view address) {
    const auto parsed = IpAddress::parse(address);
    if (!parsed) return std::string(address);
    const std::string bytes(parsed->bytes.begin(), parsed->bytes.end());
    static const std::string mapped_prefix = std::string(10, '\0') + "\xFF\xFF";
    return bytes.starts_with(mapped_prefix) ? bytes : bytes.substr(0, network_bytes);
}

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

std::expected<Throttle::Count, std::chrono::seconds> Throttle::count(const Key& key, int limit,
                                                                     Clock::duration length) {
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
    if (window->second.count >= limit)
        return std::unexpected(std::chrono::ceil<std::chrono::seconds>(window->second.ends - now));
    ++window->second.count;
    return Count{key, window->second.ends};
}

std::optional<std::chrono::seconds> Throttle::held_up(const Key& key, int limit) {
    Shard& shard = shard_of(key);
    const std::lock_guard lock(shard.mutex);
    const auto now = now_();
    const auto window = shard.windows.find(key);
    if (window == shard.windows.end() || window->second.ends <= now || window->second.count < limit) return {};
    return std::chrono::ceil<std::chrono::seconds>(window->second.ends - now);
}

void Throttle::take_back(const Count& count) {
    Shard& shard = shard_of(count.key);
    const std::lock_guard lock(shard.mutex);
    const auto window = shard.windows.find(count.key);
    // Another window's counts are others' failures.
    if (window == shard.windows.end() || window->second.ends != count.window_ends) return;
    if (--window->second.count == 0) shard.windows.erase(window);
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

Result<Throttle::Check> Throttle::begin_check(std::string_view email, std::string_view address) {
    const Key successes = key_of("success", {}, email);
    if (const auto wait = held_up(successes, limits_.successes_per_account)) return std::unexpected(throttled(*wait));
    const auto of_account =
        count(key_of("account", address, email), limits_.failures_per_account_and_address, check_window);
    if (!of_account) return std::unexpected(throttled(of_account.error()));
    const auto of_address = count(key_of("address", address, {}), limits_.failures_per_address, check_window);
    if (!of_address) {
        take_back(*of_account);
        return std::unexpected(throttled(of_address.error()));
    }
    return Check(*of_account, *of_address, successes);
}

void Throttle::forgive(const Check& check) {
    take_back(check.account_);
    take_back(check.address_);
}

void Throttle::succeed(const Check& check) {
    forgive(check);
    [[maybe_unused]] const auto counted = count(check.successes_, limits_.successes_per_account, check_window);
}

std::optional<Error> Throttle::take_sign_up(std::string_view address) {
    const auto counted = count(key_of("sign-up", address, {}), limits_.sign_ups_per_address, sign_up_window);
    if (counted) return {};
    return throttled(counted.error());
}

}  // namespace terrace::identity
