#pragma once

#include <map>
#include <string>
#include <vector>

namespace terrace {

struct EnvironmentFile {
    std::map<std::string, std::string> variables;
    std::vector<std::string> faults;  ///< one a line that is no assignment; names file and line
};

/// Reads `NAME=value` lines: `#` comments, an optional `export `, a value in single or double quotes taken as it is
/// (no expansion, no escapes). A file that does not exist is empty.
EnvironmentFile read_environment_file(const std::string& path);

}  // namespace terrace
