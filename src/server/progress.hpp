#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace terrace::server {

/// How far long work of a command is: on a terminal a bar that is written over, with the time that is left; into a log
/// a line now and then. For one thread at a time.
class Progress {
  public:
    /// `what` is counted, in the plural.
    explicit Progress(std::string what);
    /// Ends the bar's line.
    ~Progress();

    void show(std::size_t done, std::size_t of);
    /// A line of its own, above the bar.
    void say(const std::string& line);

  private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    bool terminal_;
    bool on_line_ = false;  ///< the cursor stands behind the bar
    Clock::time_point began_;
    Clock::time_point shown_;
};

}  // namespace terrace::server
