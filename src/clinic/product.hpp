#pragma once

#include "platform/app/product.hpp"

namespace terrace::clinic {

/// Terrace Clinic, as it stands on the platform: everything that the product adds is named here.
app::Product product();

}  // namespace terrace::clinic
