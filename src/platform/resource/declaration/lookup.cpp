#include "platform/resource/declaration/lookup.hpp"

#include <utility>

namespace terrace::resource {

std::string_view to_string(Lookup lookup) {
    switch (lookup) {
        case Lookup::exact:
            return "exact";
        case Lookup::in:
            return "in";
        case Lookup::lt:
            return "lt";
        case Lookup::lte:
            return "lte";
        case Lookup::gt:
            return "gt";
        case Lookup::gte:
            return "gte";
        case Lookup::prefix:
            return "prefix";
        case Lookup::isnull:
            return "isnull";
        case Lookup::contains:
            return "contains";
    }
    std::unreachable();
}

std::size_t parameters_of(const Filter& filter) {
    const bool whole_day = filter.lookup == Lookup::exact && filter.field->type == Type::timestamp;
    return filter.lookup == Lookup::prefix || whole_day ? 2 : 1;
}

}  // namespace terrace::resource
