#include "platform/resource/values/text.hpp"

#include <gmock/gmock.h>

namespace terrace::resource::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Fold, DropsCaseAndAccents) {
    EXPECT_EQ(fold("Zoë ÁLVAREZ"), "zoe alvarez");
    EXPECT_EQ(fold("STRASSE"), fold("Straße"));
    EXPECT_EQ(fold("ＡＢＣ"), "abc");
}

TEST(Fold, MakesOneBlankOfWhatIsNoLetterMarkOrDigit) {
    EXPECT_EQ(fold("  D'Souza -- (Maria)  "), "d souza maria");
    EXPECT_EQ(fold("S. Meena"), "s meena");
    EXPECT_EQ(fold("!?"), "");
}

TEST(Fold, KeepsVowelSignsOfIndianScripts) {
    EXPECT_EQ(fold("मीना शर्मा"), "मीना शर्मा");
    EXPECT_NE(fold("मीना"), fold("मन"));
    EXPECT_EQ(fold("செல்வி"), "செல்வி");
}

TEST(Fold, DropsTheNuktaAndJoiners) {
    EXPECT_EQ(fold("क़"), fold("क"));
    EXPECT_EQ(fold("क\u093C"), fold("क"));
    EXPECT_EQ(fold("क्\u200Dष"), fold("क्ष"));
}

TEST(Fold, WritesDigitsOfEveryScriptAsAscii) {
    EXPECT_EQ(fold("९८७"), "987");
    EXPECT_EQ(fold("௧௨"), "12");
}

TEST(Words, AreFoldedSortedAndEachOnce) {
    EXPECT_THAT(words("Rao anita RAO"), ElementsAre("anita", "rao"));
    EXPECT_THAT(words(" . "), IsEmpty());
}

TEST(Length, CountsCodePoints) {
    EXPECT_EQ(length("abc"), 3u);
    EXPECT_EQ(length("मीना"), 4u);
}

TEST(Trim, TakesWhiteSpaceOfEveryScriptFromTheEnds) {
    EXPECT_EQ(trim(" \t a b\n"), "a b");
    EXPECT_EQ(trim("\u00A0\u3000x\u2003"), "x");
    EXPECT_EQ(trim("\u00A0"), "");
}

TEST(HasControl, AllowsLineBreaksOnlyInManyLines) {
    EXPECT_TRUE(has_control("a\nb", false));
    EXPECT_FALSE(has_control("a\nb", true));
    EXPECT_TRUE(has_control("a\x01", true));
    EXPECT_TRUE(has_control("a\u0085", true));
    EXPECT_FALSE(has_control("मीना", false));
}

}  // namespace
}  // namespace terrace::resource::text
