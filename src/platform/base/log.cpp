#include "platform/base/log.hpp"

#include "platform/base/clock.hpp"
#include "platform/base/json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <simdjson.h>
#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <climits>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace terrace::log {
namespace {

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

void append_line(std::string& line, bool json, Level level, std::string_view event,
                 std::initializer_list<Field> fields) {
    json ? append_json(line, level, event, fields) : append_plain(line, level, event, fields);
}

/// Gathers lines and writes them to standard error in blocks: once a second, when much has gathered, and at once from
/// warnings upwards. One system call a line would cost more than the request that it tells of. Whoever logs waits for
/// no reader: it writes what standard error takes at once, and leaves the rest to a thread that waits. Where that stays
/// full, lines are dropped, and counted for whoever reads on.
class StderrSink final : public spdlog::sinks::sink {
  public:
    ~StderrSink() override {
        writer_.request_stop();
        writer_.join();
        write_out(patience);
    }

    void log(const spdlog::details::log_msg& message) override {
        if (gather(std::string_view(message.payload.data(), message.payload.size()))) write_out(at_once);
    }
    void flush() override {
        wanted_ = true;
        write_out(at_once);
    }
    void set_pattern(const std::string&) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

    std::atomic<bool> json = true;  ///< how it speaks for itself

  private:
    static constexpr std::chrono::milliseconds at_once{0}, patience{1'000};
    static constexpr std::size_t much = 32uz * 1024, most = 8uz * 1024 * 1024;

    /// Whether much has gathered.
    bool gather(std::string_view line) {
        const std::lock_guard lock(gathering_);
        if (gathered_.size() + line.size() >= most) {
            ++dropped_;
        } else {
            gathered_.append(line);
            gathered_ += '\n';
        }
        return gathered_.size() >= much;
    }

    /// One thread at a time. Another goes on: where it has set `wanted_`, the one that writes does so again.
    void write_out(std::chrono::milliseconds longest) {
        do {
            const std::unique_lock lock(writing_, std::try_to_lock);
            if (!lock) return;
            wanted_ = false;
            if (!send(longest)) continue;
            take_gathered();
            send(longest);
        } while (wanted_);
    }

    void take_gathered() {
        std::int64_t dropped = 0;
        {
            const std::lock_guard lock(gathering_);
            sending_.swap(gathered_);
            std::swap(dropped, dropped_);
        }
        if (dropped == 0) return;
        append_line(sending_, json, Level::warning, "log_lines_dropped", {{"lines", dropped}});
        sending_ += '\n';
    }

    /// False when it takes no more. A pipe that takes anything takes PIPE_BUF bytes without making us wait.
    bool send(std::chrono::milliseconds longest) {
        while (sent_ < sending_.size()) {
            pollfd out{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
            const int ready = ::poll(&out, 1, static_cast<int>(longest.count()));
            if (ready < 0 && errno == EINTR) continue;
            if (ready == 0) return false;
            const std::size_t size = std::min<std::size_t>(sending_.size() - sent_, PIPE_BUF);
            const ssize_t written = ::write(STDERR_FILENO, sending_.data() + sent_, size);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0 && errno == EAGAIN) return false;
            if (written <= 0) break;  // nobody reads: what cannot be told is dropped
            sent_ += static_cast<std::size_t>(written);
        }
        sending_.clear();
        sent_ = 0;
        return true;
    }

    void write_on(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            never.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
            write_out(patience);
        }
    }

    std::mutex gathering_;  ///< held for as long as a line is copied
    std::string gathered_;
    std::int64_t dropped_ = 0;
    std::atomic<bool> wanted_ = false;
    std::mutex writing_;  ///< never waited for
    std::string sending_;
    std::size_t sent_ = 0;  ///< of sending_
    std::jthread writer_{[this](const std::stop_token& stop) { write_on(stop); }};
};

struct State {
    std::shared_ptr<StderrSink> sink = std::make_shared<StderrSink>();
    std::shared_ptr<spdlog::logger> logger = std::make_shared<spdlog::logger>("terrace", sink);

    State() {
        logger->set_level(spdlog::level::info);
        logger->flush_on(spdlog::level::warn);
        spdlog::register_logger(logger);
    }
};

State& state() {
    static State instance;
    return instance;
}

}  // namespace

void start(Level least, bool json) {
    std::signal(SIGPIPE, SIG_IGN);
    state().logger->set_level(level_of(least));
    state().sink->json = json;
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    State& current = state();
    if (!current.logger->should_log(level_of(level))) return;
    thread_local std::string line;
    line.clear();
    append_line(line, current.sink->json, level, event, fields);
    current.logger->log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace terrace::log
