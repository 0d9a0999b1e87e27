#include "platform/tenancy/places/tenant_context.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace terrace::tenancy {

void enter(db::AdminConnection& connection, const Uuid& tenant) {
    connection.run("set local role terrace_owner; set local row_security = on; set local lock_timeout = '5s'");
    connection.run("select set_config('app.tenant_id', $1, true)", db::Params().add(tenant));
}

std::string list(const std::vector<std::string>& columns, std::string_view alias) {
    if (alias.empty()) return fmt::format("{}", fmt::join(columns, ", "));
    std::string text;
    for (const std::string& column : columns) text += fmt::format("{}{}.{}", text.empty() ? "" : ", ", alias, column);
    return text;
}

}  // namespace terrace::tenancy
