#pragma once

#include "platform/access/permissions.hpp"
#include "platform/base/error.hpp"
#include "platform/db/database.hpp"
#include "platform/resource/declaration/object.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string_view>

namespace terrace::resource {

/// An action on a list under way, types erased.
struct TransactionState {
    const void* input = nullptr;
    const tenancy::Tenant& tenant;
    const Uuid& user;
    const access::PermissionSet* permissions;
    db::Lease& lease;
    std::function<Error(const db::DbError&)> error_of;
};

/// An action on a list as its function sees it: the input, and a transaction in the caller's tenant that is committed
/// with the audit and the idempotency key when the function returns a value, and rolled back on an error. Statements
/// name `tenant_id = $1` beside the policy, as everywhere; the read rule of the resource binds them only as far as they
/// say it themselves. A transaction holds a connection of its own, of which there are few: keep it short.
template <class T, class In>
class Transaction {
  public:
    explicit Transaction(TransactionState& state) : state_(state) {}

    const In& input() const { return *static_cast<const In*>(state_.input); }
    const tenancy::Tenant& tenant() const { return state_.tenant; }
    const Uuid& user() const { return state_.user; }
    bool may(std::string_view permission) const { return state_.permissions && state_.permissions->allows(permission); }

    /// After an error the transaction is over: return it.
    boost::asio::awaitable<Result<db::Rows>> run(db::Statement statement) {
        auto rows = co_await state_.lease.run(*statement.shape, std::move(statement.params));
        if (!rows) co_return std::unexpected(state_.error_of(rows.error()));
        co_return std::move(*rows);
    }

  private:
    TransactionState& state_;
};

namespace detail {

template <auto Function, class T, class In>
boost::asio::awaitable<Result<Object>> run_transaction(TransactionState& state) {
    Transaction<T, In> transaction(state);
    auto answer = co_await Function(transaction);
    if (!answer) co_return std::unexpected(std::move(answer).error());
    co_return make_object(std::move(*answer));
}

}  // namespace detail
}  // namespace terrace::resource
