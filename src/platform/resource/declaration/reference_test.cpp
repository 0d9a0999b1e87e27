#include "platform/resource/testing/test_specimens.hpp"

namespace terrace::resource::testing {
namespace {

class References : public SpecimenTest {
  protected:
    /// The place of a new origin.
    std::string origin(std::string_view code) {
        return origins.post("/api/v1/origins", fmt::format(R"({{"code":"{}"}})", code)).header("Location");
    }
    static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
    Answer from(const std::string& id) { return make(fmt::format(R"("origin_id":"{}")", id)); }
};

TEST_F(References, HoldTheKeyOfAnObject) {
    const std::string id = id_of(origin("mine"));
    EXPECT_EQ(from(id).get("origin_id"), id);
    EXPECT_EQ(make(R"("second_origin":"mine")").get("second_origin"), "mine");
    EXPECT_EQ(make(R"("origin_id":null)").get("origin_id"), "null");
    EXPECT_EQ(make(R"("origin_id":"mine")").errors(), "origin_id: invalid");
}

TEST_F(References, ToNothingAreErrorsOfTheirField) {
    const Answer answer = from(Uuid::v7().to_string());
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.errors(), "origin_id: does_not_exist");
    EXPECT_EQ(make(R"("second_origin":"mine")").errors(), "second_origin: does_not_exist");
    EXPECT_EQ(from("00000000-0000-0000-0000-000000000000").errors(), "origin_id: does_not_exist");
    const std::string path = make("").header("Location");
    EXPECT_EQ(specimens.patch(path, fmt::format(R"({{"origin_id":"{}"}})", Uuid::v7().to_string())).errors(),
              "origin_id: does_not_exist");
}

TEST_F(References, KnowNothingOfOtherTenants) {
    const std::string foreign = id_of(origin("mine"));
    Client other{loop, served(resource, parts), tests.tenant()};
    const auto ask = [&](const std::string& id) {
        return other.post("/api/v1/specimens", fmt::format(R"({{"name":"Quartz","origin_id":"{}"}})", id));
    };
    const Answer never = ask(Uuid::v7().to_string());
    EXPECT_EQ(never.status, 400);
    EXPECT_EQ(ask(foreign).body, never.body);
    EXPECT_EQ(other.post("/api/v1/specimens", R"({"name":"Quartz","second_origin":"mine"})").errors(),
              "second_origin: does_not_exist");
}

TEST_F(References, ToWhatIsArchivedAreRefusedWhereItIsDeclared) {
    const std::string path = origin("mine");
    const Answer before = from(id_of(path));
    origins.remove(path);
    EXPECT_EQ(from(id_of(path)).body, from(Uuid::v7().to_string()).body);
    EXPECT_EQ(make(R"("second_origin":"mine")").status, 201);
    const Answer after = specimens.patch(before.header("Location"), R"({"price":7})");
    EXPECT_EQ(after.status, 200) << after.body;
    EXPECT_EQ(after.get("origin_id"), id_of(path));
    origins.post(path + "/restore", "{}");
    EXPECT_EQ(from(id_of(path)).status, 201);
}

TEST_F(References, AreNeverMadeToWhatIsArchivedAtTheSameTime) {
    for (int round = 0; round < 20; ++round) {
        const std::string path = origin(fmt::format("mine-{}", round));
        const std::string body = fmt::format(R"({{"name":"Quartz","origin_id":"{}"}})", id_of(path));
        auto removed = origins.start(http::Method::del, path);
        auto made = specimens.start(http::Method::post, "/api/v1/specimens", body);
        const Answer answer = made.wait();
        EXPECT_EQ(removed.wait().status, 204);
        if (answer.status == 400) EXPECT_EQ(answer.errors(), "origin_id: does_not_exist");
        EXPECT_EQ(from(id_of(path)).errors(), "origin_id: does_not_exist");
    }
}

/// Another session archives and waits: the write waits for it, and then sees what it did.
TEST_F(References, WaitForAnArchivingUnderWay) {
    const std::string path = origin("mine");
    auto admin = tests.admin(), watcher = tests.admin();
    db::Params params;
    params.add(id_of(path));
    admin.run("begin");
    admin.run("update shared.origin set archived_at = now(), version = version + 1 where id = $1::uuid", params);
    auto made = specimens.start(http::Method::post, "/api/v1/specimens",
                                fmt::format(R"({{"name":"Quartz","origin_id":"{}"}})", id_of(path)));
    const auto waits = [&] {
        return !watcher
                    .run(
                        "select from pg_stat_activity where datname = current_database() and wait_event = "
                        "'transactionid'")
                    .empty();
    };
    EXPECT_TRUE(::terrace::testing::run_until(loop, waits));
    EXPECT_FALSE(made.done());
    admin.run("commit");
    EXPECT_EQ(made.wait().errors(), "origin_id: does_not_exist");
}

}  // namespace
}  // namespace terrace::resource::testing
