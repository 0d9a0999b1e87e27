#pragma once

#include <string>
#include <string_view>

namespace terrace::identity {

/// What a person recognizes a device by, from its User-Agent: "Chrome on Android", "Safari on iPhone", "curl". Empty
/// when it says nothing. A hint for the eye: whoever calls may claim anything, so the text is short and made of our
/// words, or of one plain word of theirs.
std::string device_name(std::string_view user_agent);

}  // namespace terrace::identity
