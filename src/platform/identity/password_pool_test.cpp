#include "platform/identity/password_pool.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

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
