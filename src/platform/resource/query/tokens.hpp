#pragma once

#include "platform/resource/resource.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Search by word prefixes under row-level security: a resource's token table holds one row a word, and a search is a
/// range of tokens in collation "C" (only leakproof operators can use an index there).
namespace terrace::resource {

/// The tokens of an object, sorted, each once: the folded words of its texts; of a phone all digits, the digits without
/// India's 91, and the latter backwards after `<`.
std::vector<std::string> tokens_of(const Resource& resource, const void* object);

/// Joined by blanks, as one parameter for string_to_table.
std::string join_tokens(const std::vector<std::string>& tokens);

/// Tokens of `a` that are not in `b`; both sorted.
std::vector<std::string> without(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// Tokens from `from` up to, but without, `to`.
struct TokenRange {
    std::string from, to;
};

/// All texts that begin with `prefix`: up to the greatest code point after it.
TokenRange prefix_range(std::string prefix);

/// A word of a search: an object has it when one of its tokens lies in one of the ranges, or its number is this one.
struct SearchWord {
    TokenRange front;
    TokenRange end{};                      ///< of phones; may be empty
    std::optional<std::int64_t> number{};  ///< of digits alone
};

constexpr std::size_t most_search_words = 6;

/// The words of a search, at most six (the longest), longest first; empty when there is no word in the text. A word of
/// under three letters is a whole token, a longer one the beginning of a token. Three digits and more are also looked
/// for at the end of phones.
std::vector<SearchWord> search_words(std::string_view text);

}  // namespace terrace::resource
