#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

/// Structured logs: one JSON object a line on standard error. Names of fields are ours; values must never hold a
/// secret, a token, a cookie or anything about a patient: more people read logs than may read those. Ids are fine. Who
/// logs waits for no reader; what nobody takes is dropped beyond 8 MB, and counted (`log_lines_dropped`).
namespace terrace::log {

enum class Level { debug, info, warning, error };

struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    Field(std::string_view name, std::string_view value) : name(name), value(value) {}
    Field(std::string_view name, const std::string& value) : name(name), value(std::string_view(value)) {}
    Field(std::string_view name, const char* value) : name(name), value(std::string_view(value)) {}
    Field(std::string_view name, std::int64_t value) : name(name), value(value) {}
    Field(std::string_view name, int value) : name(name), value(std::int64_t{value}) {}
    /// Written with three decimals.
    Field(std::string_view name, double value) : name(name), value(value) {}
    Field(std::string_view name, bool value) : name(name), value(value) {}
};

/// Once, at the start of the process. Ignores SIGPIPE from then on: a log whose reader has gone ends nothing.
void start(Level least, bool json);
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
}

}  // namespace terrace::log
