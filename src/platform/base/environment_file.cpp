#include "platform/base/environment_file.hpp"

#include "platform/base/text.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string_view>

namespace terrace {
namespace {

std::string_view unquote(std::string_view value) {
    const bool quoted =
        value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
    return quoted ? value.substr(1, value.size() - 2) : value;
}

bool is_name(std::string_view name) {
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return !name.empty() && name.find_first_not_of(allowed) == name.npos;
}

}  // namespace

EnvironmentFile read_environment_file(const std::string& path) {
    EnvironmentFile file;
    std::ifstream input(path);
    std::string text;
    for (int number = 1; std::getline(input, text); ++number) {
        if (text.ends_with('\r')) text.pop_back();
        std::string_view line = trim(text);
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with("export ")) line = trim(line.substr(7));
        const auto equals = line.find('=');
        const std::string_view name = trim(line.substr(0, equals));
        if (equals == line.npos || !is_name(name)) {
            file.faults.push_back(fmt::format("{} line {}: is not NAME=value", path, number));
            continue;
        }
        file.variables[std::string(name)] = unquote(trim(line.substr(equals + 1)));
    }
    return file;
}

}  // namespace terrace
