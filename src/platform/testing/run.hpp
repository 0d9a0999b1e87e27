#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace terrace::testing {

/// Runs the loop until `work` has completed, and answers its value; what it throws is thrown on. Other work of the loop
/// goes on meanwhile and pauses afterwards. A work that takes longer than `limit` is a failure.
template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> work,
      std::chrono::seconds limit = std::chrono::seconds(20)) {
    std::optional<T> value;
    std::exception_ptr fault;
    bool done = false;
    boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr thrown, T result) {
        fault = std::move(thrown);
        if (!fault) value.emplace(std::move(result));
        done = true;
    });
    const auto end = std::chrono::steady_clock::now() + limit;
    loop.restart();
    while (!done && loop.run_one_until(end) > 0) {
    }
    if (!done) throw std::runtime_error("the awaited work did not complete in time");
    if (fault) std::rethrow_exception(fault);
    return std::move(*value);
}

inline void run(boost::asio::io_context& loop, boost::asio::awaitable<void> work,
                std::chrono::seconds limit = std::chrono::seconds(20)) {
    std::exception_ptr fault;
    bool done = false;
    boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr thrown) {
        fault = std::move(thrown);
        done = true;
    });
    const auto end = std::chrono::steady_clock::now() + limit;
    loop.restart();
    while (!done && loop.run_one_until(end) > 0) {
    }
    if (!done) throw std::runtime_error("the awaited work did not complete in time");
    if (fault) std::rethrow_exception(fault);
}

}  // namespace terrace::testing
