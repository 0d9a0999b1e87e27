#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace terrace::http {

/// The bytes received and not yet consumed on a connection. Starts small, doubles up to a limit, and lets go of what
/// it grew to once it is empty: idle connections are many.
class InputBuffer {
  public:
    explicit InputBuffer(std::size_t limit) : limit_(limit) {}

    std::span<char> bytes() { return {data_.get() + begin_, end_ - begin_}; }
    std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    bool full() const { return end_ - begin_ == limit_; }

    /// Room for at least one more byte, unless full; moves what views point to.
    std::span<char> prepare();
    void commit(std::size_t count) { end_ += count; }
    void consume(std::size_t count);

  private:
    void move_to(std::size_t capacity);

    std::size_t limit_;
    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace terrace::http
