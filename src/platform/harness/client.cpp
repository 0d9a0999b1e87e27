#include "platform/harness/client.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace terrace::harness {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* reply) {
    const std::string_view line(data, size * count);
    auto& headers = static_cast<Reply*>(reply)->headers;
    if (line.starts_with("HTTP/")) headers.clear();  // after an interim answer the final head begins anew
    const auto colon = line.find(':');
    if (colon != std::string_view::npos)
        headers.emplace_back(lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    return line.size();
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* reply) {
    static_cast<Reply*>(reply)->body.append(data, size * count);
    return size * count;
}

json::Value member(const Reply& reply, const json::Document& document, std::string_view path) {
    auto value = document.root();
    while (!path.empty()) {
        const auto dot = path.find('.');
        const auto found = value.find(path.substr(0, dot));
        if (!found) throw std::runtime_error(fmt::format("no member {} in {} {}", path, reply.status, reply.body));
        value = *found;
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
    return value;
}

}  // namespace

std::optional<std::string> Reply::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
    if (found == headers.end()) return {};
    return found->second;
}

std::vector<std::string> Reply::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : headers)
        if (key == name) values.push_back(value);
    return values;
}

json::Document Reply::json() const {
    auto document = json::Document::parse(body);
    if (!document) throw std::runtime_error(fmt::format("no JSON in {} {}", status, body));
    return std::move(*document);
}

std::string Reply::text(std::string_view path) const {
    const auto document = json();
    const auto value = member(*this, document, path).as_string();
    if (!value) throw std::runtime_error(fmt::format("{} is no string in {} {}", path, status, body));
    return std::string(*value);
}

std::int64_t Reply::integer(std::string_view path) const {
    const auto document = json();
    const auto value = member(*this, document, path).as_integer();
    if (!value) throw std::runtime_error(fmt::format("{} is no integer in {} {}", path, status, body));
    return *value;
}

struct Client::Impl {
    std::string base;
    CURL* handle = curl_easy_init();
    Headers always;
    std::shared_ptr<testing::Exchanges> exchanges;

    ~Impl() { curl_easy_cleanup(handle); }
};

Client::Client(std::uint16_t port) : impl_(std::make_unique<Impl>()) {
    impl_->base = fmt::format("http://127.0.0.1:{}", port);
}

Client::Client(Client&&) noexcept = default;
Client::~Client() = default;

Client& Client::set(std::string name, std::string value) {
    std::erase_if(impl_->always, [&](const auto& header) { return header.first == name; });
    if (!value.empty()) impl_->always.emplace_back(std::move(name), std::move(value));
    return *this;
}

Client& Client::record(std::shared_ptr<testing::Exchanges> exchanges) {
    impl_->exchanges = std::move(exchanges);
    return *this;
}

Reply Client::send(std::string_view method, std::string_view path, std::optional<std::string> body, Headers headers) {
    Reply reply;
    auto* handle = impl_->handle;
    curl_easy_reset(handle);
    const auto url = impl_->base + std::string(path);
    const std::string verb(method);
    headers.insert(headers.end(), impl_->always.begin(), impl_->always.end());
    const auto names = [&](std::string_view name) {
        return std::ranges::any_of(headers, [&](const auto& header) { return lower(header.first) == name; });
    };
    if (body && !names("content-type")) headers.emplace_back("Content-Type", "application/json");

    curl_slist* list = nullptr;
    for (const auto& [name, value] : headers)
        list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
    list = curl_slist_append(list, "Expect:");

    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, verb.c_str());
    curl_easy_setopt(handle, CURLOPT_NOBODY, verb == "HEAD" ? 1L : 0L);
    if (body) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body->c_str());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
    }
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &reply);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    const auto outcome = curl_easy_perform(handle);
    curl_slist_free_all(list);
    if (outcome != CURLE_OK)
        throw std::runtime_error(fmt::format("{} {}: {}", method, path, curl_easy_strerror(outcome)));

    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<int>(status);
    if (impl_->exchanges)
        impl_->exchanges->add(method, path, reply.status, reply.header("content-type").value_or(""), reply.body);
    return reply;
}

}  // namespace terrace::harness
