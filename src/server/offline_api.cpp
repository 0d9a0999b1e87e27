#include "server/offline_api.hpp"

#include "clinic/product.hpp"
#include "platform/app/services.hpp"

#include <boost/asio/io_context.hpp>

namespace terrace::server {

void with_api(const std::function<void(const api::Api& api)>& use) {
    Config config;
    config.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000};
    config.secret = "describes the API and signs nothing";
    // The loop is never run, so nothing connects.
    boost::asio::io_context loop;
    app::Process process(std::move(config), clinic::product(), {});
    app::Services services(loop.get_executor(), process);
    use(app::make_api(services));
}

}  // namespace terrace::server
