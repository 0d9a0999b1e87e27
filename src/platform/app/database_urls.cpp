#include "platform/app/database_urls.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>

namespace terrace::app {

namespace {

using Words = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

Words parse(const std::string& url, const char* variable) {
    char* fault = nullptr;
    Words words(PQconninfoParse(url.c_str(), &fault), PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> message(fault, PQfreemem);
    if (!words) throw std::runtime_error(fmt::format("{}: {}", variable, fault ? fault : "is no connection string"));
    return words;
}

std::string quoted(std::string_view value) {
    std::string result = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') result += '\\';
        result += c;
    }
    return result += '\'';
}

bool has_password(const Words& words) {
    for (const auto* word = words.get(); word->keyword; ++word)
        if (std::string_view(word->keyword) == "password" && word->val) return true;
    return false;
}

std::string url_for(const std::string& url, const char* variable, const std::string& role, const Config& config) {
    if (url.empty() && config.database_url.empty())
        throw std::runtime_error(fmt::format("{} is not set: where does the role {} sign in?", variable, role));
    if (url.empty()) return with_role(config.database_url, role, config.role_password(role), "DATABASE_URL");
    if (has_password(parse(url, variable))) return url;
    return with_role(url, role, config.role_password(role), variable);
}

}  // namespace

std::string with_role(const std::string& url, const std::string& role, const std::string& password,
                      const char* variable) {
    const auto words = parse(url, variable);
    auto result = fmt::format("user={} password={}", quoted(role), quoted(password));
    for (const auto* word = words.get(); word->keyword; ++word) {
        const std::string_view keyword = word->keyword;
        if (word->val && keyword != "user" && keyword != "password")
            result += fmt::format(" {}={}", keyword, quoted(word->val));
    }
    return result;
}

db::DatabaseOptions database_options(const Config& config) {
    return {
        .app_url = url_for(config.database_app_url, "DATABASE_APP_URL", "terrace_app", config),
        .platform_url = url_for(config.database_platform_url, "DATABASE_PLATFORM_URL", "terrace_platform", config),
        .unnamed_statements = config.pooler_transaction,
    };
}

}  // namespace terrace::app
