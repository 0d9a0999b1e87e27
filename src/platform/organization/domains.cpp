#include "platform/organization/domains.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"
#include "platform/base/log.hpp"
#include "platform/base/mutant.hpp"
#include "platform/base/text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

constexpr std::size_t token_bytes = 32;
constexpr std::size_t most_shown = 5;
constexpr std::size_t longest_shown = 100;
constexpr std::string_view name_key = "domain_tenant_domain_key";
constexpr std::string_view slot_key = "domain_tenant_slot_key";
constexpr std::string_view verified_key = "domain_verified_key";

constexpr db::Fragment columns(
    "id, domain, token, state = 'verified', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
    "to_char(verified_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
    "to_char(checked_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");

Domain domain_from(const db::Rows& rows, std::size_t row = 0) {
    return {.id = rows.uuid(row, 0),
            .name = std::string(rows.text(row, 1)),
            .token = std::string(rows.text(row, 2)),
            .verified = rows.boolean(row, 3),
            .created_at = std::string(rows.text(row, 4)),
            .verified_at = std::string(rows.text(row, 5)),
            .checked_at = std::string(rows.text(row, 6))};
}

std::optional<Domain> first_of(const db::Rows& rows) {
    return rows.empty() ? std::nullopt : std::optional(domain_from(rows));
}

const db::Shape& list_shape() {
    static const db::Shape& shape =
        db::shape({"select ", columns, " from catalog.domain where tenant_id = $1 order by created_at, id"});
    return shape;
}

const db::Shape& find_shape() {
    static const db::Shape& shape =
        db::shape({"select ", columns, " from catalog.domain where tenant_id = $1 and id = $2"});
    return shape;
}

/// Into the lowest slot that is free; no row when none is.
const db::Shape& insert_shape() {
    static const db::Shape& shape = db::shape(
        {"insert into catalog.domain (id, tenant_id, slot, domain, token) "
         "select $2, $1, free, $3, $4 from generate_series(1, $5::int) free where not exists "
         "(select from catalog.domain d where d.tenant_id = $1 and d.slot = free) order by free limit 1 returning ",
         columns});
    return shape;
}

/// Whoever has it and whose record is not among those that stand there ($3) has it no longer.
const db::Shape& dispossess_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.domain d set state = 'pending', verified_at = null from catalog.domain own "
        "where own.tenant_id = $1 and own.id = $2 and d.domain = own.domain and d.state = 'verified' and d.id <> $2 "
        "and 'terrace-verification=' || d.token <> all(array(select jsonb_array_elements_text($3::jsonb))) "
        "returning d.tenant_id");
    return shape;
}

const db::Shape& verify_shape() {
    static const db::Shape& shape = db::shape(
        {"update catalog.domain set state = 'verified', verified_at = coalesce(verified_at, clock_timestamp()), "
         "checked_at = clock_timestamp() where tenant_id = $1 and id = $2 returning ",
         columns});
    return shape;
}

const db::Shape& note_check_shape() {
    static const db::Shape& shape =
        db::shape("update catalog.domain set checked_at = clock_timestamp() where tenant_id = $1 and id = $2");
    return shape;
}

const db::Shape& remove_shape() {
    static const db::Shape& shape =
        db::shape({"delete from catalog.domain where tenant_id = $1 and id = $2 returning ", columns});
    return shape;
}

bool violates(const db::DbError& error, std::string_view constraint) {
    return error.kind == db::DbError::Kind::constraint && error.constraint == constraint;
}

Error domain_exists() {
    const std::string message = "This domain is in the list already.";
    return {.status = 409, .code = "domain_exists", .detail = message, .fields = {{"domain", {"unique", message}}}};
}

Error domain_limit() {
    const std::string message = "An organisation can have five domains: remove one first.";
    return {.status = 409, .code = "domain_limit", .detail = message, .fields = {{"domain", {"limit", message}}}};
}

/// What PostgreSQL's jsonb can hold: others than UTF-8 cannot be our record.
std::string json_array(const std::vector<std::string>& texts) {
    std::string array;
    json::Writer writer(array);
    writer.begin_array();
    for (const auto& text : texts)
        if (is_storable_text(text)) writer.string(text);
    writer.end_array();
    return array;
}

/// A few, cut, as printable ASCII: strangers write them.
std::vector<std::string> shown(const std::vector<std::string>& texts) {
    std::vector<std::string> few(texts.begin(),
                                 texts.begin() + static_cast<std::ptrdiff_t>(std::min(texts.size(), most_shown)));
    for (auto& text : few) {
        text.resize(std::min(text.size(), longest_shown));
        std::ranges::replace_if(text, [](char c) { return c < 0x20 || c > 0x7E; }, '?');
    }
    return few;
}

}  // namespace

asio::awaitable<Result<std::vector<Domain>>> Domains::list(Uuid tenant) {
    const auto rows = co_await database_.run(db::PlatformScope("domains of an organisation"), db::UnitKind::point_read,
                                             list_shape(), db::Params().add(tenant));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    std::vector<Domain> domains;
    domains.reserve(rows->size());
    for (std::size_t row = 0; row < rows->size(); ++row) domains.push_back(domain_from(*rows, row));
    co_return domains;
}

asio::awaitable<Result<std::optional<Domain>>> Domains::find(Uuid tenant, Uuid id) {
    const auto rows = co_await database_.run(db::PlatformScope("a domain of an organisation"), db::UnitKind::point_read,
                                             find_shape(), db::Params().add(tenant).add(id));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return first_of(*rows);
}

asio::awaitable<Result<Domain>> Domains::add(Uuid tenant, std::string name) {
    const std::string token = crypto::base64url(crypto::random_bytes(token_bytes));
    // Others of the same organisation may take the slot meanwhile, each of them once.
    for (int tries = 0; tries <= most; ++tries) {
        const auto rows =
            co_await database_.run(db::PlatformScope("claim a domain"), db::UnitKind::write, insert_shape(),
                                   db::Params().add(tenant).add(Uuid::v7()).add(name).add(token).add(most));
        if (rows) {
            if (rows->empty()) co_return std::unexpected(domain_limit());
            co_return domain_from(*rows);
        }
        if (violates(rows.error(), name_key)) co_return std::unexpected(domain_exists());
        if (!violates(rows.error(), slot_key)) co_return std::unexpected(db::to_error(rows.error()));
    }
    co_return std::unexpected(errors::unavailable());
}

asio::awaitable<Result<Check>> Domains::check(Uuid tenant, Domain domain) {
    const auto answer = co_await resolver_.txt(domain.record_name());
    Check check{.domain = domain, .found = shown(answer.values)};
    if (answer.kind == dns::TxtAnswer::Kind::unreachable) co_return check;
    const bool proved = std::ranges::find(answer.values, domain.record_value()) != answer.values.end();
    if (proved || mutant("domains-taken-unproved")) co_return co_await take(tenant, std::move(check), answer.values);
    check.kind = Check::Kind::no_record;
    if (const auto noted = co_await note_check(tenant, domain.id); !noted) co_return std::unexpected(noted.error());
    co_return check;
}

asio::awaitable<Result<Check>> Domains::take(Uuid tenant, Check check, std::vector<std::string> found) {
    db::Unit unit{.kind = db::UnitKind::write};
    auto& dispossess = unit.statements.emplace_back(&dispossess_shape());
    dispossess.params.add(tenant).add(check.domain.id).add(json_array(found));
    auto& verify = unit.statements.emplace_back(&verify_shape());
    verify.params.add(tenant).add(check.domain.id);
    const auto rows = co_await database_.run(db::PlatformScope("take a domain that is proved"), std::move(unit));
    if (!rows && violates(rows.error(), verified_key)) {
        check.kind = Check::Kind::of_another;
        co_return check;
    }
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    for (std::size_t row = 0; row < (*rows)[0].size(); ++row) {
        const Uuid before = (*rows)[0].uuid(row, 0);
        log::warning("domain_changed_hands",
                     {{"domain", check.domain.name}, {"from", before.to_string()}, {"to", tenant.to_string()}});
        directory_.announce(before);
        check.losers.push_back(before);
    }
    directory_.announce(tenant);
    const auto now = first_of((*rows)[1]);
    if (!now) co_return std::unexpected(errors::not_found());  // removed meanwhile
    check.kind = Check::Kind::verified;
    check.domain = *now;
    co_return check;
}

asio::awaitable<Result<void>> Domains::note_check(Uuid tenant, Uuid id) {
    const auto noted = co_await database_.run(db::PlatformScope("a domain was looked for"), db::UnitKind::write,
                                              note_check_shape(), db::Params().add(tenant).add(id));
    if (!noted) co_return std::unexpected(db::to_error(noted.error()));
    co_return Result<void>{};
}

asio::awaitable<Result<std::optional<Domain>>> Domains::remove(Uuid tenant, Uuid id) {
    const auto rows = co_await database_.run(db::PlatformScope("give a domain up"), db::UnitKind::write, remove_shape(),
                                             db::Params().add(tenant).add(id));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (!rows->empty()) directory_.announce(tenant);
    co_return first_of(*rows);
}

}  // namespace terrace::organization
