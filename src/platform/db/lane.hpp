#pragma once

#include "platform/db/connection.hpp"
#include "platform/db/segment.hpp"
#include "platform/db/statement_cache.hpp"
#include "platform/db/task.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

/// Internal to the data layer.
namespace terrace::db {

class ConnectLimit;

struct LaneOptions {
    ConnectionOptions connection;
    std::shared_ptr<ConnectLimit> connect_limit{};  ///< null: connects at once
    bool unnamed_statements = false;
    std::size_t statements = 400;
    /// A head that makes no progress for so long means that the connection is dead.
    std::chrono::milliseconds watchdog{5'500};
    /// Lanes of leases may stand inside a transaction between two tasks.
    bool transactions = false;
};

/// A connection on which tasks run one after the other, sent without waiting for each other's answers. Connects and
/// reconnects by itself. When anything odd comes back it closes the connection and fails or gives back its tasks: a
/// connection in doubt is never used again.
class Lane : public std::enable_shared_from_this<Lane> {
  public:
    struct Events {
        std::function<void()> on_room;         ///< connected, or tasks have finished
        std::function<void(TaskPtr)> on_back;  ///< a task that is to be sent anew, on any lane
    };

    Lane(boost::asio::any_io_executor executor, LaneOptions options);

    void start(Events events);
    void stop();

    bool connected() const { return connected_ && doubt_.empty(); }
    /// Whether it has begun to connect and has not failed.
    bool is_new() const { return !connected() && failures_ == 0; }
    std::size_t in_flight() const { return flights_.size(); }
    /// How many of them are this tenant's.
    std::size_t in_flight(const Uuid& tenant) const;
    /// Counts connections: a transaction lives in one of them.
    std::uint64_t generation() const { return generation_; }
    bool in_transaction() const;

    /// Only while connected(). Never finishes the task before it returns.
    void send(TaskPtr task);
    /// The same for reads that go together, each by append(): one transaction, one write to the socket, one answer. One
    /// that fails does so alone: those behind it come back by `on_back` and are to be sent each by itself.
    void append(TaskPtr task);
    void end_batch();
    /// Since when what is under way has made no progress.
    Clock::time_point stands_since() const { return progress_; }
    /// Closes the connection; its tasks fail as their `loss` says.
    void give_up(std::string_view why);
    /// The watchdog, to be called every 100 ms or so. True when it has just found the connection silent.
    bool check(Clock::time_point now);
    /// Connects anew when nothing is under way.
    void renew_if_idle(std::string_view why);

  private:
    struct Flight {
        TaskPtr task;
        Segment segment;
        bool complete = false;  ///< it was handed to libpq, its Sync too
    };

    static boost::asio::awaitable<void> run(std::shared_ptr<Lane> self);
    boost::asio::awaitable<void> serve();
    boost::asio::awaitable<void> pause();

    boost::asio::awaitable<bool> connect();
    boost::asio::awaitable<void> connect_and_serve();
    void disconnect(std::string_view why);
    bool encode(const Task& task, Segment& segment);
    bool encode_named(Segment& segment, const Task& task);
    bool encode_unnamed(Segment& segment, const Task& task);
    bool take_results();
    void complete(Flight flight);
    bool send_again(const Flight& flight);
    void lose_flights();

    LaneOptions options_;
    Connection connection_;
    StatementCache cache_;
    boost::asio::steady_timer pause_;
    Events events_;
    std::deque<Flight> flights_;
    bool batch_begun_ = false;
    Clock::time_point progress_;
    std::uint64_t generation_ = 0;
    unsigned failures_ = 0;
    bool connected_ = false;
    bool stopped_ = false;
    std::string doubt_;
};

}  // namespace terrace::db
