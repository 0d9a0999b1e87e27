#include "platform/resource/query/tokens.hpp"

#include "platform/resource/values/text.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <system_error>

namespace terrace::resource {
namespace {

constexpr std::size_t shortest_prefix = 3;
constexpr char backwards = '<';

bool is_digits(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

std::string reversed(std::string_view digits) {
    std::string out(1, backwards);
    out.append(digits.rbegin(), digits.rend());
    return out;
}

void add_digits(std::string_view e164, std::vector<std::string>& tokens) {
    std::string_view digits = e164;
    if (digits.starts_with('+')) digits.remove_prefix(1);
    if (digits.empty()) return;
    tokens.emplace_back(digits);
    if (digits.size() == 12 && digits.starts_with("91")) tokens.emplace_back(digits.substr(2));
    tokens.push_back(reversed(digits));
}

/// As `0042` is said and written, too; nothing where it is too great to be anything's number.
std::optional<std::int64_t> number_of(std::string_view digits) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

/// The token itself: none holds a control character, so there is nothing between it and its successor here.
TokenRange whole(std::string token) {
    std::string to = token + "\x01";
    return {std::move(token), std::move(to)};
}

}  // namespace

TokenRange prefix_range(std::string prefix) {
    std::string to = prefix + "\U0010FFFF";
    return {std::move(prefix), std::move(to)};
}

std::vector<std::string> tokens_of(const Resource& resource, const void* object) {
    std::vector<std::string> tokens;
    if (!resource.search) return tokens;
    for (const auto& [kind, field] : resource.search->sources) {
        const Value value = field->get(object);
        if (is_null(value)) continue;
        const auto& text = std::get<std::string>(value);
        if (kind == SearchSource::Kind::digits)
            add_digits(text, tokens);
        else
            std::ranges::move(text::words(text), std::back_inserter(tokens));
    }
    std::ranges::sort(tokens);
    tokens.erase(std::ranges::unique(tokens).begin(), tokens.end());
    return tokens;
}

std::string join_tokens(const std::vector<std::string>& tokens) {
    std::string joined;
    for (const std::string& token : tokens) {
        if (!joined.empty()) joined += ' ';
        joined += token;
    }
    return joined;
}

std::vector<std::string> without(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> rest;
    std::ranges::set_difference(a, b, std::back_inserter(rest));
    return rest;
}

std::vector<SearchWord> search_words(std::string_view text) {
    std::vector<std::string> words = text::words(text);
    // `+91 98765-43210`: alone, the code of the country says nothing, and no token is so short.
    if (text.contains("+91") && std::ranges::count_if(words, is_digits) > 1) std::erase(words, "91");
    std::ranges::sort(words, [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    if (words.size() > most_search_words) words.resize(most_search_words);
    std::vector<SearchWord> found;
    for (std::string& word : words) {
        // As dialled inside India: the trunk's 0 is no digit of the number.
        if (is_digits(word) && word.size() == 11 && word.starts_with('0')) word.erase(0, 1);
        SearchWord& last = found.emplace_back();
        if (is_digits(word)) last.number = number_of(word);
        if (is_digits(word) && word.size() >= shortest_prefix) last.end = prefix_range(reversed(word));
        last.front = text::length(word) < shortest_prefix ? whole(std::move(word)) : prefix_range(std::move(word));
    }
    return found;
}

}  // namespace terrace::resource
