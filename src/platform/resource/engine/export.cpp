#include "platform/resource/engine/export.hpp"

#include "platform/resource/query/csv.hpp"
#include "platform/resource/query/projection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace terrace::resource {

namespace asio = boost::asio;

namespace {

/// What a batch is to be: so much text, but not so many rows that others wait for it.
constexpr std::size_t wanted_bytes = 256uz * 1024;
constexpr std::int64_t least_rows = 10, most_rows = 1'000;

Error cut_short() {
    return errors::validation_failed(
        {{"search", {"truncated", "A word of this search begins too many words for a download of all it finds."}}});
}

Error too_many() {
    return {.status = 429,
            .code = "too_many_downloads",
            .detail = "The organisation has as many downloads under way as it may. Try again when one has ended.",
            .retry_after = std::chrono::seconds(5)};
}

/// Behind the fields of a line, the cells of each relation, with their commas.
template <class Write>
void append_cells(const Projection& projection, std::string& line, Write write) {
    constexpr std::size_t line_end = 2;
    if (projection.related.empty()) return;
    line.resize(line.size() - line_end);
    for (std::size_t i = 0; i < projection.related.size(); ++i) {
        if (i != 0 || projection.fields != 0) line += ',';
        write(i);
    }
    line += "\r\n";
}

/// Of a nested list a second column says where it has not all: a part must not pass for the whole.
void append_names(const Relation& relation, std::string& line) {
    line += relation.name;
    if (relation.kind == Relation::Kind::many) line.append(",").append(relation.name).append("_truncated");
}

/// The related objects as their JSON in one cell.
void append_values(const RelatedObjects& related, const Row& row, std::string& line) {
    std::string json;
    write_related(related, row, json);
    append_csv_cell(line, json);
    if (related.relation->kind == Relation::Kind::many) line += related.is_cut(row) ? ",true" : ",";
}

}  // namespace

struct Reading::State {
    explicit State(const asio::any_io_executor& executor) : signal(executor, asio::steady_timer::time_point::max()) {}
    asio::steady_timer signal;
    std::optional<db::DbResult<db::Rows>> rows;
    std::exception_ptr fault;
};

Reading::Reading(const asio::any_io_executor& executor, const ExportOf& of, db::Statement statement, std::size_t limit)
    : state_(std::make_shared<State>(executor)), limit_(limit) {
    asio::co_spawn(executor,
                   of.database.run(of.scope, db::UnitKind::read, *statement.shape, std::move(statement.params)),
                   [state = state_](std::exception_ptr fault, db::DbResult<db::Rows> rows) {
                       state->fault = std::move(fault);
                       state->rows.emplace(std::move(rows));
                       state->signal.cancel();
                   });
}

asio::awaitable<db::DbResult<db::Rows>> Reading::outcome() {
    const auto state = state_;
    if (!state->rows) co_await state->signal.async_wait(asio::as_tuple(asio::use_awaitable));
    if (state->fault) std::rethrow_exception(state->fault);
    co_return std::move(state->rows).value();
}

bool Export::take_place() {
    if (!of_.downloads) return true;
    auto place = of_.downloads->take(of_.tenant->id);
    if (place) place_.emplace(std::move(*place));
    return place_.has_value();
}

void Export::read_on(const asio::any_io_executor& executor) {
    of_.query.limit = batch_;
    reading_.emplace(executor, of_, of_.lists.make(of_.tenant->id, of_.sight, of_.query, after_),
                     static_cast<std::size_t>(batch_));
}

/// A search always answers a row, which says whether it was cut short.
Result<db::Rows> Export::found(db::Rows rows) const {
    if (of_.query.words.empty()) return rows;
    if (rows.boolean(0, of_.resource.columns.size())) return std::unexpected(cut_short());
    if (rows.is_null(0, of_.resource.id_column)) return db::Rows();
    return rows;
}

Cursor Export::place_of(const db::Rows& rows, std::size_t row) const {
    Cursor place{.values = {}, .id = std::string(rows.text(row, of_.resource.id_column))};
    for (const auto& term : of_.query.order->terms) place.values.emplace_back(rows.text(row, term.column));
    return place;
}

void Export::write(const db::Rows& rows, std::size_t count, const std::vector<RelatedObjects>& related,
                   std::string& out) const {
    for (std::size_t i = 0; i < count; ++i) {
        const Row row{of_.resource, rows, i, *of_.tenant};
        if (of_.format == ExportFormat::csv) {
            write_csv_row(row, of_.query.projection.fields, out);
            append_cells(of_.query.projection, out, [&](std::size_t i) { append_values(related[i], row, out); });
        } else {
            write_object(row, of_.query.projection.fields, related, out);
            out += '\n';
        }
    }
}

asio::awaitable<Result<std::string>> Export::next() {
    if (done_) co_return "";
    const auto executor = co_await asio::this_coro::executor;
    const bool first = !std::exchange(begun_, true);
    const bool nothing = of_.query.searches && of_.query.words.empty();
    if (first && !nothing) read_on(executor);

    db::Rows rows;
    std::size_t limit = 0;
    if (!nothing) {
        auto answer = co_await reading_->outcome();
        if (!answer) co_return std::unexpected(db::to_error(answer.error()));
        TERRACE_CO_TRY(these, found(std::move(*answer)));
        rows = std::move(these);
        limit = reading_->limit();
    }
    const std::size_t count = std::min(rows.size(), limit);
    done_ = rows.size() == count;  // else there is one more
    if (!done_ && first && !take_place()) co_return std::unexpected(too_many());
    if (!done_) after_ = place_of(rows, count - 1);

    // PostgreSQL reads the next batch while this one is written; the first says how many rows that should be.
    if (!done_ && !first) read_on(executor);
    std::string text;
    const Projection& projection = of_.query.projection;
    std::vector<RelatedObjects> related;
    if (!projection.related.empty() && count > 0) {
        auto read = co_await of_.related.read(rows, projection);
        if (!read) co_return std::unexpected(db::to_error(read.error()));
        related = std::move(*read);
    }
    if (first && of_.format == ExportFormat::csv) {
        write_csv_header(of_.resource, projection.fields, text);
        append_cells(projection, text, [&](std::size_t i) { append_names(*projection.related[i].relation, text); });
    }
    write(rows, count, related, text);
    if (!text.empty())
        batch_ = std::clamp(static_cast<std::int64_t>(count * wanted_bytes / text.size()), least_rows, most_rows);
    if (!done_ && first) read_on(executor);
    co_return text;
}

}  // namespace terrace::resource
