#include "platform/api/admitted_body.hpp"

#include <utility>

namespace terrace::api {

namespace asio = boost::asio;

AdmittedBody::AdmittedBody(const PipelineParts& parts, access::Principal principal, db::TenantScope scope,
                           std::unique_ptr<http::BodySource> inner)
    : parts_(parts), principal_(std::move(principal)), scope_(std::move(scope)), inner_(std::move(inner)) {}

asio::awaitable<Result<std::string>> AdmittedBody::next() {
    const auto admitted = co_await check();
    if (!admitted) co_return std::unexpected(admitted.error());
    co_return co_await inner_->next();
}

/// What was answered so far went by the permissions of the beginning, so any other end it.
asio::awaitable<Result<void>> AdmittedBody::check() const {
    TERRACE_CO_TRY(alive, co_await parts_.authenticator.is_alive(principal_.session));
    if (!alive) co_return std::unexpected(errors::not_authenticated());
    TERRACE_CO_TRY(tenant, co_await parts_.directory.by_id(principal_.tenant));
    if (!tenant || !tenant->open()) co_return std::unexpected(errors::permission_denied());
    TERRACE_CO_TRY(membership, co_await parts_.memberships.find(scope_, principal_.user));
    if (!membership || membership->permissions->names() != principal_.permissions->names())
        co_return std::unexpected(errors::permission_denied());
    co_return Result<void>();
}

}  // namespace terrace::api
