#include "platform/base/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace terrace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using Variables = std::map<std::string, std::string>;

const std::string good_secret = "0123456789abcdef0123456789abcdef";

ConfigOutcome read(Variables variables) {
    return read_config([&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(Config, NeedsNothingButASecretInDevelopment) {
    const auto [config, faults] = read({{"TERRACE_SECRET", good_secret}});
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_FALSE(config.production());
    EXPECT_EQ(config.origin.text(), "http://localhost:8000");
    EXPECT_EQ(config.origin.text("acme"), "http://acme.localhost:8000");
    EXPECT_EQ(config.api_port, 8080);
    EXPECT_EQ(config.bind_address, "127.0.0.1");
    EXPECT_THAT(config.trusted_proxies, ElementsAre("127.0.0.0/8", "::1"));
    EXPECT_EQ(config.throttle.failures_per_account_and_address, 1000);
    EXPECT_EQ(config.throttle.successes_per_account, 6000);
}

TEST(Config, ReadsEveryVariable) {
    const auto [config, faults] = read({{"TERRACE_ENV", "production"},
                                        {"TERRACE_ORIGIN", "https://terrace.example"},
                                        {"TERRACE_SECRET", good_secret},
                                        {"TERRACE_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8"},
                                        {"TERRACE_TENANT_HOSTS", "none"},
                                        {"TERRACE_API_ADDRESS", "::"},
                                        {"TERRACE_API_PORT", "9000"},
                                        {"TERRACE_THREADS", "4"},
                                        {"TERRACE_HOME", "/var/lib/terrace"},
                                        {"DATABASE_URL", "postgres://admin@db/terrace"},
                                        {"DATABASE_APP_URL", "postgres://app@db/terrace"},
                                        {"DATABASE_PLATFORM_URL", "postgres://platform@db/terrace"},
                                        {"DATABASE_POOLER", "transaction"},
                                        {"CORS_ALLOWED_ORIGINS", "https://app.example,https://other.example:8443"},
                                        {"TERRACE_THROTTLE_ACCOUNT_FAILURES", "5"},
                                        {"TERRACE_THROTTLE_ADDRESS_FAILURES", "50"},
                                        {"TERRACE_THROTTLE_ACCOUNT_SUCCESSES", "9"},
                                        {"TERRACE_NEW_TENANTS", "schema"},
                                        {"TERRACE_DATABASE_CONNECTIONS", "80"},
                                        {"TERRACE_THROTTLE_SIGN_UPS", "7"},
                                        {"TERRACE_THROTTLE_PAUSE", "0"},
                                        {"TERRACE_DOWNLOADS", "9"}});
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_TRUE(config.production());
    EXPECT_EQ(config.origin.text("acme"), "https://acme.terrace.example");
    EXPECT_EQ(config.origin.port, 443);
    EXPECT_THAT(config.trusted_proxies, ElementsAre("10.0.0.0/8", "fd00::/8"));
    EXPECT_EQ(config.tenant_hosts, TenantHosts::none);
    EXPECT_EQ(config.bind_address, "::");
    EXPECT_EQ(config.api_port, 9000);
    EXPECT_EQ(config.threads, 4u);
    EXPECT_EQ(config.home, "/var/lib/terrace");
    EXPECT_EQ(config.move_exports, "/var/lib/terrace/move-exports");
    EXPECT_EQ(config.database_url, "postgres://admin@db/terrace");
    EXPECT_EQ(config.database_app_url, "postgres://app@db/terrace");
    EXPECT_EQ(config.database_platform_url, "postgres://platform@db/terrace");
    EXPECT_TRUE(config.pooler_transaction);
    EXPECT_EQ(config.new_tenants, Isolation::schema);
    EXPECT_EQ(config.own_database_connections, 80u);
    EXPECT_THAT(config.cors_allowed_origins, ElementsAre("https://app.example", "https://other.example:8443"));
    EXPECT_EQ(config.throttle.failures_per_account_and_address, 5);
    EXPECT_EQ(config.throttle.failures_per_address, 50);
    EXPECT_EQ(config.throttle.successes_per_account, 9);
    EXPECT_EQ(config.throttle.sign_ups_per_address, 7);
    EXPECT_EQ(config.throttle.refusal_pause.count(), 0);
    EXPECT_EQ(config.downloads, 9u);
}

TEST(Config, NamesEveryFaultAtOnce) {
    const auto [config, faults] = read({{"TERRACE_ENV", "staging"},
                                        {"TERRACE_ORIGIN", "localhost:8000"},
                                        {"TERRACE_SECRET", "short"},
                                        {"TERRACE_TRUSTED_PROXIES", "everyone"},
                                        {"TERRACE_API_PORT", "80 80"},
                                        {"DATABASE_POOLER", "session"},
                                        {"TERRACE_NEW_TENANTS", "alone"}});
    EXPECT_THAT(faults,
                ElementsAre(StartsWith("TERRACE_ENV: "), StartsWith("TERRACE_ORIGIN: "), StartsWith("TERRACE_SECRET: "),
                            StartsWith("TERRACE_TRUSTED_PROXIES: "), StartsWith("TERRACE_API_PORT: "),
                            StartsWith("TERRACE_NEW_TENANTS: "), StartsWith("DATABASE_POOLER: ")));
}

TEST(Config, NeverRepeatsTheSecretInAFault) {
    const auto [config, faults] = read({{"TERRACE_SECRET", "hunter2"}});
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_THAT(faults[0], testing::Not(HasSubstr("hunter2")));
}

TEST(Config, ProductionNeedsASecretAndHttps) {
    const auto [config, faults] = read({{"TERRACE_ENV", "production"}, {"TERRACE_ORIGIN", "http://terrace.example"}});
    EXPECT_THAT(faults, ElementsAre(AllOf(StartsWith("TERRACE_ORIGIN: "), HasSubstr("https")),
                                    AllOf(StartsWith("TERRACE_SECRET: "), HasSubstr("not set"))));
}

TEST(Config, ProductionThrottlesAtTheDesignsFigures) {
    const auto config = read({{"TERRACE_ENV", "production"}}).config;
    EXPECT_EQ(config.throttle.failures_per_account_and_address, 10);
    EXPECT_EQ(config.throttle.failures_per_address, 300);
    EXPECT_EQ(config.throttle.successes_per_account, 60);
    EXPECT_EQ(config.throttle.sign_ups_per_address, 300);
    EXPECT_EQ(config.throttle.refusal_pause, std::chrono::seconds(1));
}

TEST(Config, RefusesWhatIsNoOrigin) {
    for (const std::string origin : {"ftp://localhost", "http://", "http://localhost:0", "http://localhost:70000",
                                     "http://localhost/", "http://LOCALHOST", "http://user@host", "http://a..b"})
        EXPECT_THAT(read({{"TERRACE_SECRET", good_secret}, {"TERRACE_ORIGIN", origin}}).faults,
                    ElementsAre(StartsWith("TERRACE_ORIGIN: ")))
            << origin;
}

TEST(Config, AnEmptyVariableIsUnset) {
    EXPECT_EQ(read({{"TERRACE_SECRET", good_secret}, {"TERRACE_API_PORT", ""}}).config.api_port, 8080);
}

TEST(Config, TheDefaultOriginFollowsTerracePort) {
    EXPECT_EQ(read({{"TERRACE_PORT", "8123"}}).config.origin.text(), "http://localhost:8123");
}

TEST(Config, RolePasswordsFollowTheSecretAndDifferByRole) {
    const auto config = read({{"TERRACE_SECRET", good_secret}}).config;
    EXPECT_EQ(config.role_password("terrace_app"),
              read({{"TERRACE_SECRET", good_secret}}).config.role_password("terrace_app"));
    EXPECT_NE(config.role_password("terrace_app"), config.role_password("terrace_platform"));
    EXPECT_NE(config.role_password("terrace_app"),
              read({{"TERRACE_SECRET", good_secret + "x"}}).config.role_password("terrace_app"));
    EXPECT_EQ(config.role_password("terrace_app").size(), 64u);
}

TEST(Config, ListsEveryVariableThatIsRead) {
    std::vector<std::string> listed;
    for (const ConfigVariable& variable : config_variables()) listed.emplace_back(variable.name);
    std::vector<std::string> asked;
    read_config([&](const std::string& name) -> std::optional<std::string> {
        asked.push_back(name);
        return {};
    });
    EXPECT_THAT(listed, testing::UnorderedElementsAreArray(asked));
}

class ConfigFromEnvironment : public testing::Test {
  public:
    ConfigFromEnvironment() {
        std::filesystem::create_directory(folder_);
        std::filesystem::current_path(folder_);
        std::ofstream(".env") << "TERRACE_SECRET=" << good_secret << "\nTERRACE_API_PORT=9001\nTERRACE_THREADS=3\n";
        for (const ConfigVariable& variable : config_variables()) unsetenv(std::string(variable.name).c_str());
    }
    ~ConfigFromEnvironment() override {
        std::filesystem::current_path(before_);
        std::filesystem::remove_all(folder_);
    }

  private:
    const std::filesystem::path before_ = std::filesystem::current_path();
    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("terrace-config-" + std::to_string(getpid()));
};

TEST_F(ConfigFromEnvironment, TheEnvironmentWinsOverTheFile) {
    setenv("TERRACE_API_PORT", "9002", 1);
    const auto [config, faults] = read_config_from_environment();
    unsetenv("TERRACE_API_PORT");
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_EQ(config.secret, good_secret);
    EXPECT_EQ(config.api_port, 9002);
    EXPECT_EQ(config.threads, 3u);
}

TEST_F(ConfigFromEnvironment, ProductionReadsNoFile) {
    setenv("TERRACE_ENV", "production", 1);
    const auto [config, faults] = read_config_from_environment();
    unsetenv("TERRACE_ENV");
    EXPECT_EQ(config.secret, "");
    EXPECT_EQ(config.api_port, 8080);
}

}  // namespace
}  // namespace terrace
