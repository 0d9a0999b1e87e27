#include "platform/base/json.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/input.hpp"
#include "platform/organization/deletion.hpp"
#include "platform/organization/endpoints.hpp"

#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

struct Confirmation {
    std::string slug;
    std::string password;
};

Result<Confirmation> read_confirmation(const api::Context& context) {
    TERRACE_TRY(input, identity::Input::read(context));
    Confirmation typed{.slug = input.required("slug"),
                       .password = input.required("password", {.most_characters = 1'024, .trim = false})};
    if (!input.failed("slug") && typed.slug != context.tenant->slug)
        input.fail("slug", {"invalid", "Type the organisation's address exactly: " + context.tenant->slug + "."});
    if (auto faults = input.finish(); !faults) return std::unexpected(std::move(faults).error());
    return typed;
}

/// The one thing that a role's name decides: an admin, who holds every permission as the owner does, cannot end what
/// is the owner's.
Result<void> require_owner(const api::Context& context) {
    if (context.principal->role_slug == access::owner_role) return {};
    return std::unexpected(errors::permission_denied("Only the owner can delete the organisation."));
}

/// The entry first: afterwards the place takes none. One without its deletion says that it was asked for.
asio::awaitable<Result<http::Response>> ask(Parts parts, api::Context& context) {
    if (auto owner = require_owner(context); !owner) co_return std::unexpected(std::move(owner).error());
    TERRACE_CO_TRY(typed, read_confirmation(context));
    const auto& who = *context.principal;
    const auto confirmed =
        co_await parts.identity.sign_in().confirm(who.user, std::move(typed.password), context.request.client_address);
    if (!confirmed) co_return std::unexpected(confirmed.error());
    if (!*confirmed)
        co_return std::unexpected(
            errors::validation_failed({{"password", {"incorrect", "This is not your password."}}}));
    const bool noted = co_await record(
        parts, context,
        {.action = "organization.delete", .object_type = "organization", .object = who.tenant, .changes = "{}"});
    if (!noted && context.tenant->state == tenancy::TenantState::active)
        co_return std::unexpected(errors::unavailable());
    TERRACE_CO_TRY(until, co_await ask_deletion(parts.database, parts.identity.directory(), who.tenant,
                                                "owner " + who.user.to_string()));
    std::string body;
    json::Writer(body).begin_object().member("state", "deleting").member("delete_after", until).end_object();
    http::Response response = identity::private_json(200, std::move(body));
    if (identity::is_browser_call(context.request)) identity::clear_session_cookies(response);
    co_return response;
}

}  // namespace

void add_deletion_endpoint(api::Api& api, const Parts& parts) {
    api.endpoints.push_back(
        {http::Method::post,
         "/api/v1/organization/delete",
         api::Access::signed_in(),
         [parts](api::Context& context) { return ask(parts, context); },
         {.operation_id = "organization_delete",
          .summary = "Delete the organisation",
          .description = "The owner's alone, who types its slug and their password once more. Nobody gets in from then "
                         "on; until `delete_after`, 30 days, an operator can bring it back, then it is erased. 409 "
                         "`tenant_busy` while it is being moved or copied.",
          .tag = tag,
          .request_schema = "OrganizationDelete",
          .response_schema = "OrganizationDeletion",
          .problems = {400, 403, 404, 429},
          .own_problems = {"TenantBusyProblem"}}});
}

}  // namespace terrace::organization
