#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
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
inline bool run_until(boost::asio::io_context& loop, const std::function<bool()>& reached,
                      std::chrono::seconds limit = std::chrono::seconds(20)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!reached()) {
        loop.restart();
        if (std::chrono::steady_clock::now() >= end) return false;
        loop.run_one_for(std::chrono::milliseconds(10));
    }
    return true;
}

/// Work that was started on a loop and goes on whenever the loop runs.
template <class T>
class Started {
  public:
    Started(boost::asio::io_context& loop, boost::asio::awaitable<T> work) : loop_(&loop) {
        boost::asio::co_spawn(loop, keep(std::move(work), state_), [state = state_](std::exception_ptr fault) {
            state->fault = std::move(fault);
            state->done = true;
        });
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
    struct State {
        std::optional<std::conditional_t<std::is_void_v<T>, bool, T>> value;
        std::exception_ptr fault;
        bool done = false;
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

/// Starts `work` and waits for it.
template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> work,
      std::chrono::seconds limit = std::chrono::seconds(20)) {
    return Started<T>(loop, std::move(work)).wait(limit);
}

}  // namespace terrace::testing
