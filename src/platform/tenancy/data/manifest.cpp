#include "platform/tenancy/data/manifest.hpp"

#include "platform/base/json.hpp"
#include "platform/base/json_indent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace terrace::tenancy {
namespace {

constexpr std::string_view format = "terrace-tenant";
constexpr std::int64_t version = 1;

[[noreturn]] void refuse(const std::string& what) {
    throw std::runtime_error("manifest.json: " + what);
}

json::Value member(const json::Value& of, std::string_view name) {
    const auto value = of.find(name);
    if (!value) refuse(fmt::format("{} is missing", name));
    return *value;
}

std::string text_of(const json::Value& of, std::string_view name) {
    const auto text = member(of, name).as_string();
    if (!text) refuse(fmt::format("{} is no text", name));
    return std::string(*text);
}

std::int64_t count_of(const json::Value& of, std::string_view name) {
    const auto number = member(of, name).as_integer();
    if (!number || *number < 0) refuse(fmt::format("{} is no count", name));
    return *number;
}

bool is_word(std::string_view name) {
    return !name.empty() && name.size() < 64 && name.front() != '_' &&
           std::ranges::all_of(
               name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void write_file(json::Writer& out, const std::string& path, const ArchiveFile& file, std::int64_t rows) {
    out.begin_object().member("path", path).member("bytes", file.bytes).member("rows", rows);
    out.member("sha256", file.sha256).end_object();
}

ArchiveFile read_file(const json::Value& files, const std::string& path, std::int64_t rows) {
    std::vector<ArchiveFile> found;
    files.each_element([&](const json::Value& file) {
        if (text_of(file, "path") != path) return;
        if (count_of(file, "rows") != rows) refuse(fmt::format("rows of {} are not those of its table", path));
        found.push_back({.bytes = count_of(file, "bytes"), .sha256 = text_of(file, "sha256")});
    });
    if (found.size() != 1) refuse(fmt::format("files must name {} once", path));
    return found.front();
}

ArchiveTable read_table(const json::Value& value) {
    ArchiveTable table{.name = text_of(value, "name"), .json = {}, .csv = {}};
    if (!is_word(table.name)) refuse(fmt::format("\"{}\" is no name of a table", table.name));
    table.rows = count_of(value, "rows");
    table.checksum = text_of(value, "checksum");
    const json::Value files = member(value, "files");
    if (files.size() != 2) refuse(fmt::format("files of {} are not the two that a table has", table.name));
    table.json = read_file(files, json_path(table.name), table.rows);
    table.csv = read_file(files, csv_path(table.name), table.rows);
    return table;
}

Uuid uuid_of(const json::Value& of, std::string_view name) {
    const auto id = Uuid::parse(text_of(of, name));
    if (!id) refuse(fmt::format("{} of the tenant is no UUID", name));
    return *id;
}

}  // namespace

const ArchiveTable* Manifest::find(std::string_view table) const {
    const auto found = std::ranges::find(tables, table, &ArchiveTable::name);
    return found == tables.end() ? nullptr : &*found;
}

std::string json_path(std::string_view table) {
    return fmt::format("tables/{}.jsonl", table);
}

std::string csv_path(std::string_view table) {
    return fmt::format("tables/{}.csv", table);
}

std::string to_text(const Manifest& manifest) {
    std::string text;
    json::Writer out(text);
    out.begin_object().member("format", format).member("version", version);
    out.member("exported_at", manifest.exported_at).key("tenant").begin_object();
    out.member("id", manifest.tenant.to_string()).member("slug", manifest.slug).member("name", manifest.name);
    out.member("time_zone", manifest.time_zone).member("isolation", manifest.isolation).end_object();
    out.key("schema").begin_object().member("fingerprint", manifest.fingerprint);
    out.member("migration", manifest.migration).end_object().key("tables").begin_array();
    for (const ArchiveTable& table : manifest.tables) {
        out.begin_object().member("name", table.name).member("rows", table.rows).member("checksum", table.checksum);
        out.key("files").begin_array();
        write_file(out, json_path(table.name), table.json, table.rows);
        write_file(out, csv_path(table.name), table.csv, table.rows);
        out.end_array().end_object();
    }
    out.end_array().end_object();
    return json::indented(text) + "\n";
}

Manifest parse_manifest(std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document) refuse("is no JSON: " + document.error().detail);
    const json::Value root = document->root();
    if (text_of(root, "format") != format) refuse("format is not that of a tenant's archive");
    if (count_of(root, "version") != version) refuse("version is one that this program does not know");
    const json::Value tenant = member(root, "tenant"), schema = member(root, "schema");
    Manifest manifest{.tenant = uuid_of(tenant, "id"),
                      .slug = text_of(tenant, "slug"),
                      .name = text_of(tenant, "name"),
                      .time_zone = text_of(tenant, "time_zone"),
                      .isolation = text_of(tenant, "isolation"),
                      .exported_at = text_of(root, "exported_at"),
                      .fingerprint = text_of(schema, "fingerprint"),
                      .migration = text_of(schema, "migration"),
                      .tables = {}};
    std::set<std::string> names;
    member(root, "tables").each_element([&](const json::Value& value) {
        manifest.tables.push_back(read_table(value));
        if (!names.insert(manifest.tables.back().name).second)
            refuse("names the table twice: " + manifest.tables.back().name);
    });
    return manifest;
}

}  // namespace terrace::tenancy
