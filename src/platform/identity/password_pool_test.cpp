#include "platform/identity/password_pool.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

namespace terrace::identity {
namespace {

namespace asio = boost::asio;

class PasswordPoolTest : public ::testing::Test {
  protected:
    template <class T>
    std::vector<Result<T>> together(std::vector<asio::awaitable<Result<T>>> works) {
        std::vector<Result<T>> results;
        for (auto& work : works)
            asio::co_spawn(loop, std::move(work), [&](const std::exception_ptr& fault, Result<T> result) {
                EXPECT_FALSE(fault);
                EXPECT_EQ(std::this_thread::get_id(), loop_thread);
                results.push_back(std::move(result));
            });
        loop.restart();
        loop.run();
        return results;
    }
    template <class T>
    Result<T> one(asio::awaitable<Result<T>> work) {
        std::vector<asio::awaitable<Result<T>>> works;
        works.push_back(std::move(work));
        return together(std::move(works)).at(0);
    }

    asio::io_context loop;
    std::thread::id loop_thread = std::this_thread::get_id();
    PasswordPool pool{{.cost = PasswordCost::cheapest()}};
};

TEST_F(PasswordPoolTest, VerifiesWhatItHashed) {
    const auto encoded = one(pool.hash("violet kettle sings"));
    ASSERT_TRUE(encoded);
    EXPECT_TRUE(one(pool.verify("violet kettle sings", *encoded)).value());
    EXPECT_FALSE(one(pool.verify("violet kettle sing", *encoded)).value());
    EXPECT_FALSE(one(pool.verify("", *encoded)).value());
}

TEST_F(PasswordPoolTest, SaltsEachHash) {
    EXPECT_NE(one(pool.hash("violet kettle sings")).value(), one(pool.hash("violet kettle sings")).value());
}

TEST_F(PasswordPoolTest, IsWrongAboutNobody) {
    EXPECT_FALSE(one(pool.verify("violet kettle sings", std::nullopt)).value());
}

TEST_F(PasswordPoolTest, IsWrongAboutWhatIsNoHash) {
    EXPECT_FALSE(one(pool.verify("violet kettle sings", "")).value());
    EXPECT_FALSE(one(pool.verify("violet kettle sings", "$argon2id$broken")).value());
}

TEST_F(PasswordPoolTest, CostsNineteenMegabytesTwiceByDefault) {
    const std::string encoded = hash_password("violet kettle sings", PasswordCost::standard());
    EXPECT_TRUE(encoded.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << encoded;
}

TEST_F(PasswordPoolTest, RefusesAtOnceWhenItsQueueIsFull) {
    // So slow that none is done before the last is asked for.
    PasswordPool small{{.threads = 1, .queue = 2, .cost = {.passes = 6, .memory = std::size_t{64} << 20}}};
    std::vector<asio::awaitable<Result<std::string>>> works;
    for (int i = 0; i < 8; ++i) works.push_back(small.hash("violet kettle sings"));
    int hashed = 0;
    int refused = 0;
    for (const auto& result : together(std::move(works))) {
        if (result) {
            ++hashed;
        } else {
            ++refused;
            EXPECT_EQ(result.error().status, 503);
            EXPECT_GT(result.error().retry_after.count(), 0);
        }
    }
    EXPECT_EQ(hashed, 3);
    EXPECT_EQ(refused, 5);
}

TEST_F(PasswordPoolTest, SaysBeforehandThatItIsFull) {
    PasswordPool small{{.threads = 1, .queue = 2, .cost = {.passes = 6, .memory = std::size_t{64} << 20}}};
    EXPECT_TRUE(small.has_room());
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(loop, small.hash("violet kettle sings"), [](const std::exception_ptr&, const auto&) {});
    loop.poll();
    EXPECT_FALSE(small.has_room());
    loop.run();
    EXPECT_TRUE(small.has_room());
}

/// A pool so slow that nothing is done before the last has asked, and the callers of its tests.
class FullPoolTest : public PasswordPoolTest {
  protected:
    /// The first of these runs, as many as the queue is long wait.
    void ask(int times, const std::string& email, const std::string& network) {
        for (int i = 0; i < times; ++i)
            asio::co_spawn(loop, slow.verify("violet kettle sings", std::nullopt, caller(email, network)),
                           [this, email](const std::exception_ptr&, const Result<bool>& outcome) {
                               ++(outcome ? served : refused)[email];
                           });
        loop.restart();
        loop.poll();
    }
    void finish() {
        loop.restart();
        loop.run();
    }
    static PasswordPool::Caller caller(const std::string& email, const std::string& network) {
        return {.email = email, .network = network};
    }

    std::map<std::string, int> served;
    std::map<std::string, int> refused;
    PasswordPool slow{{.threads = 1, .queue = 4, .cost = {.passes = 6, .memory = std::size_t{64} << 20}}};
};

TEST_F(FullPoolTest, IsOnesOwnWhileNobodyElseAsks) {
    ask(6, "a@x.example", "192.0.2.1");
    EXPECT_FALSE(slow.has_room(caller("a@x.example", "192.0.2.1")));
    finish();
    EXPECT_EQ(served["a@x.example"], 5);
    EXPECT_EQ(refused["a@x.example"], 1);
}

TEST_F(FullPoolTest, WhoHasMostOfItByAddressGivesWay) {
    for (int i = 0; i < 5; ++i) ask(1, std::to_string(i) + "@x.example", "192.0.2.1");
    EXPECT_FALSE(slow.has_room(caller("6@x.example", "192.0.2.1")));
    EXPECT_TRUE(slow.has_room(caller("b@x.example", "192.0.2.2")));
    ask(1, "b@x.example", "192.0.2.2");
    finish();
    EXPECT_EQ(served["b@x.example"], 1);
    EXPECT_EQ(served["3@x.example"], 1);
    EXPECT_EQ(refused["4@x.example"], 1) << "the newest";
}

TEST_F(FullPoolTest, WhoHasMostOfItByAccountGivesWay) {
    for (int i = 0; i < 5; ++i) ask(1, "a@x.example", "192.0.2." + std::to_string(i));
    ask(1, "b@x.example", "192.0.2.99");
    finish();
    EXPECT_EQ(served["b@x.example"], 1);
    EXPECT_EQ(refused["a@x.example"], 1);
}

TEST_F(FullPoolTest, ASignUpFindsRoomToo) {
    ask(5, "a@x.example", "192.0.2.1");
    EXPECT_TRUE(slow.has_room());
    bool hashed = false;
    asio::co_spawn(loop, slow.hash("violet kettle sings"),
                   [&](const std::exception_ptr&, const auto& outcome) { hashed = outcome.has_value(); });
    finish();
    EXPECT_TRUE(hashed);
    EXPECT_EQ(served["a@x.example"], 4);
}

TEST_F(FullPoolTest, NobodyGivesWayToWhoHasAsMuch) {
    ask(3, "a@x.example", "192.0.2.1");
    ask(3, "b@x.example", "192.0.2.2");  // five places: one has three, the other two
    EXPECT_FALSE(slow.has_room(caller("b@x.example", "192.0.2.2")));
    EXPECT_TRUE(slow.has_room(caller("c@x.example", "192.0.2.3")));
    finish();
    EXPECT_EQ(served["a@x.example"], 3);
    EXPECT_EQ(served["b@x.example"], 2);
    EXPECT_EQ(refused["b@x.example"], 1);
}

TEST_F(PasswordPoolTest, HasRoomForAClinicThatComesAtOnce) {
    PasswordPool usual{{.threads = 1, .cost = {.passes = 6, .memory = std::size_t{64} << 20}}};
    int served = 0;
    for (int i = 0; i < 10; ++i)
        asio::co_spawn(loop,
                       usual.verify("violet kettle sings", std::nullopt,
                                    PasswordPool::Caller{.email = std::to_string(i), .network = "192.0.2.1"}),
                       [&](const std::exception_ptr&, const auto& outcome) { served += outcome.has_value(); });
    loop.run();
    EXPECT_EQ(served, 10);
}

TEST_F(PasswordPoolTest, EndsWithoutTheWorkThatWaits) {
    int completed = 0;
    asio::io_context abandoned;
    {
        PasswordPool ending{{.threads = 1, .queue = 8}};
        for (int i = 0; i < 8; ++i)
            asio::co_spawn(abandoned, ending.hash("violet kettle sings"),
                           [&](const std::exception_ptr&, const auto&) { ++completed; });
        abandoned.poll();
    }
    abandoned.restart();
    abandoned.poll();
    EXPECT_LT(completed, 8);
}

}  // namespace
}  // namespace terrace::identity
