/// A field of every type at a body: what is accepted is accepted again as it is stored, with the same meaning, and what
/// goes to PostgreSQL as text is read from such a text as it was.

#include "platform/base/json.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/testing/test_specimen.hpp"
#include "platform/resource/values/array.hpp"
#include "platform/testing/fuzz.hpp"

#include <string>

namespace terrace::resource {
namespace {

using fuzz::require;

const Resource& specimens() {
    static const Resource resource = testing::describe_specimens();
    return resource;
}

std::string written(const Body& body) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const auto& [field, value] : body.given) detail::write_value(value, out.key(field->name));
    out.end_object();
    return text;
}

void check_column(const Value& value) {
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value))
        require(text_elements(array_text(*texts)) == *texts, "a list of texts is read as it was written");
    if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value))
        require(integer_elements(array_text(*numbers)) == *numbers, "a list of integers is read as it was written");
    if (const auto* json = std::get_if<Json>(&value))
        require(to_jsonb(json::Document::parse(json->text)->root()) == *json, "stored JSON is in its one form");
}

void check_body(std::string_view text, BodyMode mode) {
    const auto body = parse_body(specimens(), text, mode, Viewer::system());
    if (!body) {
        require(body.error().status == 400, "a body that is refused is the client's fault");
        return;
    }
    for (const auto& [field, value] : body->given) check_column(value);
    const auto again = parse_body(specimens(), written(*body), mode, Viewer::system());
    require(again.has_value(), "what was accepted is accepted again");
    require(again->given == body->given, "with the same meaning");
    testing::Specimen specimen;
    NoInput input;
    body->apply(&specimen, &input);
}

}  // namespace
}  // namespace terrace::resource

/// The first byte says what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace terrace::resource;
    if (size == 0) return 0;
    check_body(terrace::fuzz::text_of(data + 1, size - 1), data[0] % 2 == 0 ? BodyMode::create : BodyMode::update);
    return 0;
}
