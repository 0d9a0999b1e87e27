#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What the fuzz targets (*_fuzz.cpp) share. A target is a function of bytes that checks properties of the code under
/// it; libFuzzer looks for bytes that break one.
namespace terrace::fuzz {

/// Ends the process unless the property holds; libFuzzer then keeps the input.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// `text` after the edits that the rest of `input` names: bytes replaced, put in, taken out.
inline std::string edited(std::string text, FuzzedDataProvider& input) {
    while (input.remaining_bytes() > 0) {
        const auto place = input.ConsumeIntegralInRange<std::size_t>(0, text.size());
        switch (input.ConsumeIntegralInRange<int>(0, 2)) {
            case 0:
                text.insert(place, 1, input.ConsumeIntegral<char>());
                break;
            case 1:
                text.erase(place, input.ConsumeIntegralInRange<std::size_t>(1, 4));
                break;
            default:
                text.replace(place, 1, 1, input.ConsumeIntegral<char>());
        }
    }
    return text;
}

}  // namespace terrace::fuzz
