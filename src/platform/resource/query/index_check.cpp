#include "platform/resource/query/index_check.hpp"

#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/list_statement.hpp"
#include "platform/resource/query/related_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <string_view>

namespace terrace::resource {
namespace {

constexpr std::string_view schema = "shared";

/// A plan as EXPLAIN writes it: which conditions an index serves on which table, and how often rows are sorted.
class Plan {
  public:
    Plan(db::AdminConnection& app, const db::Shape& shape) {
        app.run(fmt::format("prepare checked as {}", shape.render(schema)));
        const db::Rows lines = app.run(fmt::format("explain (costs off) execute checked{}", nulls(shape.text())));
        app.run("deallocate checked");
        std::string_view table;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::string_view line = lines.text(i, 0);
            if (const auto scan = line.find("Scan"); scan != line.npos && line.contains(" on "))
                table = word_after(line, " on ");
            if (const auto condition = line.find("Index Cond: "); condition != line.npos)
                served_.append(table).append(": ").append(line.substr(condition)).append("\n");
            if (line.contains("Sort  ") || line.ends_with("Sort")) ++sorts_;
        }
    }

    /// Whether a condition over this column of this table stands in an Index Cond.
    bool serves(db::Fragment table, std::string_view column) const {
        std::string_view name = table.text();
        name.remove_prefix(name.find('.') + 1);
        for (std::size_t from = 0; from < served_.size();) {
            const std::size_t end = served_.find('\n', from);
            const std::string_view line = std::string_view(served_).substr(from, end - from);
            if (line.starts_with(fmt::format("{}:", name)) && has_word(line, column)) return true;
            from = end + 1;
        }
        return false;
    }
    std::size_t sorts() const { return sorts_; }

  private:
    static std::string_view word_after(std::string_view line, std::string_view mark) {
        line.remove_prefix(line.find(mark) + mark.size());
        return line.substr(0, line.find(' '));
    }

    static bool has_word(std::string_view text, std::string_view word) {
        const auto in_word = [](char c) {
            return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        };
        for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            if ((at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]))) return true;
        }
        return false;
    }

    /// `(null, null)`, a value for each placeholder: the plan is made for no value in particular.
    static std::string nulls(std::string_view text) {
        std::size_t most = 0;
        for (auto at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
            std::size_t number = 0;
            std::from_chars(text.data() + at + 1, text.data() + text.size(), number);
            most = std::max(most, number);
        }
        std::string values;
        for (std::size_t i = 0; i < most; ++i) values += values.empty() ? "(null" : ", null";
        return values.empty() ? values : values + ")";
    }

    std::string served_;
    std::size_t sorts_ = 0;
};

class Checker {
  public:
    Checker(const Resource& resource, db::AdminConnection& app) : resource_(resource), app_(app) {}

    std::vector<db::Finding> check() {
        app_.run(
            "begin; set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off;"
            " set local plan_cache_mode = force_generic_plan");
        for (const Filter& filter : resource_.filters) check(filter);
        if (resource_.search) check_search();
        for (const Relation& relation : resource_.relations) check_relation(relation);
        for (std::size_t i = 0; i < resource_.orderings.size(); ++i) check_ordering(static_cast<std::uint8_t>(i));
        app_.run("rollback");
        return std::move(findings_);
    }

  private:
    void check(const Filter& filter) {
        if (filter.lookup == Lookup::contains) return;  // only ever within another
        const std::string what = fmt::format("filter {}", filter.name);
        if (filter.field->is_named_by_key()) return check_key(what, filter);
        if (!filter.related.resource) return check(what, resource_.table, *filter.field, filter.lookup);
        check(what, filter.related.resource->table, *filter.field, filter.lookup);
        check(what, resource_.table, *filter.related.by, Lookup::in);
    }

    /// The id that is kept, and, where the key is asked for, the key in the other table.
    void check_key(std::string_view what, const Filter& filter) {
        FieldMeta kept = *filter.field, key = *filter.field;
        const db::Fragment column = kept.stored_in();
        kept.type = Type::uuid;
        kept.column = &column;
        kept.name = column.text();
        check(what, resource_.table, kept, filter.compares_key() ? Lookup::in : Lookup::isnull);
        if (!filter.compares_key()) return;
        key.column = key.reference->key;
        key.name = key.column->text();
        check(what, key.reference->table, key, filter.lookup);
    }

    /// Rows in the order of the column: without sorts only an index that has the column behind the tenant gives them,
    /// however few rows PostgreSQL expects. Whether the condition can stand in that index's is then for PostgreSQL to
    /// say. An equality would make the order needless, so `>=`, its neighbour in the index, asks for it.
    void check(std::string_view what, db::Fragment table, const FieldMeta& field, Lookup lookup) {
        const bool equality = lookup == Lookup::exact || lookup == Lookup::in || lookup == Lookup::isnull;
        const bool by_bytes = field.type == Type::text && !equality;
        Composer text;
        const auto add_column = [&] { text << *field.column << (by_bytes ? db::Fragment(" collate \"C\"") : ""); };
        text << "select version from " << table << " where tenant_id = " << text.next() << " and ";
        if (resource_.archivable && table.text() == resource_.table.text()) text << "archived_at is null and ";
        add_column();
        if (lookup == Lookup::isnull)
            text << " is not null order by ";
        else
            text << " >= " << text.next() << " order by ";
        add_column();
        if (!Plan(app_, text.shape()).serves(table, field.name)) add(what, table, field.name);
    }

    void check_search() {
        ListPlan search;
        search.words = 1;
        const Plan plan = of(search);
        if (!plan.serves(resource_.search->table, "token"))
            add("search", resource_.search->table, "token collate \"C\", object_id");
        if (resource_.search->number) check("search", resource_.table, *resource_.search->number, Lookup::exact);
    }

    /// The rows of related objects are found by their key, children in their order.
    void check_relation(const Relation& relation) {
        const Resource& others = *relation.resource;
        const FieldMeta& key = *others.columns[relation.to];
        if (relation.kind == Relation::Kind::one)  // the plan of `= any` depends on how few rows there are
            return check(fmt::format("expansion {}", relation.name), others.table, key, Lookup::in);
        const Plan plan(app_, compose_related(relation, *Sight::of_everything().reach));
        std::string columns(key.name);
        if (plan.serves(others.table, columns) && plan.sorts() == 0) return;
        bool descending = false;
        for (const Term& term : relation.order) {
            descending = term.descending;
            columns += fmt::format(", {}{}", term.field, descending ? " desc" : "");
        }
        columns += descending ? ", id desc" : ", id";
        add(fmt::format("nested list {}", relation.name), others.table, columns);
    }

    /// The first page comes out of the index in order; a further one begins within it. Stretches of two directions are
    /// put together by one sort of a few rows.
    void check_ordering(std::uint8_t order) {
        const Resource::OrderKey& key = resource_.orderings[order];
        for (const bool descending : {false, true}) {
            ListPlan first;
            first.order = order;
            first.descending = descending;
            ListPlan further = first;
            further.cursor = true;
            const bool mixed = std::ranges::adjacent_find(key.terms, std::not_equal_to{},
                                                          &Resource::OrderTerm::descending) != key.terms.end();
            const Plan plan = of(further);
            const bool served = std::ranges::all_of(key.terms, [&](const Resource::OrderTerm& term) {
                return plan.serves(resource_.table, term.field->name);
            });
            // Behind a column that is unique, the id has nothing left to put in order.
            const bool unique = !key.terms.front().field->unique_constraint.empty();
            if (served && (unique || (of(first).sorts() == 0 && plan.sorts() <= (mixed ? 1 : 0)))) continue;
            return add(fmt::format("ordering {}", key.name), resource_.table, columns(key));
        }
    }

    Plan of(const ListPlan& plan) { return {app_, compose_list(resource_, *Sight::of_everything().reach, plan)}; }

    static std::string columns(const Resource::OrderKey& key) {
        std::string list;
        for (const auto& term : key.terms)
            list += fmt::format("{}{}, ", term.field->name, term.descending ? " desc" : "");
        return list + (key.terms.back().descending ? "id desc" : "id");
    }

    void add(std::string_view what, db::Fragment table, std::string_view columns) {
        std::string name(table.text());
        name.replace(0, name.find('.'), schema);
        db::Finding finding{
            fmt::format("no index serves the {} of the resource {} under row-level security", what, resource_.name),
            fmt::format(
                "in a migration: create index on {} (tenant_id, {}); the operator must be leakproof, and a text's "
                "column of collation \"C\" where order or a prefix counts",
                name, columns)};
        findings_.push_back(std::move(finding));
    }

    const Resource& resource_;
    db::AdminConnection& app_;
    std::vector<db::Finding> findings_;
};

}  // namespace

std::vector<db::Finding> check_indexes(const Resource& resource, db::AdminConnection& app) {
    return Checker(resource, app).check();
}

}  // namespace terrace::resource
