#include "platform/files/picture.hpp"

#include <boost/crc.hpp>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace terrace::files {
namespace {

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

/// Negative from 2^31 on, which is no size of a PNG.
std::int32_t big_endian(std::string_view four) {
    std::uint32_t number = 0;
    for (const char c : four) number = number << 8U | static_cast<std::uint8_t>(c);
    return static_cast<std::int32_t>(number);
}

/// IHDR comes first and has a checksum (PNG §5.6, §11.2.1). libpng reads on to the pixels, unpacks every text and
/// colour profile on the way, to 8 MB each, and keeps them all.
std::optional<PictureSize> png_size(std::string_view beginning) {
    constexpr std::string_view start("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    constexpr std::size_t name = 12, width = 16, height = 20, sum = 29, end = 33;
    if (beginning.size() < end || !beginning.starts_with(start)) return {};
    boost::crc_32_type checksum;
    checksum.process_bytes(beginning.data() + name, sum - name);
    if (static_cast<std::int32_t>(checksum.checksum()) != big_endian(beginning.substr(sum, 4))) return {};
    return PictureSize{.width = big_endian(beginning.substr(width, 4)),
                       .height = big_endian(beginning.substr(height, 4))};
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
