#include "platform/api/negotiate.hpp"

#include "platform/base/text.hpp"

#include <algorithm>

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

/// `q=0`, `q=0.`, `q=0.000`.
bool is_refusal(std::string_view parameter) {
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
    return parameter.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool admits(std::string_view accept, std::string_view media_type) {
    if (trim(accept).empty()) return true;
    int closest = 0;
    bool admitted = false;
    while (!accept.empty()) {
        std::string_view entry = next(accept, ',');
        const int close = closeness(next(entry, ';'), media_type);
        if (close <= closest) continue;
        closest = close;
        admitted = true;
        while (!entry.empty())
            if (is_refusal(next(entry, ';'))) admitted = false;
    }
    return admitted;
}

}  // namespace terrace::api
