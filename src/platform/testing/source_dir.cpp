#include "platform/testing/source_dir.hpp"

namespace terrace::testing {

std::filesystem::path source_dir() {
    return TERRACE_SOURCE_DIR;
}

std::string migrations_dir() {
    return source_dir() / "migrations";
}

}  // namespace terrace::testing
