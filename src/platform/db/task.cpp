#include "platform/db/task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

void Task::finish(DbResult<UnitRows> outcome) {
    if (outcome_) return;
    outcome_ = std::move(outcome);
    place.reset();
    signal_.cancel();  // posts the waiter: it never runs inside the lane
}

void Task::refuse(std::string_view why) {
    finish(std::unexpected(DbError{DbError::Kind::unavailable, {}, {}, std::string(why)}));
}

asio::awaitable<DbResult<UnitRows>> Task::outcome(TaskPtr task) {
    if (!task->finished()) co_await task->signal_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (task->finished()) co_return std::move(*task->outcome_);
    const bool in_doubt = task->loss == Loss::in_doubt;
    DbError error{in_doubt ? DbError::Kind::in_doubt : DbError::Kind::unavailable, {}, {}, "the caller went away"};
    co_return std::unexpected(std::move(error));
}

}  // namespace terrace::db
