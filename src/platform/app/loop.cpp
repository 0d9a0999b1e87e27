#include "platform/app/loop.hpp"

#include "platform/api/pipeline.hpp"
#include "platform/app/housekeeping.hpp"
#include "platform/base/log.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace terrace::app {

namespace asio = boost::asio;

namespace {

/// Runs a background work until it is cancelled; one that ends by an exception is a fault of ours and is logged.
struct LogFault {
    const char* name;

    void operator()(std::exception_ptr fault) const {
        if (!fault) return;
        try {
            std::rethrow_exception(fault);
        } catch (const boost::system::system_error& error) {
            if (error.code() != asio::error::operation_aborted)
                log::error("background work failed", {{"work", name}, {"reason", error.what()}});
        } catch (const std::exception& error) {
            log::error("background work failed", {{"work", name}, {"reason", error.what()}});
        }
    }
};

}  // namespace

Loop::Loop(asio::any_io_executor executor, Process& process, unsigned index)
    : services_(executor, process),
      router_(api::make_router(make_api(services_), {.config = process.config,
                                                     .directory = services_.directory,
                                                     .memberships = services_.memberships,
                                                     .authenticator = services_.identity.authenticator()})) {
    spawn(executor, "readiness", tell_readiness(services_.database, process.readiness, index));
    if (index != 0) return;
    spawn(executor, "change feed", process.feed.run(services_.database));
    spawn(executor, "signing keys", process.identity.keys.run(services_.database));
    spawn(executor, "housekeeping", keep_house(services_));
}

asio::awaitable<http::Response> Loop::handle(http::Request& request) {
    return api::dispatch(router_, request);
}

void Loop::stop() {
    for (const auto& signal : background_) signal->emit(asio::cancellation_type::terminal);
    services_.database.close();
}

void Loop::spawn(asio::any_io_executor executor, const char* name, asio::awaitable<void> work) {
    auto& signal = background_.emplace_back(std::make_unique<asio::cancellation_signal>());
    asio::co_spawn(executor, std::move(work), asio::bind_cancellation_slot(signal->slot(), LogFault{name}));
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
