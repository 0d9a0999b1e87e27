#pragma once

#include "platform/resource/testing/test_client.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

/// What tests say to requests over many objects, and see in their answers.
namespace terrace::resource::testing {

/// `0/code: unique, 2/label: required` of a problem's errors by index, or of a partial answer's.
inline std::string errors_by_index(const Answer& answer) {
    std::string found;
    const auto document = answer.json();
    document.root().find("errors")->each_member([&](std::string_view index, json::Value fields) {
        fields.each_member([&](std::string_view field, json::Value errors) {
            errors.each_element([&](json::Value error) {
                found += fmt::format("{}{}/{}: {}", found.empty() ? "" : ", ", index, field,
                                     *error.find("code")->as_string());
            });
        });
    });
    return found;
}

/// A member of each result; `-` where the result is null.
inline std::vector<std::string> members(const Answer& answer, std::string_view name) {
    std::vector<std::string> found;
    const auto document = answer.json();
    document.root().find("results")->each_element([&](json::Value object) {
        if (object.is_null()) return found.emplace_back("-"), void();
        const auto value = *object.find(name);
        const auto text = value.as_string();
        found.push_back(text ? std::string(*text) : std::to_string(value.as_integer().value_or(-1)));
    });
    return found;
}

inline std::string ids_of(const std::vector<std::string>& ids) {
    std::string body;
    for (const std::string& id : ids) body += fmt::format("{}\"{}\"", body.empty() ? "" : ",", id);
    return "{\"ids\":[" + body + "]}";
}

}  // namespace terrace::resource::testing
