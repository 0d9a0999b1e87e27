#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::api {

/// A kind of problem (RFC 9457) that endpoints may answer, as OpenAPI describes it: one schema, told from the others by
/// `status` and `code`, so that a program that has looked at the code knows which further members there are.
struct Problem {
    enum class Extra : std::uint8_t {
        none,
        errors,           ///< by field, always
        maybe_errors,     ///< by field, where a field is at fault
        errors_by_index,  ///< by field, of each object of a list that has any
        found,            ///< `found`: the texts that stand where another was looked for
        organisations,    ///< `tenants`: the organisations to choose from
        free_at,          ///< `free_at`: when it will be possible
    };

    std::string_view schema;  ///< "ForbiddenProblem": the component's name
    int status;
    std::vector<std::string_view> codes;
    std::string_view meaning;
    Extra extra = Extra::none;
    /// Answered by no operation but those that name it (Documentation::own_problems); else by each that has its status.
    bool own = false;
};

/// What the platform's endpoints may answer. A product adds its own to Api::problems.
std::span<const Problem> platform_problems();

/// The JSON Schema of errors by field.
std::string_view errors_by_field_schema();

/// The JSON Schema of each of `problems` by the component's name, which ends in `Problem`.
std::vector<std::pair<std::string, std::string>> problem_schemas(std::span<const Problem> problems);

/// The schema of a problem with `status`: one of those that have it and are not some operation's own, or are named in
/// `own`. Throws std::logic_error when none has.
std::string problem_schema(std::span<const Problem> problems, int status, std::span<const std::string_view> own = {});

}  // namespace terrace::api
