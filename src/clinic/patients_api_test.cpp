#include "clinic/product.hpp"
#include "platform/harness/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

namespace terrace::clinic {
namespace {

constexpr const char* asha = R"({"name":"Asha Rao","sex":"female","age":34,"phone":"98765 43210"})";

class PatientsApi : public ::testing::Test {
  protected:
    static harness::TestServer& server() {
        static harness::TestServer server(product());
        return server;
    }
    harness::TestServer::Organization organization = server().sign_up();
    harness::Client client = server().owner(organization);
};

TEST_F(PatientsApi, RegistersReadsChangesAndArchivesAPatient) {
    const auto created = client.post("/api/v1/patients", asha);
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(created.text("phone"), "+919876543210");
    const auto path = created.header("location").value();

    const auto read = client.get(path);
    EXPECT_EQ(read.body, created.body);
    EXPECT_EQ(read.header("etag"), created.header("etag"));

    const auto changed = client.patch(path, R"({"city":"Pune"})", {{"If-Match", *read.header("etag")}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("city"), "Pune");
    EXPECT_EQ(changed.integer("version"), 2);

    EXPECT_EQ(client.patch(path, R"({"city":"Nashik"})", {{"If-Match", *read.header("etag")}}).status, 412);
    EXPECT_EQ(client.remove(path).status, 204);
    EXPECT_EQ(client.get("/api/v1/patients").json().root().find("results")->size(), 0U);
    EXPECT_EQ(client.post(path + "/restore", "{}").status, 200);
    EXPECT_EQ(client.get("/api/v1/patients").json().root().find("results")->size(), 1U);
}

TEST_F(PatientsApi, AnotherTenantsPatientIsTheSameAnswerAsNone) {
    const auto other = server().sign_up();
    const auto path = server().owner(other).post("/api/v1/patients", asha).header("location").value();
    const auto without_request_id = [](std::string body) { return body.substr(0, body.find("\"request_id\"")); };
    const auto foreign = client.get(path);
    const auto none = client.get("/api/v1/patients/01900000-0000-7000-8000-000000000000");
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(without_request_id(foreign.body), without_request_id(none.body));
    EXPECT_EQ(client.patch(path, "not even JSON").status, 404);
    EXPECT_EQ(client.remove(path).status, 404);
}

TEST_F(PatientsApi, OneIdempotencyKeyMakesOnePatientHoweverManyTryAtOnce) {
    std::vector<harness::Reply> replies(12);
    {
        std::vector<std::jthread> threads;
        for (auto& reply : replies)
            threads.emplace_back([&reply, this] {
                reply = server().owner(organization).post("/api/v1/patients", asha, {{"Idempotency-Key", "one-try"}});
            });
    }
    std::set<std::string> ids;
    for (const auto& reply : replies) {
        ASSERT_EQ(reply.status, 201) << reply.body;
        ids.insert(reply.text("id"));
    }
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(client.get("/api/v1/patients").json().root().find("results")->size(), 1U);
    EXPECT_EQ(client.post("/api/v1/patients", R"({"name":"B","sex":"male","age":1})", {{"Idempotency-Key", "one-try"}})
                  .status,
              422);
}

TEST_F(PatientsApi, OfParallelChangesFromOneVersionExactlyOneWins) {
    const auto created = client.post("/api/v1/patients", asha);
    const auto path = created.header("location").value();
    const auto etag = created.header("etag").value();
    std::vector<int> statuses(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            threads.emplace_back([&, i] {
                statuses[i] = server()
                                  .owner(organization)
                                  .patch(path, R"({"city":"City )" + std::to_string(i) + R"("})", {{"If-Match", etag}})
                                  .status;
            });
    }
    EXPECT_EQ(std::ranges::count(statuses, 200), 1);
    EXPECT_EQ(std::ranges::count(statuses, 412), static_cast<std::ptrdiff_t>(statuses.size()) - 1);
}

TEST_F(PatientsApi, NamesEveryFaultOfABodyAtOnce) {
    const auto reply = client.post("/api/v1/patients", R"({"sex":"x","age":"old","email":"no","shoe_size":42})");
    EXPECT_EQ(reply.status, 400);
    const auto document = reply.json();
    const auto errors = document.root().find("errors").value();
    for (const auto* field : {"name", "sex", "age", "email", "shoe_size"})
        EXPECT_TRUE(errors.find(field)) << field << " in " << reply.body;
}

}  // namespace
}  // namespace terrace::clinic
