#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <string>

struct pg_conn;

/// Internal to the data layer.
namespace terrace::db {

struct ConnectionOptions {
    std::string url;
    bool pooler = false;     ///< behind a pooler in transaction mode: no start-up options
    bool read_only = false;  ///< not behind a pooler
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds statement_timeout{5'000};
    std::chrono::milliseconds lock_timeout{2'500};
    std::chrono::milliseconds idle_in_transaction_timeout{10'000};
};

/// One libpq connection in pipeline mode, waited for on the event loop. Knows nothing of units.
class Connection {
  public:
    Connection(boost::asio::any_io_executor executor, ConnectionOptions options);
    ~Connection();

    /// Connects within the timeout; false with `fault()` otherwise.
    boost::asio::awaitable<bool> open();
    void close();
    const std::string& fault() const { return fault_; }

    pg_conn* handle() const { return connection_.get(); }

    /// Waits until there is something to read; false after interrupt() or a fault.
    boost::asio::awaitable<bool> readable();
    /// Reads what is there and sends what waits; false when the connection is lost.
    bool exchange();
    /// Sends what libpq holds; what the socket does not take now goes when it can. False when the connection is lost.
    bool flush();
    /// Ends the wait of readable(); also from within its own handlers.
    void interrupt();

  private:
    struct Finish {
        void operator()(pg_conn* connection) const noexcept;
    };

    boost::asio::awaitable<bool> poll();
    boost::asio::awaitable<void> resolve();
    void start();
    void on_deadline();
    void forget_socket();

    ConnectionOptions options_;
    boost::asio::posix::stream_descriptor socket_;
    boost::asio::steady_timer deadline_;
    boost::asio::ip::tcp::resolver resolver_;
    std::unique_ptr<pg_conn, Finish> connection_;
    std::string fault_;
    std::string host_, host_addresses_;  ///< as resolve() found them; empty when libpq needs no look-up
    bool connecting_ = false;
    bool late_ = false;
    bool write_waits_ = false;
    /// Handlers that outlive the connection see that it has gone.
    std::shared_ptr<Connection*> self_;
};

/// `message` of libpq in one line.
std::string one_line(const char* message);

}  // namespace terrace::db
