#include "platform/app/offline_api.hpp"

#include "platform/app/services.hpp"

#include <boost/asio/io_context.hpp>

#include <utility>

namespace terrace::app {

void with_api(Product product, const std::function<void(const api::Api& api)>& use) {
    Config config;
    config.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000};
    config.secret = "describes the API and signs nothing";
    // The loop is never run, so nothing connects.
    boost::asio::io_context loop;
    Process process(std::move(config), std::move(product), {});
    Services services(loop.get_executor(), process);
    use(make_api(services));
}

}  // namespace terrace::app
