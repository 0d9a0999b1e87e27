#pragma once

#include <filesystem>
#include <string>

namespace terrace::testing {

/// The clone that the tests were built in, where migrations and scripts lie. One file says it, so that ccache can give
/// all others what another clone has compiled.
std::filesystem::path source_dir();

/// Its migrations: what a test database is made of.
std::string migrations_dir();

}  // namespace terrace::testing
