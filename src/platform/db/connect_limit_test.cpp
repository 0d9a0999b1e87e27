#include "platform/db/connect_limit.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace terrace::db {
namespace {

namespace asio = boost::asio;

class ConnectLimitTest : public ::testing::Test {
  protected:
    /// Asks for a permit under a name; what is held under it is given back by erasing it.
    void ask(const std::string& name) {
        asio::co_spawn(loop, hold(name), asio::detached);
        let_run();
    }
    asio::awaitable<void> hold(std::string name) {
        ConnectPermit permit = co_await limit->permit();
        order.push_back(name);
        held.emplace(name, std::move(permit));
    }
    void give_back(const std::string& name) {
        held.erase(name);
        let_run();
    }
    void let_run() {
        loop.restart();
        loop.poll();
    }

    asio::io_context loop;
    std::shared_ptr<ConnectLimit> limit = std::make_shared<ConnectLimit>(loop.get_executor(), 2);
    std::map<std::string, ConnectPermit> held;
    std::vector<std::string> order;
};

TEST_F(ConnectLimitTest, LetsSoManyAtATimeInOrderOfArrival) {
    for (const char* name : {"a", "b", "c", "d"}) ask(name);
    EXPECT_EQ(order, (std::vector<std::string>{"a", "b"}));
    give_back("b");
    EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "c"}));
    give_back("c");
    EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST_F(ConnectLimitTest, HasThemAllAgainWhenNobodyConnects) {
    for (const char* name : {"a", "b", "c"}) ask(name);
    for (const char* name : {"a", "b", "c"}) give_back(name);
    for (const char* name : {"d", "e", "f"}) ask(name);
    EXPECT_EQ(order, (std::vector<std::string>{"a", "b", "c", "d", "e"}));
}

}  // namespace
}  // namespace terrace::db
