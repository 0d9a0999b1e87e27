#include "platform/resource/query/cursor.hpp"

#include <gtest/gtest.h>

namespace terrace::resource {
namespace {

const CursorSeal seal{"a secret of at least thirty-two characters"};
const Cursor cursor{.backward = true, .values = {"anita rao", "", "7:x"}, .id = "0190a0b0-0000-7000-8000-000000000001"};

TEST(Cursor, OpensWhatItSealed) {
    EXPECT_EQ(seal.open(seal.seal(cursor, "list"), "list"), cursor);
}

TEST(Cursor, MayHoldNoValue) {
    const Cursor empty{.values = {}, .id = cursor.id};
    EXPECT_EQ(seal.open(seal.seal(empty, "list"), "list"), empty);
}

TEST(Cursor, IsBoundToItsList) {
    EXPECT_FALSE(seal.open(seal.seal(cursor, "a/patients?"), "b/patients?"));
}

TEST(Cursor, IsBoundToItsSecret) {
    const CursorSeal other{"another secret of thirty-two characters"};
    EXPECT_FALSE(other.open(seal.seal(cursor, "list"), "list"));
}

TEST(Cursor, ShowsNothingOfTheRow) {
    const auto open = crypto::from_base64url(seal.seal(cursor, "list"));
    ASSERT_TRUE(open);
    EXPECT_EQ(open->find("anita"), open->npos);
    EXPECT_EQ(open->find("0190a0b0"), open->npos);
}

TEST(Cursor, RefusesEveryChangedByte) {
    const std::string sealed = seal.seal(cursor, "list");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(seal.open(changed, "list")) << i;
    }
}

TEST(Cursor, RefusesWhatIsNone) {
    for (const char* text :
         {"", "A", "not base64 at all", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        EXPECT_FALSE(seal.open(text, "list")) << text;
}

TEST(Cursor, EqualPlacesAreEqualTexts) {
    EXPECT_EQ(seal.seal(cursor, "list"), seal.seal(cursor, "list"));
}

}  // namespace
}  // namespace terrace::resource
