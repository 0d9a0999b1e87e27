#include "server/commands.hpp"
#include "server/environment.hpp"
#include "server/work.hpp"

#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <stdexcept>

namespace terrace::server {

namespace asio = boost::asio;

namespace {

const identity::KeyStore& store_of(app::Services& services) {
    return services.process.identity.keys.store();
}

std::string time_text(std::int64_t seconds) {
    if (seconds == identity::StoredKey::no_end) return "-";
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    return fmt::format("{:%Y-%m-%d %H:%M:%SZ}", time);
}

asio::awaitable<void> list_keys(app::Services& services) {
    const auto keys = value_or_throw(co_await store_of(services).read(services.database));
    fmt::print("{:<36}  {:<8}  {:<20}  {:<20}  {}\n", "KID", "STATE", "CREATED", "SIGNS FROM", "VERIFIES UNTIL");
    for (const auto& key : keys)
        fmt::print("{:<36}  {:<8}  {:<20}  {:<20}  {}\n", key.kid, identity::to_string(key.state),
                   time_text(key.created_at), time_text(key.signs_from),
                   key.in_use() ? time_text(key.verifies_until) : "-");
}

asio::awaitable<void> rotate(app::Services& services) {
    const auto made = value_or_throw(co_await store_of(services).rotate(services.database));
    const auto keys = value_or_throw(co_await store_of(services).read(services.database));
    for (const auto& key : keys)
        if (key.kid == made) fmt::print("Made {}. It signs from {}.\n", key.kid, time_text(key.signs_from));
    fmt::print("Servers publish it within ten seconds; the present key verifies for ten minutes after it signs.\n");
}

asio::awaitable<void> retire(app::Services& services, std::string kid) {
    if (!value_or_throw(co_await store_of(services).retire(services.database, kid)))
        throw std::runtime_error(fmt::format("no key has the kid {}", kid));
    fmt::print("{} verifies nothing on any server from ten seconds from now on. Browsers refresh by themselves.\n",
               kid);
}

}  // namespace

void add_keys(CLI::App& app) {
    auto* keys = app.add_subcommand("keys", "The keys that sign access tokens");
    keys->require_subcommand(1);
    keys->add_subcommand("list", "All keys, the youngest first: next, signing, verifies, expired, retired, foreign")
        ->callback([] { run_work(load_config(), list_keys); });
    keys->add_subcommand("rotate", "Make the next key: it is published at once and signs six minutes later")
        ->callback([] { run_work(load_config(), rotate); });

    auto* retire_command = keys->add_subcommand("retire", "Verify nothing more with a key that others may know");
    const auto kid = std::make_shared<std::string>();
    retire_command->add_option("kid", *kid)->required();
    retire_command->callback(
        [kid] { run_work(load_config(), [&](app::Services& services) { return retire(services, *kid); }); });
}

}  // namespace terrace::server
