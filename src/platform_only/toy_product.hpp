#pragma once

#include "platform/app/product.hpp"

/// The smallest product: one permission and one endpoint. It is built and tested without the clinic, so that the
/// platform never learns of one.
namespace terrace::toy {

app::Product product();

}  // namespace terrace::toy
