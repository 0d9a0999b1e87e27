#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace terrace::files {

/// Bytes [first, last] of a file, both in it.
struct ByteRange {
    std::int64_t first = 0;
    std::int64_t last = 0;

    std::int64_t length() const { return last - first + 1; }
    bool operator==(const ByteRange&) const = default;
};

/// What a Range header asks of a file (RFC 9110 §14.1.2, §14.2).
struct RangeRequest {
    enum class Kind {
        whole,          ///< no range, or one that may be ignored: another unit, a malformed one, several at once
        part,           ///< 206 with `range`
        unsatisfiable,  ///< 416
    };
    Kind kind = Kind::whole;
    ByteRange range;
};

/// `bytes=0-99`, `bytes=100-`, `bytes=-100` of a file of `size` > 0 bytes. Several ranges are answered whole, as §14.2
/// allows: no client of ours asks for them, and many small ones are a way to make a server work.
RangeRequest read_range(std::optional<std::string_view> header, std::int64_t size);

}  // namespace terrace::files
