#include "platform/tenancy/life_cycle/erase.hpp"

#include "platform/db/admin_transaction.hpp"
#include "platform/db/migrate.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/data/kept_export.hpp"
#include "platform/tenancy/life_cycle/catalog_rows.hpp"
#include "platform/tenancy/life_cycle/certificate.hpp"
#include "platform/tenancy/life_cycle/place_state.hpp"
#include "platform/tenancy/places/place_maker.hpp"
#include "platform/tenancy/places/tenant_context.hpp"
#include "platform/tenancy/places/tenant_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

namespace terrace::tenancy {
namespace {

/// Whether its time has come, in a query over catalog.tenant t.
constexpr const char* is_due =
    "t.state = 'deleting' and (t.delete_after <= clock_timestamp()"
    " or exists (select from catalog.erasure_count c where c.tenant_id = t.id))";

class Erasure {
  public:
    Erasure(const TenantAct& act, EraseWhen when)
        : act_(act),
          when_(when),
          installation_(act.admin_url),
          turn_(installation_, act.admin_url, act.slug, TurnKind::writing, patience_for_a_turn) {}

    Erased run() {
        require_erasable();
        say("Removing places that were half made");  // one of them may hold a copy of its rows
        PlaceMaker(act_.admin_url, act_.migrations).remove_half_made();
        keep_migrations_out();
        wait_until_heard();
        if (turn_.spot().apart()) remove_database();
        exports_ = erase_kept_exports(installation_, turn_.id());
        say("Removing it from the catalog");
        return remove();
    }

  private:
    void require_erasable() {
        const db::Rows rows = installation_.run(
            fmt::format("select t.state = 'deleting', {} from catalog.tenant t where id = $1", is_due), turn_.params());
        if (!rows.boolean(0, 0)) throw std::runtime_error(fmt::format("{} is not being deleted", act_.slug));
        if (when_ == EraseWhen::when_due && !rows.boolean(0, 1))
            throw std::runtime_error(fmt::format("the 30 days of {} are not over", act_.slug));
    }

    /// A place that vanished under a migration would be a failure of it. Until this connection ends.
    void keep_migrations_out() {
        installation_.run("set lock_timeout = 0");
        db::hold_off_migrations(installation_);
        installation_.run("set lock_timeout = '5s'");
    }

    /// Nobody reads there any more once every process knows that it is being deleted.
    void wait_until_heard() {
        const db::Rows rows = installation_.run(
            "select (extract(epoch from clock_timestamp() - updated_at) * 1000)::bigint from catalog.tenant"
            " where id = $1",
            turn_.params());
        const std::chrono::milliseconds known_for(rows.integer(0, 0));
        if (known_for < heard_after) std::this_thread::sleep_for(heard_after - known_for);
    }

    void remove_database() {
        if (noted().empty()) note_rows();
        say("Dropping its database");
        turn_.clusters().drop_database(turn_.spot().cluster, turn_.spot().name);
    }

    /// Dropping it cannot be undone, so what it holds is noted before.
    void note_rows() {
        say("Counting the rows of its database");
        const auto found = rows_of_database();
        db::AdminTransaction transaction(installation_);
        for (const auto& [table, sum] : found)
            installation_.run(
                "insert into catalog.erasure_count (tenant_id, table_name, row_count, checksum)"
                " values ($1, $2, $3, $4)",
                turn_.params().add(table).add(sum.count).add(sum.checksum));
        transaction.commit();
    }

    std::vector<std::pair<std::string, RowSum>> rows_of_database() {
        db::AdminConnection own = turn_.connect();
        db::AdminTransaction transaction(own);
        set_place(turn_, own, TenantState::deleting);
        auto found = rows_of_place(own);
        transaction.commit();
        return found;
    }

    /// In a transaction at `at`, where the place is.
    std::vector<std::pair<std::string, RowSum>> rows_of_place(db::AdminConnection& at) {
        const auto tables = read_tenant_tables(at, turn_.spot().schema());
        enter(at, turn_.id());
        const auto sums = sum_rows(at, turn_.spot().schema(), tables, turn_.id());
        at.run("reset role");
        std::vector<std::pair<std::string, RowSum>> found;
        found.reserve(tables.size());
        for (std::size_t index = 0; index < tables.size(); ++index) found.emplace_back(tables[index].name, sums[index]);
        std::ranges::sort(found, {}, &std::pair<std::string, RowSum>::first);
        return found;
    }

    std::vector<std::pair<std::string, RowSum>> noted() {
        const db::Rows rows = installation_.run(
            "select table_name, row_count, checksum from catalog.erasure_count where tenant_id = $1"
            " order by table_name collate \"C\"",
            turn_.params());
        std::vector<std::pair<std::string, RowSum>> found;
        found.reserve(rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row)
            found.emplace_back(rows.text(row, 0), RowSum{rows.integer(row, 1), std::string(rows.text(row, 2))});
        return found;
    }

    /// The one moment at which the tenant is gone.
    Erased remove() {
        db::AdminTransaction transaction(installation_);
        Certificate certificate = begin_certificate();
        certificate.exports = exports_;
        certificate.tables = turn_.spot().apart() ? noted() : remove_place();
        installation_.run("delete from shared.tenant_place where tenant_id = $1", turn_.params());
        installation_.run("delete from catalog.place where tenant_id = $1", turn_.params());
        CatalogRows catalog(installation_, turn_.id());
        certificate.catalog = catalog.count();
        certificate.persons = catalog.remove();
        keep(installation_, certificate);
        note_event(turn_, "erase", act_.actor, act_.reason);
        transaction.commit();

        Erased erased{.persons = certificate.persons};
        for (const auto& [table, sum] : certificate.tables) erased.rows += sum.count;
        for (const ErasedExport& kept : certificate.exports) erased.exports_elsewhere += kept.removed ? 0 : 1;
        return erased;
    }

    std::vector<std::pair<std::string, RowSum>> remove_place() {
        set_place(turn_, installation_, TenantState::deleting);
        auto found = rows_of_place(installation_);
        if (turn_.spot().isolation == Isolation::schema) {
            installation_.run("drop schema " + turn_.spot().schema() + " cascade");
            return found;
        }
        enter(installation_, turn_.id());
        delete_rows(installation_, "shared", read_tenant_tables(installation_, "shared"), turn_.id());
        installation_.run("reset role");
        return found;
    }

    Certificate begin_certificate() {
        const db::Rows rows = installation_.run(
            "select to_char(coalesce(asked.at, now) at time zone 'UTC', form), coalesce(asked.actor, $2),"
            " to_char(now at time zone 'UTC', form)"
            " from (values (clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')) moment (now, form)"
            " left join lateral (select at, actor from catalog.tenant_event"
            " where tenant_id = $1 and action = 'delete' order by sequence desc limit 1) asked on true",
            turn_.params().add(act_.actor));
        return {.tenant = turn_.id(),
                .slug = turn_.slug(),
                .isolation = std::string(to_string(turn_.spot().isolation)),
                .asked_at = std::string(rows.text(0, 0)),
                .asked_by = std::string(rows.text(0, 1)),
                .erased_at = std::string(rows.text(0, 2)),
                .erased_by = act_.actor};
    }

    void say(const std::string& step) const {
        if (act_.progress) act_.progress(step);
    }

    const TenantAct& act_;
    EraseWhen when_;
    db::AdminConnection installation_;
    TenantTurn turn_;
    std::vector<ErasedExport> exports_;
};

}  // namespace

Erased erase_tenant(const TenantAct& act, EraseWhen when) {
    return Erasure(act, when).run();
}

std::vector<std::string> due_tenants(const std::string& admin_url) {
    const db::Rows rows = db::AdminConnection(admin_url).run(
        fmt::format("select t.slug from catalog.tenant t where {} order by t.delete_after, t.slug", is_due));
    std::vector<std::string> slugs;
    slugs.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) slugs.emplace_back(rows.text(row, 0));
    return slugs;
}

}  // namespace terrace::tenancy
