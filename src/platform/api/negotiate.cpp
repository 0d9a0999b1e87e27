#include "platform/api/negotiate.hpp"

#include "platform/base/text.hpp"

#include <algorithm>
#include <optional>

namespace terrace::api {
namespace {

/// The text before `separator`, which is taken off `rest` together with it.
std::string_view next(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto part = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

/// 0 when a range does not name the type, else 1 for `*/*`, 2 for `application/*`, 3 for the type itself.
int closeness(std::string_view range, std::string_view type) {
    if (equal_in_any_case(range, type)) return 3;
    if (range == "*/*") return 1;
    if (!range.ends_with("/*")) return 0;
    const auto main = type.substr(0, type.find('/') + 1);
    return equal_in_any_case(range.substr(0, range.size() - 1), main) ? 2 : 0;
}

constexpr int whole = 1000;

/// `q=0.5` in thousandths; nothing of any other parameter, and of what is no weight (RFC 9110 §12.4.2).
std::optional<int> read_weight(std::string_view parameter) {
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return {};
    const auto text = parameter.substr(2);
    const auto decimals = text.substr(std::min<std::size_t>(text.size(), 2));
    const bool sound = (text.starts_with('0') || text.starts_with('1')) && (text.size() < 2 || text[1] == '.') &&
                       decimals.size() <= 3 && decimals.find_first_not_of("0123456789") == std::string_view::npos;
    if (!sound) return {};
    int thousandths = text.front() == '1' ? whole : 0;
    int place = whole / 10;
    for (const char digit : decimals) {
        thousandths += (digit - '0') * place;
        place /= 10;
    }
    return std::min(thousandths, whole);
}

}  // namespace

int weight(std::string_view accept, std::string_view media_type) {
    if (trim(accept).empty()) return whole;
    int closest = 0;
    int weight = 0;
    while (!accept.empty()) {
        std::string_view entry = next(accept, ',');
        const int close = closeness(next(entry, ';'), media_type);
        if (close <= closest) continue;
        closest = close;
        weight = whole;
        while (!entry.empty()) weight = read_weight(next(entry, ';')).value_or(weight);
    }
    return weight;
}

}  // namespace terrace::api
