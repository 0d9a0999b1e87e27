#include "server/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace terrace::server {
namespace {

constexpr std::size_t width = 30;
constexpr std::chrono::milliseconds terminal_interval{100};
constexpr std::chrono::seconds log_interval{10};

std::string left(std::chrono::duration<double> spent, std::size_t done, std::size_t of) {
    const auto seconds = static_cast<long>(spent.count() / static_cast<double>(done) * static_cast<double>(of - done));
    if (done == of) return fmt::format("took {:.1f} s", spent.count());
    return seconds < 60 ? fmt::format("{} s left", seconds) : fmt::format("{} min left", (seconds + 59) / 60);
}

}  // namespace

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDOUT_FILENO) == 1), began_(Clock::now()) {}

Progress::~Progress() {
    if (on_line_) std::fputc('\n', stdout);
}

void Progress::show(std::size_t done, std::size_t of) {
    const auto now = Clock::now();
    const auto interval = terminal_ ? Clock::duration(terminal_interval) : Clock::duration(log_interval);
    if (done < of && now - shown_ < interval) return;
    shown_ = now;
    if (of == 0 || done == 0) return;
    if (terminal_) {
        const std::size_t filled = width * done / of;
        fmt::print("\r\x1b[K{}{} {}/{} {}, {}", std::string(filled, '#'), std::string(width - filled, '.'), done, of,
                   what_, left(now - began_, done, of));
        std::fflush(stdout);
        on_line_ = true;
    } else {
        fmt::print("{}/{} {}, {}\n", done, of, what_, left(now - began_, done, of));
        std::fflush(stdout);
    }
}

void Progress::say(const std::string& line) {
    fmt::print("{}{}\n", on_line_ ? "\r\x1b[K" : "", line);
    on_line_ = false;
}

}  // namespace terrace::server
