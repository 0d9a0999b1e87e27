#pragma once

#include <span>
#include <string_view>

namespace terrace::clinic {

/// Names that are common in a region or community of India; invented pairs, no real persons.
struct NamePool {
    std::string_view region;
    std::span<const std::string_view> women;
    std::span<const std::string_view> men;
    std::span<const std::string_view> families;
    /// Family first as an initial, as in Tamil Nadu: "S. Meena".
    bool initial_first = false;
};

/// Throws std::logic_error for a region that is not known.
const NamePool& name_pool(std::string_view region);

}  // namespace terrace::clinic
