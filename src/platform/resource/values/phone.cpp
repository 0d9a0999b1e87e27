#include "platform/resource/values/phone.hpp"

namespace terrace::resource {
namespace {

/// The digits alone; nothing when another character than a separator stands between them.
std::optional<std::string> digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!std::string_view(" -.()").contains(c))
            return {};
    }
    return digits;
}

/// A mobile, or a line with the code of its town in front; the code of no town and no mobile begins with 0.
std::optional<std::string> indian(std::string_view national) {
    if (national.size() != 10 || national.front() == '0') return {};
    return "+91" + std::string(national);
}

/// E.164: a country code that does not begin with 0, 15 digits at most; 7 is the shortest in use.
std::optional<std::string> international(std::string_view digits) {
    if (digits.starts_with("91")) return indian(digits.substr(2));
    if (digits.size() < 7 || digits.size() > 15 || digits.front() == '0') return {};
    return "+" + std::string(digits);
}

}  // namespace

std::optional<std::string> to_e164(std::string_view typed) {
    const bool plus = typed.starts_with('+');
    const auto all = digits_of(plus ? typed.substr(1) : typed);
    if (!all) return {};
    const std::string_view digits = *all;
    if (plus) return international(digits);
    if (digits.size() == 14 && digits.starts_with("0091")) return indian(digits.substr(4));
    if (digits.size() == 12 && digits.starts_with("91")) return indian(digits.substr(2));
    if (digits.size() == 11 && digits.starts_with("0")) return indian(digits.substr(1));
    return indian(digits);
}

}  // namespace terrace::resource
