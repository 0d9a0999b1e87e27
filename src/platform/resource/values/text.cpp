#include "platform/resource/values/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>

namespace terrace::resource::text {
namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char fold_ascii(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
    return ' ';
}

/// Appends with runs of blanks as one, none in front.
class Squeezer {
  public:
    void blank() { pending_ = !out_.empty(); }
    void add(std::string_view piece) {
        if (pending_) out_ += ' ';
        pending_ = false;
        out_ += piece;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
    bool pending_ = false;
};

/// Accents of Latin, Greek and Cyrillic have the script of their base; marks of Indian scripts have their own.
bool is_accent(UChar32 c) {
    UErrorCode error = U_ZERO_ERROR;
    return (U_GET_GC_MASK(c) & U_GC_MN_MASK) != 0 && uscript_getScript(c, &error) == USCRIPT_INHERITED;
}

/// The dot of letters borrowed into Devanagari, Bengali, Gurmukhi, Gujarati, Oriya and Kannada.
bool is_nukta(UChar32 c) {
    return c == 0x093C || c == 0x09BC || c == 0x0A3C || c == 0x0ABC || c == 0x0B3C || c == 0x0CBC;
}

const icu::Normalizer2& normalizer(bool fold_case) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* found =
        fold_case ? icu::Normalizer2::getNFKCCasefoldInstance(error) : icu::Normalizer2::getNFKDInstance(error);
    if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU has no data: ") + u_errorName(error));
    return *found;
}

icu::UnicodeString normalize(const icu::Normalizer2& form, const icu::UnicodeString& text) {
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString out = form.normalize(text, error);
    if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU cannot normalise: ") + u_errorName(error));
    return out;
}

std::string fold_unicode(std::string_view text) {
    const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    const auto decomposed = normalize(normalizer(false), normalize(normalizer(true), source));
    Squeezer out;
    for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        const UChar32 c = decomposed.char32At(i);
        if (is_accent(c) || is_nukta(c)) continue;
        std::string piece;
        if (const std::int32_t digit = u_charDigitValue(c); digit >= 0)
            piece = static_cast<char>('0' + digit);
        else if ((U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0)
            icu::UnicodeString(c).toUTF8String(piece);
        if (piece.empty())
            out.blank();
        else
            out.add(piece);
    }
    return out.take();
}

/// The code point at `i`, which moves past it.
UChar32 next(std::string_view text, std::size_t& i) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, text.size(), c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro is made so
    return c;
}

}  // namespace

std::string fold(std::string_view text) {
    if (!is_ascii(text)) return fold_unicode(text);
    Squeezer out;
    for (const char plain : text) {
        const char c = fold_ascii(plain);
        if (c == ' ')
            out.blank();
        else
            out.add({&c, 1});
    }
    return out.take();
}

std::vector<std::string> words(std::string_view text) {
    const std::string folded = fold(text);
    std::vector<std::string> found;
    for (std::size_t from = 0; from < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', from), folded.size());
        found.push_back(folded.substr(from, end - from));
        from = end + 1;
    }
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view trim(std::string_view text) {
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t after = from;
        if (!u_isUWhiteSpace(next(text, after))) break;
        from = after;
    }
    std::size_t end = from;
    for (std::size_t i = from; i < text.size();)
        if (!u_isUWhiteSpace(next(text, i))) end = i;
    return text.substr(from, end - from);
}

bool has_control(std::string_view text, bool multiline) {
    for (std::size_t i = 0; i < text.size();) {
        const UChar32 c = next(text, i);
        if (multiline && (c == '\n' || c == '\r' || c == '\t')) continue;
        if (u_charType(c) == U_CONTROL_CHAR) return true;
    }
    return false;
}

}  // namespace terrace::resource::text
