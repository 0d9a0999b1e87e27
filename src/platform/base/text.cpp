#include "platform/base/text.hpp"

#include <simdjson.h>

namespace terrace {

bool is_storable_text(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size()) && !text.contains('\0');
}

}  // namespace terrace
