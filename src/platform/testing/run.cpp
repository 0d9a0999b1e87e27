#include "platform/testing/run.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <memory>

namespace terrace::testing {
namespace {

std::atomic<int> works = 0;

/// One of the works under way, until its loop lets go of it: also where it never comes to its end.
struct Counted {
    Counted() { ++works; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --works; }
};

}  // namespace

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
    boost::asio::co_spawn(
        loop, std::move(work),
        [progress = std::move(progress), counted = std::make_unique<Counted>()](std::exception_ptr fault) {
            progress->fault = std::move(fault);
            progress->done = true;
        });
}

int under_way() {
    return works;
}

Background::Background(boost::asio::io_context& loop, boost::asio::awaitable<void> work) : loop_(loop) {
    boost::asio::co_spawn(loop, std::move(work),
                          boost::asio::bind_cancellation_slot(
                              stop_.slot(), [progress = progress_](std::exception_ptr) { progress->done = true; }));
}

Background::~Background() {
    stop_.emit(boost::asio::cancellation_type::terminal);
    run_until(loop_, [this] { return progress_->done; });
}

}  // namespace terrace::testing
