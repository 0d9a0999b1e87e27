#include "platform/base/secret_reference.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace terrace {
namespace {

constexpr const char* variable_prefix = "env:";
constexpr const char* file_prefix = "file:";

std::string first_line(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error("cannot read " + path);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    return line;
}

}  // namespace

std::string read_secret_reference(const std::string& reference) {
    const std::string where = reference.substr(reference.find(':') + 1);
    if (reference.starts_with(file_prefix)) return first_line(where);
    if (!reference.starts_with(variable_prefix)) throw std::runtime_error("a reference is env:NAME or file:/path");
    const char* value = std::getenv(where.c_str());
    if (!value || !*value) throw std::runtime_error(where + " is not set");
    return value;
}

}  // namespace terrace
