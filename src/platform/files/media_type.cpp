#include "platform/files/media_type.hpp"

#include "platform/files/picture.hpp"

#include <magic.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace terrace::files {
namespace {

constexpr const char* unknown_type = "application/octet-stream";
constexpr std::size_t looked_at = 64uz * 1024;

/// Readers of whole formats (archives, executables, old office files) are left out: they are the parts of libmagic that
/// follow what hostile bytes tell them, and no field allows those types.
constexpr int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_ELF |
                      MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_TOKENS;

constexpr std::array<std::string_view, 4> inline_types{"image/gif", "image/jpeg", "image/png", "image/webp"};

}  // namespace

MediaTypes::MediaTypes() : patterns_(magic_open(flags), magic_close) {
    if (!patterns_) throw std::runtime_error("libmagic cannot be opened");
    if (magic_load(patterns_.get(), nullptr) != 0)
        throw std::runtime_error(
            std::string("the patterns of media types cannot be read (is libmagic-mgc installed?): ") +
            magic_error(patterns_.get()));
}

std::string MediaTypes::of(std::string_view beginning) const {
    const char* const found = magic_buffer(patterns_.get(), beginning.data(), std::min(beginning.size(), looked_at));
    const std::string_view type = found ? found : "";
    if (!type.contains('/')) return unknown_type;
    if (is_readable_picture(type)) {
        const auto size = picture_size(type, beginning);
        if (!size || size->pixels() > most_pixels) return unknown_type;
    }
    return std::string(type);
}

bool may_stand_inline(std::string_view media_type) {
    return std::ranges::find(inline_types, media_type) != inline_types.end();
}

}  // namespace terrace::files
