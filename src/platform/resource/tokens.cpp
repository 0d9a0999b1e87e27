#include "platform/resource/tokens.hpp"

#include "platform/resource/text.hpp"

#include <algorithm>
#include <iterator>

namespace terrace::resource {
namespace {

constexpr std::size_t most_words = 6;
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

/// All tokens that begin with `word`: up to the greatest code point after it.
TokenRange prefix(std::string word) {
    std::string to = word + "\U0010FFFF";
    return {std::move(word), std::move(to)};
}

}  // namespace

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

std::vector<WordRanges> search_words(std::string_view text) {
    std::vector<std::string> words = text::words(text);
    std::ranges::sort(words, [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    if (words.size() > most_words) words.resize(most_words);
    std::vector<WordRanges> found;
    for (std::string& word : words) {
        // As dialled inside India: the trunk's 0 is no digit of the number.
        if (is_digits(word) && word.size() == 11 && word.starts_with('0')) word.erase(0, 1);
        WordRanges ranges{prefix(word)};
        if (is_digits(word)) ranges.push_back(prefix(reversed(word)));
        found.push_back(std::move(ranges));
    }
    return found;
}

}  // namespace terrace::resource
