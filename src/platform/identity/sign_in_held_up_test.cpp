#include "platform/identity/test_sign_in.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace terrace::identity {
namespace {

using test::Call;
using test::member;
using test::post;
using test::SignInTest;
using test::World;

TEST_F(SignInTest, IsHeldUpAfterTenFailures) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(token(credentials(email, "another kettle 93 sings")).status, 401);
    const auto held_up = token(credentials(email));
    EXPECT_EQ(held_up.status, 429);
    EXPECT_EQ(member(held_up, {"code"}), "throttled");
    EXPECT_FALSE(test::header(held_up, "Retry-After").empty());
    Call elsewhere = post("/api/v1/auth/token", grant(credentials(email)));
    elsewhere.address = "198.51.100.9";
    EXPECT_EQ(world.send(elsewhere).status, 200);
}

TEST_F(SignInTest, IsHeldUpAfterSixtySuccesses) {
    for (int i = 0; i < 60; ++i) ASSERT_EQ(token(credentials(email)).status, 200);
    Call elsewhere = post("/api/v1/auth/token", grant(credentials(email)));
    elsewhere.address = "198.51.100.9";
    const auto held_up = world.send(elsewhere);
    EXPECT_EQ(held_up.status, 429);
    EXPECT_EQ(member(held_up, {"code"}), "throttled");
    EXPECT_FALSE(test::header(held_up, "Retry-After").empty());
}

/// Refusals are held back for longer than a test lasts.
class RefusedSignInTest : public SignInTest {
  protected:
    RefusedSignInTest() : SignInTest(patient()) {}
    ~RefusedSignInTest() override {
        for (Asked& each : asked) each.stop.emit(boost::asio::cancellation_type::terminal);
        world.wait_until([this] { return answered == asked.size(); });
    }

    static Config patient() {
        Config config = test::test_config();
        config.throttle.refusal_pause = std::chrono::hours(1);
        config.throttle.failures_per_account_and_address = 1;
        return config;
    }
    /// Asks and does not wait for the answer.
    void ask(Call call) {
        Asked& each = asked.emplace_back(std::move(call));
        boost::asio::co_spawn(world.loop, api::dispatch(*world.router, each.request),
                              boost::asio::bind_cancellation_slot(
                                  each.stop.slot(), [this](const std::exception_ptr&, const auto&) { ++answered; }));
    }
    void ask_for_tokens(const std::string& body) { ask(post("/api/v1/auth/token", grant(body))); }
    void wait_until_held(std::size_t count) {
        world.wait_until([&] { return world.shared.refusals.held() == count; });
    }

    struct Asked {
        explicit Asked(Call sent) : call(std::move(sent)), request(call.request()) {}
        Call call;
        http::Request request;
        boost::asio::cancellation_signal stop;
    };
    std::deque<Asked> asked;
    std::size_t answered = 0;
};

TEST_F(RefusedSignInTest, IsHeldBackWhateverWasWrongAndARightOneIsNot) {
    const Registered other = world.organization(World::fresh_slug());
    ask_for_tokens(credentials(email, "another kettle 93 sings"));
    ask_for_tokens(credentials("nobody@nowhere.example"));
    ask_for_tokens(credentials(other.account.email, World::password, house.slug));
    wait_until_held(3);
    Call right = post("/api/v1/auth/token", grant(credentials(email)));
    right.address = "198.51.100.9";
    EXPECT_EQ(world.send(right).status, 200);
    EXPECT_EQ(world.shared.refusals.held(), 3u);
    EXPECT_EQ(answered, 0u);
}

TEST_F(RefusedSignInTest, IsHeldBackWhenItIsOneTooMany) {
    ask_for_tokens(credentials(email, "another kettle 93 sings"));
    wait_until_held(1);
    ask_for_tokens(credentials(email));
    wait_until_held(2);
}

TEST_F(RefusedSignInTest, IsHeldBackWhenASignUpGuesses) {
    ask(post("/api/v1/auth/register",
             fmt::format(R"({{"organization_name":"X","slug":"{}","full_name":"X Y","email":"{}","password":"{}"}})",
                         World::fresh_slug(), email, "another kettle 93 sings")));
    wait_until_held(1);
}

/// Hashes take as long as they do in earnest, so that sign-ins which come together meet in the queue.
class CrowdTest : public SignInTest {
  protected:
    CrowdTest() : SignInTest(earnest()) {}
    static Config earnest() {
        Config config = test::test_config();
        config.cheap_password_hashes = false;
        return config;
    }
    static Call asks(const std::string& who, const std::string& address) {
        Call call = post("/api/v1/auth/token", grant(credentials(who)));
        call.address = address;
        return call;
    }
};

TEST_F(CrowdTest, WhoSignsInAllTheTimeWithRightPasswordsKeepsNobodyOut) {
    const std::vector<std::string> own{email, world.organization(World::fresh_slug()).account.email,
                                       world.organization(World::fresh_slug()).account.email};
    const Registered other = world.organization(World::fresh_slug());
    std::vector<Call> calls;
    for (int i = 0; i < 10; ++i)
        for (const std::string& who : own) calls.push_back(asks(who, "192.0.2.66"));
    const std::size_t crowd = calls.size();
    for (int i = 0; i < 3; ++i) calls.push_back(asks(other.account.email, "198.51.100.7"));
    const auto answers = world.send_together(calls);
    EXPECT_GT(std::ranges::count(answers, 503, &http::Response::status), 0) << "too few to fill the queue";
    for (std::size_t i = crowd; i < answers.size(); ++i) EXPECT_EQ(answers[i].status, 200) << answers[i].body;
}

TEST_F(CrowdTest, AClinicSignsInTogetherFromOneAddress) {
    std::vector<Call> calls;
    for (int i = 0; i < 10; ++i)
        calls.push_back(asks(world.organization(World::fresh_slug()).account.email, "192.0.2.66"));
    for (const auto& answer : world.send_together(calls)) EXPECT_EQ(answer.status, 200) << answer.body;
}

}  // namespace
}  // namespace terrace::identity
