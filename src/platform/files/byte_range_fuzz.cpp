/// What a client writes of a file: the Range header, and the name that is put into Content-Disposition.

#include "platform/base/text.hpp"
#include "platform/files/byte_range.hpp"
#include "platform/files/file_name.hpp"
#include "platform/testing/fuzz.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace terrace::files {
namespace {

using fuzz::require;

void check_range(std::string_view header, std::int64_t size) {
    const auto [kind, range] = read_range(header, size);
    if (kind != RangeRequest::Kind::part) return;
    require(range.first >= 0 && range.first <= range.last && range.last < size, "a range lies in the file");
    const auto again = read_range(fmt::format("bytes={}-{}", range.first, range.last), size);
    require(again.kind == RangeRequest::Kind::part && again.range == range, "a range written again is the same");
}

void check_disposition(std::string_view text) {
    if (!is_storable_text(text)) return;
    const auto name = check_name(text);
    if (!name) return;
    require(check_name(*name) == name, "a name that was taken is taken again as it is");
    const std::string value = content_disposition(true, *name);
    require(std::ranges::all_of(value, [](char c) { return c >= ' ' && c < '\x7f'; }), "a header is visible ASCII");
    require(std::ranges::count(value, '"') == 2, "a name does not end its quotes");
}

}  // namespace
}  // namespace terrace::files

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = terrace::fuzz::text_of(data, size);
    for (const std::int64_t length : {1, 100, 25 * 1024 * 1024}) terrace::files::check_range(text, length);
    terrace::files::check_disposition(text);
    return 0;
}
