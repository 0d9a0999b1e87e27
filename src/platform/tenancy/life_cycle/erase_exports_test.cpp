#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/life_cycle/erase.hpp"
#include "platform/tenancy/life_cycle/test_housed_tenant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class EraseExportsTest : public ::testing::TestWithParam<Isolation> {
  protected:
    ~EraseExportsTest() override { fs::remove_all(parent); }

    void keep_rows() const {
        db::AdminConnection installation = testing::TestDatabase::instance().admin();
        const TenantTurn turn(installation, testing::TestDatabase::instance().admin_url(), tenant.slug,
                              TurnKind::writing);
        ASSERT_TRUE(KeptExport(turn, parent, {}).take());
    }

    const fs::path parent = fs::temp_directory_path() / ("terrace-kept-" + Uuid::v7().to_string());
    TestPlaces places;
    HousedTenant tenant{places, GetParam()};
};

TEST_P(EraseExportsTest, RemovesWhatMovesHadKeptAndSaysSo) {
    keep_rows();
    places.admin.run(
        "insert into catalog.tenant_export (id, tenant_id, host, folder, source)"
        " values (gen_random_uuid(), $1, 'another', '/nowhere/x', 'shared tables')",
        tenant.params());
    tenant.ask_deletion();
    EXPECT_EQ(erase_tenant(tenant.act(), EraseWhen::now).exports_elsewhere, 1);
    EXPECT_TRUE(fs::is_empty(parent));
    const std::string document(
        places.admin.run("select document from catalog.erasure where tenant_id = $1", tenant.params()).text(0, 0));
    EXPECT_THAT(document, HasSubstr(R"("removed":true,"rows":4)"));
    EXPECT_THAT(document, HasSubstr(R"("removed":false,"rows":0)"));
}

INSTANTIATE_TEST_SUITE_P(Modes, EraseExportsTest,
                         ::testing::Values(Isolation::shared, Isolation::schema, Isolation::database), isolation_name);

}  // namespace
}  // namespace terrace::tenancy
