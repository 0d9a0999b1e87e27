#pragma once

#include "platform/http/server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <semaphore>

namespace terrace::http {

class Held;

/// Echoes method, path and body; `/held` waits for Held::release, `/throw` throws, `/header-injection` answers with a
/// header that may not be sent. `/stream` answers in pieces, and so do those that begin with it: `/stream/fails` and
/// `/stream/throws` half-way, `/stream/empty` with none, `/stream/held` waits before its last, `/stream/endless` never
/// ends; `/stream/measured` knows its length, `/stream/less-than-announced` and `/stream/more-than-announced` are wrong
/// about it.
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

    /// How many pieces of all streams have been made, and how many streams are open.
    std::atomic<int> pieces = 0, streams = 0;

  private:
    friend class TestApplication;
    friend class TestStream;
    boost::asio::awaitable<void> hold();
    void let_go();

    boost::asio::any_io_executor executor_;
    std::shared_ptr<boost::asio::steady_timer> timer_;
    std::binary_semaphore entered_{0};
    std::promise<void> unblocked_;
};

}  // namespace terrace::http
