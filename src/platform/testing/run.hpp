#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace terrace::testing {

/// Lets the loop run until `reached` holds; false when it does not within `limit`.
bool run_until(boost::asio::io_context& loop, const std::function<bool()>& reached,
               std::chrono::seconds limit = std::chrono::seconds(20));

/// How far work has come that was started, and what it threw.
struct Progress {
    std::exception_ptr fault;
    bool done = false;
};

/// Starts work that leaves its result where it likes. Not a template: what Asio needs to start work is compiled once,
/// and not for each type of a result.
void start(boost::asio::io_context& loop, boost::asio::awaitable<void> work, std::shared_ptr<Progress> progress);

/// How many works that were started have not come to their end, on all loops of the process.
int under_way();

/// Work that was started on a loop and goes on whenever the loop runs.
template <class T>
class Started {
  public:
    Started(boost::asio::io_context& loop, boost::asio::awaitable<T> work) : loop_(&loop) {
        start(loop, keep(std::move(work), state_), state_);
    }

    bool done() const { return state_->done; }
    /// Runs the loop until the work has completed and answers its value; what the work throws is thrown on. Once.
    T wait(std::chrono::seconds limit = std::chrono::seconds(20)) {
        if (!run_until(*loop_, [this] { return done(); }, limit)) {
            throw std::runtime_error("the awaited work did not complete in time");
        }
        if (state_->fault) std::rethrow_exception(state_->fault);
        if constexpr (!std::is_void_v<T>) return std::move(*state_->value);
    }

  private:
    struct State : Progress {
        std::optional<std::conditional_t<std::is_void_v<T>, bool, T>> value;
    };

    static boost::asio::awaitable<void> keep(boost::asio::awaitable<T> work, std::shared_ptr<State> state) {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(work);
        } else {
            state->value.emplace(co_await std::move(work));
        }
    }

    boost::asio::io_context* loop_;
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

/// Work that goes on until it is cancelled, as a feed does: with the end of this, which waits for its end.
class Background {
  public:
    Background(boost::asio::io_context& loop, boost::asio::awaitable<void> work);
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    ~Background();

  private:
    boost::asio::io_context& loop_;
    boost::asio::cancellation_signal stop_;
    std::shared_ptr<Progress> progress_ = std::make_shared<Progress>();
};

/// Starts `work` and waits for it.
template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> work,
      std::chrono::seconds limit = std::chrono::seconds(20)) {
    return Started<T>(loop, std::move(work)).wait(limit);
}

}  // namespace terrace::testing
