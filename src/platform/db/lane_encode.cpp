#include "platform/db/lane.hpp"

#include <boost/container/small_vector.hpp>
#include <libpq-fe.h>

#include <string>

namespace terrace::db {
namespace {

using Values = boost::container::small_vector<const char*, 16>;

Values values_of(const Params& params) {
    Values values(params.size());
    for (std::size_t index = 0; index < params.size(); ++index) values[index] = params.text(index);
    return values;
}

Segment::Part header_part(const Task& task, std::size_t index) {
    return task.place_check == index ? Segment::Part::place_check : Segment::Part::header;
}

/// Calls `send(statement, part)` for each statement of the task, in order, until one returns false.
template <class Send>
bool each_statement(const Task& task, Send&& send) {
    for (std::size_t index = 0; index < task.header.size(); ++index) {
        if (!send(task.header[index], header_part(task, index))) return false;
    }
    for (const Statement& statement : task.statements) {
        if (!send(statement, Segment::Part::statement)) return false;
    }
    return true;
}

}  // namespace

/// What was pushed out of the cache goes first, then what must be prepared, then the statements: no failure of the
/// unit's own can keep a preparation from happening, on which units behind this one may count already.
bool Lane::encode_named(Segment& segment, const Task& task) {
    PGconn* connection = connection_.handle();
    for (const std::uint64_t number : cache_.take_evicted()) {
        const std::string text = "deallocate " + StatementCache::name(number);
        segment.expect(Segment::Part::deallocate, 0);
        if (!PQsendQueryParams(connection, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0)) return false;
    }
    boost::container::small_vector<std::uint64_t, 12> numbers;
    const bool prepared = each_statement(task, [&](const Statement& statement, Segment::Part) {
        const StatementCache::Use use = cache_.use(*statement.shape, task.schema);
        numbers.push_back(use.number);
        if (!use.fresh) return true;
        segment.expect(Segment::Part::prepare, use.number);
        const std::string text = statement.shape->render(task.schema);
        return PQsendPrepare(connection, StatementCache::name(use.number).c_str(), text.c_str(), 0, nullptr) == 1;
    });
    std::size_t index = 0;
    return prepared && each_statement(task, [&](const Statement& statement, Segment::Part part) {
               const std::uint64_t number = numbers[index++];
               const Values values = values_of(statement.params);
               segment.expect(part, number);
               return PQsendQueryPrepared(connection, StatementCache::name(number).c_str(),
                                          static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0) == 1;
           });
}

bool Lane::encode_unnamed(Segment& segment, const Task& task) {
    return each_statement(task, [&](const Statement& statement, Segment::Part part) {
        const Values values = values_of(statement.params);
        const std::string text = statement.shape->render(task.schema);
        segment.expect(part, 0);
        return PQsendQueryParams(connection_.handle(), text.c_str(), static_cast<int>(values.size()), nullptr,
                                 values.data(), nullptr, nullptr, 0) == 1;
    });
}

}  // namespace terrace::db
