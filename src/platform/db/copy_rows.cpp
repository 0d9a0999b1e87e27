#include "platform/db/copy_rows.hpp"

#include "platform/db/connection.hpp"
#include "platform/db/libpq_result.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace terrace::db {
namespace {

struct FreeBuffer {
    void operator()(char* buffer) const noexcept { PQfreemem(buffer); }
};

void begin_copy(PGconn* connection, const std::string& statement, ExecStatusType expected) {
    const LibpqResult result(PQexec(connection, statement.c_str()));
    if (PQresultStatus(result.get()) != expected) throw std::runtime_error(one_line(PQerrorMessage(connection)));
}

/// The count of the command's tag, "COPY 12".
std::int64_t end_copy(PGconn* connection) {
    std::int64_t rows = 0;
    std::string fault;
    while (const LibpqResult result{PQgetResult(connection)}) {
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fault = one_line(PQresultErrorMessage(result.get()));
        const std::string_view count = PQcmdTuples(result.get());
        std::from_chars(count.data(), count.data() + count.size(), rows);
    }
    if (!fault.empty()) throw std::runtime_error(fault);
    return rows;
}

void send(PGconn* connection, std::string_view data) {
    if (PQputCopyData(connection, data.data(), static_cast<int>(data.size())) != 1)
        throw std::runtime_error(one_line(PQerrorMessage(connection)));
}

/// Ends a COPY that is not read to its end: what is on its way is thrown away.
void stop_copy(PGconn* connection) {
    const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> cancel(PQgetCancel(connection), &PQfreeCancel);
    char fault[256];
    if (cancel) PQcancel(cancel.get(), fault, sizeof fault);
    char* data = nullptr;
    while (PQgetCopyData(connection, &data, 0) > 0) PQfreemem(data);
    while (const LibpqResult result{PQgetResult(connection)}) {
    }
}

}  // namespace

std::optional<std::int64_t> copy_out(AdminConnection& from, const std::string& statement,
                                     const std::function<bool(std::string_view row)>& take) {
    PGconn* source = from.handle();
    begin_copy(source, statement, PGRES_COPY_OUT);
    char* data = nullptr;
    int size = 0;
    try {
        while ((size = PQgetCopyData(source, &data, 0)) > 0) {
            const std::unique_ptr<char, FreeBuffer> owned(data);
            if (take({data, static_cast<std::size_t>(size)})) continue;
            stop_copy(source);
            return std::nullopt;
        }
    } catch (...) {
        stop_copy(source);
        throw;
    }
    return end_copy(source);
}

std::int64_t copy_in(AdminConnection& to, const std::string& statement, std::string_view data) {
    PGconn* target = to.handle();
    begin_copy(target, statement, PGRES_COPY_IN);
    constexpr std::size_t most = std::size_t{1} << 20;
    for (; !data.empty(); data.remove_prefix(std::min(most, data.size()))) send(target, data.substr(0, most));
    if (PQputCopyEnd(target, nullptr) != 1) throw std::runtime_error(one_line(PQerrorMessage(target)));
    return end_copy(target);
}

std::int64_t copy_rows(AdminConnection& from, const std::string& from_statement, AdminConnection& to,
                       const std::string& to_statement) {
    PGconn* source = from.handle();
    PGconn* target = to.handle();
    begin_copy(source, from_statement, PGRES_COPY_OUT);
    begin_copy(target, to_statement, PGRES_COPY_IN);
    char* data = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(source, &data, 0)) > 0) {
        const std::unique_ptr<char, FreeBuffer> owned(data);
        send(target, {data, static_cast<std::size_t>(size)});
    }
    const bool whole = size == -1;
    if (PQputCopyEnd(target, whole ? nullptr : "the source was lost") != 1)
        throw std::runtime_error(one_line(PQerrorMessage(target)));
    if (!whole) throw std::runtime_error(one_line(PQerrorMessage(source)));
    end_copy(source);
    return end_copy(target);
}

}  // namespace terrace::db
