#include "platform/base/log.hpp"
#include "platform/db/database.hpp"

namespace terrace::db {
namespace {

/// PostgreSQL quotes values in messages of class 22 (data) and 23 (constraints): those never reach the log.
std::string_view loggable(const DbError& error) {
    const std::string_view sqlstate = error.sqlstate;
    return sqlstate.starts_with("22") || sqlstate.starts_with("23") ? std::string_view() : error.message;
}

}  // namespace

Error to_error(const DbError& error) {
    switch (error.kind) {
        case DbError::Kind::timeout:
        case DbError::Kind::unavailable:
        case DbError::Kind::in_doubt:
        case DbError::Kind::moved:
            log::warning("database_unavailable", {{"sqlstate", error.sqlstate}, {"message", loggable(error)}});
            return errors::unavailable();
        case DbError::Kind::constraint:
        case DbError::Kind::rejected:
            break;
    }
    log::error("database_refused",
               {{"sqlstate", error.sqlstate}, {"constraint", error.constraint}, {"message", loggable(error)}});
    return errors::internal();
}

}  // namespace terrace::db
