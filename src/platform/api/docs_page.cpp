#include "platform/api/docs_page.hpp"

#include "platform/api/openapi.hpp"
#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace terrace::api {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #6a655d; --paper: #fbfaf7; --card: #fff; --line: #e4e0d8;
  --accent: #1f6f5c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece9e3; --soft: #a39d93; --paper: #171614; --card: #1f1e1b; --line: #35322d; --accent: #6cc3ab; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 6rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { margin: 0 0 .25rem; } h2 { margin: 3rem 0 .75rem; }
a { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
section.operation, section.schema { margin: 0 0 1rem; padding: 1rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; }
h3 { margin: 0 0 .25rem; font-size: 1rem; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 4.5rem; color: var(--accent); font-weight: 700; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { margin: .75rem 0 0; padding: .75rem; white-space: pre-wrap; overflow-wrap: anywhere;
  border: 1px solid var(--line); border-radius: .375rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
table { width: 100%; margin: .75rem 0 0; border-collapse: collapse; }
th, td { padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
)";

std::string escape(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += c;
        }
    }
    return result;
}

std::string link_to_schema(std::string_view name) {
    const auto safe = escape(name);
    return "<a href=\"#schema-" + safe + "\">" + safe + "</a>";
}

/// The text of a member that is a string; empty without.
std::string_view text_of(const json::Value& schema, std::string_view member) {
    const auto value = schema.find(member);
    return value ? value->as_string().value_or("") : "";
}

/// `string (uuid)`, `integer | null`, a link to another schema, `array of …`, as HTML.
std::string type_of(const json::Value& schema) {
    constexpr std::string_view prefix = "#/components/schemas/";
    if (const auto reference = text_of(schema, "$ref"); reference.starts_with(prefix)) {
        return link_to_schema(reference.substr(prefix.size()));
    }
    std::string type;
    auto variants = schema.find("oneOf");
    if (!variants) variants = schema.find("anyOf");
    if (variants && variants->kind() == json::Kind::array) {
        variants->each_element([&](const json::Value& one) { type += (type.empty() ? "" : " or ") + type_of(one); });
        return type;
    }
    if (const auto declared = schema.find("type"); declared && declared->kind() == json::Kind::array) {
        declared->each_element([&](const json::Value& one) {
            type.append(type.empty() ? "" : " | ").append(escape(one.as_string().value_or("")));
        });
    } else {
        type = escape(text_of(schema, "type"));
    }
    if (const auto format = text_of(schema, "format"); !format.empty()) type += " (" + escape(format) + ")";
    if (const auto items = schema.find("items")) type += " of " + type_of(*items);
    if (const auto allowed = schema.find("enum"); allowed && allowed->kind() == json::Kind::array) {
        std::string values;
        allowed->each_element([&](const json::Value& one) {
            values.append(values.empty() ? "" : ", ").append(escape(one.as_string().value_or("null")));
        });
        type += ": " + values;
    }
    return type;
}

bool is_required(const json::Value& schema, std::string_view property) {
    bool found = false;
    if (const auto required = schema.find("required"); required && required->kind() == json::Kind::array) {
        required->each_element([&](const json::Value& name) { found = found || name.as_string() == property; });
    }
    return found;
}

void write_schema(std::string& page, std::string_view name, std::string_view text) {
    page += "<section class=\"schema\" id=\"schema-" + escape(name) + "\"><h3>" + escape(name) + "</h3>";
    const auto document = json::Document::parse(text);
    if (!document) throw std::logic_error("the schema " + std::string(name) + " is no JSON");
    const auto schema = document->root();
    if (const auto description = text_of(schema, "description"); !description.empty()) {
        page += "<p class=\"soft\">" + escape(description) + "</p>";
    }
    const auto properties = schema.find("properties");
    if (properties && properties->kind() == json::Kind::object) {
        page += "<table><tr><th>Field<th>Type<th>Notes</tr>";
        properties->each_member([&](std::string_view field, const json::Value& value) {
            std::string notes = is_required(schema, field) ? "Required. " : "";
            if (const auto read_only = value.find("readOnly"); read_only && read_only->as_bool() == true) {
                notes += "Read only. ";
            }
            notes += escape(text_of(value, "description"));
            page += "<tr><td><code>" + escape(field) + "</code><td>" + type_of(value) + "<td>" + notes + "</tr>";
        });
        page += "</table>";
    } else {
        page += "<p>" + type_of(schema) + "</p>";
    }
    page += "</section>\n";
}

void write_parameter_rows(std::string& page, const Endpoint& endpoint) {
    const auto names = path_names(endpoint.path);
    const auto& declared = endpoint.documentation.parameters;
    if (names.empty() && declared.empty()) return;
    page += "<table><tr><th>Parameter<th>In<th>Type<th>Meaning</tr>";
    for (const auto& name : names) page += "<tr><td><code>" + escape(name) + "</code><td>path<td>string<td></tr>";
    for (const auto& parameter : declared) {
        const auto schema = json::Document::parse(parameter.schema);
        if (!schema) throw std::logic_error("the schema of the parameter " + parameter.name + " is no JSON");
        page += "<tr><td><code>" + escape(parameter.name) + "</code><td>" + escape(parameter.in) + "<td>" +
                type_of(schema->root()) + "<td>" + escape(parameter.description) + "</tr>";
    }
    page += "</table>";
}

std::string access_text(const Access& access) {
    switch (access.kind) {
        case Access::Kind::open:
            return "Open to all.";
        case Access::Kind::signed_in:
            return "Needs a session.";
        case Access::Kind::rule:
            return "Needs <code>" + escape(access.permission) + "</code>.";
        case Access::Kind::permission:
            break;
    }
    return "Needs the permission <code>" + escape(access.permission) + "</code>.";
}

std::string example(const Endpoint& endpoint) {
    std::string command = "curl";
    if (endpoint.method != http::Method::get) command += " -X " + std::string(http::to_string(endpoint.method));
    command += " \"$ORIGIN" + endpoint.path + "\"";
    if (endpoint.access.kind != Access::Kind::open) command += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
    if (!endpoint.documentation.request_schema.empty()) {
        command += " \\\n  -H \"Content-Type: application/json\" -d @body.json";
    }
    return command;
}

void write_operation(std::string& page, const Endpoint& endpoint) {
    const auto& documentation = endpoint.documentation;
    page += "<section class=\"operation\" id=\"" + escape(documentation.operation_id) +
            "\"><h3><span class=\"method\">" + std::string(http::to_string(endpoint.method)) + "</span><code>" +
            escape(endpoint.path) + "</code></h3>";
    page += "<p>" + escape(documentation.summary) + "</p>";
    if (!documentation.description.empty()) page += "<p>" + escape(documentation.description) + "</p>";
    page += "<p class=\"soft\">" + access_text(endpoint.access);
    if (!documentation.request_schema.empty()) page += " Takes " + link_to_schema(documentation.request_schema) + ".";
    page += " Answers " + std::to_string(documentation.success_status);
    if (!documentation.response_schema.empty()) page += " " + link_to_schema(documentation.response_schema);
    page += ".</p>";
    write_parameter_rows(page, endpoint);
    page += "<pre>" + escape(example(endpoint)) + "</pre></section>\n";
}

std::vector<std::string> tags_of(const Api& api) {
    std::vector<std::string> tags;
    for (const auto& endpoint : api.endpoints) {
        const auto& tag = endpoint.documentation.tag;
        if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
    }
    return tags;
}

/// RFC 4648 §4, as Content-Security-Policy wants it.
std::string base64(const crypto::Digest& digest) {
    auto text = crypto::base64url(digest);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.resize((text.size() + 3) / 4 * 4, '=');
    return text;
}

}  // namespace

std::string docs_page(const Api& api) {
    std::string page =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Terrace API</title><style>";
    page.append(style).append("</style></head><body><main><h1>Terrace API</h1>");
    page +=
        "<p>Requests and answers are JSON; errors are <a href=\"#problems\">problem details</a> with a stable "
        "<code>code</code>. The same as a document for programs: <a "
        "href=\"/api/v1/openapi.json\">openapi.json</a>.</p>";

    const auto tags = tags_of(api);
    page += "<nav><ul>";
    for (const auto& tag : tags) page += "<li><a href=\"#tag-" + escape(tag) + "\">" + escape(tag) + "</a></li>";
    page += "<li><a href=\"#schemas\">Schemas</a></li><li><a href=\"#problems\">Problems</a></li></ul></nav>\n";
    for (const auto& tag : tags) {
        page += "<h2 id=\"tag-" + escape(tag) + "\">" + escape(tag) + "</h2>\n";
        for (const auto& endpoint : api.endpoints) {
            if (endpoint.documentation.tag == tag) write_operation(page, endpoint);
        }
    }
    page += "<h2 id=\"schemas\">Schemas</h2>\n";
    for (const auto& [name, schema] : api.schemas) write_schema(page, name, schema);
    page += "<h2 id=\"problems\">Problems</h2>\n";
    for (const auto& [name, schema] : problem_schemas(all_problems(api))) write_schema(page, name, schema);
    page += "</main></body></html>\n";
    return page;
}

std::string docs_page_policy() {
    return "default-src 'none'; style-src 'sha256-" + base64(crypto::sha256(style)) +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace terrace::api
