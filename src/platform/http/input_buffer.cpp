#include "platform/http/input_buffer.hpp"

#include <algorithm>

namespace terrace::http {
namespace {

/// Holds the usual request whole.
constexpr std::size_t first_capacity = 2048;

}  // namespace

std::span<char> InputBuffer::prepare() {
    if (end_ == capacity_) {
        if (begin_ > 0)
            move_to(capacity_);
        else if (capacity_ < limit_)
            move_to(std::min(limit_, std::max(first_capacity, capacity_ * 2)));
    }
    return {data_.get() + end_, capacity_ - end_};
}

void InputBuffer::consume(std::size_t count) {
    begin_ += count;
    if (begin_ < end_) return;
    begin_ = end_ = 0;
    if (capacity_ <= first_capacity) return;
    data_.reset();
    capacity_ = 0;
}

void InputBuffer::move_to(std::size_t capacity) {
    auto data = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy(data_.get() + begin_, data_.get() + end_, data.get());
    data_ = std::move(data);
    capacity_ = capacity;
    end_ -= begin_;
    begin_ = 0;
}

}  // namespace terrace::http
