#pragma once

#include "platform/base/error.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace terrace::tenancy {

/// Lets callers who want the same key at once share one load, so that a stampede makes one query. A load runs on its
/// own: a caller who goes away takes nothing from the others. For one event loop.
template <class Key, class Value, class Hash = std::hash<Key>>
class SingleFlight {
  public:
    explicit SingleFlight(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

    /// Joins the flight of `key`, or starts one: `start()` gives the awaitable that loads. `keep(value)` is called once
    /// for a flight that succeeded and that no forget() overtook; only such a value may be cached.
    template <class Start, class Keep>
    boost::asio::awaitable<Result<Value>> run(Key key, Start start, Keep keep) {
        auto flight = find_or_start(std::move(key), std::move(start), std::move(keep));
        if (!flight->landed) {
            co_await flight->landing.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        }
        if (flight->failure) std::rethrow_exception(flight->failure);
        // Not landed: this caller was cancelled.
        if (!flight->landed) co_return std::unexpected(errors::unavailable());
        co_return *flight->landed;
    }

    /// What is known has changed: later callers start anew, and flights under way are not kept.
    void forget() { flights_->clear(); }

  private:
    struct Flight {
        explicit Flight(const boost::asio::any_io_executor& executor)
            : landing(executor, boost::asio::steady_timer::time_point::max()) {}

        boost::asio::steady_timer landing;  ///< cancelled when the flight has landed: wakes everyone
        std::optional<Result<Value>> landed;
        std::exception_ptr failure;
    };
    using Flights = std::unordered_map<Key, std::shared_ptr<Flight>, Hash>;

    template <class Start, class Keep>
    std::shared_ptr<Flight> find_or_start(Key key, Start start, Keep keep) {
        if (const auto found = flights_->find(key); found != flights_->end()) return found->second;
        auto flight = std::make_shared<Flight>(executor_);
        flights_->emplace(key, flight);
        auto land = [flights = flights_, flight, key, keep = std::move(keep)](std::exception_ptr failure,
                                                                              Result<Value> value) {
            const auto current = flights->find(key);
            if (current != flights->end() && current->second == flight) {
                flights->erase(current);
                if (!failure && value) keep(*value);
            }
            flight->failure = std::move(failure);
            flight->landed = std::move(value);
            flight->landing.cancel();
        };
        boost::asio::co_spawn(executor_, start(), std::move(land));
        return flight;
    }

    boost::asio::any_io_executor executor_;
    std::shared_ptr<Flights> flights_ = std::make_shared<Flights>();
};

}  // namespace terrace::tenancy
