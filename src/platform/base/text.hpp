#pragma once

#include <string_view>

namespace terrace {

/// True when `text` is valid UTF-8 without a NUL: what PostgreSQL's `text` can hold.
bool is_storable_text(std::string_view text);

}  // namespace terrace
