#include "platform/base/mutant.hpp"

#ifdef TERRACE_MUTANTS

#include "platform/base/json.hpp"

#include <cstdlib>
#include <fstream>
#include <mutex>

namespace terrace {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

bool mutant(std::string_view name, std::string_view of) {
    static const std::string made = variable("TERRACE_MUTANT");
    if (of.empty()) return made == name;
    return made.size() == name.size() + 1 + of.size() && made.starts_with(name) && made.ends_with(of);
}

std::string mutated(std::string sql) {
    static const bool on = variable("TERRACE_MUTANT") == "statement";
    static const std::string in = variable("TERRACE_MUTANT_IN");
    static const std::string find = variable("TERRACE_MUTANT_FIND");
    static const std::string put = variable("TERRACE_MUTANT_PUT");
    if (!on || sql.find(in) == std::string::npos) return sql;
    for (std::size_t at = sql.find(find); at != std::string::npos; at = sql.find(find, at + put.size()))
        sql.replace(at, find.size(), put);
    return sql;
}

void note_statement(std::string_view sql) {
    static const std::string file = variable("TERRACE_MUTANT_STATEMENTS");
    static std::mutex mutex;
    if (file.empty()) return;
    std::string line;
    json::Writer(line).string(sql);
    const std::lock_guard lock(mutex);
    std::ofstream(file, std::ios::app) << line << '\n';
}

}  // namespace terrace

#endif
