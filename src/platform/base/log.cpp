#include "platform/base/log.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <memory>
#include <mutex>

namespace terrace::log {
namespace {

/// Gathers lines and writes them to standard error in blocks: once a second, when much has gathered, and at once from
/// warnings upwards. One system call a line would cost more than the request that it tells of.
class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    ~StderrSink() override { flush_(); }

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        pending_.append(message.payload.data(), message.payload.size());
        pending_ += '\n';
        if (pending_.size() >= 32uz * 1024) flush_();
    }

    void flush_() override {
        std::string_view rest = pending_;
        while (!rest.empty()) {
            const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) break;  // nobody reads: what cannot be told is dropped
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        pending_.clear();
    }

  private:
    std::string pending_;
};

struct State {
    std::shared_ptr<spdlog::logger> logger;
    bool json = true;

    State() : logger(std::make_shared<spdlog::logger>("terrace", std::make_shared<StderrSink>())) {
        logger->set_level(spdlog::level::info);
        logger->flush_on(spdlog::level::warn);
        spdlog::register_logger(logger);
        spdlog::flush_every(std::chrono::seconds(1));
    }
};

State& state() {
    static State instance;
    return instance;
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    std::unreachable();
}

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            return "error";
    }
    std::unreachable();
}

/// `2026-11-23T04:30:00.123Z`; the part down to the second is made once a second and thread.
void append_time(std::string& line) {
    thread_local std::int64_t cached_second = -1;
    thread_local std::string cached_text;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(WallClock::now().time_since_epoch()).count();
    if (now / 1000 != cached_second) {
        cached_second = now / 1000;
        cached_text = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(cached_second)));
    }
    const auto milliseconds = static_cast<int>(now % 1000);
    line += cached_text;
    line += '.';
    for (const int unit : {100, 10, 1}) line += static_cast<char>('0' + milliseconds / unit % 10);
    line += 'Z';
}

void append_safe(std::string& line, std::string_view text) {
    if (simdjson::validate_utf8(text.data(), text.size())) return json::append_string(line, text);
    std::string ascii(text);
    std::ranges::replace_if(ascii, [](unsigned char c) { return c >= 0x80; }, '?');
    json::append_string(line, ascii);
}

/// With three decimals.
void append_decimal(std::string& line, double number) {
    std::array<char, 400> text;  // the longest double has 309 digits before its point
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 3).ptr;
    line.append(text.data(), end);
}

void append_value(std::string& line, const Field& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value))
        append_safe(line, *text);
    else if (const auto* number = std::get_if<std::int64_t>(&field.value))
        line += fmt::format_int(*number).c_str();
    else if (const auto* decimal = std::get_if<double>(&field.value))
        append_decimal(line, *decimal);
    else
        line += std::get<bool>(field.value) ? "true" : "false";
}

void append_json(std::string& line, Level level, std::string_view event, std::initializer_list<Field> fields) {
    line += "{\"time\":\"";
    append_time(line);
    line += "\",\"level\":\"";
    line += name_of(level);
    line += "\",\"event\":";
    append_safe(line, event);
    for (const Field& field : fields) {
        line += ",\"";
        line += field.name;
        line += "\":";
        append_value(line, field);
    }
    line += '}';
}

/// For a person at a terminal. Texts stay quoted and escaped, so that no value can forge a line.
void append_plain(std::string& line, Level level, std::string_view event, std::initializer_list<Field> fields) {
    append_time(line);
    fmt::format_to(std::back_inserter(line), " {:7} ", name_of(level));
    append_safe(line, event);
    for (const Field& field : fields) {
        fmt::format_to(std::back_inserter(line), " {}=", field.name);
        append_value(line, field);
    }
}

}  // namespace

void start(Level least, bool json) {
    std::signal(SIGPIPE, SIG_IGN);
    state().logger->set_level(level_of(least));
    state().json = json;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    State& current = state();
    if (!current.logger->should_log(level_of(level))) return;
    thread_local std::string line;
    line.clear();
    current.json ? append_json(line, level, event, fields) : append_plain(line, level, event, fields);
    current.logger->log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace terrace::log
