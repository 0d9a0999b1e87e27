#pragma once

#include "platform/db/database.hpp"

namespace terrace::db {

/// A transaction of a command on its own connection: rolled back unless committed, also by an exception. `connection`
/// outlives it.
class AdminTransaction {
  public:
    explicit AdminTransaction(AdminConnection& connection) : connection_(&connection) { connection.run("begin"); }
    AdminTransaction(const AdminTransaction&) = delete;
    AdminTransaction& operator=(const AdminTransaction&) = delete;
    ~AdminTransaction();

    void commit();

  private:
    AdminConnection* connection_;  ///< null: committed
};

}  // namespace terrace::db
