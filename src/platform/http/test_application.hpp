#pragma once

#include "platform/http/server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <future>
#include <memory>
#include <semaphore>

namespace terrace::http {

class Held;

/// Echoes method, path and body; `/held` waits for Held::release, `/throw` throws, `/header-injection` answers with a
/// header that may not be sent.
class TestApplication final : public LoopApplication {
  public:
    explicit TestApplication(Held* held) : held_(held) {}
    boost::asio::awaitable<Response> handle(Request& request) override;
    void stop() override;

  private:
    Held* held_;
};

/// The test's hand on a server with one loop.
class Held {
  public:
    LoopFactory factory();

    void wait_until_held() { entered_.acquire(); }
    /// Lets the request on `/held` go on.
    void release();
    /// Keeps the loop from doing anything until `unblock_loop`.
    void block_loop();
    void unblock_loop() { unblocked_.set_value(); }

  private:
    friend class TestApplication;
    boost::asio::awaitable<void> hold();
    void let_go();

    boost::asio::any_io_executor executor_;
    std::shared_ptr<boost::asio::steady_timer> timer_;
    std::binary_semaphore entered_{0};
    std::promise<void> unblocked_;
};

}  // namespace terrace::http
