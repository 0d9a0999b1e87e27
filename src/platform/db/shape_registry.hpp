#pragma once

#include "platform/db/statement.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

/// Internal to the data layer.
namespace terrace::db {

/// All shapes of the process.
class ShapeRegistry {
  public:
    static ShapeRegistry& instance();

    /// The one Shape of `text`; `checked` refuses what a shared connection must not see. Any thread.
    const Shape& intern(std::string text, bool checked);

  private:
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<Shape>> shapes_;
};

/// A shape of the data layer itself (unit headers, BEGIN and COMMIT of leases), which the check would refuse.
const Shape& lane_shape(Fragment text);

}  // namespace terrace::db
