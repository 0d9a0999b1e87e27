#include "platform/app/loop.hpp"

#include "platform/api/pipeline.hpp"
#include "platform/app/background.hpp"
#include "platform/app/housekeeping.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <utility>

namespace terrace::app {

namespace asio = boost::asio;

Loop::Loop(asio::any_io_executor executor, Process& process, unsigned index)
    : services_(executor, process),
      router_(api::make_router(make_api(services_), {.config = process.config,
                                                     .directory = services_.directory,
                                                     .memberships = services_.memberships,
                                                     .database = services_.database,
                                                     .authenticator = services_.identity.authenticator()})) {
    spawn(executor, "readiness",
          [this, &process, index] { return tell_readiness(services_.database, process.readiness, index); });
    if (index != 0) return;
    spawn(executor, "change feed", [this, &process] { return process.feed.run(services_.database); });
    spawn(executor, "signing keys", [this, &process] { return process.identity.keys.run(services_.database); });
    spawn(executor, "sign-ups", [this] { return complete_sign_ups(services_); });
    spawn(executor, "housekeeping", [this] { return keep_house(services_); });
}

asio::awaitable<http::Response> Loop::handle(http::Request& request) {
    return api::dispatch(router_, request);
}

void Loop::stop() {
    for (const auto& signal : background_) signal->emit(asio::cancellation_type::terminal);
    services_.database.close();
}

void Loop::spawn(asio::any_io_executor executor, const char* work, std::function<asio::awaitable<void>()> begin) {
    auto& signal = background_.emplace_back(std::make_unique<asio::cancellation_signal>());
    asio::co_spawn(executor, keep_running(work, std::move(begin)),
                   asio::bind_cancellation_slot(signal->slot(), asio::detached));
}

http::Server make_server(Process& process) {
    const auto& config = process.config;
    return http::Server(
        {.address = config.bind_address,
         .port = config.api_port,
         .threads = config.loops(),
         .trusted_proxies = config.trusted_proxies,
         .default_scheme = config.origin.scheme},
        [&process](asio::any_io_executor executor, unsigned index) -> std::unique_ptr<http::LoopApplication> {
            return std::make_unique<Loop>(std::move(executor), process, index);
        });
}

}  // namespace terrace::app
