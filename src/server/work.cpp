#include "server/work.hpp"

#include "clinic/product.hpp"
#include "platform/app/database_urls.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <exception>
#include <stdexcept>

namespace terrace::server {

void run_work(Config config, const std::function<boost::asio::awaitable<void>(app::Services&)>& work) {
    auto options = app::database_options(config);
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
