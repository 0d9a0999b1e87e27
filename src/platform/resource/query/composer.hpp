#pragma once

#include "platform/db/statement.hpp"

#include <cstddef>
#include <vector>

namespace terrace::resource {

/// A statement's text under way, with its placeholders counted.
class Composer {
  public:
    Composer& operator<<(db::Fragment fragment) {
        fragments_.push_back(fragment);
        return *this;
    }
    Composer& operator<<(const std::vector<db::Fragment>& fragments) {
        fragments_.insert(fragments_.end(), fragments.begin(), fragments.end());
        return *this;
    }
    /// The placeholder of the next parameter.
    db::Fragment next() { return db::placeholder(++parameters_); }
    /// `$4, $5, $6` for the next `count` parameters.
    Composer& list(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (i != 0) *this << ", ";
            *this << next();
        }
        return *this;
    }
    std::size_t parameters() const { return parameters_; }
    /// The next placeholder is the first again: a part of the statement says the same once more.
    void restart() { parameters_ = 0; }
    const db::Shape& shape() const { return db::shape(fragments_); }

  private:
    std::vector<db::Fragment> fragments_;
    std::size_t parameters_ = 0;
};

}  // namespace terrace::resource
