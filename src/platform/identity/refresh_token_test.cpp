#include "platform/identity/refresh_token.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

class RefreshTokenTest : public ::testing::Test {
  protected:
    const Uuid session = Uuid::v7();
    const RefreshTokens tokens{"a root secret for tests, thirty-two or more"};
    const RefreshToken first = tokens.first(session);
};

TEST_F(RefreshTokenTest, IsReadAsItWasMade) {
    const auto read = tokens.read(first.text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->session, session);
    EXPECT_EQ(read->generation, 0U);
    EXPECT_EQ(read->text, first.text);
    EXPECT_EQ(read->hash(), first.hash());
}

TEST_F(RefreshTokenTest, HasOneChild) {
    const RefreshToken child = tokens.child(first);
    EXPECT_EQ(tokens.child(*tokens.read(first.text)).text, child.text);
    EXPECT_EQ(child.session, session);
    EXPECT_EQ(child.generation, 1U);
    EXPECT_NE(child.text, first.text);
    EXPECT_TRUE(tokens.read(child.text));
}

TEST_F(RefreshTokenTest, CountsItsGenerations) {
    RefreshToken token = first;
    for (int i = 0; i < 300; ++i) token = tokens.child(token);
    EXPECT_EQ(tokens.read(token.text)->generation, 300U);
}

TEST_F(RefreshTokenTest, BeginsEachFamilyAnew) {
    EXPECT_NE(tokens.first(session).text, first.text);
}

TEST_F(RefreshTokenTest, HasAnotherChildUnderAnotherSecret) {
    const RefreshTokens others("another root secret, thirty-two or more");
    EXPECT_NE(others.child(first).text, tokens.child(first).text);
    EXPECT_FALSE(others.read(first.text));
}

TEST_F(RefreshTokenTest, IsNotReadWhenAnyCharacterIsChanged) {
    for (std::size_t i = 0; i < first.text.size(); ++i) {
        std::string changed = first.text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.read(changed)) << i;
    }
    EXPECT_FALSE(tokens.read(""));
    EXPECT_FALSE(tokens.read(first.text + "="));
    EXPECT_FALSE(tokens.read(first.text + "A"));
    EXPECT_FALSE(tokens.read(first.text.substr(1)));
}

}  // namespace
}  // namespace terrace::identity
