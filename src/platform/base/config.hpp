#pragma once

#include "platform/base/isolation.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace {

enum class Environment { development, production };
enum class TenantHosts { subdomain, none };

/// Where the web app answers: the parts of TERRACE_ORIGIN.
struct Origin {
    std::string scheme;       ///< "http" or "https"
    std::string base_domain;  ///< "localhost", "terrace.example"
    std::uint16_t port = 0;   ///< always set; 80 and 443 are left out of texts

    /// `http://localhost:8000`, or with a label `http://acme.localhost:8000`.
    std::string text(std::string_view label = {}) const;
};

/// The whole configuration: environment variables only, read once at start, then passed on as const parts.
struct Config {
    Environment environment = Environment::development;
    Origin origin;
    std::string secret;                        ///< TERRACE_SECRET, ≥ 32 characters
    std::vector<std::string> trusted_proxies;  ///< CIDR blocks; loopback unless set
    TenantHosts tenant_hosts = TenantHosts::subdomain;
    Isolation new_tenants = Isolation::shared;  ///< TERRACE_NEW_TENANTS

    std::string bind_address = "127.0.0.1";  ///< TERRACE_API_ADDRESS
    std::uint16_t api_port = 8080;
    unsigned threads = 0;  ///< TERRACE_THREADS; 0: one a core

    std::string database_url;                   ///< administrator's; empty in `serve`
    std::string database_app_url;               ///< terrace_app; without a password the derived one is used
    std::string database_platform_url;          ///< terrace_platform
    std::size_t own_database_connections = 50;  ///< TERRACE_DATABASE_CONNECTIONS, of the process
    bool pooler_transaction = false;            ///< DATABASE_POOLER=transaction: unnamed statements

    std::int64_t file_quota = std::int64_t{5} * 1024 * 1024 * 1024;  ///< TERRACE_FILE_QUOTA, bytes a tenant

    /// TERRACE_DOWNLOADS: whole lists that an organisation may have under way at once, at each server process.
    unsigned downloads = 4;

    /// TERRACE_DNS_SERVER, `address[:port]`: whom the records of own domains are asked of; empty: the system's servers.
    std::string dns_server;

    std::string home;          ///< TERRACE_HOME
    std::string move_exports;  ///< TERRACE_MOVE_EXPORTS: what moves keep of the rows that they take away
    std::vector<std::string> cors_allowed_origins;

    /// Credential checks and sign-ups before 429, each in its window; × 100 in development (docs/security.md).
    struct Throttle {
        int failures_per_account_and_address = 10;
        int failures_per_address = 300;
        int successes_per_account = 60;
        int sign_ups_per_address = 300;
        /// A refused sign-in is answered not before so long after it came; the same in development.
        std::chrono::milliseconds refusal_pause{1'000};
    } throttle;

    /// TERRACE_ARGON2=cheap: the least costly password hashes, for tests; refused in production.
    bool cheap_password_hashes = false;

    bool production() const { return environment == Environment::production; }
    /// The password of a database role, derived from the secret (HKDF), so that migrate and serve agree.
    std::string role_password(std::string_view role) const;
    /// How many event loops serve: `threads`, or one a core.
    unsigned loops() const;
};

struct ConfigVariable {
    std::string_view name;
    std::string_view meaning;
    std::string_view fallback;  ///< as text, for --help
};

/// Every variable that is read, for `terrace serve --help`.
const std::vector<ConfigVariable>& config_variables();

/// Reads and checks all variables; every fault is reported at once, one line each, naming its variable.
struct ConfigOutcome {
    Config config;
    std::vector<std::string> faults;
};
ConfigOutcome read_config(const std::function<std::optional<std::string>(const std::string& name)>& variable);
/// `read_config` over the process's environment, after `.env` in the working directory (development only; what is set
/// in the environment wins).
ConfigOutcome read_config_from_environment();

}  // namespace terrace
