#pragma once

#include <string_view>

namespace terrace::identity {

/// Whether `password` (lower-case ASCII) is among the common ones of twelve characters and more: a known phrase, or one
/// common word with digits, signs, letter-for-digit swaps or its own repetition around it ("p@ssw0rd2026",
/// "welcomewelcome").
bool is_common_password(std::string_view password);

/// One unit again and again ("abcabcabcabc"), at most three different characters, or a run along the alphabet, the
/// digits or a keyboard's rows and columns ("abcdefghijkl", "1qaz2wsx3edc").
bool is_patterned_password(std::string_view password);

}  // namespace terrace::identity
