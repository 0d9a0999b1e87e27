#include "platform/harness/server.hpp"
#include "platform_only/toy_product.hpp"

#include <gtest/gtest.h>

namespace terrace::toy {
namespace {

class ToyProduct : public ::testing::Test {
  protected:
    static harness::TestServer& server() {
        static harness::TestServer server(product());
        return server;
    }
};

TEST_F(ToyProduct, GreetsAMemberOfATenant) {
    const auto organization = server().sign_up();
    const auto reply = server().owner(organization).get("/api/v1/greeting");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.text("greeting"), "Hello, " + organization.slug);
}

TEST_F(ToyProduct, GreetsNobodyWithoutASession) {
    const auto organization = server().sign_up();
    const auto reply = server().client(organization.slug).get("/api/v1/greeting");
    EXPECT_EQ(reply.status, 401);
    EXPECT_EQ(reply.text("code"), "not_authenticated");
}

TEST_F(ToyProduct, RefusesATokenOnAnotherTenantsHost) {
    const auto mine = server().sign_up();
    const auto theirs = server().sign_up();
    const auto reply =
        server().client(theirs.slug).get("/api/v1/greeting", {{"Authorization", "Bearer " + mine.access_token}});
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.text("code"), "tenant_mismatch");
}

TEST_F(ToyProduct, HasNoPatients) {
    const auto organization = server().sign_up();
    EXPECT_EQ(server().owner(organization).get("/api/v1/patients").status, 404);
}

}  // namespace
}  // namespace terrace::toy
