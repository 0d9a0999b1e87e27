#include "platform/db/connect_limit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

struct ConnectLimit::Waiter {
    explicit Waiter(const asio::any_io_executor& executor) : signal(executor, asio::steady_timer::time_point::max()) {}

    asio::steady_timer signal;
    std::optional<ConnectPermit> permit;
};

ConnectPermit::ConnectPermit(std::shared_ptr<ConnectLimit> of) : of_(std::move(of)) {}

ConnectPermit::~ConnectPermit() {
    if (of_) of_->give_back();
}

ConnectLimit::ConnectLimit(asio::any_io_executor executor, std::size_t at_once)
    : executor_(std::move(executor)), free_(at_once) {}

ConnectLimit::~ConnectLimit() = default;

asio::awaitable<ConnectPermit> ConnectLimit::permit() {
    if (free_ > 0) {
        --free_;
        co_return ConnectPermit(shared_from_this());
    }
    const auto self = shared_from_this();  // for as long as this waits
    const auto waiter = std::make_shared<Waiter>(executor_);
    waiters_.push_back(waiter);
    while (!waiter->permit) co_await waiter->signal.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return std::move(*waiter->permit);
}

void ConnectLimit::give_back() {
    if (waiters_.empty()) {
        ++free_;
        return;
    }
    const auto next = std::move(waiters_.front());
    waiters_.pop_front();
    next->permit.emplace(shared_from_this());
    next->signal.cancel();
}

}  // namespace terrace::db
