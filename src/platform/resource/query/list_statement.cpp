#include "platform/resource/query/list_statement.hpp"

#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/projection.hpp"

#include <algorithm>

namespace terrace::resource {
namespace {

bool narrows_a_contains(const ListQuery& query, const Condition& condition) {
    return std::ranges::any_of(query.conditions, [&](const Condition& other) {
        return std::ranges::find(other.filter->within, condition.index) != other.filter->within.end();
    });
}

/// The conditions that an index is to serve: first those within which a piece of a text is looked for.
std::vector<const Condition*> indexed_conditions(const ListQuery& query) {
    std::vector<const Condition*> found;
    for (const bool narrowing : {true, false})
        for (const Condition& condition : query.conditions)
            if (condition.filter->lookup != Lookup::contains && found.size() < ListPlan::most_indexed &&
                narrows_a_contains(query, condition) == narrowing)
                found.push_back(&condition);
    std::ranges::sort(found, {}, &Condition::index);
    return found;
}

/// Columns of one direction that stand together in an ordering; the id is in the last.
struct Run {
    std::vector<db::Fragment> columns;
    bool descending = false;
};

std::vector<Run> runs_of(const Resource::OrderKey& key, bool descending) {
    std::vector<Run> runs;
    for (const auto& term : key.terms) {
        const bool down = term.descending != descending;
        if (runs.empty() || runs.back().descending != down) runs.push_back({{}, down});
        runs.back().columns.push_back(*term.field->column);
    }
    runs.back().columns.push_back("id");
    return runs;
}

constexpr std::array<db::Fragment, most_search_words> word_names{"word1", "word2", "word3", "word4", "word5", "word6"};
constexpr std::size_t parameters_of_ranges = 4;  // from and to, of the front and of the end

/// Puts one list statement together.
class ListText {
  public:
    ListText(const Resource& resource, const Reach& reach, const ListPlan& plan)
        : resource_(resource),
          reach_(reach),
          plan_(plan),
          runs_(runs_of(resource.orderings[plan.order], plan.descending)) {}

    const db::Shape& compose() {
        if (plan_.counts) {
            if (plan_.words != 0) {
                add_words();
                text_ << " ";
            }
            text_ << "select count(*) from (";
            add_stretch(0);
            text_ << ") as counted";
        } else if (plan_.words == 0) {
            add_page();
        } else {
            add_words();
            text_ << " select " << name_list(resource_) << ", truncated from found left join (";
            add_page();
            text_ << ") as page on true";
            add_order();
        }
        return text_.shape();
    }

  private:
    /// A row comparison is a condition of the index only where all its columns have one direction. Where they have
    /// two, the rows beyond the cursor are several stretches of the index, nearest first: those that are equal up to
    /// the last run and beyond in it, then those that are equal up to the run before …
    void add_page() {
        if (!plan_.cursor || runs_.size() == 1) return add_stretch(0);
        text_ << "select " << name_list(resource_) << " from (";
        for (std::size_t run = runs_.size(); run-- > 0;) {
            if (run + 1 != runs_.size()) text_ << " union all ";
            text_ << "(";
            text_.restart();
            add_stretch(run);
            text_ << ")";
        }
        text_ << ") as stretches";
        add_order();
        text_ << " limit " << limit_;
    }

    /// The rows beyond the cursor in `run` and equal to it in those before.
    void add_stretch(std::size_t run) {
        text_ << "select ";
        if (plan_.counts)
            text_ << "1";
        else
            text_ << select_list(resource_);
        text_ << " from " << resource_.table << " where tenant_id = " << text_.next();
        if (plan_.words != 0) text_ << " and id = any((select ids from found)::uuid[])";
        for (std::size_t i = 0; i < plan_.words * parameters_of_word(); ++i) text_.next();
        reach_.restrict(text_);
        if (resource_.archivable && plan_.archived) text_ << " and archived_at is not null";
        if (resource_.archivable && !plan_.archived) text_ << " and archived_at is null";
        add_conditions();
        if (plan_.cursor) add_cursor(run);
        if (!plan_.counts) add_order();
        limit_ = text_.next();
        text_ << " limit " << limit_;
    }

    void add_conditions() {
        for (std::size_t i = 0; i < plan_.indexed.size(); ++i)
            if (plan_.indexed[i] != ListPlan::none)
                add_condition(text_, resource_.filters[plan_.indexed[i]], plan_.is_null[i]);
        if (plan_.tail)
            for (const Filter& filter : resource_.filters) add_optional_condition(text_, filter);
    }

    void add_cursor(std::size_t run) {
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            const std::vector<db::Fragment>& columns = runs_[i].columns;
            if (i < run) {
                for (const db::Fragment column : columns) text_ << " and " << column << " = " << text_.next();
            } else if (i == run) {
                text_ << " and (";
                add_columns(columns);
                text_ << ")" << (runs_[i].descending ? db::Fragment(" < (") : db::Fragment(" > ("));
                text_.list(columns.size()) << ")";
            } else {
                for (std::size_t skipped = 0; skipped < columns.size(); ++skipped) text_.next();
            }
        }
    }

    void add_columns(const std::vector<db::Fragment>& columns) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i != 0) text_ << ", ";
            text_ << columns[i];
        }
    }

    void add_order() {
        db::Fragment before = " order by ";
        for (const Run& run : runs_)
            for (const db::Fragment column : run.columns) {
                text_ << before << column << (run.descending ? db::Fragment(" desc") : db::Fragment(" asc"));
                before = ", ";
            }
    }

    std::size_t parameters_of_word() const { return parameters_of_ranges + (plan_.numbers ? 1 : 0); }

    /// Each word reads so many tokens and no more, of its two ranges together; an object has all words.
    void add_words() {
        text_ << "with ";
        text_.next();  // the tenant
        for (std::size_t i = 0; i < plan_.words; ++i) {
            text_ << word_names[i] << " as materialized (select object_id from (";
            if (plan_.numbers) add_number();
            add_range();
            text_ << " union all ";
            add_range();
            text_ << ") as ranges limit 1000), ";
        }
        text_ << "found as materialized (select array(";
        for (std::size_t i = 0; i < plan_.words; ++i)
            text_ << (i == 0 ? db::Fragment("") : db::Fragment(" intersect ")) << "select object_id from "
                  << word_names[i];
        text_ << ") as ids, ";
        for (std::size_t i = 0; i < plan_.words; ++i)
            text_ << (i == 0 ? db::Fragment("") : db::Fragment(" or ")) << "(select count(*) from " << word_names[i]
                  << ") = 1000";
        text_ << " as truncated)";
        text_.restart();
    }

    /// First, so that it is not what is cut off.
    void add_number() {
        text_ << "(select id as object_id from " << resource_.table << " where tenant_id = $1 and "
              << *resource_.search->number->column << " = " << text_.next() << " limit 1) union all ";
    }

    void add_range() {
        text_ << "(select object_id from " << resource_.search->table
              << " where tenant_id = $1 and token >= " << text_.next() << " and token < " << text_.next()
              << " limit 1000)";
    }

    const Resource& resource_;
    const Reach& reach_;
    const ListPlan& plan_;
    const std::vector<Run> runs_;
    Composer text_;
    db::Fragment limit_ = "";
};

/// The end of phones first: it is the rarer, and the front may use up what a word may read.
void bind_words(const std::vector<SearchWord>& words, bool numbers, db::Params& params) {
    for (const SearchWord& word : words) {
        if (numbers) params.add(word.number);
        params.add(word.end.from).add(word.end.to).add(word.front.from).add(word.front.to);
    }
}

void bind_conditions(const Resource& resource, const ListPlan& plan, const ListQuery& query, db::Params& params) {
    std::vector<const Condition*> given(resource.filters.size());
    for (const Condition& condition : query.conditions) given[condition.index] = &condition;
    for (const std::uint8_t index : plan.indexed)
        if (index != ListPlan::none) bind_condition(*given[index], params);
    if (plan.tail)
        for (std::size_t i = 0; i < resource.filters.size(); ++i)
            bind_optional_condition(resource.filters[i], given[i], params);
}

}  // namespace

std::uint64_t ListPlan::key() const {
    std::uint64_t key = order;
    for (const bool flag : {descending, cursor, archived, tail, counts, numbers, is_null[0], is_null[1]})
        key = key << 1 | flag;
    for (const std::uint8_t part : {words, sight, indexed[0], indexed[1]}) key = key << 8 | part;
    return key;
}

ListPlan plan_of(const Resource& resource, const Sight& sight, const ListQuery& query,
                 const std::optional<Cursor>& cursor) {
    ListPlan plan{.order = static_cast<std::uint8_t>(query.order - resource.orderings.data()),
                  .descending = query.reversed != (cursor && cursor->backward),
                  .cursor = cursor.has_value(),
                  .archived = query.archived,
                  .numbers = resource.search && resource.search->number &&
                             std::ranges::any_of(query.words, [](const SearchWord& word) { return !!word.number; }),
                  .words = static_cast<std::uint8_t>(query.words.size()),
                  .sight = static_cast<std::uint8_t>(sight.index)};
    if (query.conditions.empty()) return plan;
    const auto indexed = indexed_conditions(query);
    for (std::size_t i = 0; i < indexed.size(); ++i) {
        plan.indexed[i] = static_cast<std::uint8_t>(indexed[i]->index);
        plan.is_null[i] = indexed[i]->filter->lookup == Lookup::isnull && indexed[i]->values.front() == Value(true);
    }
    plan.tail = query.conditions.size() > indexed.size();
    return plan;
}

const db::Shape& compose_list(const Resource& resource, const Reach& reach, const ListPlan& plan) {
    return ListText(resource, reach, plan).compose();
}

db::Statement ListStatements::make(const Uuid& tenant, const Sight& sight, const ListQuery& query,
                                   const std::optional<Cursor>& cursor) {
    return make(plan_of(resource_, sight, query, cursor), tenant, sight, query, cursor, query.limit + 1);
}

db::Statement ListStatements::count(const Uuid& tenant, const Sight& sight, const ListQuery& query) {
    ListPlan plan = plan_of(resource_, sight, query, {});
    plan.order = 0;  // one text for all orders
    plan.descending = false;
    plan.counts = true;
    return make(plan, tenant, sight, query, {}, most_counted + 1);
}

db::Statement ListStatements::make(const ListPlan& plan, const Uuid& tenant, const Sight& sight, const ListQuery& query,
                                   const std::optional<Cursor>& cursor, std::int64_t limit) {
    const db::Shape*& shape = shapes_[plan.key()];
    if (!shape) shape = &compose_list(resource_, *sight.reach, plan);
    db::Statement statement{shape, {}};
    statement.params.add(tenant);
    bind_words(query.words, plan.numbers, statement.params);
    sight.reach->bind(sight.user, statement.params);
    bind_conditions(resource_, plan, query, statement.params);
    if (cursor) {
        for (const std::string& value : cursor->values) statement.params.add(value);
        statement.params.add(cursor->id);
    }
    statement.params.add(limit);
    return statement;
}

}  // namespace terrace::resource
