#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace terrace::resource::testing {

/// The sentence with which a description is refused at start; empty when it is not.
template <class Description>
std::string refusal(Description description) {
    try {
        std::move(description).build();
    } catch (const std::logic_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace terrace::resource::testing
