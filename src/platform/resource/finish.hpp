#pragma once

#include "platform/resource/resource.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::resource::detail {

/// What a description names by the names of fields.
struct Parts {
    std::vector<FilterPart> filters;
    std::vector<SearchSource> search_sources;
    std::vector<Ordering> orderings;
    std::optional<std::pair<std::string_view, std::string_view>> number;  ///< field, counter
    std::vector<std::pair<std::vector<std::string_view>, std::string_view>> exactly_one;
    std::vector<std::pair<Act, Rule>> rules;
    struct Together {
        std::string_view constraint;
        std::vector<std::string_view> fields;
    };
    std::vector<Together> unique_together;
};

/// Joins the parts, fills what follows from the fields and checks the whole. Throws std::logic_error with a sentence
/// that says what to write.
Resource finish(Resource resource, const Parts& parts);
/// The same for what has fields and nothing else: the input or the answer of an action.
std::shared_ptr<const Resource> finish_form(Resource form);

}  // namespace terrace::resource::detail
