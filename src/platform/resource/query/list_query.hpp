#pragma once

#include "platform/base/error.hpp"
#include "platform/http/message.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/condition.hpp"
#include "platform/resource/query/expansion.hpp"
#include "platform/resource/query/tokens.hpp"
#include "platform/resource/resource.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace terrace::resource {

/// What a list request asks for, checked against the resource.
struct ListQuery {
    std::int64_t limit = 20;
    const Resource::OrderKey* order = nullptr;
    bool reversed = false;  ///< the ordering's own directions turned round
    bool archived = false;
    std::vector<Condition> conditions;  ///< in the order of declaration
    bool searches = false;              ///< then no word means no result
    std::vector<SearchWord> words;
    std::string cursor;  ///< as sent; empty: from the beginning
    Projection projection;
    bool counts = false;  ///< `count=exact`: also how many there are in all, as far as most_counted
    std::string shape;    ///< `&fields=id,name&expand=doctor` as sent, for the links; a cursor is not bound to it

    /// The parameters but limit and cursor, canonical and percent-encoded, such as `ordering=name&sex=female`.
    std::string selection;
};

/// Every parameter that is wrong is named at once (400 `validation_failed`). A field that the viewer does not see is no
/// filter and no ordering: either would tell its values. Days are those of `time_zone`, the tenant's.
Result<ListQuery> read_list_query(const Resource& resource, const http::Query& query, const Viewer& viewer,
                                  std::string_view time_zone);

}  // namespace terrace::resource
