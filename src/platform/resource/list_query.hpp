#pragma once

#include "platform/base/error.hpp"
#include "platform/http/message.hpp"
#include "platform/resource/condition.hpp"
#include "platform/resource/resource.hpp"
#include "platform/resource/tokens.hpp"

#include <cstdint>
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
    std::vector<WordRanges> words;
    std::string cursor;  ///< as sent; empty: from the beginning

    /// The parameters but limit and cursor, canonical and percent-encoded, such as `ordering=name&sex=female`.
    std::string selection;
};

/// Every parameter that is wrong is named at once (400 `validation_failed`). Days are those of `time_zone`, the
/// tenant's.
Result<ListQuery> read_list_query(const Resource& resource, const http::Query& query, std::string_view time_zone);

}  // namespace terrace::resource
