#include "platform/db/conninfo.hpp"

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string_view>

namespace terrace::db {
namespace {

std::map<std::string, std::string> parse(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), nullptr),
                                                                               PQconninfoFree);
    // libpq's own words repeat the text, passwords included.
    if (!options) throw std::runtime_error("not a PostgreSQL URL (postgresql://…, or keyword=value)");
    std::map<std::string, std::string> values;
    for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
        if (option->val) values.emplace(option->keyword, option->val);
    }
    return values;
}

std::string quote(std::string_view value) {
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

}  // namespace

std::string with_conninfo(const std::string& url, const std::map<std::string, std::string>& values) {
    auto all = parse(url);
    for (const auto& [keyword, value] : values) all[keyword] = value;
    std::string out;
    for (const auto& [keyword, value] : all) out += keyword + "=" + quote(value) + " ";
    return out;
}

std::string conninfo_value(const std::string& url, const std::string& keyword, const std::string& fallback) {
    const auto values = parse(url);
    const auto found = values.find(keyword);
    return found == values.end() ? fallback : found->second;
}

}  // namespace terrace::db
