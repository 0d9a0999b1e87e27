#include "platform/identity/key_store.hpp"

#include "platform/base/clock.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

namespace asio = boost::asio;
using ::testing::ElementsAre;
using testing::TestDatabase;

class KeyStoreTest : public ::testing::Test {
  protected:
    KeyStoreTest() { admin.run("delete from catalog.signing_key"); }
    ~KeyStoreTest() override {
        database.close();
        loop.restart();
        loop.run_for(std::chrono::milliseconds(100));
    }
    std::vector<StoredKey> keys() { return testing::run(loop, store.read(database)).value(); }
    std::vector<KeyState> states() {
        std::vector<KeyState> found;
        for (const StoredKey& key : keys()) found.push_back(key.state);
        return found;
    }
    bool renew() { return testing::run(loop, store.renew(database)).has_value(); }
    Result<std::string> rotate() { return testing::run(loop, store.rotate(database)); }
    bool retire(const std::string& kid) { return testing::run(loop, store.retire(database, kid)).value(); }
    void clean() { ASSERT_TRUE(testing::run(loop, store.remove_expired(database))); }
    /// Lets time pass for the keys.
    void age(const std::string& interval) {
        admin.run("update catalog.signing_key set created_at = created_at - interval '" + interval +
                  "', not_before = not_before - interval '" + interval + "', retired_at = retired_at - interval '" +
                  interval + "'");
    }

    db::AdminConnection admin = TestDatabase::instance().admin();
    asio::io_context loop;
    db::Database database{loop.get_executor(), TestDatabase::instance().options()};
    const std::string secret = "a root secret for tests, thirty-two or more";
    KeyStore store{secret};
};

TEST_F(KeyStoreTest, RenewsOnlyWhatNeedsIt) {
    EXPECT_TRUE(KeyStore::needs_renewal({}));
    ASSERT_TRUE(renew());
    EXPECT_FALSE(KeyStore::needs_renewal(keys()));
    ASSERT_TRUE(renew());
    EXPECT_THAT(states(), ElementsAre(KeyState::signing));
}

TEST_F(KeyStoreTest, RotatesThroughEveryStateOfAKey) {
    ASSERT_TRUE(renew());
    const std::string first = keys()[0].kid;
    const auto second = rotate();
    ASSERT_TRUE(second);
    EXPECT_THAT(states(), ElementsAre(KeyState::next, KeyState::signing));
    EXPECT_EQ(keys()[0].kid, *second);
    EXPECT_EQ(keys()[1].verifies_until, StoredKey::no_end);

    age("7 minutes");
    EXPECT_THAT(states(), ElementsAre(KeyState::signing, KeyState::verifies));
    EXPECT_EQ(keys()[1].verifies_until, keys()[0].signs_from + 600);
    age("10 minutes");
    EXPECT_THAT(states(), ElementsAre(KeyState::signing, KeyState::expired));
}

TEST_F(KeyStoreTest, PublishesTheNextKeyForSixMinutesBeforeItSigns) {
    ASSERT_TRUE(renew());
    ASSERT_TRUE(rotate());
    EXPECT_NEAR(static_cast<double>(keys()[0].signs_from - unix_seconds()), 360.0, 2.0);
}

TEST_F(KeyStoreTest, RefusesToRotateWhileARotationIsUnderWay) {
    ASSERT_TRUE(renew());
    ASSERT_TRUE(rotate());
    const auto again = rotate();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "rotation_under_way");
    age("7 minutes");
    EXPECT_TRUE(rotate());
}

TEST_F(KeyStoreTest, MakesOneKeyOfTwoRotationsAtOnce) {
    ASSERT_TRUE(renew());
    testing::Started<Result<std::string>> first(loop, store.rotate(database));
    testing::Started<Result<std::string>> second(loop, store.rotate(database));
    EXPECT_NE(first.wait().has_value(), second.wait().has_value());
    EXPECT_EQ(keys().size(), 2U);
}

TEST_F(KeyStoreTest, ReplacesARetiredKeyAtOnceEvenInARotation) {
    ASSERT_TRUE(renew());
    ASSERT_TRUE(rotate());
    ASSERT_TRUE(retire(keys()[1].kid));
    EXPECT_THAT(states(), ElementsAre(KeyState::next, KeyState::retired));
    ASSERT_TRUE(KeyStore::needs_renewal(keys()));
    ASSERT_TRUE(renew());
    EXPECT_THAT(states(), ElementsAre(KeyState::next, KeyState::signing, KeyState::retired));
}

TEST_F(KeyStoreTest, RetiresNoKeyThatItDoesNotHave) {
    EXPECT_FALSE(retire("0123456789abcdef01234567"));
}

TEST_F(KeyStoreTest, NamesAKeyOfAnotherSecret) {
    const KeyStore other("another root secret, thirty-two or more");
    ASSERT_TRUE(testing::run(loop, other.renew(database)));
    EXPECT_THAT(states(), ElementsAre(KeyState::foreign));
    EXPECT_EQ(keys()[0].private_jwk, "");
    EXPECT_TRUE(KeyStore::needs_renewal(keys()));
}

TEST_F(KeyStoreTest, RemovesAKeyOnlyWhenNoTokenOfItCanBeAlive) {
    ASSERT_TRUE(renew());
    ASSERT_TRUE(rotate());
    clean();
    EXPECT_EQ(keys().size(), 2U);
    age("7 minutes");
    clean();
    EXPECT_THAT(states(), ElementsAre(KeyState::signing, KeyState::verifies));
    age("1 hour");
    clean();
    EXPECT_THAT(states(), ElementsAre(KeyState::signing));
    age("1 year");
    clean();
    EXPECT_EQ(keys().size(), 1U);
}

TEST_F(KeyStoreTest, RemovesARetiredKeyAfterADay) {
    ASSERT_TRUE(renew());
    ASSERT_TRUE(retire(keys()[0].kid));
    age("23 hours");
    clean();
    EXPECT_EQ(keys().size(), 1U);
    age("2 hours");
    clean();
    EXPECT_EQ(keys().size(), 0U);
}

}  // namespace
}  // namespace terrace::identity
