#include "platform/base/isolation.hpp"

#include <array>
#include <utility>

namespace terrace {
namespace {

using namespace std::string_view_literals;
constexpr std::array isolations{std::pair{Isolation::shared, "shared"sv}, std::pair{Isolation::schema, "schema"sv},
                                std::pair{Isolation::database, "database"sv}};

}  // namespace

std::string_view to_string(Isolation isolation) {
    return isolations.at(static_cast<std::size_t>(isolation)).second;
}

std::optional<Isolation> isolation_from(std::string_view text) {
    for (const auto& [isolation, word] : isolations) {
        if (word == text) return isolation;
    }
    return std::nullopt;
}

}  // namespace terrace
