#pragma once

#include "platform/app/services.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>

namespace terrace::server {

/// Runs a command's work on the services of one loop, without HTTP, and throws what it throws. The connections are
/// those of `serve`, so that a command can do nothing that the API could not.
void run_work(Config config, const std::function<boost::asio::awaitable<void>(app::Services& services)>& work);

/// The value, or a std::runtime_error with the Error's words and its fields.
template <class T>
T value_or_throw(Result<T> result);
[[noreturn]] void throw_error(const Error& error);

template <class T>
T value_or_throw(Result<T> result) {
    if (!result) throw_error(result.error());
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace terrace::server
