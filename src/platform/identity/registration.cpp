#include "platform/identity/registration.hpp"

#include "platform/identity/input.hpp"
#include "platform/identity/password_policy.hpp"
#include "platform/tenancy/slug.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::identity {

namespace asio = boost::asio;

namespace {

constexpr std::string_view owner_role = "owner";
constexpr int suggestions = 9;
constexpr std::size_t longest_slug = 40;

/// Who holds the slug, and whether by a sign-up of this person that may be sent again: one that was not completed, or
/// whose answer may have been lost. $1 slug, $2 e-mail.
const db::Shape& holder_shape() {
    static const db::Shape& shape = db::shape(
        "select t.id, t.name, "
        "(t.state = 'provisioning' or t.state = 'active' and t.created_at > now() - interval '1 hour') "
        "and exists (select from catalog.membership m join catalog.user_account u on u.id = m.user_id "
        "where m.tenant_id = t.id and m.role_slug = 'owner' and u.email = $2) "
        "from catalog.tenant t where t.slug = $1");
    return shape;
}

/// $1: slugs as an array.
const db::Shape& taken_shape() {
    static const db::Shape& shape = db::shape(
        "select slug from catalog.tenant where slug = any($1::text[]) union all "
        "select slug from catalog.former_slug where slug = any($1::text[]) and until > now()");
    return shape;
}

Error account_exists() {
    return errors::conflict("account_exists",
                            "There is an account with this e-mail. Use its password to add the organisation.");
}

/// The nearest text that has the form of a slug: lower case, a hyphen for what is no letter or digit.
std::string slug_like(std::string_view text) {
    std::string slug;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool letter = lower >= 'a' && lower <= 'z';
        if (letter || (lower >= '0' && lower <= '9' && !slug.empty()))
            slug += lower;
        else if (!slug.empty() && !slug.ends_with('-'))
            slug += '-';
    }
    slug.resize(std::min(slug.size(), longest_slug));
    while (slug.ends_with('-')) slug.pop_back();
    return slug;
}

std::vector<std::string> candidates_for(std::string_view slug) {
    std::vector<std::string> candidates;
    const auto add = [&](std::string candidate) {
        if (!tenancy::check_slug(candidate)) candidates.push_back(std::move(candidate));
    };
    const std::string base = slug_like(slug);
    add(base);
    for (int number = 2; number <= suggestions; ++number)
        add(base.substr(0, longest_slug - 2) + "-" + std::to_string(number));
    return candidates;
}

/// Slugs hold nothing that an array's text would need to quote.
std::string array_text(const std::vector<std::string>& slugs) {
    std::string text = "{";
    for (const std::string& slug : slugs) text.append(text.size() > 1 ? "," : "").append(slug);
    return text + "}";
}

}  // namespace

FieldErrors check_sign_up(SignUp& form) {
    FieldErrors faults;
    if (auto fault = tenancy::check_slug(form.slug)) faults.emplace_back("slug", std::move(*fault));
    if (auto email = normalize_email(form.email))
        form.email = *std::move(email);
    else
        faults.emplace_back("email", FieldError{"invalid", "Enter a valid email address."});
    const PasswordContext context{.email = form.email, .organization = form.organization_name, .slug = form.slug};
    if (auto fault = check_password(form.password, context)) faults.emplace_back("password", std::move(*fault));
    return faults;
}

struct Registration::Found {
    std::optional<AccountWithPassword> person;
    /// What the same sign-up made when it was sent before.
    std::optional<Registered> made;
    bool slug_taken = false;
};

asio::awaitable<Result<Registration::Found>> Registration::look_up(std::string email, std::string slug) {
    TERRACE_CO_TRY(person, co_await accounts_.find_by_email(email));
    db::Params params;
    params.add(slug).add(email);
    const auto holder = co_await database_.run(db::PlatformScope("who holds a slug"), db::UnitKind::point_read,
                                               holder_shape(), std::move(params));
    if (!holder) co_return std::unexpected(db::to_error(holder.error()));
    Found found{.person = std::move(person), .made = {}};
    if (holder->empty()) co_return found;
    found.slug_taken = !found.person || !holder->boolean(0, 2);
    if (!found.slug_taken)
        found.made = Registered{.account = found.person->account,
                                .tenant = holder->uuid(0, 0),
                                .slug = std::move(slug),
                                .name = std::string(holder->text(0, 1))};
    co_return found;
}

asio::awaitable<Result<void>> Registration::prove(Found found, SignUp form, std::optional<std::string> address) {
    std::optional<Throttle::Check> check;
    if (address) {
        TERRACE_CO_TRY(counted, throttle_.begin_check(form.email, *address));
        check = counted;
    }
    const auto right = co_await passwords_.verify(std::move(form.password), found.person->password_hash);
    if (check && (!right || *right)) throttle_.forgive(*check);
    if (!right) co_return std::unexpected(right.error());
    if (!*right) co_return std::unexpected(account_exists());
    co_return Result<void>{};
}

asio::awaitable<Result<std::optional<Registered>>> Registration::insert(SignUp form, std::optional<Account> known,
                                                                        std::string password_hash) {
    const tenancy::NewTenant tenant{.id = Uuid::v7(),
                                    .slug = form.slug,
                                    .name = form.organization_name,
                                    .isolation = form.isolation.value_or(isolation_),
                                    .cluster = form.cluster};
    auto lease = co_await database_.lease(db::PlatformScope("sign-up"));
    if (!lease) co_return std::unexpected(db::to_error(lease.error()));
    // The slug first: of two sign-ups at once, the second waits here for what the first does.
    TERRACE_CO_TRY(tenant_id, co_await tenancy::insert_tenant(*lease, tenant));
    const Account account =
        known ? *known : Account{.id = Uuid::v7(), .email = form.email, .full_name = form.full_name};
    if (!known) {
        TERRACE_CO_TRY(inserted, co_await Accounts::insert(*lease, account, std::move(password_hash)));
        if (!inserted) co_return std::optional<Registered>();
    }
    if (const auto joined =
            co_await Accounts::insert_membership(*lease, tenant_id, account.id, std::string(owner_role));
        !joined)
        co_return std::unexpected(joined.error());
    if (const auto committed = co_await lease->commit(); !committed)
        co_return std::unexpected(db::to_error(committed.error()));
    co_return Registered{.account = account, .tenant = tenant_id, .slug = tenant.slug, .name = tenant.name};
}

asio::awaitable<Result<std::optional<Registered>>> Registration::attempt(SignUp form,
                                                                         std::optional<std::string> address) {
    TERRACE_CO_TRY(found, co_await look_up(form.email, form.slug));
    if (found.slug_taken) co_return std::unexpected(tenancy::slug_taken());
    std::string password_hash;
    std::optional<Account> known;
    if (found.person) {
        known = found.person->account;
        if (const auto proved = co_await prove(found, form, address); !proved)
            co_return std::unexpected(proved.error());
    } else {
        TERRACE_CO_TRY(hashed, co_await passwords_.hash(form.password));
        password_hash = std::move(hashed);
    }
    if (found.made) co_return found.made;
    co_return co_await insert(std::move(form), std::move(known), std::move(password_hash));
}

asio::awaitable<Result<Registered>> Registration::run(SignUp form, std::optional<std::string> address) {
    const auto came = Clock::now();
    const bool of_a_client = address.has_value();
    auto outcome = co_await sign_up(std::move(form), std::move(address));
    if (!outcome && of_a_client && is_refused_check(outcome.error())) co_await refusals_.hold(came);
    co_return outcome;
}

asio::awaitable<Result<Registered>> Registration::sign_up(SignUp form, std::optional<std::string> address) {
    if (auto faults = check_sign_up(form); !faults.empty())
        co_return std::unexpected(errors::validation_failed(std::move(faults)));
    if (address)
        if (auto throttled = throttle_.take_sign_up(*address)) co_return std::unexpected(std::move(*throttled));
    auto registered = co_await attempt(form, address);
    // Another sign-up may have made the person or taken the slug meanwhile: now that is known, and whether it was this
    // one.
    if (registered ? !*registered : registered.error().code == "slug_taken")
        registered = co_await attempt(std::move(form), address);
    if (!registered) co_return std::unexpected(registered.error());
    if (!*registered) co_return std::unexpected(errors::unavailable());
    if (const auto completed = co_await provisioner_.complete((*registered)->tenant); !completed)
        co_return std::unexpected(completed.error());
    co_return std::move(**registered);
}

asio::awaitable<Result<Account>> Registration::add_member(Uuid tenant, std::string email, std::string full_name,
                                                          std::string password, std::string role_slug) {
    TERRACE_CO_TRY(found, co_await accounts_.find_by_email(email));
    std::string password_hash;
    if (!found) {
        TERRACE_CO_TRY(hashed, co_await passwords_.hash(std::move(password)));
        password_hash = std::move(hashed);
    }
    auto lease = co_await database_.lease(db::PlatformScope("add a member"));
    if (!lease) co_return std::unexpected(db::to_error(lease.error()));
    const Account account =
        found ? found->account
              : Account{.id = Uuid::v7(), .email = std::move(email), .full_name = std::move(full_name)};
    if (!found) {
        TERRACE_CO_TRY(inserted, co_await Accounts::insert(*lease, account, std::move(password_hash)));
        if (!inserted) co_return std::unexpected(account_exists());
    }
    if (const auto joined = co_await Accounts::insert_membership(*lease, tenant, account.id, std::move(role_slug));
        !joined)
        co_return std::unexpected(joined.error());
    if (const auto committed = co_await lease->commit(); !committed)
        co_return std::unexpected(db::to_error(committed.error()));
    co_return account;
}

asio::awaitable<Result<SlugAvailability>> Registration::check_slug(std::string slug) {
    SlugAvailability answer{.error = tenancy::check_slug(slug), .suggestion = {}};
    const std::vector<std::string> candidates = candidates_for(slug);
    db::Params params;
    params.add(array_text(candidates));
    const auto rows = co_await database_.run(db::PlatformScope("free slugs"), db::UnitKind::point_read, taken_shape(),
                                             std::move(params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const auto taken = [&](std::string_view candidate) {
        for (std::size_t row = 0; row < rows->size(); ++row)
            if (rows->text(row, 0) == candidate) return true;
        return false;
    };
    if (!answer.error && taken(slug)) answer.error = tenancy::slug_taken().fields.front().second;
    if (!answer.error) co_return answer;
    const auto free = std::ranges::find_if_not(candidates, taken);
    if (free != candidates.end()) answer.suggestion = *free;
    co_return answer;
}

}  // namespace terrace::identity
