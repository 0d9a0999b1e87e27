#include "platform/identity/key_ring.hpp"

#include "platform/base/clock.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

namespace asio = boost::asio;
using testing::TestDatabase;

class KeyRingTest : public ::testing::Test {
  protected:
    KeyRingTest() { admin.run("delete from catalog.signing_key"); }
    ~KeyRingTest() override {
        database.close();
        loop.restart();
        loop.run_for(std::chrono::milliseconds(100));
    }
    bool load(KeyRing& ring) { return testing::run(loop, ring.load(database)).has_value(); }
    std::int64_t keys() { return admin.run("select count(*) from catalog.signing_key").integer(0, 0); }
    void age(const std::string& interval) {
        admin.run("update catalog.signing_key set created_at = created_at - interval '" + interval +
                  "', not_before = not_before - interval '" + interval + "'");
    }

    db::AdminConnection admin = TestDatabase::instance().admin();
    asio::io_context loop;
    db::Database database{loop.get_executor(), TestDatabase::instance().options()};
    const std::string secret = "a root secret for tests, thirty-two or more";
    KeyRing ring{secret};
};

TEST_F(KeyRingTest, MakesItsFirstKeyWhichSignsAtOnce) {
    EXPECT_EQ(ring.generation(), 0U);
    ASSERT_TRUE(load(ring));
    ASSERT_EQ(ring.snapshot()->keys.size(), 1U);
    EXPECT_LE(ring.snapshot()->keys[0].signs_from, unix_seconds());
    EXPECT_NE(ring.generation(), 0U);
}

TEST_F(KeyRingTest, SharesItsKeyWithOtherProcesses) {
    KeyRing other(secret);
    testing::Started<Result<void>> first(loop, ring.load(database));
    testing::Started<Result<void>> second(loop, other.load(database));
    ASSERT_TRUE(first.wait());
    ASSERT_TRUE(second.wait());
    EXPECT_EQ(keys(), 1);
    EXPECT_EQ(ring.snapshot()->jwks, other.snapshot()->jwks);
    EXPECT_EQ(ring.snapshot()->keys.at(0).private_jwk, other.snapshot()->keys.at(0).private_jwk);
}

TEST_F(KeyRingTest, KeepsItsGenerationWhileNothingChanges) {
    ASSERT_TRUE(load(ring));
    const auto generation = ring.generation();
    ASSERT_TRUE(load(ring));
    EXPECT_EQ(ring.generation(), generation);
    EXPECT_EQ(keys(), 1);
}

TEST_F(KeyRingTest, MakesTheNextKeyAfterAQuarterAndPublishesItBeforeItSigns) {
    ASSERT_TRUE(load(ring));
    const std::string first = ring.snapshot()->keys.at(0).kid;
    age("91 days");
    ASSERT_TRUE(load(ring));
    const auto snapshot = ring.snapshot();
    ASSERT_EQ(snapshot->keys.size(), 2U);
    EXPECT_NE(snapshot->keys[0].kid, first);
    EXPECT_GT(snapshot->keys[0].signs_from, unix_seconds() + 300) << "longer than caches keep the JWK Set";
    EXPECT_EQ(snapshot->keys[1].kid, first);
    EXPECT_TRUE(snapshot->jwks.contains(first) && snapshot->jwks.contains(snapshot->keys[0].kid));
}

TEST_F(KeyRingTest, DropsAKeyWhenItsLastTokenHasExpired) {
    ASSERT_TRUE(load(ring));
    age("91 days");
    ASSERT_TRUE(load(ring));
    age("7 minutes");
    ASSERT_TRUE(load(ring));
    EXPECT_EQ(ring.snapshot()->keys.size(), 2U);
    age("10 minutes");
    ASSERT_TRUE(load(ring));
    EXPECT_EQ(ring.snapshot()->keys.size(), 1U);
    EXPECT_EQ(keys(), 2);
}

TEST_F(KeyRingTest, DropsARetiredKeyAndMakesAnother) {
    ASSERT_TRUE(load(ring));
    const std::string first = ring.snapshot()->keys.at(0).kid;
    admin.run("update catalog.signing_key set retired_at = now()");
    ASSERT_TRUE(load(ring));
    ASSERT_EQ(ring.snapshot()->keys.size(), 1U);
    EXPECT_NE(ring.snapshot()->keys[0].kid, first);
    EXPECT_LE(ring.snapshot()->keys[0].signs_from, unix_seconds());
}

TEST_F(KeyRingTest, TrustsNoKeyOfAnotherSecret) {
    ASSERT_TRUE(load(ring));
    KeyRing other("another root secret, thirty-two or more");
    ASSERT_TRUE(load(other));
    EXPECT_EQ(keys(), 2);
    ASSERT_EQ(other.snapshot()->keys.size(), 1U);
    EXPECT_NE(other.snapshot()->keys[0].kid, ring.snapshot()->keys[0].kid);
}

TEST_F(KeyRingTest, KeepsNoKeyInTheClear) {
    ASSERT_TRUE(load(ring));
    const auto rows = admin.run("select sealed_jwk from catalog.signing_key");
    EXPECT_FALSE(rows.bytes(0, 0).contains("kty"));
}

TEST_F(KeyRingTest, LoadsUntilItIsCancelled) {
    asio::cancellation_signal stop;
    bool ended = false;
    asio::co_spawn(loop, ring.run(database),
                   asio::bind_cancellation_slot(stop.slot(), [&](const std::exception_ptr& fault) {
                       EXPECT_FALSE(fault);
                       ended = true;
                   }));
    ASSERT_TRUE(testing::run_until(loop, [this] { return ring.generation() != 0; }));
    stop.emit(asio::cancellation_type::terminal);
    EXPECT_TRUE(testing::run_until(loop, [&] { return ended; }));
}

}  // namespace
}  // namespace terrace::identity
