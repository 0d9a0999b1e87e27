#pragma once

#include "platform/resource/testing/test_bookings.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

/// Hooks that leave word of what they saw.
namespace terrace::resource::testing {

/// What the hooks of a test were told, in order. The test empties it.
inline std::vector<std::string>& told() {
    static std::vector<std::string> all;
    return all;
}

/// An after_commit hook that takes a turn of the loop first, and throws for a booking with the title "fault".
inline boost::asio::awaitable<void> tell(Committed<Booking> committed) {
    const auto executor = co_await boost::asio::this_coro::executor;
    co_await boost::asio::post(executor, boost::asio::use_awaitable);
    told().push_back(fmt::format("{} {}{}", committed.act(), committed.object().title,
                                 committed.previous() ? " was " + committed.previous()->title : ""));
    if (committed.object().title == "fault") throw std::runtime_error("a fault of the hook");
}

}  // namespace terrace::resource::testing
