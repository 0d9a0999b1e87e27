/// Whatever is read as JSON can be written as JSON that means the same, and breaks none of the promises of Document.

#include "platform/base/json.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/fuzz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace terrace::json {
namespace {

using fuzz::require;

std::string escaped(std::string_view name) {
    std::string quoted;
    append_string(quoted, name);
    return quoted.substr(1, quoted.size() - 2);
}

void write(const Value& value, Writer& out) {
    switch (value.kind()) {
        case Kind::null:
            out.null();
            return;
        case Kind::boolean:
            out.boolean(*value.as_bool());
            return;
        case Kind::integer:
            out.integer(*value.as_integer());
            return;
        case Kind::number:
            out.raw(fmt::format("{:.17e}", *value.as_number()));
            return;
        case Kind::string:
            out.string(*value.as_string());
            return;
        case Kind::array:
            out.begin_array();
            value.each_element([&](const Value& element) { write(element, out); });
            out.end_array();
            return;
        case Kind::object:
            out.begin_object();
            value.each_member([&](std::string_view name, const Value& member) {
                out.key(escaped(name));
                write(member, out);
            });
            out.end_object();
    }
}

std::string written(const Document& document) {
    std::string text;
    Writer out(text);
    write(document.root(), out);
    return text;
}

void require_promises(const Value& value, int depth) {
    require(depth <= 64, "at most 64 levels");
    if (const auto text = value.as_string()) require(is_storable_text(*text), "a text is UTF-8 without NUL");
    require(value.as_integer().has_value() == (value.kind() == Kind::integer), "an integer is one");
    require(!value.find("no such member").has_value() || value.kind() == Kind::object, "only objects have members");
    std::vector<std::string_view> names;
    value.each_member([&](std::string_view name, const Value& member) {
        require(is_storable_text(name), "a name is UTF-8 without NUL");
        require(value.find(name).has_value(), "a member is found by its name");
        names.push_back(name);
        require_promises(member, depth + 1);
    });
    std::ranges::sort(names);
    require(std::ranges::adjacent_find(names) == names.end(), "no name stands twice");
    value.each_element([&](const Value& element) { require_promises(element, depth + 1); });
}

void check(std::string_view text) {
    const auto document = Document::parse(text);
    if (!document) {
        require(document.error().status == 400 && !document.error().detail.empty(), "a refusal says why");
        return;
    }
    require_promises(document->root(), 0);
    const std::string once = written(*document);
    const auto again = Document::parse(once);
    require(again.has_value(), "what was written is read");
    require(written(*again) == once, "and means the same");
}

}  // namespace
}  // namespace terrace::json

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    terrace::json::check(terrace::fuzz::text_of(data, size));
    return 0;
}
