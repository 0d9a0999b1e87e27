#include "platform/identity/password_pool.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/log.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr int nice_value = 19;  // the lowest: a hash can wait, the loops beside it cannot

void forget(std::string& password) {
    sodium_memzero(password.data(), password.size());
}

}  // namespace

struct PasswordPool::Impl {
    struct Job {
        std::move_only_function<void()> run;
        std::move_only_function<void()> refuse;  ///< in place of it
        std::optional<Caller> caller;
    };

    explicit Impl(Options chosen) : options(chosen) {
        if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
        nobodys_hash = hash_password(crypto::random_bytes(32), options.cost);
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        const unsigned count = options.threads ? options.threads : std::max(1U, cores / 2);
        for (unsigned i = 0; i < count; ++i) threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }

    // These three under the lock.
    bool is_full() const { return jobs.size() + running.size() >= options.queue + threads.size(); }

    /// How many places the caller has by e-mail or by network, whichever is more.
    std::size_t places(const std::optional<Caller>& caller) const {
        if (!caller) return 0;
        std::size_t of_email = 0;
        std::size_t of_network = 0;
        const auto count = [&](const std::optional<Caller>& other) {
            of_email += other && other->email == caller->email;
            of_network += other && other->network == caller->network;
        };
        for (const Job& job : jobs) count(job.caller);
        for (const auto& other : running) count(other);
        return std::max(of_email, of_network);
    }

    /// The one that waits and gives way to `caller`: the newest of who has most, if that is more than `caller` has with
    /// this one.
    std::optional<std::size_t> to_displace(const std::optional<Caller>& caller) const {
        std::optional<std::size_t> found;
        std::size_t most = places(caller) + 1;
        for (std::size_t i = jobs.size(); i-- > 0;)
            if (const std::size_t has = places(jobs[i].caller); has > most) {
                most = has;
                found = i;
            }
        return found;
    }

    /// Refuses one when the queue is full: the job, or the one that gives way to it.
    void push(Job job) {
        std::optional<Job> refused;
        {
            const std::lock_guard lock(mutex);
            const auto displaced = is_full() ? to_displace(job.caller) : std::nullopt;
            if (displaced) {
                refused = std::move(jobs[*displaced]);
                jobs.erase(jobs.begin() + static_cast<std::ptrdiff_t>(*displaced));
            }
            if (is_full())
                refused = std::move(job);
            else
                jobs.push_back(std::move(job));
        }
        wake.notify_one();
        if (refused) refused->refuse();
    }

    void work(const std::stop_token& stop) {
        setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice_value);
        std::unique_lock lock(mutex);
        while (wake.wait(lock, stop, [this] { return !jobs.empty(); })) {
            if (stop.stop_requested()) return;
            Job job = std::move(jobs.front());
            jobs.pop_front();
            const auto place = running.insert(running.end(), std::move(job.caller));
            lock.unlock();
            job.run();
            job = {};
            lock.lock();
            running.erase(place);
        }
    }

    Options options;
    std::string nobodys_hash;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Job> jobs;
    std::list<std::optional<Caller>> running;
    std::vector<std::jthread> threads;
};

namespace {

/// Too little memory for a hash is an outage of this request, not the end of the process.
template <class T>
Result<T> without_throwing(std::move_only_function<Result<T>()>& task) {
    try {
        return task();
    } catch (const std::exception& failure) {
        log::error("password_hash_failed", {{"reason", failure.what()}});
        return std::unexpected(errors::unavailable());
    }
}

/// Runs `task` on the pool and resumes the awaiting coroutine on its own executor with what it returned; 503 when it is
/// refused its place. `push` gets what runs, and what refuses.
template <class T, class Push>
asio::awaitable<Result<T>> on_pool(Push push, std::move_only_function<Result<T>()> task) {
    auto initiate = [push = std::move(push)](auto handler, std::move_only_function<Result<T>()> task) mutable {
        auto executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        const auto answer = [executor, shared](Result<T> outcome) {
            asio::post(executor, [shared, outcome = std::move(outcome)]() mutable {
                auto resume = std::move(*shared);
                std::move(resume)(std::move(outcome));
            });
        };
        push([answer, task = std::move(task)]() mutable { answer(without_throwing(task)); },
             [answer] { answer(std::unexpected(errors::unavailable())); });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Result<T>)>(
        std::move(initiate), asio::use_awaitable, std::move(task));
}

}  // namespace

PasswordPool::PasswordPool(Options options) : impl_(std::make_unique<Impl>(options)) {}

PasswordPool::~PasswordPool() = default;

bool PasswordPool::has_room(const std::optional<Caller>& caller) const {
    const std::lock_guard lock(impl_->mutex);
    return !impl_->is_full() || impl_->to_displace(caller);
}

asio::awaitable<Result<std::string>> PasswordPool::hash(std::string password) {
    return on_pool<std::string>([this](auto run, auto refuse) { impl_->push({std::move(run), std::move(refuse), {}}); },
                                [this, password = std::move(password)]() mutable -> Result<std::string> {
                                    std::string encoded = hash_password(password, impl_->options.cost);
                                    forget(password);
                                    return encoded;
                                });
}

asio::awaitable<Result<bool>> PasswordPool::verify(std::string password, std::optional<std::string> encoded,
                                                   std::optional<Caller> caller) {
    return on_pool<bool>(
        [this, caller = std::move(caller)](auto run, auto refuse) mutable {
            impl_->push({std::move(run), std::move(refuse), std::move(caller)});
        },
        [this, password = std::move(password), encoded = std::move(encoded)]() mutable -> Result<bool> {
            const bool right = verify_password(password, encoded.value_or(impl_->nobodys_hash));
            forget(password);
            return right && encoded.has_value();
        });
}

}  // namespace terrace::identity
