#include "clinic/patients/duplicates.hpp"

#include "clinic/patients/patient.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/projection.hpp"
#include "platform/resource/query/tokens.hpp"
#include "platform/resource/values/phone.hpp"
#include "platform/resource/values/text.hpp"

#include <algorithm>
#include <map>

namespace terrace::clinic {
namespace {

constexpr std::size_t most_results = 5;
constexpr std::size_t shortest_name = 3;
constexpr std::size_t longest_value = 200;

const db::Shape& phone_shape() {
    static const db::Shape& shape = [] -> const db::Shape& {
        resource::Composer text;
        text << "select " << select_list(patients()) << " from {tenant}.patient where tenant_id = " << text.next()
             << " and archived_at is null and phone = " << text.next() << " order by name_sort, id limit 5";
        return text.shape();
    }();
    return shape;
}

/// Patients who have a token in each of `words` ranges; `$1` is the tenant.
const db::Shape& name_shape(std::size_t words) {
    thread_local std::map<std::size_t, const db::Shape*> shapes;
    const db::Shape*& shape = shapes[words];
    if (shape) return *shape;
    resource::Composer text;
    text << "select " << select_list(patients()) << " from {tenant}.patient where tenant_id = " << text.next()
         << " and archived_at is null";
    for (std::size_t i = 0; i < words; ++i)
        text << " and id in (select object_id from {tenant}.patient_token where tenant_id = $1 and token >= "
             << text.next() << " and token < " << text.next() << ")";
    text << " order by name_sort, id limit 5";
    shape = &text.shape();
    return *shape;
}

/// The look-ups that the two values allow, best first.
std::vector<db::Statement> look_ups(const Uuid& tenant, std::string_view name, std::string_view phone) {
    std::vector<db::Statement> statements;
    if (const auto e164 = resource::to_e164(resource::text::trim(phone))) {
        statements.push_back({&phone_shape(), {}});
        statements.back().params.add(tenant).add(*e164);
    }
    const auto words = resource::search_words(name);
    if (words.empty() || resource::text::length(resource::text::fold(name)) < shortest_name) return statements;
    statements.push_back({&name_shape(words.size()), {}});
    statements.back().params.add(tenant);
    for (const resource::SearchWord& word : words) statements.back().params.add(word.front.from).add(word.front.to);
    return statements;
}

/// The first rows of all answers, each patient once.
std::string write_first(const db::UnitRows& answers, const tenancy::Tenant& tenant, resource::FieldSet fields) {
    std::string body = "{\"results\":[";
    std::vector<std::string_view> seen;
    for (const db::Rows& rows : answers) {
        for (std::size_t i = 0; i < rows.size() && seen.size() < most_results; ++i) {
            const std::string_view id = rows.text(i, patients().id_column);
            if (std::ranges::find(seen, id) != seen.end()) continue;
            if (!seen.empty()) body += ',';
            resource::write_object({patients(), rows, i, tenant}, fields, body);
            seen.push_back(id);
        }
    }
    return body + "]}";
}

boost::asio::awaitable<Result<http::Response>> find_duplicates(db::Database& database, api::Context& context) {
    const std::string_view name = context.query_value("name").value_or("");
    const std::string_view phone = context.query_value("phone").value_or("");
    FieldErrors errors;
    const FieldError too_long{"max_length", "Ensure this field has no more than 200 characters."};
    if (resource::text::length(name) > longest_value) errors.emplace_back("name", too_long);
    if (resource::text::length(phone) > longest_value) errors.emplace_back("phone", too_long);
    if (!errors.empty()) co_return std::unexpected(errors::validation_failed(std::move(errors)));

    db::UnitRows answers;
    db::Unit unit{.kind = db::UnitKind::read, .statements = look_ups(context.tenant->id, name, phone)};
    if (!unit.statements.empty()) {
        auto found = co_await database.run(*context.scope, std::move(unit));
        if (!found) co_return std::unexpected(db::to_error(found.error()));
        answers = std::move(*found);
    }
    co_return http::Response::json(
        200, write_first(answers, *context.tenant, resource::Viewer(*context.principal).fields(patients())));
}

}  // namespace

api::Endpoint duplicates_endpoint(db::Database& database) {
    api::Endpoint endpoint{.method = http::Method::get,
                           .path = "/api/v1/patients/duplicates",
                           .access = api::Access::requires_permission("patients.read"),
                           .handler = [&database](api::Context& context) { return find_duplicates(database, context); },
                           .documentation = {}};
    endpoint.documentation.operation_id = "patients_duplicates";
    endpoint.documentation.summary = "Likely duplicates of a patient being typed";
    endpoint.documentation.description =
        "Those with this phone, then those whose names have words that begin like each word of this one; five at most, "
        "and "
        "none before there are three letters or a whole phone. A hint: it blocks nothing.";
    endpoint.documentation.tag = "patients";
    endpoint.documentation.parameters = {
        {.name = "name",
         .description = "A name, as far as it is typed.",
         .schema = R"({"type":"string","maxLength":200})"},
        {.name = "phone", .description = "A phone number.", .schema = R"({"type":"string","maxLength":200})"}};
    endpoint.documentation.response_schema = "PatientList";
    endpoint.documentation.problems = {400};
    return endpoint;
}

std::pair<std::string, std::string> duplicates_schema() {
    return {"PatientList",
            R"({"type":"object","additionalProperties":false,"properties":{"results":{"type":"array","maxItems":5,)"
            R"("items":{"$ref":"#/components/schemas/Patient"}}},"required":["results"]})"};
}

}  // namespace terrace::clinic
