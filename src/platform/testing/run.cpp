#include "platform/testing/run.hpp"

#include <boost/asio/co_spawn.hpp>

namespace terrace::testing {

bool run_until(boost::asio::io_context& loop, const std::function<bool()>& reached, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!reached()) {
        loop.restart();
        if (std::chrono::steady_clock::now() >= end) return false;
        loop.run_one_for(std::chrono::milliseconds(10));
    }
    return true;
}

void start(boost::asio::io_context& loop, boost::asio::awaitable<void> work, std::shared_ptr<Progress> progress) {
    boost::asio::co_spawn(loop, std::move(work), [progress = std::move(progress)](std::exception_ptr fault) {
        progress->fault = std::move(fault);
        progress->done = true;
    });
}

}  // namespace terrace::testing
