#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/api/openapi.hpp"
#include "platform/api/options.hpp"
#include "platform/base/json.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/router.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/testing/data_layer.hpp"
#include "platform/testing/exchanges.hpp"
#include "platform/testing/run.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// For tests of resources: their endpoints called as the pipeline calls them, without a server.
namespace terrace::resource::testing {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    int status = 0;
    std::string body;
    Headers headers;
    bool whole = true;  ///< false when the source of the body failed half-way

    std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers)
            if (key == name) return value;
        return {};
    }
    json::Document json() const { return std::move(*json::Document::parse(body)); }
    /// A text or number member of the body, as text; `null` for null, empty when it is missing.
    std::string get(std::string_view name) const {
        const auto document = json();
        const auto value = document.root().find(name);
        if (!value) return {};
        if (const auto text = value->as_string()) return std::string(*text);
        if (const auto number = value->as_integer()) return std::to_string(*number);
        if (const auto flag = value->as_bool()) return *flag ? "true" : "false";
        return value->is_null() ? "null" : "…";
    }
    /// `field: code` of every error, in order, joined by ", ".
    std::string errors() const {
        std::string found;
        const auto document = json();
        const auto errors = document.root().find("errors");
        if (!errors) return found;
        errors->each_member([&](std::string_view field, json::Value list) {
            list.each_element([&](json::Value error) {
                if (!found.empty()) found += ", ";
                found += std::string(field) + ": " + std::string(*error.find("code")->as_string());
            });
        });
        return found;
    }
    /// One member of each result of a page.
    std::vector<std::string> results(std::string_view name) const {
        std::vector<std::string> found;
        const auto document = json();
        document.root().find("results")->each_element([&](json::Value object) {
            const auto value = object.find(name);
            if (const auto text = value->as_string())
                found.emplace_back(*text);
            else
                found.push_back(std::to_string(value->as_integer().value_or(-1)));
        });
        return found;
    }
};

/// The API of a program with this one resource, and with others that it leads to.
inline api::Api served(const Resource& resource, EngineParts parts, const std::vector<const Resource*>& others = {}) {
    api::Api api;
    add(resource, parts, api);
    for (const Resource* other : others) add(*other, parts, api);
    api::add_options(api);
    return api;
}

/// One signed-in person of one tenant.
class Client {
  public:
    Client(boost::asio::io_context& loop, api::Api api, db::TenantScope scope, std::string time_zone = "Asia/Kolkata")
        : loop_(loop),
          exchanges_(::terrace::testing::Exchanges::of([&] { return api::openapi(api); })),
          endpoints_(std::move(api.endpoints)),
          scope_(scope) {
        tenant_ =
            std::make_shared<tenancy::Tenant>(tenancy::Tenant{.id = scope.tenant(),
                                                              .slug = "test",
                                                              .name = "Test",
                                                              .time_zone = std::move(time_zone),
                                                              .place = std::make_shared<db::Place>(scope.place())});
        user_ = Uuid::v7();
        session_ = Uuid::v7();
    }

    /// Another person of the same tenant, whose role holds these permissions. Endpoints refuse them what the pipeline
    /// would; a client made otherwise is refused nothing by it.
    Client colleague(std::vector<std::string> permissions) const {
        Client other = *this;
        other.user_ = Uuid::v7();
        other.session_ = Uuid::v7();
        other.permissions_ = std::make_shared<const access::PermissionSet>(std::move(permissions));
        return other;
    }

    ::terrace::testing::Started<Answer> start(http::Method method, std::string target, std::string body = {},
                                              Headers headers = {}) {
        return {loop_, answer(method, std::move(target), std::move(body), std::move(headers))};
    }
    Answer call(http::Method method, std::string target, std::string body = {}, Headers headers = {}) {
        return start(method, std::move(target), std::move(body), std::move(headers)).wait();
    }
    Answer get(std::string target, Headers headers = {}) { return call(http::Method::get, target, {}, headers); }
    Answer post(std::string target, std::string body, Headers headers = {}) {
        return call(http::Method::post, target, body, headers);
    }
    Answer patch(std::string target, std::string body, Headers headers = {}) {
        return call(http::Method::patch, target, body, headers);
    }
    Answer put(std::string target, std::string body, Headers headers = {}) {
        return call(http::Method::put, target, body, headers);
    }
    Answer options(std::string target) { return call(http::Method::options, target); }
    Answer remove(std::string target, Headers headers = {}) { return call(http::Method::del, target, {}, headers); }

    const tenancy::TenantPtr tenant() const { return tenant_; }
    const db::TenantScope& scope() const { return scope_; }
    const Uuid& user() const { return user_; }

    /// Called when an answer has begun whose rest is yet to be made.
    std::function<void()> before_rest;

  private:
    boost::asio::awaitable<Answer> answer(http::Method method, std::string target, std::string body, Headers headers) {
        http::Request request{.method = method};
        request.target = target;
        request.path = request.target.substr(0, request.target.find('?'));
        if (request.path.size() < target.size()) request.query = request.target.substr(request.path.size() + 1);
        for (const auto& [name, value] : headers) request.headers.push_back({name, value});
        request.body = std::move(body);
        request.request_id = "test";
        request.client_address = "127.0.0.1";
        auto [endpoint, parameters] = find(request);
        api::Context context{
            .request = request,
            .parameters = std::move(parameters),
            .query = *http::parse_query(request.query),
            .tenant = tenant_,
            .scope = scope_,
            .principal = access::Principal{
                .user = user_, .session = session_, .tenant = tenant_->id, .permissions = permissions_}};
        if (permissions_ && !endpoint->access.allows(*context.principal))
            co_return co_await answer_of(request, http::problem(errors::permission_denied(), "test"));
        context.format = context.query_value("format").value_or("json");
        auto result = co_await endpoint->handler(context);
        http::Response response = result ? std::move(*result) : http::problem(result.error(), "test");
        co_return co_await answer_of(request, std::move(response));
    }
    boost::asio::awaitable<Answer> answer_of(const http::Request& request, http::Response response) {
        Answer answer{response.status, std::move(response.body), std::move(response.headers)};
        if (response.rest && before_rest) before_rest();
        while (response.rest) {
            auto piece = co_await response.rest->next();
            answer.whole = piece.has_value();
            if (!piece || piece->empty()) break;
            answer.body += *piece;
        }
        // Bytes of any kind may be no text: that there are some is enough.
        const bool bytes = !response.content_type.ends_with("json") && !response.content_type.starts_with("text/csv") &&
                           !response.content_type.starts_with("application/x-ndjson");
        if (exchanges_)
            exchanges_->add(http::to_string(request.method), request.target, answer.status, response.content_type,
                            bytes && !answer.body.empty() ? "bytes" : std::string_view(answer.body));
        co_return answer;
    }

    std::pair<const api::Endpoint*, http::PathParameters> find(const http::Request& request) const {
        http::Router router;
        for (const api::Endpoint& endpoint : endpoints_) router.add(endpoint.method, endpoint.path, name(endpoint));
        auto found = router.find(request.method, request.path);
        auto& match = std::get<http::Router::Match>(found);
        const auto index = match.handler->target<Named>()->index;
        for (auto& [key, value] : match.parameters) key = intern(key);
        return {&endpoints_[index], std::move(match.parameters)};
    }

    /// A handler that only says which endpoint it stands for.
    struct Named {
        std::size_t index;
        boost::asio::awaitable<http::Response> operator()(http::Request&, http::PathParameters) const {
            throw std::logic_error("never called");
        }
    };
    Named name(const api::Endpoint& endpoint) const {
        return {static_cast<std::size_t>(&endpoint - endpoints_.data())};
    }
    /// The router of one look-up goes away; names of parameters stay.
    static std::string_view intern(std::string_view name) {
        static std::map<std::string, bool, std::less<>> names;
        return names.try_emplace(std::string(name)).first->first;
    }

    boost::asio::io_context& loop_;
    std::shared_ptr<::terrace::testing::Exchanges> exchanges_;
    std::vector<api::Endpoint> endpoints_;
    db::TenantScope scope_;
    tenancy::TenantPtr tenant_;
    Uuid user_, session_;
    std::shared_ptr<const access::PermissionSet> permissions_;
};

}  // namespace terrace::resource::testing
