#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"
#include "platform/organization/endpoints.hpp"
#include "platform/tenancy/host_name.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

/// Questions a second that are answered from now on, with some saved up: who asks for certificates of invented names
/// must not make PostgreSQL look each of them up. Of one event loop.
class Allowance {
  public:
    bool take() {
        const auto now = Clock::now();
        const std::chrono::duration<double> passed = now - last_;
        saved_ = std::min(most_saved, saved_ + passed.count() * a_second);
        last_ = now;
        if (saved_ < 1) return false;
        saved_ -= 1;
        return true;
    }

  private:
    static constexpr double a_second = 50;
    static constexpr double most_saved = 200;
    double saved_ = most_saved;
    Clock::time_point last_ = Clock::now();
};

Error throttled() {
    return {.status = 429,
            .code = "throttled",
            .detail = "Too many questions. Try again shortly.",
            .retry_after = std::chrono::seconds{1}};
}

/// Whether people come in by this name: a tenant's that is there, or the root host's.
asio::awaitable<Result<bool>> is_ours(identity::Service& service, std::string name) {
    const Config& config = service.config();
    if (name == config.origin.base_domain) co_return true;
    auto host = tenancy::classify_host(name, config.origin, TenantHosts::subdomain);
    tenancy::TenantPtr tenant;
    if (host.kind == tenancy::HostName::Kind::tenant) {
        TERRACE_CO_TRY(found, co_await service.directory().by_slug(std::move(host.slug)));
        tenant = std::move(found);
    } else if (host.kind == tenancy::HostName::Kind::domain) {
        TERRACE_CO_TRY(found, co_await service.directory().by_domain(std::move(host.domain)));
        tenant = std::move(found);
    }
    co_return tenant && tenant->state != tenancy::TenantState::provisioning;
}

asio::awaitable<Result<http::Response>> allow(identity::Service& service, std::shared_ptr<Allowance> allowance,
                                              api::Context& context) {
    if (!allowance->take()) co_return std::unexpected(throttled());
    const std::string name(context.query_value("domain").value_or(""));
    if (name.contains(':')) co_return std::unexpected(errors::not_found());  // a name, no host with a port
    TERRACE_CO_TRY(ours, co_await is_ours(service, name));
    if (!ours) co_return std::unexpected(errors::not_found());
    http::Response response = http::Response::json(200, R"({"allowed":true})");
    response.header("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

void add_tls_endpoint(api::Api& api, const Parts& parts) {
    const auto allowance = std::make_shared<Allowance>();
    auto& service = parts.identity;
    api.endpoints.push_back(
        {.method = http::Method::get,
         .path = "/internal/tls/allow",
         .access = api::Access::open(),
         .handler = [&service, allowance](api::Context& context) { return allow(service, allowance, context); },
         .documentation = {.operation_id = "tls_allow",
                           .summary = "Whether a certificate may be got for a name (on-demand TLS asks)",
                           .description = "For the server that TLS ends at, on the API's own port: the edge passes it "
                                          "on to nobody. 200 for the base domain, for an organisation's sub-domain "
                                          "and for a domain that is proved; 404, always in the same bytes, for "
                                          "everything else. Some fifty questions a second.",
                           .tag = tag,
                           .parameters = {{.name = "domain", .description = "The name of the TLS handshake"}},
                           .response_schema = "TlsAllowance",
                           .problems = {400, 404, 429}},
         .any_host = true});
}

}  // namespace terrace::organization
