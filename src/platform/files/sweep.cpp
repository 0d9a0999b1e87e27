#include "platform/files/sweep.hpp"

#include "platform/files/statements.hpp"

namespace terrace::files {

boost::asio::awaitable<Result<void>> sweep(db::Database& database, db::TenantScope scope) {
    // 500 MB of the largest files, which ends well within the time that a write may take.
    constexpr std::int64_t batch = 20;
    for (;;) {
        db::Statement remove = remove_expired(scope.tenant(), batch);
        auto removed = co_await database.run(scope, db::UnitKind::write, *remove.shape, std::move(remove.params));
        if (!removed) co_return std::unexpected(db::to_error(removed.error()));
        if (removed->affected() == 0) co_return Result<void>();
    }
}

}  // namespace terrace::files
