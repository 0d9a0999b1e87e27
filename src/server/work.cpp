#include "server/work.hpp"

#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <stdexcept>

namespace terrace::server {

namespace {

/// A command does one thing after the other: a connection of each kind is enough. Nobody queues behind it, and an
/// operator rather waits out a moment without PostgreSQL than is told to come again.
db::DatabaseOptions for_one_caller(db::DatabaseOptions options) {
    constexpr std::chrono::seconds patience{5};
    options.point_read_lanes = options.read_lanes = options.write_lanes = options.platform_lanes = options.leases = 1;
    options.queue_deadline = options.outage_patience = options.connect_timeout = patience;
    return options;
}

}  // namespace

void run_work(Config config, const std::function<boost::asio::awaitable<void>(app::Services&)>& work) {
    auto options = for_one_caller(app::database_options(config));
    app::Process process(std::move(config), clinic::product(), std::move(options));
    boost::asio::io_context loop(1);
    app::Services services(loop.get_executor(), process);
    std::exception_ptr fault;
    boost::asio::co_spawn(loop, work(services), [&](std::exception_ptr thrown) {
        fault = std::move(thrown);
        services.database.close();
        loop.stop();
    });
    loop.run();
    if (fault) std::rethrow_exception(fault);
}

void throw_error(const Error& error) {
    auto message = error.detail.empty() ? error.code : error.detail;
    for (const auto& [field, what] : error.fields) message += fmt::format("\n  {}: {}", field, what.message);
    throw std::runtime_error(message);
}

}  // namespace terrace::server
