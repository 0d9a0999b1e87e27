#include "platform/resource/endpoints/endpoint_parts.hpp"
#include "platform/resource/endpoints/field_schema.hpp"
#include "platform/resource/input/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace terrace::resource {
namespace {

/// Several values stand in one parameter, separated by commas: `style: form` without `explode`.
std::string filter_schema(const Filter& filter) {
    if (filter.lookup == Lookup::isnull) return R"({"type":"boolean"})";
    if (filter.lookup == Lookup::prefix || filter.lookup == Lookup::contains) return R"({"type":"string"})";
    const std::string one = schema(*filter.field, SchemaOf::filter);
    if (filter.lookup != Lookup::in) return one;
    return fmt::format(R"({{"type":"array","items":{},"minItems":1,"maxItems":50}})", one);
}

/// A filter that narrows the list for one that needs that; nullptr where the viewer sees none.
const Filter* narrowing(const Resource& resource, const Filter& filter, const Viewer& viewer) {
    for (const std::size_t index : filter.within)
        if (viewer.sees(resource.filters[index])) return &resource.filters[index];
    return nullptr;
}

bool is_usable(const Resource& resource, const Filter& filter, const Viewer& viewer) {
    return viewer.sees(filter) && (filter.within.empty() || narrowing(resource, filter, viewer));
}

std::string filter_description(const Resource& resource, const Filter& filter, const Viewer& viewer) {
    const auto sentence = [&](std::string_view form) {
        const std::string_view time = " A date means the whole day in the organisation's time zone.";
        const std::string whose = filter.related.resource ? fmt::format("{}'s ", filter.related.resource->object) : "";
        return fmt::format(fmt::runtime(form), whose + std::string(filter.field->name)) +
               std::string(filter.field->type == Type::timestamp && filter.lookup != Lookup::isnull ? time : "");
    };
    switch (filter.lookup) {
        case Lookup::exact:
            return sentence("Only those with this {}.");
        case Lookup::in:
            return sentence("Only those with one of these values of {}.");
        case Lookup::lt:
            return sentence("Only those whose {} is below.");
        case Lookup::lte:
            return sentence("Only those whose {} is this or below.");
        case Lookup::gt:
            return sentence("Only those whose {} is above.");
        case Lookup::gte:
            return sentence("Only those whose {} is this or above.");
        case Lookup::prefix:
            return sentence("Only those whose {} begins so.");
        case Lookup::isnull:
            return sentence("`true`: only those without {}; `false`: only those with one.");
        case Lookup::contains:
            return sentence("Only those with this piece in {}, as it is written.") +
                   fmt::format(" Needs {} beside it.", narrowing(resource, filter, viewer)->name);
    }
    std::unreachable();
}

std::string ordering_schema(const Resource& resource) {
    return fmt::format(R"({{"$ref":"#/components/schemas/{}","default":"{}"}})", ordering_type(resource),
                       resource.default_ordering);
}

/// Names in one parameter, with commas between.
std::string names_schema(std::string_view type) {
    return fmt::format(R"({{"type":"array","items":{{"$ref":"#/components/schemas/{}"}},"minItems":1}})", type);
}

/// What of an object is answered.
void add_projection(const Resource& resource, const Viewer& viewer, std::vector<api::Parameter>& parameters) {
    const bool has_others =
        std::ranges::any_of(resource.relations, [&](const Relation& relation) { return viewer.sees(relation); });
    std::string fields = "Only these members of an object, with commas between; the answer has no others.";
    if (has_others) fields += " With a dot: of an object within, which `expand` names if it is not always answered.";
    parameters.push_back({.name = "fields",
                          .description = std::move(fields),
                          .schema = names_schema(field_type(resource)),
                          .explode = false});
    if (!has_others) return;
    parameters.push_back(
        {.name = "expand",
         .description = "Other objects to answer within an object, with commas between: what it refers to, and lists "
                        "of what refers to it. What the caller may not see is null or left out.",
         .schema = names_schema(expansion_type(resource)),
         .explode = false});
}

api::Parameter format_parameter() {
    return {.name = "format",
            .description = "Instead of `Accept`, for a link: `csv` and `ndjson` have the whole list and no pages.",
            .schema = R"({"type":"string","enum":["json","csv","ndjson"]})"};
}

}  // namespace

std::vector<api::Parameter> list_parameters(const Resource& resource, const Viewer& viewer) {
    std::vector<api::Parameter> parameters{
        {.name = "limit",
         .description = "How many to answer at most.",
         .schema = R"({"type":"integer","minimum":1,"maximum":100,"default":20})"},
        {.name = "cursor", .description = "A place in the list, from `next` or `previous`."},
        {.name = "ordering",
         .description = "By these columns, each ascending, or descending with `-`; then by id.",
         .schema = ordering_schema(resource)}};
    add_projection(resource, viewer, parameters);
    parameters.push_back(format_parameter());
    parameters.push_back({.name = "count",
                          .description = "Also how many there are in all, counted as far as 10,000.",
                          .schema = R"({"type":"string","enum":["exact"]})"});
    if (resource.search)
        parameters.push_back(
            {.name = "search",
             .description =
                 fmt::format("Words. The object has each: as the beginning of a word, or, under three letters, as a "
                             "whole one. Digits are also the end of a phone number{}.",
                             resource.search->number ? fmt::format(", or its {}", resource.search->number->name) : ""),
             .schema = R"({"type":"string","maxLength":100})"});
    for (const Filter& filter : resource.filters)
        if (is_usable(resource, filter, viewer))
            parameters.push_back({.name = filter.name,
                                  .description = filter_description(resource, filter, viewer),
                                  .schema = filter_schema(filter),
                                  .explode = filter.lookup != Lookup::in});
    if (resource.archivable)
        parameters.push_back({.name = "archived",
                              .description = "`true`: those that are archived; else those that are not.",
                              .schema = R"({"type":"boolean","default":false})"});
    return parameters;
}

std::vector<api::Parameter> retrieve_parameters(const Resource& resource, const Viewer& viewer) {
    std::vector<api::Parameter> parameters{{.name = "If-None-Match",
                                            .in = "header",
                                            .description = "An ETag; 304 without a body when it is still current."}};
    add_projection(resource, viewer, parameters);
    return parameters;
}

api::Endpoint list_endpoint(const Resource& resource) {
    auto endpoint = begin(resource, http::Method::get, "", "list", Act::read, fmt::format("List {}", resource.name));
    describe(
        endpoint,
        "A page at a time. `next` and `previous` are the neighbours' addresses, null where there is none; a page stays "
        "where it is while others write. As CSV or NDJSON the whole list, a row or an object a line, without `limit` "
        "and "
        "`cursor`: it is read while it is sent, so it is no snapshot, but each object that is there throughout comes "
        "once. A download that ends without its last chunk is not whole. An organisation has few of them under way at "
        "once: 429 with `Retry-After` for one more.");
    endpoint.documentation.parameters = list_parameters(resource, Viewer::system());
    endpoint.documentation.response_schema = fmt::format("{}Page", resource.schema);
    endpoint.documentation.formats = {{"csv", "text/csv"}, {"ndjson", "application/x-ndjson"}};
    endpoint.documentation.problems = {400};
    endpoint.documentation.own_problems = {"DownloadsProblem"};
    return endpoint;
}

}  // namespace terrace::resource
