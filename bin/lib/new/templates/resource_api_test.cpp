#include "clinic/product.hpp"
#include "platform/harness/server.hpp"

#include <gtest/gtest.h>

namespace terrace::clinic {
namespace {

/// What the resource does, its own tests say; here it is served as a part of the product.
TEST(${structs}Api, IsServedToTheOwnerOfAClinic) {
    harness::TestServer server(product());
    harness::Client owner = server.owner(server.sign_up());
$reference_made    const auto made = owner.post("/api/v1/$plural", $body);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(owner.get(made.header("location").value()).body, made.body);
    EXPECT_EQ(server.client().get("/api/v1/$plural").status, 401);
}

}  // namespace
}  // namespace terrace::clinic
