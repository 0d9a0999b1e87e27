#pragma once

#include <string>

namespace terrace {

/// What a reference leads to: `env:NAME`, a variable of this process, or `file:/path`, the first line of a file. So
/// what is secret stands in no table, and each process may be given its own. Throws std::runtime_error that names the
/// reference and says nothing of what it holds.
std::string read_secret_reference(const std::string& reference);

}  // namespace terrace
