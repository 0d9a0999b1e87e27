#include "platform/db/lane.hpp"

#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"
#include "platform/db/connect_limit.hpp"
#include "platform/db/report_end.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <libpq-fe.h>

#include <algorithm>
#include <bit>
#include <exception>
#include <optional>
#include <random>
#include <utility>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

/// 50 ms, doubling to 1 s, each between half and the whole of itself, so that many processes do not come back at once.
std::chrono::milliseconds back_off(unsigned failures) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    const int longest = std::min(1'000, 50 << std::min(failures, 5u));
    return std::chrono::milliseconds(std::uniform_int_distribution(longest / 2, longest)(random));
}

DbError lost(const Task& task, bool sent, const std::string& why) {
    const bool in_doubt = sent && task.loss == Task::Loss::in_doubt;
    return {in_doubt ? DbError::Kind::in_doubt : DbError::Kind::unavailable, {}, {}, why};
}

/// A schema of one tenant goes in the transaction of a move: a unit that waited for that finds no tables.
bool lost_its_tables(const Task& task, const Segment& segment) {
    constexpr std::string_view undefined_table = "42P01", undefined_schema = "3F000";
    if (task.schema.empty() || task.schema == "shared" || !segment.error()) return false;
    return segment.error()->sqlstate == undefined_table || segment.error()->sqlstate == undefined_schema;
}

}  // namespace

Lane::Lane(asio::any_io_executor executor, LaneOptions options)
    : options_(std::move(options)),
      connection_(executor, options_.connection),
      cache_(options_.statements),
      pause_(executor) {}

void Lane::start(Events events) {
    events_ = std::move(events);
    asio::co_spawn(pause_.get_executor(), run(shared_from_this()), report_end("database_lane_ended"));
}

/// At once, and not when the lane's own work comes to it: the place of its connection may be given away right after.
void Lane::stop() {
    stopped_ = true;
    events_ = {};
    pause_.cancel();
    give_up("the data layer closes");
    connection_.close();
    lose_flights();
}

bool Lane::in_transaction() const {
    return PQtransactionStatus(connection_.handle()) != PQTRANS_IDLE;
}

/// What is thrown on the way (a bug, or a machine that is out of something) is the end of a connection, not of the
/// lane.
asio::awaitable<void> Lane::run(std::shared_ptr<Lane> self) {
    while (!self->stopped_) {
        try {
            co_await self->connect_and_serve();
        } catch (const std::exception& fault) {
            log::error("database_lane_failed", {{"fault", fault.what()}});
            self->disconnect(fault.what());
        }
        if (!self->stopped_) co_await self->pause();
    }
    self->connection_.close();
}

asio::awaitable<bool> Lane::connect() {
    std::optional<ConnectPermit> permit;
    if (options_.connect_limit) permit.emplace(co_await options_.connect_limit->permit());
    if (stopped_) co_return false;
    co_return co_await connection_.open();
}

asio::awaitable<void> Lane::connect_and_serve() {
    if (co_await connect()) {
        co_await serve();
    } else if (!stopped_ && std::has_single_bit(failures_ + 1)) {
        log::warning("database_unreachable",
                     {{"fault", connection_.fault()}, {"tries", static_cast<std::int64_t>(failures_) + 1}});
    }
}

asio::awaitable<void> Lane::serve() {
    if (stopped_) co_return;
    doubt_.clear();
    connected_ = true;
    ++generation_;
    if (events_.on_room) events_.on_room();
    while (doubt_.empty() && co_await connection_.readable()) {
        const bool alive = connection_.exchange();
        const bool sane = take_results();
        if (alive && sane) failures_ = 0;
        if (!alive) give_up(one_line(PQerrorMessage(connection_.handle())));
        if (!sane) give_up("an answer out of step");
        if (doubt_.empty() && events_.on_room) events_.on_room();
    }
    if (doubt_.empty()) doubt_ = "lost";
    if (!stopped_) log::warning("database_connection_closed", {{"why", doubt_}});
    disconnect(doubt_);
}

void Lane::disconnect(std::string_view why) {
    connected_ = batch_begun_ = false;
    if (doubt_.empty()) doubt_ = why;
    connection_.close();
    cache_.clear();
    lose_flights();
}

asio::awaitable<void> Lane::pause() {
    pause_.expires_after(back_off(failures_++));
    co_await pause_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Lane::give_up(std::string_view why) {
    if (doubt_.empty()) doubt_ = why.empty() ? "lost" : why;
    if (connected_) connection_.interrupt();
}

std::size_t Lane::in_flight(const Uuid& tenant) const {
    const auto is_its = [&](const Flight& flight) { return flight.task->tenant == tenant; };
    return static_cast<std::size_t>(std::ranges::count_if(flights_, is_its));
}

bool Lane::check(Clock::time_point now) {
    if (!connected() || flights_.empty()) return false;
    if (now - progress_ <= flights_.front().task->watchdog.value_or(options_.watchdog)) return false;
    give_up("no progress");
    return true;
}

void Lane::renew_if_idle(std::string_view why) {
    if (connected() && flights_.empty() && !in_transaction()) give_up(why);
}

void Lane::send(TaskPtr task) {
    append(std::move(task));
    end_batch();
}

void Lane::append(TaskPtr task) {
    if (flights_.empty()) progress_ = Clock::now();
    ++task->times_sent;
    Flight& flight = flights_.emplace_back();
    flight.task = std::move(task);
    if (std::exchange(batch_begun_, true)) {
        flight.segment.follow();
        if (mutant("context-of-the-batch")) flight.task->header.clear();
    }
    flight.complete = encode(*flight.task, flight.segment);
    if (!flight.complete) give_up(one_line(PQerrorMessage(connection_.handle())));
}

void Lane::end_batch() {
    if (!std::exchange(batch_begun_, false)) return;
    Flight& last = flights_.back();
    last.segment.expect_sync();
    last.complete = last.complete && PQpipelineSync(connection_.handle()) == 1;
    if (!last.complete || !connection_.flush()) give_up(one_line(PQerrorMessage(connection_.handle())));
}

bool Lane::encode(const Task& task, Segment& segment) {
    return options_.unnamed_statements ? encode_unnamed(segment, task) : encode_named(segment, task);
}

bool Lane::take_results() {
    PGconn* connection = connection_.handle();
    while (!flights_.empty() && !PQisBusy(connection)) {
        switch (flights_.front().segment.take(PQgetResult(connection))) {
            case Segment::Step::pending:
                break;
            case Segment::Step::broken:
                return false;
            case Segment::Step::finished: {
                if (flights_.size() > 1 && mutant("answer-to-the-next")) std::swap(flights_[0].task, flights_[1].task);
                Flight flight = std::move(flights_.front());
                flights_.pop_front();
                complete(std::move(flight));
                break;
            }
        }
        progress_ = Clock::now();
    }
    // Between two units of a shared lane no transaction may be open; while others are in flight libpq cannot tell.
    return options_.transactions || !flights_.empty() || PQstatus(connection) != CONNECTION_OK || !in_transaction();
}

void Lane::complete(Flight flight) {
    Segment& segment = flight.segment;
    for (const std::uint64_t number : segment.unprepared()) cache_.forget(number);
    if (segment.skipped() && events_.on_back) {
        flight.task->alone = true;
        --flight.task->times_sent;
        events_.on_back(std::move(flight.task));
    } else if (segment.moved() || lost_its_tables(*flight.task, segment)) {
        flight.task->finish(std::unexpected(DbError{DbError::Kind::moved, {}, {}, "the tenant's place has changed"}));
    } else if (!segment.error()) {
        flight.task->finish(segment.take_rows());
    } else if (!send_again(flight)) {
        flight.task->finish(std::unexpected(*segment.error()));
    }
}

/// A unit that met a statement which the server no longer knows (26000) or can no longer run (0A000, after a migration)
/// was rolled back as a whole: all of its statements are prepared anew, once.
bool Lane::send_again(const Flight& flight) {
    const std::string& sqlstate = flight.segment.error()->sqlstate;
    const bool unknown = sqlstate == "26000";
    if (flight.segment.failed_number() == 0 || (!unknown && sqlstate != "0A000")) return false;
    for (const std::uint64_t number : flight.segment.numbers()) {
        if (unknown) {
            cache_.forget(number);
        } else {
            cache_.retire(number);
        }
    }
    if (flight.task->in_transaction || std::exchange(flight.task->prepared_again, true)) return false;
    send(flight.task);
    return true;
}

void Lane::lose_flights() {
    for (Flight& flight : std::exchange(flights_, {})) {
        const bool again = flight.task->loss == Task::Loss::retry && flight.task->times_sent < 2;
        if (again && events_.on_back) {
            events_.on_back(std::move(flight.task));
        } else {
            flight.task->finish(std::unexpected(lost(*flight.task, flight.complete, doubt_)));
        }
    }
}

}  // namespace terrace::db
