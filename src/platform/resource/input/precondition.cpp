#include "platform/resource/input/precondition.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace terrace::resource {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// The entries of a list of ETags, without `W/`. None of ours holds a comma.
std::vector<std::string_view> entries(std::string_view header) {
    std::vector<std::string_view> found;
    for (std::size_t from = 0; from <= header.size();) {
        const std::size_t end = std::min(header.find(',', from), header.size());
        std::string_view entry = trim(header.substr(from, end - from));
        if (entry.starts_with("W/")) entry.remove_prefix(2);
        if (!entry.empty()) found.push_back(entry);
        from = end + 1;
    }
    return found;
}

std::optional<std::int64_t> version_of(std::string_view tag) {
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return {};
    tag = tag.substr(1, tag.size() - 2);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (error != std::errc() || (end != tag.data() + tag.size() && *end != '-')) return {};
    return version;
}

}  // namespace

std::optional<IfMatch> IfMatch::from(const http::Request& request) {
    const auto header = request.header("if-match");
    if (!header) return {};
    IfMatch condition;
    for (const std::string_view entry : entries(*header)) {
        if (entry == "*") condition.any_ = true;
        if (const auto version = version_of(entry)) condition.versions_.push_back(*version);
    }
    return condition;
}

bool IfMatch::accepts(std::int64_t version) const {
    return any_ || std::ranges::find(versions_, version) != versions_.end();
}

bool holds_already(const http::Request& request, std::string_view etag) {
    const auto header = request.header("if-none-match");
    if (!header) return false;
    return std::ranges::any_of(entries(*header), [&](std::string_view entry) { return entry == "*" || entry == etag; });
}

}  // namespace terrace::resource
