#pragma once

#include "platform/base/uuid.hpp"

#include <filesystem>
#include <string>

/// Internal to exports that are kept: their folders on this machine.
namespace terrace::tenancy {

/// Of this machine: a folder is found on the one that wrote it.
std::string host_name();

/// Beside `folder`, while that is brought up to the moment of the switch.
std::filesystem::path renewed_folder(const std::filesystem::path& folder);

/// Removes the folder of a kept export and what was beside it. Nothing but an export of that tenant is ever removed.
/// Throws std::runtime_error.
void remove_export_folder(const std::filesystem::path& folder, const Uuid& tenant);

/// Whether a name is one that a kept export gives its folder.
bool is_export_name(const std::string& name);

}  // namespace terrace::tenancy
