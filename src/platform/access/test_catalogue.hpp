#pragma once

#include "platform/access/permissions.hpp"

namespace terrace::access {

inline Catalogue clinic() {
    Catalogue catalogue;
    catalogue.add_permission({"patients.read", "See patients"});
    catalogue.add_permission({"patients.create", "Register patients"});
    catalogue.add_role({.slug = "nurse", .name = "Nurse", .permissions = {"patients.read"}});
    return catalogue;
}

}  // namespace terrace::access
