#pragma once

#include "platform/tenancy/data/data_turn.hpp"
#include "platform/tenancy/data/export.hpp"

/// Internal to exports.
namespace terrace::tenancy {

/// Writes into the folder of `options`, or takes up what is there, for whoever has the tenant's turn. `source` is a
/// connection to the tenant's place, in a transaction that reads one moment in the tenant's context; that is over when
/// the export was cancelled. Throws std::runtime_error.
ExportOutcome write_export(const ExportOptions& options, db::AdminConnection& installation, const DataTenant& tenant,
                           db::AdminConnection& source);

}  // namespace terrace::tenancy
