#include "platform/identity/accounts.hpp"

#include <string_view>
#include <utility>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::string_view email_key = "user_account_email_key";

const db::Shape& by_email_shape() {
    static const db::Shape& shape = db::shape(
        "select u.id, u.email, u.full_name, u.locale, c.password_hash from catalog.user_account u "
        "left join catalog.credential c on c.user_id = u.id where u.email = $1");
    return shape;
}

const db::Shape& by_id_shape() {
    static const db::Shape& shape =
        db::shape("select id, email, full_name, locale from catalog.user_account where id = $1");
    return shape;
}

const db::Shape& belongings_shape() {
    static const db::Shape& shape = db::shape(
        "select t.id, t.slug, t.name, m.role_slug from catalog.membership m "
        "join catalog.tenant t on t.id = m.tenant_id "
        "where m.user_id = $1 and t.state in ('active', 'read_only') order by t.name, t.slug limit 200");
    return shape;
}

const db::Shape& update_shape() {
    static const db::Shape& shape = db::shape(
        "update catalog.user_account set full_name = coalesce($2, full_name), locale = coalesce($3, locale), "
        "updated_at = now() where id = $1");
    return shape;
}

const db::Shape& insert_account_shape() {
    static const db::Shape& shape =
        db::shape("insert into catalog.user_account (id, email, full_name, locale) values ($1, $2, $3, $4)");
    return shape;
}

const db::Shape& insert_credential_shape() {
    static const db::Shape& shape =
        db::shape("insert into catalog.credential (user_id, password_hash) values ($1, $2)");
    return shape;
}

const db::Shape& insert_membership_shape() {
    static const db::Shape& shape = db::shape(
        "insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, $3) on conflict do nothing");
    return shape;
}

Account account_from(const db::Rows& rows) {
    return {.id = rows.uuid(0, 0),
            .email = std::string(rows.text(0, 1)),
            .full_name = std::string(rows.text(0, 2)),
            .locale = std::string(rows.text(0, 3))};
}

std::vector<Belonging> belongings_from(const db::Rows& rows) {
    std::vector<Belonging> belongings;
    belongings.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        belongings.push_back({.tenant = rows.uuid(row, 0),
                              .slug = std::string(rows.text(row, 1)),
                              .name = std::string(rows.text(row, 2)),
                              .role_slug = std::string(rows.text(row, 3))});
    return belongings;
}

}  // namespace

asio::awaitable<Result<std::optional<AccountWithPassword>>> Accounts::find_by_email(std::string email) {
    db::Params params;
    params.add(email);
    const auto rows = co_await database_.run(db::PlatformScope("find a person"), db::UnitKind::point_read,
                                             by_email_shape(), std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::optional<AccountWithPassword>();
    co_return AccountWithPassword{.account = account_from(*rows), .password_hash = rows->optional_text(0, 4)};
}

asio::awaitable<Result<std::optional<Profile>>> Accounts::profile(Uuid user) {
    db::Unit unit{.kind = db::UnitKind::point_read};
    for (const db::Shape* shape : {&by_id_shape(), &belongings_shape()}) {
        unit.statements.push_back({shape, {}});
        unit.statements.back().params.add(user);
    }
    const auto rows = co_await database_.run(db::PlatformScope("who a person is"), std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if ((*rows)[0].empty()) co_return std::optional<Profile>();
    co_return Profile{.account = account_from((*rows)[0]), .belongings = belongings_from((*rows)[1])};
}

asio::awaitable<Result<void>> Accounts::update(Uuid user, std::optional<std::string> full_name,
                                               std::optional<std::string> locale) {
    db::Params params;
    params.add(user).add(full_name).add(locale);
    const auto updated = co_await database_.run(db::PlatformScope("change a person"), db::UnitKind::write,
                                                update_shape(), std::move(params));
    if (!updated) co_return std::unexpected(db::to_error(updated.error()));
    co_return Result<void>{};
}

asio::awaitable<Result<bool>> Accounts::insert(db::Lease& lease, Account account, std::string password_hash) {
    db::Params person;
    person.add(account.id).add(account.email).add(account.full_name).add(account.locale);
    if (const auto inserted = co_await lease.run(insert_account_shape(), std::move(person)); !inserted) {
        if (inserted.error().constraint == email_key) co_return false;
        co_return std::unexpected(db::to_error(inserted.error()));
    }
    db::Params credential;
    credential.add(account.id).add(password_hash);
    if (const auto inserted = co_await lease.run(insert_credential_shape(), std::move(credential)); !inserted)
        co_return std::unexpected(db::to_error(inserted.error()));
    co_return true;
}

asio::awaitable<Result<void>> Accounts::insert_membership(db::Lease& lease, Uuid tenant, Uuid user,
                                                          std::string role_slug) {
    db::Params params;
    params.add(tenant).add(user).add(role_slug);
    const auto inserted = co_await lease.run(insert_membership_shape(), std::move(params));
    if (!inserted) co_return std::unexpected(db::to_error(inserted.error()));
    co_return Result<void>{};
}

}  // namespace terrace::identity
