#include "platform/resource/engine/export.hpp"

#include "platform/resource/query/csv.hpp"
#include "platform/resource/query/projection.hpp"

#include <algorithm>

namespace terrace::resource {
namespace {

/// What a batch is to be: so much text, but not so many rows that others wait for it.
constexpr std::size_t wanted_bytes = 256uz * 1024;
constexpr std::int64_t least_rows = 10, most_rows = 1'000;

Error cut_short() {
    return errors::validation_failed(
        {{"search", {"truncated", "A word of this search begins too many words for a download of all it finds."}}});
}

}  // namespace

boost::asio::awaitable<Result<db::Rows>> Export::read() {
    if (of_.query.searches && of_.query.words.empty()) co_return db::Rows();
    of_.query.limit = batch_;
    db::Statement statement = of_.lists.make(of_.tenant->id, of_.sight, of_.query, after_);
    auto rows = co_await of_.database.run(of_.scope, db::UnitKind::read, *statement.shape, std::move(statement.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (of_.query.words.empty()) co_return std::move(*rows);
    // A search always answers a row, which says whether it was cut short.
    if (rows->boolean(0, of_.resource.columns.size())) co_return std::unexpected(cut_short());
    if (rows->is_null(0, of_.resource.id_column)) co_return db::Rows();
    co_return std::move(*rows);
}

void Export::write(const db::Rows& rows, std::size_t count, std::string& out) const {
    for (std::size_t i = 0; i < count; ++i) {
        const Row row{of_.resource, rows, i, *of_.tenant};
        if (of_.format == ExportFormat::csv) {
            write_csv_row(row, of_.query.fields, out);
        } else {
            write_object(row, of_.query.fields, out);
            out += '\n';
        }
    }
}

boost::asio::awaitable<Result<std::string>> Export::next() {
    if (done_) co_return "";
    TERRACE_CO_TRY(rows, co_await read());
    std::string text;
    if (!begun_ && of_.format == ExportFormat::csv) write_csv_header(of_.resource, of_.query.fields, text);
    begun_ = true;

    const std::size_t count = std::min(rows.size(), static_cast<std::size_t>(batch_));
    write(rows, count, text);
    done_ = rows.size() == count;  // else there is one more
    if (!done_) {
        after_ = Cursor{.values = {}, .id = std::string(rows.text(count - 1, of_.resource.id_column))};
        for (const auto& term : of_.query.order->terms) after_->values.emplace_back(rows.text(count - 1, term.column));
        batch_ = std::clamp(static_cast<std::int64_t>(count * wanted_bytes / text.size()), least_rows, most_rows);
    }
    co_return text;
}

}  // namespace terrace::resource
