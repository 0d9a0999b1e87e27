/// What a client sends as the first bytes of a file: the libraries that look at it.

#include "platform/files/media_type.hpp"
#include "platform/files/picture.hpp"
#include "platform/testing/fuzz.hpp"

namespace terrace::files {
namespace {

using fuzz::require;

void check(std::string_view bytes) {
    static const MediaTypes types;
    for (const std::string_view type : {"image/png", "image/jpeg", "image/webp"}) {
        const auto size = picture_size(type, bytes);
        require(!size || (size->width > 0 && size->height > 0), "a picture has pixels");
    }
    const std::string type = types.of(bytes);
    if (!is_readable_picture(type)) return;
    const auto size = picture_size(type, bytes);
    require(size && size->pixels() <= most_pixels, "what is called a picture can be shown");
}

}  // namespace
}  // namespace terrace::files

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    terrace::files::check(terrace::fuzz::text_of(data, size));
    return 0;
}
