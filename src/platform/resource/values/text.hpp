#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Texts as people compare them, for search and ordering, in every script (ICU). Input is valid UTF-8.
namespace terrace::resource::text {

/// Case folded, compatibility forms and accents gone, digits of every script as 0-9, runs of what is neither letter,
/// mark nor digit as one blank, none at the ends: "  Zoë  D'Souza" is "zoe d souza". Vowel signs of Indian scripts are
/// letters of a word and stay; the nukta, which people leave out, goes.
std::string fold(std::string_view text);

/// The words of a folded text, each once, sorted.
std::vector<std::string> words(std::string_view text);

/// Code points.
std::size_t length(std::string_view text);

/// Without white space of any script at both ends.
std::string_view trim(std::string_view text);

/// Whether a control character stands in it (Unicode Cc); with `multiline`, tab and line breaks may.
bool has_control(std::string_view text, bool multiline);

}  // namespace terrace::resource::text
