#include "platform/db/copy_rows.hpp"

#include "platform/db/connection.hpp"
#include "platform/db/libpq_result.hpp"

#include <libpq-fe.h>

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

void send(PGconn* connection, const char* data, int size) {
    if (PQputCopyData(connection, data, size) != 1) throw std::runtime_error(one_line(PQerrorMessage(connection)));
}

}  // namespace

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
        send(target, data, size);
    }
    const bool whole = size == -1;
    if (PQputCopyEnd(target, whole ? nullptr : "the source was lost") != 1)
        throw std::runtime_error(one_line(PQerrorMessage(target)));
    if (!whole) throw std::runtime_error(one_line(PQerrorMessage(source)));
    end_copy(source);
    return end_copy(target);
}

}  // namespace terrace::db
