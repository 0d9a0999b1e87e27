#pragma once

#include "platform/app/services.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace terrace::app {

/// One event loop of `serve`. The first loop also listens to the catalog for the whole process, keeps the signing keys
/// fresh, and keeps house.
class Loop final : public http::LoopApplication {
  public:
    Loop(boost::asio::any_io_executor executor, Process& process, unsigned index);

    boost::asio::awaitable<http::Response> handle(http::Request& request) override;
    void stop() override;

  private:
    void spawn(boost::asio::any_io_executor executor, const char* work,
               std::function<boost::asio::awaitable<void>()> begin);

    Services services_;
    http::Router router_;
    std::vector<std::unique_ptr<boost::asio::cancellation_signal>> background_;
};

/// The HTTP server of a process, not yet started.
http::Server make_server(Process& process);

}  // namespace terrace::app
