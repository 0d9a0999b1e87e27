#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/app/product.hpp"

#include <functional>

namespace terrace::app {

/// Shows `use` everything that a server of `product` would answer, without a database or a port: for the commands that
/// describe it.
void with_api(Product product, const std::function<void(const api::Api& api)>& use);

}  // namespace terrace::app
