#pragma once

#include "platform/app/product.hpp"

/// A product beside the toy, for tests/conformance/drf alone: its resources, and a role that may only look at them.
namespace terrace::conformance {

app::Product product();

}  // namespace terrace::conformance
