#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <deque>
#include <memory>

/// Internal to the data layer.
namespace terrace::db {

class ConnectLimit;

/// The right to be connecting; given back when destroyed.
class ConnectPermit {
  public:
    explicit ConnectPermit(std::shared_ptr<ConnectLimit> of);
    ConnectPermit(ConnectPermit&&) noexcept = default;
    ~ConnectPermit();

  private:
    std::shared_ptr<ConnectLimit> of_;
};

/// At most so many lanes of a loop connect at a time, in order of arrival. When PostgreSQL comes back, busy, all of
/// them want a connection anew: asked for at once, each costs it a process and a proof of a password, and where that
/// takes longer than the connect timeout none of them is ever done.
class ConnectLimit : public std::enable_shared_from_this<ConnectLimit> {
  public:
    ConnectLimit(boost::asio::any_io_executor executor, std::size_t at_once);
    ~ConnectLimit();

    /// Waits for as long as the others' attempts take, each of which has its timeout.
    boost::asio::awaitable<ConnectPermit> permit();

  private:
    friend class ConnectPermit;
    struct Waiter;

    void give_back();

    boost::asio::any_io_executor executor_;
    std::size_t free_;
    std::deque<std::shared_ptr<Waiter>> waiters_;
};

}  // namespace terrace::db
