#include "platform/identity/refusals.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <random>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

/// Up to half of the pause more: those who came at once do not come back at once.
std::chrono::milliseconds spread(std::chrono::milliseconds pause) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    return std::chrono::milliseconds(std::uniform_int_distribution(std::int64_t{0}, pause.count() / 2)(random));
}

/// A place among those that wait; given back also when the loop ends under the coroutine.
class Place {
  public:
    explicit Place(std::atomic<std::size_t>& held) : held_(held), number_(++held) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { --held_; }

    std::size_t number() const { return number_; }

  private:
    std::atomic<std::size_t>& held_;
    std::size_t number_;
};

}  // namespace

asio::awaitable<void> Refusals::hold(Clock::time_point came) {
    const auto until = came + pause_ + spread(pause_);
    if (until <= Clock::now()) co_return;
    const Place place(held_);
    if (place.number() > most_) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor, until);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

bool is_refused_check(const Error& error) {
    return error.status == 401 || error.status == 429 || error.status == 503 || error.code == "account_exists";
}

}  // namespace terrace::identity
