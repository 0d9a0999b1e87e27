#pragma once

#include "platform/resource/resource.hpp"

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

/// A word of a search: an object has it when one of its tokens lies in one of the ranges.
using WordRanges = std::vector<TokenRange>;

/// The words of a search, at most six (the longest), longest first. A word of digits is looked for at the front and at
/// the end of phones; empty when there is no word in the text.
std::vector<WordRanges> search_words(std::string_view text);

}  // namespace terrace::resource
