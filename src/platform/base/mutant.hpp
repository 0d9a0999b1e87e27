#pragma once

#include <string>
#include <string_view>

/// Slips made on purpose, to prove that tests/isolation notices them (docs/security/isolation.md). A process of the
/// preset `mutants` has at most one, which its environment names; in every other build both functions are constants,
/// and bin/test proves that the names do not stand in the Release program.
namespace terrace {

#ifdef TERRACE_MUTANTS

/// Whether TERRACE_MUTANT is `name`, or `name:of` for a slip on one route alone. Any thread.
bool mutant(std::string_view name, std::string_view of = {});

/// The text of a statement as TERRACE_MUTANT=statement has it: in those that hold TERRACE_MUTANT_IN, what
/// TERRACE_MUTANT_FIND says is replaced by TERRACE_MUTANT_PUT. Any thread.
std::string mutated(std::string sql);

/// Adds the text of a statement that a connection is about to run to the file that TERRACE_MUTANT_STATEMENTS names, a
/// JSON string a line. Any thread.
void note_statement(std::string_view sql);

#else

constexpr bool mutant(std::string_view, std::string_view = {}) {
    return false;
}

inline std::string mutated(std::string sql) {
    return sql;
}

inline void note_statement(std::string_view) {}

#endif

}  // namespace terrace
