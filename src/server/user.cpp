#include "platform/identity/device_name.hpp"
#include "platform/identity/input.hpp"
#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

asio::awaitable<identity::Profile> find(app::Services& services, std::string email) {
    const std::runtime_error nobody(fmt::format("nobody has the e-mail {}", email));
    auto& accounts = services.identity.accounts();
    const auto folded = identity::normalize_email(email);
    if (!folded) throw nobody;
    const auto found = value_or_throw(co_await accounts.find_by_email(*folded));
    if (!found) throw nobody;
    auto profile = value_or_throw(co_await accounts.profile(found->account.id));
    if (!profile) throw nobody;
    co_return *std::move(profile);
}

asio::awaitable<void> show_user(app::Services& services, std::string email) {
    const auto [account, belongings] = co_await find(services, std::move(email));
    fmt::print("{:<9} {}\n{:<9} {}\n{:<9} {}\n{:<9} {}\n", "id", account.id.to_string(), "email", account.email, "name",
               account.full_name, "language", account.locale);
    for (const auto& belonging : belongings)
        fmt::print("{:<9} {} of {} ({})\n", "role", belonging.role_slug, belonging.slug, belonging.name);
}

asio::awaitable<void> sessions(app::Services& services, std::string email) {
    const auto person = co_await find(services, std::move(email));
    const auto live = value_or_throw(co_await services.identity.own_sessions().list(person.account.id, Uuid{}));
    fmt::print("{:<36}  {:<24} {:<20}  {:<20}  {:<15}  {}\n", "ID", "TENANT", "CREATED", "LAST USED", "ADDRESS",
               "DEVICE");
    for (const auto& session : live)
        fmt::print("{:<36}  {:<24} {:<20}  {:<20}  {:<15}  {}\n", session.id.to_string(), session.tenant_slug,
                   session.created_at, session.last_used_at, session.address,
                   identity::device_name(session.user_agent));
}

/// Its audit names no actor: an operator at a terminal.
asio::awaitable<void> sign_out(app::Services& services, std::string email) {
    const auto person = co_await find(services, std::move(email));
    const auto ended = value_or_throw(co_await services.identity.own_sessions().end_all(person.account.id, {}, {}));
    fmt::print("Ended {} sessions of {}.\n", ended, person.account.email);
}

void add_command(CLI::App& user, const char* name, const char* what,
                 asio::awaitable<void> (*work)(app::Services&, std::string)) {
    auto* command = user.add_subcommand(name, what);
    const auto email = std::make_shared<std::string>();
    command->add_option("email", *email)->required();
    command->callback(
        [email, work] { run_work(load_config(), [&](app::Services& services) { return work(services, *email); }); });
}

}  // namespace

void add_user(CLI::App& app) {
    auto* user = app.add_subcommand("user", "Show people and their sessions, sign them out");
    user->require_subcommand(1);
    add_command(*user, "show", "A person and the roles in their organisations", show_user);
    add_command(*user, "sessions", "Where a person is signed in", sessions);
    add_command(*user, "sign-out", "End every session of a person, on every host", sign_out);
}

}  // namespace terrace::server
