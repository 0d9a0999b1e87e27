#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What our own SQL texts need to know of PostgreSQL's lexical rules (manual §4.1): where strings, quoted names,
/// comments and statements begin and end. No grammar.
namespace terrace::db {

/// The bare words of `sql` in lower case (identifiers and key words, without quotes), outside of strings, quoted names
/// and comments, with each top-level `;` as a word of its own.
std::vector<std::string> bare_words(std::string_view sql);

/// Why `sql` may not run on a connection that others share, or nothing. Refused: what could leave a trace behind the
/// unit (transaction control, SET, set_config, PREPARE, LISTEN, session locks, DECLARE, temporary tables), COPY (its
/// results never end in libpq 15's pipeline mode) and a second statement.
std::optional<std::string> reason_against_sharing(std::string_view sql);

/// One statement of a script, without its semicolon, and the line (from 1) on which its first word stands.
struct ScriptStatement {
    std::string text;
    std::size_t line = 1;
};

/// Splits a migration file at its top-level semicolons; what holds only blanks and comments is left out.
std::vector<ScriptStatement> split_script(std::string_view script);

}  // namespace terrace::db
