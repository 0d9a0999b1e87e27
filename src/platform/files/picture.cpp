#include "platform/files/picture.hpp"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <memory>
#include <type_traits>

namespace terrace::files {
namespace {

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// Up to the first bytes of the image itself; libpng keeps at most 8 MB of what stands before (color profiles).
std::optional<PictureSize> png_size(std::string_view beginning) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, beginning.data(), beginning.size()) == 0) return {};
    const PictureSize size{.width = image.width, .height = image.height};
    png_image_free(&image);
    return size;
}

/// A header that is read but has an unusual sampling is reported as an error with its size set; browsers show it.
std::optional<PictureSize> jpeg_size(std::string_view beginning) {
    const std::unique_ptr<std::remove_pointer_t<tjhandle>, int (*)(tjhandle)> reader(tjInitDecompress(), tjDestroy);
    if (!reader) return {};
    int width = 0, height = 0, sampling = 0, colours = 0;
    tjDecompressHeader3(reader.get(), bytes_of(beginning), beginning.size(), &width, &height, &sampling, &colours);
    return PictureSize{.width = width, .height = height};
}

std::optional<PictureSize> webp_size(std::string_view beginning) {
    int width = 0, height = 0;
    if (WebPGetInfo(bytes_of(beginning), beginning.size(), &width, &height) == 0) return {};
    return PictureSize{.width = width, .height = height};
}

struct Reader {
    std::string_view media_type;
    std::optional<PictureSize> (*read)(std::string_view beginning);
};

constexpr std::array<Reader, 3> readers{
    {{"image/png", png_size}, {"image/jpeg", jpeg_size}, {"image/webp", webp_size}}};

}  // namespace

bool is_readable_picture(std::string_view media_type) {
    return std::ranges::find(readers, media_type, &Reader::media_type) != readers.end();
}

std::optional<PictureSize> picture_size(std::string_view media_type, std::string_view beginning) {
    const auto reader = std::ranges::find(readers, media_type, &Reader::media_type);
    if (reader == readers.end()) return {};
    const auto size = reader->read(beginning);
    if (!size || size->width < 1 || size->height < 1) return {};
    return size;
}

}  // namespace terrace::files
