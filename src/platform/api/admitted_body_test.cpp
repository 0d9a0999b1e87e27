#include "platform/api/test_pipeline.hpp"

#include <functional>

namespace terrace::api {
namespace {

class AdmittedBodies : public PipelineTest {
  protected:
    /// The pieces that come where this happens after the first, and the code that ends them.
    std::string pieces(const std::function<void()>& meanwhile, const std::string& path = "/count") {
        const auto response = send({.path = path, .host = first_host, .headers = {as_asha}});
        EXPECT_EQ(response.status, 200);
        std::string said;
        for (;;) {
            const auto piece = testing::run(loop, response.rest->next());
            if (!piece) return said + piece.error().code;
            if (piece->empty()) return said + "end";
            if (said.empty()) meanwhile();
            said += *piece + " ";
        }
    }
    void change_role(const std::string& role) {
        tests.run("update catalog.membership set role_slug = $3 where tenant_id = $1 and user_id = $2",
                  db::Params().add(first).add(asha).add(role));
    }
};

TEST_F(AdmittedBodies, ComeToTheirEnd) {
    EXPECT_EQ(pieces([] {}), "one two three end");
    EXPECT_EQ(pieces([this] { set_state(first, "read_only"); }), "one two three end");
}

TEST_F(AdmittedBodies, EndWithTheSession) {
    EXPECT_EQ(pieces([this] { tokens.ended.insert(tokens.credentials.at("asha").session); }), "one not_authenticated");
}

TEST_F(AdmittedBodies, EndWithTheMembership) {
    EXPECT_EQ(pieces([this] {
                  tests.run("delete from catalog.membership where tenant_id = $1 and user_id = $2",
                            db::Params().add(first).add(asha));
              }),
              "one permission_denied");
}

TEST_F(AdmittedBodies, EndWhereTheRoleAllowsSomethingElse) {
    EXPECT_EQ(pieces([this] { change_role("writer"); }), "one permission_denied");
    EXPECT_EQ(pieces([this] { change_role("member"); }), "one permission_denied");
}

TEST_F(AdmittedBodies, EndWithTheOrganisation) {
    EXPECT_EQ(pieces([this] { set_state(first, "suspended"); }), "one permission_denied");
}

TEST_F(AdmittedBodies, AreThoseOfSomebody) {
    EXPECT_EQ(pieces([this] { tokens.ended.insert(tokens.credentials.at("asha").session); }, "/open-count"),
              "one two three end");
}

}  // namespace
}  // namespace terrace::api
