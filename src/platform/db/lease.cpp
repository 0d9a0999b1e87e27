#include "platform/db/header.hpp"
#include "platform/db/lease_impl.hpp"

namespace terrace::db {

namespace asio = boost::asio;

namespace {

/// A prepared statement gone stale aborts the lease's transaction: nothing was kept, and the next lease prepares anew.
DbError for_caller(DbError error) {
    if (error.sqlstate == "26000" || error.sqlstate == "0A000") error.kind = DbError::Kind::unavailable;
    return error;
}

DbError lost() {
    return {DbError::Kind::unavailable, {}, {}, "the leased connection was closed"};
}

}  // namespace

TaskPtr Lease::Impl::task(Statement statement) const {
    auto task = std::make_shared<Task>(executor);
    task->in_transaction = true;
    if (!begun) {
        add_begin(*task);
        if (statement_timeout) add_statement_timeout(*task, *statement_timeout);
        if (scope) add_tenant_header(*task, *scope, Header::locked);
    }
    if (scope) task->schema = scope->place().schema;
    task->statements.push_back(std::move(statement));
    return task;
}

asio::awaitable<DbResult<UnitRows>> Lease::Impl::send(TaskPtr task) {
    if (!lane.intact()) co_return std::unexpected(lost());
    begun = true;
    lane.send(task);
    co_return co_await Task::outcome(std::move(task));
}

/// The first statement found its tenant moved: nothing was read or written, so the transaction begins anew.
asio::awaitable<DbResult<UnitRows>> Lease::Impl::send_to_new_place(TaskPtr moved) {
    DbError gone{DbError::Kind::moved, {}, {}, "the tenant has no place that takes writes"};
    if (!resolve) co_return std::unexpected(std::move(gone));
    std::optional<TenantScope> found = co_await resolve(*scope, DbError::Kind::moved);
    if (!found) co_return std::unexpected(std::move(gone));
    if (auto ready = co_await begin_anew(scope->place(), found->place()); !ready) {
        co_return std::unexpected(std::move(ready).error());
    }
    scope = std::move(found);
    begun = false;
    co_return co_await send(task(std::move(moved->statements.front())));
}

/// Ends the transaction that found nothing; in another database it is another connection that goes on.
asio::awaitable<DbResult<void>> Lease::Impl::begin_anew(const Place& from, const Place& to) {
    if (from.cluster == to.cluster && from.database == to.database) {
        DbResult<UnitRows> rolled_back = co_await send(task(rollback_statement()));
        if (!rolled_back) co_return std::unexpected(std::move(rolled_back).error());
        co_return DbResult<void>();
    }
    LeasedLane next;
    if (const auto pool = leases_of(to)) next = co_await pool->acquire();
    if (!next) co_return std::unexpected(lost());
    lane = std::move(next);
    co_return DbResult<void>();
}

Lease::Lease(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Lease::Lease(Lease&&) noexcept = default;
Lease& Lease::operator=(Lease&&) noexcept = default;
Lease::~Lease() = default;

asio::awaitable<DbResult<Rows>> Lease::run(const Shape& shape, Params params) {
    if (impl_->failure || impl_->committed) {
        co_return std::unexpected(DbError{DbError::Kind::rejected, {}, {}, "the lease's transaction is over"});
    }
    const bool first = !impl_->begun;
    TaskPtr task = impl_->task({&shape, std::move(params)});
    DbResult<UnitRows> outcome = co_await impl_->send(task);
    if (!outcome && outcome.error().kind == DbError::Kind::moved && first) {
        outcome = co_await impl_->send_to_new_place(std::move(task));
    }
    if (!outcome) {
        impl_->failure = for_caller(std::move(outcome).error());
        co_return std::unexpected(*impl_->failure);
    }
    co_return std::move(outcome->front());
}

asio::awaitable<DbResult<void>> Lease::commit() {
    if (impl_->failure) co_return std::unexpected(*impl_->failure);
    if (!impl_->begun || impl_->committed) co_return DbResult<void>();
    TaskPtr task = impl_->task(commit_statement());
    task->loss = Task::Loss::in_doubt;
    DbResult<UnitRows> outcome = co_await impl_->send(std::move(task));
    if (!outcome) {
        impl_->failure = for_caller(std::move(outcome).error());
        co_return std::unexpected(*impl_->failure);
    }
    impl_->committed = true;
    co_return DbResult<void>();
}

}  // namespace terrace::db
