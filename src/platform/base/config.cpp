#include "platform/base/config.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/environment_file.hpp"
#include "platform/base/ip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <thread>

namespace terrace {
namespace {

constexpr std::size_t secret_length = 32;
constexpr int development_factor = 100;

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) parts.emplace_back(part);
    }
    return parts;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

bool is_host(std::string_view host) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    return !host.empty() && host.size() <= 253 && host.find_first_not_of(allowed) == host.npos &&
           !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
}

std::optional<Origin> parse_origin(std::string_view text) {
    Origin origin;
    const auto colon = text.find("://");
    if (colon == text.npos) return {};
    origin.scheme = text.substr(0, colon);
    if (origin.scheme != "http" && origin.scheme != "https") return {};
    std::string_view authority = text.substr(colon + 3);
    const auto port_at = authority.find(':');
    origin.base_domain = authority.substr(0, port_at);
    if (!is_host(origin.base_domain)) return {};
    origin.port = origin.scheme == "https" ? 443 : 80;
    if (port_at == authority.npos) return origin;
    const auto port = parse_number<std::uint16_t>(authority.substr(port_at + 1));
    if (!port || *port == 0) return {};
    origin.port = *port;
    return origin;
}

/// `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353`.
bool is_server(std::string_view text) {
    if (IpAddress::parse(text)) return true;
    const auto colon = text.rfind(':');
    if (colon == text.npos) return false;
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
    return IpAddress::parse(address) && port && *port != 0;
}

/// Reads variables one by one and gathers what is wrong with them.
class Reader {
  public:
    explicit Reader(const std::function<std::optional<std::string>(const std::string&)>& variable)
        : variable_(variable) {}

    /// The value; an empty one counts as unset.
    std::string text(const std::string& name, std::string fallback = {}) {
        auto value = variable_(name);
        return value && !value->empty() ? std::move(*value) : std::move(fallback);
    }

    template <class Number>
    Number number(const std::string& name, Number fallback, Number least, Number most) {
        const std::string value = text(name);
        if (value.empty()) return fallback;
        const auto parsed = parse_number<Number>(value);
        if (parsed && *parsed >= least && *parsed <= most) return *parsed;
        fault(name, fmt::format("\"{}\" is not a whole number from {} to {}", value, least, most));
        return fallback;
    }

    /// True for the second of two words.
    bool second_of(const std::string& name, std::string_view first, std::string_view second) {
        const std::string value = text(name, std::string(first));
        if (value != first && value != second)
            fault(name, fmt::format("\"{}\" is neither {} nor {}", value, first, second));
        return value == second;
    }

    void fault(std::string_view name, std::string_view what) { faults.push_back(fmt::format("{}: {}", name, what)); }

    std::vector<std::string> faults;

  private:
    const std::function<std::optional<std::string>(const std::string&)>& variable_;
};

void read_origin(Reader& reader, Config& config) {
    const auto web_port = reader.number<std::uint16_t>("TERRACE_PORT", 8000, 1, 65535);
    const std::string text = reader.text("TERRACE_ORIGIN", fmt::format("http://localhost:{}", web_port));
    if (const auto origin = parse_origin(text))
        config.origin = *origin;
    else
        reader.fault("TERRACE_ORIGIN", fmt::format("\"{}\" is not an origin such as https://terrace.example", text));
    if (config.production() && config.origin.scheme == "http")
        reader.fault("TERRACE_ORIGIN", "production needs https, since its cookies are Secure");
}

void read_secret(Reader& reader, Config& config) {
    config.secret = reader.text("TERRACE_SECRET");
    if (config.secret.empty())
        reader.fault("TERRACE_SECRET", "is not set; make one with `openssl rand -hex 32`");
    else if (config.secret.size() < secret_length)
        reader.fault("TERRACE_SECRET", fmt::format("is shorter than {} characters", secret_length));
}

void read_network(Reader& reader, Config& config) {
    config.trusted_proxies = split_list(reader.text("TERRACE_TRUSTED_PROXIES", "127.0.0.0/8,::1"));
    for (const std::string& block : config.trusted_proxies)
        if (!CidrBlock::parse(block))
            reader.fault("TERRACE_TRUSTED_PROXIES", fmt::format("\"{}\" is not an address or CIDR block", block));
    config.bind_address = reader.text("TERRACE_API_ADDRESS", config.bind_address);
    if (!IpAddress::parse(config.bind_address))
        reader.fault("TERRACE_API_ADDRESS", fmt::format("\"{}\" is not an IP address", config.bind_address));
    config.api_port = reader.number<std::uint16_t>("TERRACE_API_PORT", config.api_port, 1, 65535);
    config.threads = reader.number<unsigned>("TERRACE_THREADS", config.threads, 0, 256);
    config.dns_server = reader.text("TERRACE_DNS_SERVER");
    if (!config.dns_server.empty() && !is_server(config.dns_server))
        reader.fault("TERRACE_DNS_SERVER",
                     fmt::format("\"{}\" is not an address such as 192.0.2.53 or 127.0.0.1:5353", config.dns_server));
    config.cors_allowed_origins = split_list(reader.text("CORS_ALLOWED_ORIGINS"));
    for (const std::string& origin : config.cors_allowed_origins)
        if (!parse_origin(origin))
            reader.fault("CORS_ALLOWED_ORIGINS",
                         fmt::format("\"{}\" is not an origin such as https://app.example", origin));
}

void read_database(Reader& reader, Config& config) {
    config.database_url = reader.text("DATABASE_URL");
    config.database_app_url = reader.text("DATABASE_APP_URL");
    config.database_platform_url = reader.text("DATABASE_PLATFORM_URL");
    config.own_database_connections =
        reader.number<std::size_t>("TERRACE_DATABASE_CONNECTIONS", config.own_database_connections, 1, 10'000);
    config.pooler_transaction = reader.second_of("DATABASE_POOLER", "none", "transaction");
}

void read_new_tenants(Reader& reader, Config& config) {
    const std::string text = reader.text("TERRACE_NEW_TENANTS", "shared");
    if (const auto isolation = isolation_from(text))
        config.new_tenants = *isolation;
    else
        reader.fault("TERRACE_NEW_TENANTS", fmt::format("\"{}\" is none of shared, schema, database", text));
}

void read_throttle(Reader& reader, Config& config) {
    constexpr int most = 1'000'000'000;
    const int factor = config.production() ? 1 : development_factor;
    Config::Throttle& throttle = config.throttle;
    throttle.failures_per_account_and_address =
        reader.number("TERRACE_THROTTLE_ACCOUNT_FAILURES", throttle.failures_per_account_and_address * factor, 1, most);
    throttle.failures_per_address =
        reader.number("TERRACE_THROTTLE_ADDRESS_FAILURES", throttle.failures_per_address * factor, 1, most);
    throttle.successes_per_account =
        reader.number("TERRACE_THROTTLE_ACCOUNT_SUCCESSES", throttle.successes_per_account * factor, 1, most);
    throttle.sign_ups_per_address =
        reader.number("TERRACE_THROTTLE_SIGN_UPS", throttle.sign_ups_per_address * factor, 1, most);
    throttle.refusal_pause = std::chrono::milliseconds(
        reader.number("TERRACE_THROTTLE_PAUSE", static_cast<int>(throttle.refusal_pause.count()), 0, 10'000));
}

}  // namespace

std::string Origin::text(std::string_view label) const {
    const bool usual = port == (scheme == "https" ? 443 : 80);
    return fmt::format("{}://{}{}{}{}", scheme, label, label.empty() ? "" : ".", base_domain,
                       usual ? std::string() : fmt::format(":{}", port));
}

unsigned Config::loops() const {
    return threads ? threads : std::max(1U, std::thread::hardware_concurrency());
}

std::string Config::role_password(std::string_view role) const {
    return crypto::hex(crypto::derive_key(secret, fmt::format("database-role:{}", role)));
}

const std::vector<ConfigVariable>& config_variables() {
    static const std::vector<ConfigVariable> variables{
        {"TERRACE_ENV", "development or production", "development"},
        {"TERRACE_ORIGIN", "where browsers reach the application: scheme, base domain, port", "http://localhost:8000"},
        {"TERRACE_PORT", "port of the default origin in development", "8000"},
        {"TERRACE_ARGON2", "cost of password hashes: standard, or cheap for tests in development", "standard"},
        {"TERRACE_SECRET", "root secret of at least 32 characters; every other secret is derived from it", ""},
        {"TERRACE_TRUSTED_PROXIES", "CIDR blocks whose X-Forwarded-* headers are believed, by commas",
         "127.0.0.0/8,::1"},
        {"TERRACE_TENANT_HOSTS", "subdomain: a host for each organisation; none: one host for all", "subdomain"},
        {"TERRACE_NEW_TENANTS",
         "where the rows of who signs up live: in shared tables, a schema or a database of its own (spare ones: "
         "terrace "
         "tenant spare)",
         "shared"},
        {"TERRACE_API_ADDRESS", "address the API listens on", "127.0.0.1"},
        {"TERRACE_API_PORT", "port the API listens on", "8080"},
        {"TERRACE_THREADS", "event loops; 0 is one a core", "0"},
        {"TERRACE_HOME", "folder of this machine's state", ".terrace"},
        {"TERRACE_MOVE_EXPORTS", "folder of the exports that `tenant move` keeps for 7 days",
         "$TERRACE_HOME/move-exports"},
        {"DATABASE_URL", "PostgreSQL as an administrator; for migrate, tenant and seed only", ""},
        {"DATABASE_APP_URL", "PostgreSQL as terrace_app; without a password the derived one is used", ""},
        {"DATABASE_PLATFORM_URL", "PostgreSQL as terrace_platform; without a password the derived one is used", ""},
        {"TERRACE_DATABASE_CONNECTIONS", "connections to databases of one organisation each, open at once", "50"},
        {"DATABASE_POOLER", "none, or transaction for a pooler in transaction mode", "none"},
        {"TERRACE_FILE_QUOTA", "bytes that the files of an organisation may take", "5368709120 (5 GiB)"},
        {"TERRACE_DOWNLOADS", "whole lists that an organisation may download at once", "4"},
        {"TERRACE_DNS_SERVER", "address[:port] of the DNS server that is asked about organisations' own domains",
         "the system's"},
        {"CORS_ALLOWED_ORIGINS", "origins of browser programs on other sites, by commas", ""},
        {"TERRACE_THROTTLE_ACCOUNT_FAILURES", "failed credential checks per account and address in 15 minutes",
         "10 (1000 in development)"},
        {"TERRACE_THROTTLE_ADDRESS_FAILURES", "failed credential checks per address in 15 minutes",
         "300 (30000 in development)"},
        {"TERRACE_THROTTLE_ACCOUNT_SUCCESSES", "right credential checks per account in 15 minutes",
         "60 (6000 in development)"},
        {"TERRACE_THROTTLE_SIGN_UPS", "sign-ups per address in an hour", "300 (30000 in development)"},
        {"TERRACE_THROTTLE_PAUSE", "milliseconds before a refused sign-in is answered at the earliest", "1000"},
    };
    return variables;
}

ConfigOutcome read_config(const std::function<std::optional<std::string>(const std::string& name)>& variable) {
    Reader reader(variable);
    Config config;
    if (reader.second_of("TERRACE_ENV", "development", "production")) config.environment = Environment::production;
    read_origin(reader, config);
    read_secret(reader, config);
    read_network(reader, config);
    if (reader.second_of("TERRACE_TENANT_HOSTS", "subdomain", "none")) config.tenant_hosts = TenantHosts::none;
    read_new_tenants(reader, config);
    read_database(reader, config);
    read_throttle(reader, config);
    config.cheap_password_hashes = reader.second_of("TERRACE_ARGON2", "standard", "cheap");
    if (config.production() && config.cheap_password_hashes)
        reader.fault("TERRACE_ARGON2", "cheap is for development and tests");
    config.file_quota = reader.number<std::int64_t>("TERRACE_FILE_QUOTA", config.file_quota, 0,
                                                    std::numeric_limits<std::int64_t>::max());
    config.downloads = reader.number<unsigned>("TERRACE_DOWNLOADS", config.downloads, 1, 10'000);
    config.home = reader.text("TERRACE_HOME", ".terrace");
    config.move_exports = reader.text("TERRACE_MOVE_EXPORTS", config.home + "/move-exports");
    return {.config = std::move(config), .faults = std::move(reader.faults)};
}

ConfigOutcome read_config_from_environment() {
    const auto from_process = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    if (from_process("TERRACE_ENV") == "production") return read_config(from_process);

    EnvironmentFile file = read_environment_file(".env");
    ConfigOutcome outcome = read_config([&](const std::string& name) -> std::optional<std::string> {
        if (auto value = from_process(name)) return value;
        const auto found = file.variables.find(name);
        return found == file.variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    });
    outcome.faults.insert(outcome.faults.begin(), file.faults.begin(), file.faults.end());
    return outcome;
}

}  // namespace terrace
