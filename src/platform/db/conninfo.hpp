#pragma once

#include <map>
#include <string>

namespace terrace::db {

/// The keyword form of a PostgreSQL URL (manual §34.1.1) with some values replaced. Throws std::runtime_error when
/// `url` is none.
std::string with_conninfo(const std::string& url, const std::map<std::string, std::string>& values);

/// One value of a PostgreSQL URL.
std::string conninfo_value(const std::string& url, const std::string& keyword, const std::string& fallback);

}  // namespace terrace::db
