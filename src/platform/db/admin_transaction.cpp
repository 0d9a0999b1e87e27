#include "platform/db/admin_transaction.hpp"

#include <exception>
#include <utility>

namespace terrace::db {

AdminTransaction::~AdminTransaction() {
    if (!connection_) return;
    try {
        connection_->run("rollback");
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): a connection that is lost has rolled back
    }
}

void AdminTransaction::commit() {
    std::exchange(connection_, nullptr)->run("commit");
}

}  // namespace terrace::db
