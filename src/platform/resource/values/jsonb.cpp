#include "platform/resource/values/jsonb.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace terrace::resource {
namespace {

void append(std::string& out, json::Value value);

void append_number(std::string& out, double number) {
    if (number == 0) {  // numeric has no negative zero
        out += '0';
        return;
    }
    std::array<char, 400> digits;  // of the smallest double: 0.000…5, 324 decimals
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
    out.append(digits.data(), end);
}

void append_object(std::string& out, json::Value object) {
    std::vector<std::pair<std::string_view, json::Value>> members;
    object.each_member([&](std::string_view key, json::Value value) { members.emplace_back(key, value); });
    std::ranges::sort(members, {}, [](const auto& member) { return std::pair(member.first.size(), member.first); });
    out += '{';
    for (bool first = true; const auto& [key, value] : members) {
        if (!std::exchange(first, false)) out += ", ";
        json::append_string(out, key);
        out += ": ";
        append(out, value);
    }
    out += '}';
}

void append_array(std::string& out, json::Value array) {
    out += '[';
    bool first = true;
    array.each_element([&](json::Value element) {
        if (!std::exchange(first, false)) out += ", ";
        append(out, element);
    });
    out += ']';
}

/// No deeper than json::Document lets a text be.
void append(std::string& out, json::Value value) {
    switch (value.kind()) {
        case json::Kind::null:
            out += "null";
            return;
        case json::Kind::boolean:
            out += *value.as_bool() ? "true" : "false";
            return;
        case json::Kind::integer:
            out += fmt::format_int(*value.as_integer()).c_str();
            return;
        case json::Kind::number:
            return append_number(out, *value.as_number());
        case json::Kind::string:
            return json::append_string(out, *value.as_string());
        case json::Kind::array:
            return append_array(out, value);
        case json::Kind::object:
            return append_object(out, value);
    }
}

}  // namespace

Json to_jsonb(json::Value value) {
    Json json{""};
    append(json.text, value);
    return json;
}

}  // namespace terrace::resource
