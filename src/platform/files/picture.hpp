#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace terrace::files {

/// What a picture takes to be shown is its pixels, not its bytes: 4 bytes each, so 200 MB at the most, in the browser
/// of whoever looks at it. The usual sizes of phones (12 to 50 million) are below.
inline constexpr std::int64_t most_pixels = 50'000'000;

struct PictureSize {
    std::int64_t width = 0, height = 0;
    std::int64_t pixels() const { return width * height; }
};

/// The size that a PNG, JPEG or WebP announces. Its header alone is read and nothing of it is unpacked. Nothing where
/// the header cannot be read, or does not end within `beginning`. For any thread.
std::optional<PictureSize> picture_size(std::string_view media_type, std::string_view beginning);

/// Whether there is a reader of this type above.
bool is_readable_picture(std::string_view media_type);

}  // namespace terrace::files
