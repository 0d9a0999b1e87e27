#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace terrace::http {

/// For operations on sockets and timers: `co_await` gives the error code as a value.
inline constexpr auto completion = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace terrace::http
