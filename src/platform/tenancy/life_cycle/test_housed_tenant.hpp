#pragma once

#include "platform/db/conninfo.hpp"
#include "platform/tenancy/life_cycle/change_state.hpp"
#include "platform/tenancy/places/test_places.hpp"
#include "platform/testing/source_dir.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <utility>

namespace terrace::tenancy {

/// A tenant of the test database in the mode that a test wants, with rows in whichever place it has and an owner who
/// belongs to no other.
class HousedTenant {
  public:
    HousedTenant(TestPlaces& places, Isolation isolation) : places_(places), isolation_(isolation) {
        if (isolation != Isolation::shared) take_place();
        places.admin.run(
            "insert into catalog.tenant (id, slug, name, state, isolation, schema_name, database_name)"
            " values ($1, $2, 'Acme', 'active', $3, $4, nullif($5, ''))",
            params().add(slug).add(to_string(isolation)).add(schema()).add(apart() ? name_ : ""));
        if (!apart()) places.admin.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", params());
        owner = add_member();
        place_.emplace(place());
        place_->run(
            "insert into " + schema() + ".settings (tenant_id, name, value) values ($1, 'a', '1'), ($1, 'b', '2')",
            params());
        place_->run("insert into " + schema() + ".role (tenant_id, slug, name) values ($1, 'guard', 'Guard')",
                    params());
        place_->run("insert into " + schema() +
                        ".role_permission (tenant_id, role_slug, permission) values ($1, 'guard', 'p.read')",
                    params());
    }

    Uuid add_member() { return join(add_person()); }
    Uuid add_person() {
        const Uuid person = Uuid::v7();
        places_.admin.run("insert into catalog.user_account (id, email, full_name) values ($1, $2, 'Asha')",
                          db::Params().add(person).add(person.to_string() + "@people.example"));
        return person;
    }
    Uuid join(const Uuid& person) {
        places_.admin.run("insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, 'owner')",
                          params().add(person));
        return person;
    }

    TenantAct act(std::function<void(const std::string&)> progress = {}) const {
        return {.admin_url = testing::TestDatabase::instance().admin_url(),
                .migrations = testing::migrations_dir(),
                .slug = slug,
                .actor = "tester",
                .reason = "because",
                .progress = std::move(progress)};
    }
    StateChange to(TenantState state) const { return change_state(act(), state); }

    /// Asks for its deletion, so long ago that every process has heard of it.
    void ask_deletion() {
        to(TenantState::deleting);
        places_.admin.run("update catalog.tenant set updated_at = now() - interval '1 hour' where id = $1", params());
    }

    /// What the catalog says, and what the place says; "" where it does not know the tenant.
    std::pair<std::string, std::string> states() {
        const db::Rows catalog = places_.admin.run("select state from catalog.tenant where id = $1", params());
        const db::Rows here = place_->run("select state from shared.tenant_place where tenant_id = $1", params());
        return {catalog.empty() ? "" : std::string(catalog.text(0, 0)),
                here.empty() ? "" : std::string(here.text(0, 0))};
    }
    void set_place(const std::string& state) {
        place_->run("update shared.tenant_place set state = $2 where tenant_id = $1", params().add(state));
    }
    std::int64_t events() {
        return places_.admin.run("select count(*) from catalog.tenant_event where tenant_id = $1", params())
            .integer(0, 0);
    }

    db::AdminConnection place() const {
        const std::string& url = testing::TestDatabase::instance().admin_url();
        return db::AdminConnection(apart() ? db::with_conninfo(url, {{"dbname", name_}}) : url);
    }
    bool apart() const { return isolation_ == Isolation::database; }
    std::string schema() const { return isolation_ == Isolation::schema ? name_ : "shared"; }
    const std::string& place_name() const { return name_; }
    db::Params params() const { return db::Params().add(id); }

    Uuid id = Uuid::v7();
    const std::string slug = "t" + Uuid::v7().to_string().substr(24);
    Uuid owner;

  private:
    void take_place() {
        TestPlaces::maker().fill(isolation_, 1);
        const db::Rows taken = places_.admin.run(
            "update catalog.place set taken_at = now() where name = (select name from catalog.place"
            " where isolation = $1 and taken_at is null limit 1) returning name, tenant_id",
            db::Params().add(to_string(isolation_)));
        name_ = taken.text(0, 0);
        id = taken.uuid(0, 1);
    }

    TestPlaces& places_;
    std::optional<db::AdminConnection> place_;
    Isolation isolation_;
    std::string name_ = "shared";
};

/// Until what `work` does waits for a lock in the database of `observer`; false when it has ended without.
template <class T>
bool waits_for_a_lock(db::AdminConnection observer, const std::future<T>& work) {
    while (work.wait_for(std::chrono::milliseconds(5)) == std::future_status::timeout)
        if (!observer
                 .run("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                 .empty())
            return true;
    return false;
}

inline std::string isolation_name(const ::testing::TestParamInfo<Isolation>& info) {
    return std::string(to_string(info.param));
}

}  // namespace terrace::tenancy
