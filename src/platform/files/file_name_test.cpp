#include "platform/files/file_name.hpp"

#include <gtest/gtest.h>

namespace terrace::files {
namespace {

std::string code(std::string_view name) {
    const auto checked = check_name(name);
    return checked ? "" : checked.error().code;
}

TEST(FileName, IsTrimmedAndKeptAsItIs) {
    EXPECT_EQ(check_name("  X-ray, left hand.jpg "), "X-ray, left hand.jpg");
    EXPECT_EQ(check_name("रिपोर्ट.pdf"), "रिपोर्ट.pdf");
    EXPECT_EQ(check_name(std::string(255, 'a')), std::string(255, 'a'));
}

TEST(FileName, IsNoPathAndHasNoControlCharacters) {
    EXPECT_EQ(code(" "), "no_name");
    EXPECT_EQ(code(std::string(256, 'a')), "max_length");
    for (const std::string_view name : {"a/b", "..\\b", "..", ".", "a\r\nSet-Cookie: x", "a\tb"})
        EXPECT_EQ(code(name), "invalid") << name;
}

TEST(FileName, StandsInContentDispositionWithoutBreakingOut) {
    EXPECT_EQ(content_disposition(true, "scan.pdf"), R"(attachment; filename="scan.pdf")");
    EXPECT_EQ(content_disposition(false, "a;b=c.png"), R"(inline; filename="a;b=c.png")");
    EXPECT_EQ(content_disposition(true, "100% \"sure\".pdf"),
              R"(attachment; filename="100_ _sure_.pdf"; filename*=UTF-8''100%25%20%22sure%22.pdf)");
    EXPECT_EQ(content_disposition(true, "é.pdf"), R"(attachment; filename="_.pdf"; filename*=UTF-8''%C3%A9.pdf)");
}

}  // namespace
}  // namespace terrace::files
