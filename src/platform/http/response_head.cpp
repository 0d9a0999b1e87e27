#include "platform/http/response_head.hpp"

#include "platform/base/mutant.hpp"
#include "platform/http/status.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace terrace::http {
namespace {

bool is_clean(std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_cache_control(std::string_view name) {
    return std::ranges::equal(name, std::string_view("cache-control"),
                              [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

void append(std::string& head, std::string_view name, std::string_view value) {
    if (!is_clean(name) || !is_clean(value))
        throw std::logic_error(fmt::format("response header {} holds a control character", name));
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

}  // namespace

std::string_view DateLine::now() {
    if (const std::int64_t second = unix_seconds(); second != second_) {
        second_ = second;
        text_ = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(static_cast<std::time_t>(second)));
    }
    return text_;
}

bool may_have_body(int status) {
    return status != 204 && status != 304;
}

std::string response_head(const Response& response, std::string_view request_id, std::string_view date,
                          bool keep_alive) {
    std::string head;
    head.reserve(384);
    head += "HTTP/1.1 ";
    head += fmt::format_int(response.status).c_str();
    head += ' ';
    head += reason_phrase(response.status);
    head += "\r\n";
    append(head, "Date", date);
    if (may_have_body(response.status)) {
        if (!response.content_type.empty()) append(head, "Content-Type", response.content_type);
        const auto rest = response.rest ? response.rest->length() : 0;
        if (rest)
            append(head, "Content-Length", fmt::format_int(response.body.size() + *rest).c_str());
        else
            append(head, "Transfer-Encoding", "chunked");
    }
    append(head, "X-Request-Id", request_id);
    append(head, "X-Content-Type-Options", "nosniff");
    bool cache_control = false;
    for (const auto& [name, value] : response.headers) {
        append(head, name, value);
        cache_control = cache_control || is_cache_control(name);
    }
    if (!cache_control && !mutant("answers-may-be-kept")) append(head, "Cache-Control", "no-store");
    if (!keep_alive) append(head, "Connection", "close");
    head += "\r\n";
    return head;
}

}  // namespace terrace::http
