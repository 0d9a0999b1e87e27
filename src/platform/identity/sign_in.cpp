#include "platform/identity/sign_in.hpp"

#include "platform/base/json.hpp"
#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

Error invalid_credentials() {
    return {.status = 401,
            .code = "invalid_credentials",
            .detail = "The e-mail, the password or the organisation is not right."};
}

Error tenant_mismatch() {
    return {.status = 403, .code = "tenant_mismatch", .detail = "This address belongs to another organisation."};
}

Error tenant_required(const std::vector<Belonging>& belongings) {
    Error error = errors::conflict("tenant_required", "Say which organisation to enter.");
    std::string list;
    json::Writer writer(list);
    writer.begin_array();
    for (const Belonging& belonging : belongings)
        writer.begin_object().member("slug", belonging.slug).member("name", belonging.name).end_object();
    writer.end_array();
    error.extension = R"("tenants":)" + list;
    return error;
}

Result<Uuid> choose_tenant(const std::vector<Belonging>& belongings, const SignIn::Request& request) {
    const bool uncompared = mutant("sign-in-at-any-host");
    if (!uncompared && request.host_tenant && request.tenant_slug && request.host_tenant->slug != *request.tenant_slug)
        return std::unexpected(tenant_mismatch());
    if (request.host_tenant || request.tenant_slug) {
        const std::string& slug = request.host_tenant ? request.host_tenant->slug : *request.tenant_slug;
        const auto found = std::ranges::find(belongings, slug, &Belonging::slug);
        if (found == belongings.end()) return std::unexpected(invalid_credentials());
        return found->tenant;
    }
    if (belongings.empty()) return std::unexpected(errors::permission_denied("You do not belong to an organisation."));
    if (belongings.size() > 1) return std::unexpected(tenant_required(belongings));
    return belongings.front().tenant;
}

}  // namespace

asio::awaitable<Result<std::optional<Uuid>>> SignIn::look_for(PasswordPool::Caller caller, std::string password) {
    TERRACE_CO_TRY(found, co_await accounts_.find_by_email(caller.email));
    auto hash = found ? found->password_hash : std::nullopt;
    TERRACE_CO_TRY(right, co_await passwords_.verify(std::move(password), std::move(hash), std::move(caller)));
    co_return right ? std::optional(found->account.id) : std::nullopt;
}

asio::awaitable<Result<std::optional<Uuid>>> SignIn::find_by_password(std::string email, std::string password,
                                                                      std::string address) {
    PasswordPool::Caller caller{.email = email, .network = network_of(address)};
    if (!passwords_.has_room(caller)) co_return std::unexpected(errors::unavailable());
    TERRACE_CO_TRY(check, throttle_.begin_check(email, address));
    auto found = co_await look_for(std::move(caller), std::move(password));
    if (!found) throttle_.forgive(check);
    if (found && *found) throttle_.succeed(check);
    co_return found;
}

asio::awaitable<Result<SignIn::Outcome>> SignIn::run(Request request) {
    const auto came = Clock::now();
    auto outcome = co_await check(std::move(request));
    if (!outcome && is_refused_check(outcome.error())) co_await refusals_.hold(came);
    co_return outcome;
}

asio::awaitable<Result<bool>> SignIn::confirm(Uuid user, std::string password, std::string address) {
    const auto came = Clock::now();
    auto right = co_await check_again(user, std::move(password), std::move(address));
    if (right ? !*right : is_refused_check(right.error())) co_await refusals_.hold(came);
    co_return right;
}

asio::awaitable<Result<bool>> SignIn::check_again(Uuid user, std::string password, std::string address) {
    TERRACE_CO_TRY(profile, co_await accounts_.profile(user));
    if (!profile) co_return std::unexpected(errors::not_authenticated());
    TERRACE_CO_TRY(found, co_await find_by_password(profile->account.email, std::move(password), std::move(address)));
    co_return found.has_value();
}

asio::awaitable<Result<SignIn::Outcome>> SignIn::check(Request request) {
    TERRACE_CO_TRY(found, co_await find_by_password(request.email, std::move(request.password), request.address));
    if (!found) {
        log::warning("sign_in_failed", {{"address", request.address}, {"request_id", request.request_id}});
        co_return std::unexpected(invalid_credentials());
    }
    TERRACE_CO_TRY(profile, co_await accounts_.profile(*found));
    if (!profile) co_return std::unexpected(invalid_credentials());
    TERRACE_CO_TRY(tenant, choose_tenant(profile->belongings, request));
    co_return Outcome{.user = profile->account.id, .tenant = tenant};
}

}  // namespace terrace::identity
