#include "platform/files/picture.hpp"

#include "platform/files/media_type.hpp"
#include "platform/files/test_files.hpp"

#include <boost/crc.hpp>

#include <cstdint>

namespace terrace::files::testing {
namespace {

using ::testing::HasSubstr;

std::string big_endian(unsigned value) {
    return {static_cast<char>(value >> 8U), static_cast<char>(value & 0xffU)};
}

/// The header of a JPEG.
std::string jpeg(unsigned width, unsigned height) {
    return "\xff\xd8" + std::string("\xff\xc0\0\x11\x08", 5) + big_endian(height) + big_endian(width) +
           std::string("\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xda\0\x0c\x03\x01\0\x02\0\x03\0\0\x3f\0", 24);
}

/// The header of a lossless WebP, whose sizes have 14 bits each.
std::string webp(std::uint32_t width, std::uint32_t height) {
    std::string bytes("RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f", 21);
    const std::uint32_t sizes = (width - 1) | (height - 1) << 14U;
    for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(sizes >> shift & 0xffU);
    return bytes + '\0';
}

/// The header of a PNG of 10,000 × 5,001 pixels.
std::string huge_png() {
    std::string bytes = png(41);
    return bytes.replace(16, 8, std::string("\0\0\x27\x10\0\0\x13\x89", 8))
        .replace(29, 4, std::string("\xdc\x0b\xa4\xed", 4));
}

constexpr const char* no_picture = "application/octet-stream";

TEST(Pictures, AreKnownByTheirHeader) {
    const MediaTypes types;
    EXPECT_EQ(types.of(png()), "image/png");
    EXPECT_EQ(types.of(jpeg(640, 480)), "image/jpeg");
    EXPECT_EQ(types.of(webp(640, 480)), "image/webp");
    EXPECT_EQ(picture_size("image/png", png())->pixels(), 1);
    EXPECT_EQ(picture_size("image/jpeg", jpeg(640, 480))->width, 640);
    EXPECT_EQ(picture_size("image/webp", webp(640, 480))->height, 480);
}

TEST(Pictures, WithABrokenHeaderAreNone) {
    const MediaTypes types;
    std::string flipped = png();
    flipped[18] ^= 1;  // its width, which the checksum covers
    for (const std::string& bytes : {flipped, png().substr(0, 30), jpeg(640, 480).substr(0, 12), jpeg(0, 480),
                                     webp(640, 480).substr(0, 16), "\x89PNG\r\n\x1a\n" + std::string(100, 'x')})
        EXPECT_EQ(types.of(bytes), no_picture) << bytes;
}

/// Texts and profiles of colours may stand before the pixels, each packed to a thousandth: they are not reached.
TEST(Pictures, OfPngAreReadAsFarAsTheirHead) {
    constexpr std::size_t head = 33;
    EXPECT_EQ(picture_size("image/png", huge_png().substr(0, head))->width, 10'000);
    EXPECT_FALSE(picture_size("image/png", huge_png().substr(0, head - 1)));
    const std::string garbage(300'000, '\xff');
    const MediaTypes types;
    EXPECT_EQ(types.of(png().substr(0, head) + garbage), "image/png");
    EXPECT_EQ(types.of(huge_png().substr(0, head) + garbage), no_picture);
}

/// 2^31 and more are no sizes of a PNG, and their product would be none of ours.
TEST(Pictures, OfPngHaveSizesOf31Bits) {
    std::string bytes = png();
    bytes.replace(16, 8, std::string("\xff\xff\xff\xff\xff\xff\xff\xff", 8));
    boost::crc_32_type checksum;
    checksum.process_bytes(bytes.data() + 12, 17);
    for (unsigned byte = 0; byte < 4; ++byte)
        bytes[29 + byte] = static_cast<char>(checksum.checksum() >> (24 - 8 * byte) & 0xffU);
    EXPECT_FALSE(picture_size("image/png", bytes));
}

TEST(Pictures, OfTooManyPixelsAreNone) {
    const MediaTypes types;
    EXPECT_EQ(picture_size("image/png", huge_png())->pixels(), 50'010'000);
    EXPECT_EQ(types.of(huge_png()), no_picture);
    EXPECT_EQ(types.of(jpeg(10'000, 5'000)), "image/jpeg");
    EXPECT_EQ(types.of(jpeg(10'000, 5'001)), no_picture);
    EXPECT_EQ(types.of(jpeg(65'500, 65'500)), no_picture);
    EXPECT_EQ(types.of(webp(16'384, 16'384)), no_picture);
}

TEST_F(FilesTest, AnImageFieldTakesNoPictureThatCannotBeShown) {
    for (const std::string& bytes : {huge_png(), jpeg(640, 480).substr(0, 12)}) {
        const Answer refused =
            ada.post(cards_list, fmt::format(R"({{"title":"a","photo":"{}"}})", upload(bytes, "a.png")));
        EXPECT_EQ(refused.errors(), "photo: invalid_image");
        EXPECT_THAT(refused.body, HasSubstr("Upload a valid image."));
    }
}

}  // namespace
}  // namespace terrace::files::testing
