#pragma once

#include "platform/base/log.hpp"

#include <exception>

/// Internal to the data layer.
namespace terrace::db {

/// For co_spawn: what a loop or clean-up that nobody awaits threw is logged as `event`, a literal.
inline auto report_end(const char* event) {
    return [event](const std::exception_ptr& error) {
        if (!error) return;
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& fault) {
            log::error(event, {{"fault", fault.what()}});
        }
    };
}

}  // namespace terrace::db
