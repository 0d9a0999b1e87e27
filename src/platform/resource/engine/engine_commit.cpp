#include "platform/base/log.hpp"
#include "platform/resource/engine/engine_state.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace terrace::resource {
namespace {

/// How many hooks of a resource may run at once on a loop; what comes beyond is dropped, lest they pile up.
constexpr std::size_t most_running = 100;

boost::asio::awaitable<void> run(std::shared_ptr<std::size_t> running, const Resource& resource,
                                 Resource::CommitHook hook, std::vector<CommittedState> writes) {
    for (CommittedState& committed : writes) {
        try {
            co_await hook(std::move(committed));
        } catch (const std::exception& fault) {
            log::error("after_commit_failed", {{"resource", resource.name}, {"reason", fault.what()}});
        }
    }
    --*running;
}

}  // namespace

CommittedState Engine::committed(const Caller& caller, std::string act, const db::Rows& rows,
                                 std::shared_ptr<const void> previous) const {
    return {.act = std::move(act),
            .object = object_from(resource_, rows),
            .previous = std::move(previous),
            .tenant = caller.tenant,
            .scope = caller.scope,
            .user = caller.user};
}

boost::asio::awaitable<void> Engine::announce(const Caller& caller, std::string act, const db::Rows& written,
                                              std::shared_ptr<const void> previous) {
    if (resource_.after_commit.empty()) co_return;
    std::vector<CommittedState> writes;
    writes.push_back(committed(caller, std::move(act), written, std::move(previous)));
    co_await announce(std::move(writes));
}

/// Starts the hooks of a unit that is committed; the request does not wait for them. Those of many writes run one after
/// the other, and count as one.
boost::asio::awaitable<void> Engine::announce(std::vector<CommittedState> writes) {
    const auto executor = co_await boost::asio::this_coro::executor;
    for (const Resource::CommitHook& hook : resource_.after_commit) {
        if (*announcing_ >= most_running) {
            log::warning("after_commit_dropped", {{"resource", resource_.name}, {"act", writes.front().act}});
            continue;
        }
        ++*announcing_;
        boost::asio::co_spawn(executor, run(announcing_, resource_, hook, writes), boost::asio::detached);
    }
}

}  // namespace terrace::resource
