#pragma once

#include <libpq-fe.h>

#include <memory>

/// Internal to the data layer.
namespace terrace::db {

struct ClearResult {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};

/// Of the blocking calls that migrations make; what units answer with are Rows.
using LibpqResult = std::unique_ptr<PGresult, ClearResult>;

}  // namespace terrace::db
