#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/statement.hpp"

#include <cstddef>
#include <string_view>

namespace terrace::audit {

/// One line of a tenant's append-only audit: who did what to which object, from where. `changes` names fields, and
/// holds values only where the resource declares that they may be kept.
struct Entry {
    Uuid tenant;
    Uuid actor;                    ///< the user; nil for the system
    Uuid session;                  ///< nil where there is none
    std::string_view action;       ///< "patients.create"
    std::string_view object_type;  ///< "patient"
    Uuid object;                   ///< nil where the action has no object
    std::string_view changes;      ///< a JSON object, "{}" when empty
    std::string_view client_address;
    std::string_view request_id;
};

/// The entry as a statement of the same unit as its effect.
db::Statement insert(const Entry& entry);

/// For callers that chain the entry to their effect in one statement (`with changed as (…), audited as (insert into
/// {tenant}.audit_entry (<columns>) select $5, $6, … from changed)`): the columns that an entry fills, and its values
/// as the next parameters in the order of the columns.
db::Fragment columns();
inline constexpr std::size_t column_count = 10;
void add_parameters(const Entry& entry, db::Params& params);

}  // namespace terrace::audit
