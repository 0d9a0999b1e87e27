/// A declared resource at its input: whatever body is accepted is accepted again as it was stored, with the same
/// meaning, and the resource's own checks take every value that its fields let through; the same for a list's query.

#include "clinic/patients/patient.hpp"
#include "platform/base/json.hpp"
#include "platform/base/text.hpp"
#include "platform/http/message.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/query/list_query.hpp"
#include "platform/resource/query/tokens.hpp"
#include "platform/resource/values/text.hpp"
#include "platform/testing/fuzz.hpp"

#include <algorithm>
#include <string>

namespace terrace::clinic {
namespace {

using fuzz::require;
using resource::BodyMode;

std::string written(const resource::Body& body) {
    std::string text;
    json::Writer out(text);
    out.begin_object();
    for (const auto& [field, value] : body.given) {
        out.key(field->name);
        resource::detail::write_value(value, out);
    }
    out.end_object();
    return text;
}

/// As the engine does it between the body and the statement.
void run_hooks(const resource::Body& body) {
    static const tenancy::Tenant tenant{.slug = "asha", .time_zone = "Asia/Kolkata"};
    Patient patient;
    PatientInput input;
    body.apply(&patient, &input);
    resource::WriteState state{.object = &patient, .input = &input, .tenant = tenant};
    for (const auto& check : patients().checks) check(state);
    if (!state.errors.empty()) return;
    for (const auto& hook : patients().before_write) hook(state);
    require(patient.born_on.ok(), "a patient is born on a day that exists");
    require(is_storable_text(patient.name) && is_storable_text(patient.name_sort), "a name can be stored");
    require(resource::text::fold(patient.name_sort) == patient.name_sort, "a folded name folds to itself");
    const auto tokens = resource::tokens_of(patients(), &patient);
    require(std::ranges::is_sorted(tokens) && std::ranges::adjacent_find(tokens) == tokens.end(),
            "a token stands once");
    for (const std::string& token : tokens)
        require(is_storable_text(token) && !token.empty() && !token.contains(' '), "a token is a word");
}

void check_body(std::string_view text, BodyMode mode) {
    const auto body = resource::parse_body(patients(), text, mode, resource::Viewer::system());
    if (!body) {
        require(body.error().status == 400, "a body that is refused is the client's fault");
        return;
    }
    const auto again = resource::parse_body(patients(), written(*body), mode, resource::Viewer::system());
    require(again.has_value(), "what was accepted is accepted again");
    require(again->given == body->given, "with the same meaning");
    if (mode == BodyMode::create) run_hooks(*body);
}

void check_list(std::string_view text) {
    const auto query = http::parse_query(text);
    if (!query) return;
    const auto viewer = resource::Viewer::system();
    const auto list = resource::read_list_query(patients(), *query, viewer, "Asia/Kolkata");
    if (!list) return;
    require(list->limit >= 1 && list->limit <= 100, "a list has 1 to 100 rows");
    const auto again =
        resource::read_list_query(patients(), *http::parse_query(list->selection), viewer, "Asia/Kolkata");
    require(again && again->selection == list->selection, "a list's selection selects the same list");
    require(again->order == list->order && again->reversed == list->reversed && again->conditions == list->conditions &&
                again->archived == list->archived && again->searches == list->searches,
            "in all its parts");
}

}  // namespace
}  // namespace terrace::clinic

/// The first byte says what the others are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace terrace::clinic;
    if (size == 0) return 0;
    const auto text = terrace::fuzz::text_of(data + 1, size - 1);
    switch (data[0] % 3) {
        case 0:
            check_body(text, BodyMode::create);
            break;
        case 1:
            check_body(text, BodyMode::update);
            break;
        default:
            check_list(text);
    }
    return 0;
}
