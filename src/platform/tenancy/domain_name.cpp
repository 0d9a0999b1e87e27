#include "platform/tenancy/domain_name.hpp"

#include "platform/base/ip.hpp"
#include "platform/base/text.hpp"

#include <libpsl.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace terrace::tenancy {
namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_typed = 1'000;

/// Names that no public DNS answers for (RFC 6761, RFC 6762, RFC 7686, RFC 9476, ICANN's `.internal`). Sorted.
constexpr std::array<std::string_view, 8> private_suffixes{
    "alt", "arpa", "home", "internal", "invalid", "local", "localhost", "onion",
};
static_assert(std::ranges::is_sorted(private_suffixes));

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_letter_or_digit(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && is_letter_or_digit(label.front()) &&
           is_letter_or_digit(label.back()) &&
           std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

std::string_view last_label(std::string_view name) {
    return name.substr(name.rfind('.') + 1);
}

struct CloseIdna {
    void operator()(UIDNA* idna) const { uidna_close(idna); }
};

/// By UTS #46 as browsers do it; nothing for what is no name there.
std::optional<std::string> to_ascii(std::string_view typed) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UIDNA, CloseIdna> idna(uidna_openUTS46(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status));
    if (U_FAILURE(status)) return {};
    std::string ascii(512, '\0');
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    const auto length = uidna_nameToASCII_UTF8(idna.get(), typed.data(), static_cast<std::int32_t>(typed.size()),
                                               ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &status);
    if (U_FAILURE(status) || info.errors != 0) return {};
    ascii.resize(static_cast<std::size_t>(length));
    return ascii;
}

bool is_public_suffix(const std::string& domain) {
    return psl_is_public_suffix(psl_builtin(), domain.c_str()) != 0;
}

bool is_at_or_below(std::string_view name, std::string_view base) {
    if (!name.ends_with(base)) return false;
    return name.size() == base.size() || name[name.size() - base.size() - 1] == '.';
}

/// Why a well-formed name may not be claimed.
std::optional<FieldError> refuse(const std::string& domain, const Origin& origin) {
    if (is_at_or_below(domain, origin.base_domain))
        return FieldError{"ours",
                          "This name lies under " + origin.base_domain + ": choose it as the sub-domain instead."};
    if (!domain.contains('.')) return FieldError{"one_label", "Enter a whole domain, such as clinic.example."};
    if (std::ranges::binary_search(private_suffixes, last_label(domain)))
        return FieldError{"not_public", "Names that end in ." + std::string(last_label(domain)) +
                                            " cannot be reached from the internet."};
    if (is_public_suffix(domain))
        return FieldError{"public_suffix", "Others register names under " + domain +
                                               ": enter one of your own, such as clinic." + domain + "."};
    return std::nullopt;
}

}  // namespace

bool is_domain_name(std::string_view text) {
    if (text.size() > longest_domain || !text.contains('.')) return false;
    if (const auto last = last_label(text); last.size() < 2 || !is_letter(last.front())) return false;
    for (;;) {
        const auto dot = text.find('.');
        if (!is_label(text.substr(0, dot))) return false;
        if (dot == text.npos) return true;
        text.remove_prefix(dot + 1);
    }
}

std::expected<std::string, FieldError> read_domain(std::string_view typed, const Origin& origin) {
    typed = trim(typed);
    if (typed.empty()) return std::unexpected(FieldError{"blank", "This field may not be blank."});
    if (typed.size() > longest_typed) return std::unexpected(FieldError{"max_length", "Use at most 244 characters."});
    if (IpAddress::parse(typed) || typed.starts_with('['))
        return std::unexpected(
            FieldError{"ip_address", "This is an IP address: enter a domain, such as clinic.example."});
    if (typed.find_first_of("/:@?#\\ *") != typed.npos)
        return std::unexpected(
            FieldError{"not_alone", "Enter the domain alone, such as clinic.example: no https://, port or path."});
    if (typed.ends_with('.')) typed.remove_suffix(1);
    auto domain = to_ascii(typed);
    if (domain && domain->size() > longest_domain)
        return std::unexpected(FieldError{"max_length", "Use at most 244 characters."});
    if (!domain || (domain->contains('.') && !is_domain_name(*domain)) ||
        (!domain->contains('.') && !is_label(*domain)))
        return std::unexpected(
            FieldError{"invalid", "This is no domain: use letters, digits and single hyphens between dots."});
    if (auto fault = refuse(*domain, origin)) return std::unexpected(std::move(*fault));
    return std::move(*domain);
}

}  // namespace terrace::tenancy
