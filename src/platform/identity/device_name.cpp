#include "platform/identity/device_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace terrace::identity {
namespace {

constexpr std::size_t longest_product = 40;

using Signs = std::pair<std::string_view, std::string_view>;

/// A sign and what it stands for. The order matters: nearly every browser names Chrome and Safari too.
constexpr std::array<Signs, 11> browsers{{{"Edg", "Edge"},
                                          {"OPR/", "Opera"},
                                          {"SamsungBrowser/", "Samsung Internet"},
                                          {"HeadlessChrome/", "Headless Chrome"},
                                          {"FxiOS/", "Firefox"},
                                          {"Firefox/", "Firefox"},
                                          {"CriOS/", "Chrome"},
                                          {"Chrome/", "Chrome"},
                                          {"Chromium/", "Chromium"},
                                          {"Version/", "Safari"},
                                          {"Safari/", "Safari"}}};

/// Android names Linux too, an iPhone Mac OS X.
constexpr std::array<Signs, 8> systems{{{"Android", "Android"},
                                        {"iPhone", "iPhone"},
                                        {"iPad", "iPad"},
                                        {"Windows", "Windows"},
                                        {"CrOS", "ChromeOS"},
                                        {"Macintosh", "Mac"},
                                        {"Mac OS X", "Mac"},
                                        {"Linux", "Linux"}}};

std::string_view find_sign(const auto& signs, std::string_view text) {
    const auto found = std::ranges::find_if(signs, [&](const Signs& sign) { return text.contains(sign.first); });
    return found == signs.end() ? std::string_view() : found->second;
}

constexpr bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// The first product of the text (RFC 9110 §10.1.5), without its version.
std::string_view product_of(std::string_view user_agent) {
    const auto end = std::ranges::find_if_not(user_agent, is_plain);
    return {user_agent.begin(), std::min(end, user_agent.begin() + std::min(user_agent.size(), longest_product))};
}

}  // namespace

std::string device_name(std::string_view user_agent) {
    if (!user_agent.starts_with("Mozilla/")) return std::string(product_of(user_agent));
    const auto browser = find_sign(browsers, user_agent);
    const auto system = find_sign(systems, user_agent);
    if (browser.empty()) return std::string(system);
    if (system.empty()) return std::string(browser);
    return std::string(browser).append(" on ").append(system);
}

}  // namespace terrace::identity
