#include "platform/base/json.hpp"
#include "platform/base/log.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/input.hpp"
#include "platform/organization/domains.hpp"
#include "platform/organization/endpoints.hpp"
#include "platform/tenancy/domain_name.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

struct DomainHandlers {
    DomainHandlers(const Parts& with) : parts(with), domains(with.database, with.identity.directory(), with.resolver) {}

    Parts parts;
    Domains domains;
};

using Handlers = std::shared_ptr<DomainHandlers>;

void write_record(json::Writer& writer, const Domain& domain) {
    writer.key("record")
        .begin_object()
        .member("type", "TXT")
        .member("name", domain.record_name())
        .member("value", domain.record_value())
        .end_object();
}

void write_time(json::Writer& writer, std::string_view name, const std::string& time) {
    writer.key(name);
    time.empty() ? writer.null() : writer.string(time);
}

void write_domain(json::Writer& writer, const Config& config, const Domain& domain) {
    Origin origin = config.origin;
    origin.base_domain = domain.name;
    writer.begin_object()
        .member("id", domain.id.to_string())
        .member("domain", domain.name)
        .member("state", domain.verified ? "verified" : "pending")
        .member("origin", origin.text());
    write_record(writer, domain);
    writer.member("created_at", domain.created_at);
    write_time(writer, "verified_at", domain.verified_at);
    write_time(writer, "checked_at", domain.checked_at);
    writer.end_object();
}

http::Response answer(int status, const Config& config, const Domain& domain) {
    std::string body;
    json::Writer writer(body);
    write_domain(writer, config, domain);
    return identity::private_json(status, std::move(body));
}

std::string changes_of(const Domain& domain) {
    std::string changes;
    json::Writer(changes).begin_object().member("domain", domain.name).end_object();
    return changes;
}

Error of_another() {
    return errors::conflict("domain_taken",
                            "Another organisation has proved this domain, and its record still stands. Remove that "
                            "record, then check again.");
}

/// Names what was looked for and what was found, so that a typing mistake is seen at once.
Error not_verified(const Check& check) {
    const auto& domain = check.domain;
    Error error = errors::conflict(
        "domain_not_verified",
        check.found.empty()
            ? fmt::format("There is no TXT record at {} yet. New records take some minutes, now and then hours.",
                          domain.record_name())
            : fmt::format("The TXT records at {} say something else than {}.", domain.record_name(),
                          domain.record_value()));
    json::Writer writer(error.extension);
    writer.key("found").begin_array();
    for (const auto& text : check.found) writer.string(text);
    writer.end_array();
    return error;
}

Error dns_unavailable(const Domain& domain) {
    return {
        .status = 503,
        .code = "dns_unavailable",
        .detail = fmt::format("DNS did not say in time what stands at {}. Try again shortly.", domain.record_name()),
        .retry_after = std::chrono::seconds{5}};
}

/// Who holds a domain could see what was sent there. The change stands, whatever becomes of this: a session of a domain
/// that is not the organisation's any more cannot be refreshed. In the audit of another organisation the caller is
/// nobody.
asio::awaitable<void> end_sessions(Handlers handlers, const api::Context& context, Uuid tenant, std::string domain) {
    auto& identity = handlers->parts.identity;
    const bool own = tenant == context.principal->tenant;
    const auto ended = co_await identity.sessions().close_at(
        tenant, domain, own ? identity::device_of(identity.config(), context.request) : identity::Device(),
        own ? identity::Actor{.user = context.principal->user, .session = context.principal->session}
            : identity::Actor());
    if (!ended) log::error("sessions_of_domain_not_ended", {{"domain", domain}, {"tenant", tenant.to_string()}});
}

asio::awaitable<Result<http::Response>> list(Handlers handlers, api::Context& context) {
    TERRACE_CO_TRY(domains, co_await handlers->domains.list(context.tenant->id));
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("results").begin_array();
    for (const auto& domain : domains) write_domain(writer, handlers->parts.identity.config(), domain);
    writer.end_array().key("next").null().key("previous").null().end_object();
    co_return identity::private_json(200, std::move(body));
}

asio::awaitable<Result<http::Response>> add(Handlers handlers, api::Context& context) {
    TERRACE_CO_TRY(input, identity::Input::read(context));
    const std::string typed = input.required("domain", {.most_characters = 1'000});
    std::string name;
    if (!input.failed("domain")) {
        auto read = tenancy::read_domain(typed, handlers->parts.identity.config().origin);
        if (read)
            name = *std::move(read);
        else
            input.fail("domain", std::move(read).error());
    }
    if (auto faults = input.finish(); !faults) co_return std::unexpected(std::move(faults).error());
    TERRACE_CO_TRY(domain, co_await handlers->domains.add(context.tenant->id, std::move(name)));
    co_await record(
        handlers->parts, context,
        {.action = "domains.create", .object_type = "domain", .object = domain.id, .changes = changes_of(domain)});
    co_return answer(201, handlers->parts.identity.config(), domain);
}

asio::awaitable<Result<http::Response>> verify(Handlers handlers, api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    TERRACE_CO_TRY(domain, co_await handlers->domains.find(context.tenant->id, *id));
    if (!domain) co_return std::unexpected(errors::not_found());
    if (auto empty = identity::read_empty_object(context); !empty) co_return std::unexpected(std::move(empty).error());
    TERRACE_CO_TRY(check, co_await handlers->domains.check(context.tenant->id, *domain));
    for (const Uuid& loser : check.losers) co_await end_sessions(handlers, context, loser, check.domain.name);
    switch (check.kind) {
        case Check::Kind::verified:
            break;
        case Check::Kind::no_record:
            co_return std::unexpected(not_verified(check));
        case Check::Kind::unreachable:
            co_return std::unexpected(dns_unavailable(check.domain));
        case Check::Kind::of_another:
            co_return std::unexpected(of_another());
    }
    co_await record(
        handlers->parts, context,
        {.action = "domains.verify", .object_type = "domain", .object = *id, .changes = changes_of(check.domain)});
    co_return answer(200, handlers->parts.identity.config(), check.domain);
}

asio::awaitable<Result<http::Response>> remove(Handlers handlers, api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    TERRACE_CO_TRY(removed, co_await handlers->domains.remove(context.tenant->id, *id));
    if (!removed) co_return std::unexpected(errors::not_found());
    co_await end_sessions(handlers, context, context.tenant->id, removed->name);
    co_await record(
        handlers->parts, context,
        {.action = "domains.remove", .object_type = "domain", .object = *id, .changes = changes_of(*removed)});
    http::Response response = http::Response::no_content();
    response.header("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

void add_domain_endpoints(api::Api& api, const Parts& parts) {
    using http::Method;
    const auto handlers = std::make_shared<DomainHandlers>(parts);
    const auto access = api::Access::requires_permission(std::string(update_permission));
    api.endpoints.push_back({Method::get,
                             "/api/v1/organization/domains",
                             access,
                             [handlers](api::Context& context) { return list(handlers, context); },
                             {.operation_id = "domains_list",
                              .summary = "The organisation's own domains, with the record that proves each",
                              .tag = tag,
                              .response_schema = "DomainList",
                              .problems = {}}});
    api.endpoints.push_back(
        {Method::post,
         "/api/v1/organization/domains",
         access,
         [handlers](api::Context& context) { return add(handlers, context); },
         {.operation_id = "domains_create",
          .summary = "Claim a domain",
          .description = "It counts once it is proved: publish the TXT record that is answered, then call "
                         "`verify`. Names of other scripts are answered as A-labels. At most five.",
          .tag = tag,
          .request_schema = "DomainCreate",
          .success_status = 201,
          .response_schema = "Domain",
          .problems = {400},
          .own_problems = {"DomainProblem"}}});
    api.endpoints.push_back(
        {Method::post,
         "/api/v1/organization/domains/{id}/verify",
         access,
         [handlers](api::Context& context) { return verify(handlers, context); },
         {.operation_id = "domains_verify",
          .summary = "Look for a domain's record now",
          .description = "Asks DNS, for three seconds at most. 409 `domain_not_verified` has in `found` what stands "
                         "there instead; 409 `domain_taken`: another organisation has proved the domain and its record "
                         "still stands. A domain counts from then on, also when the record is gone, until it is "
                         "removed or another organisation proves it.",
          .tag = tag,
          .request_schema = "EmptyRequest",
          .response_schema = "Domain",
          .problems = {400, 404},
          .own_problems = {"DomainNotVerifiedProblem", "DomainTakenProblem", "DnsUnavailableProblem"}}});
    api.endpoints.push_back(
        {Method::del,
         "/api/v1/organization/domains/{id}",
         access,
         [handlers](api::Context& context) { return remove(handlers, context); },
         {.operation_id = "domains_remove",
          .summary = "Give a domain up",
          .description = "Its host is unknown within a second, and the sessions that were opened there "
                         "have ended.",
          .tag = tag,
          .success_status = 204,
          .problems = {404}}});
}

}  // namespace terrace::organization
