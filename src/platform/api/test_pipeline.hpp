#pragma once

#include "platform/api/body.hpp"
#include "platform/api/pipeline.hpp"
#include "platform/base/json.hpp"
#include "platform/http/body_source.hpp"
#include "platform/tenancy/provisioning.hpp"
#include "platform/testing/data_layer.hpp"
#include "platform/testing/run.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// For tests of the pipeline: a small API behind it, and two tenants who call it.
namespace terrace::api {

namespace asio = boost::asio;

/// Tokens are what the test says they are: `Bearer <name>` or the cookie `__Host-at=<name>`.
class TokenTable : public Authenticator {
  public:
    asio::awaitable<Result<std::optional<Credential>>> authenticate(const http::Request& request) override {
        ++asked;
        std::string_view token = request.header("authorization").value_or("");
        if (token.starts_with("Bearer ")) {
            token.remove_prefix(7);
        } else {
            token = request.cookie("__Host-at").value_or("");
        }
        if (token.empty()) co_return std::nullopt;
        const auto found = credentials.find(std::string(token));
        if (found == credentials.end()) co_return std::unexpected(errors::not_authenticated());
        co_return found->second;
    }

    asio::awaitable<Result<bool>> is_alive(Uuid session) override { co_return !ended.contains(session); }

    std::map<std::string, Credential> credentials;
    std::set<Uuid> ended;
    int asked = 0;
};

inline asio::awaitable<Result<http::Response>> say_tenant(Context& context) {
    co_return http::Response::json(200, context.tenant ? context.tenant->slug : "none");
}

inline asio::awaitable<Result<http::Response>> say_who(Context& context) {
    const auto& who = context.principal.value();
    std::string text = who.role_slug + " of " + context.tenant->slug;
    if (context.scope->tenant() != who.tenant) text = "scope and principal differ";
    co_return http::Response::json(200, text);
}

inline asio::awaitable<Result<http::Response>> take_object(Context& context) {
    TERRACE_CO_TRY(document, parse_object(context));
    co_return http::Response::json(201, std::to_string(document.root().size()));
}

inline asio::awaitable<Result<http::Response>> say_note(Context& context) {
    std::string text(context.parameter("id"));
    if (const auto search = context.query_value("search")) text.append("?").append(*search);
    co_return http::Response::json(200, text);
}

inline asio::awaitable<Result<http::Response>> say_format(Context& context) {
    co_return http::Response::json(200, std::string(context.format));
}

/// "one", "two", "three", made while they are sent.
class Counting final : public http::BodySource {
  public:
    asio::awaitable<Result<std::string>> next() override {
        if (left_.empty()) co_return std::string();
        std::string piece = std::move(left_.front());
        left_.pop_front();
        co_return piece;
    }

  private:
    std::deque<std::string> left_{"one", "two", "three"};
};

inline asio::awaitable<Result<http::Response>> count_up(Context&) {
    http::Response response;
    response.rest = std::make_unique<Counting>();
    co_return response;
}

inline Endpoint endpoint(http::Method method, std::string path, Access access, Handler handler) {
    return {.method = method, .path = std::move(path), .access = std::move(access), .handler = std::move(handler)};
}

inline Api api() {
    Api api;
    using http::Method;
    api.endpoints.push_back(endpoint(Method::get, "/open", Access::open(), say_tenant));
    api.endpoints.push_back(endpoint(Method::post, "/open", Access::open(), take_object));
    api.endpoints.push_back(
        endpoint(Method::get, "/ruled", Access::by_rule("any", {}, [](auto&) { return true; }), say_who));
    api.endpoints.push_back(
        endpoint(Method::get, "/ruled/never", Access::by_rule("none", {}, [](auto&) { return false; }), say_who));
    api.endpoints.push_back(endpoint(Method::get, "/me", Access::signed_in(), say_who));
    api.endpoints.back().documentation.response_schema = "Who";
    api.endpoints.push_back(endpoint(Method::get, "/notes/{id}", Access::requires_permission("notes.read"), say_note));
    api.endpoints.back().documentation.parameters = {{.name = "search"}, {.name = "If-Match", .in = "header"}};
    api.endpoints.push_back(endpoint(Method::post, "/notes", Access::requires_permission("notes.create"), take_object));
    api.endpoints.push_back(endpoint(Method::get, "/count", Access::signed_in(), count_up));
    api.endpoints.push_back(endpoint(Method::get, "/open-count", Access::open(), count_up));
    api.endpoints.push_back(endpoint(Method::get, "/list", Access::open(), say_format));
    api.endpoints.back().documentation.parameters = {{.name = "format"}};
    api.endpoints.back().documentation.formats = {{"csv", "text/csv"}, {"ndjson", "application/x-ndjson"}};
    api.endpoints.push_back(endpoint(Method::get, "/healthz", Access::open(), say_tenant));
    api.endpoints.back().any_host = true;
    return api;
}

inline access::Catalogue catalogue() {
    access::Catalogue catalogue;
    catalogue.add_permission({"notes.read", "Read notes"});
    catalogue.add_permission({"notes.create", "Write notes"});
    catalogue.add_role({.slug = "writer", .name = "Writer", .permissions = {"notes.read", "notes.create"}});
    catalogue.add_role({.slug = "reader", .name = "Reader", .permissions = {"notes.read"}});
    return catalogue;
}

/// What a request is made of, so that a test names what matters to it.
struct Call {
    http::Method method = http::Method::get;
    std::string path;
    std::string host = "localhost:8000";
    std::vector<http::Header> headers = {};
    std::string body = {};
};

/// Two tenants; Asha reads in the first and owns the second, Ravi is in none.
class PipelineTest : public testing::DataLayerTest {
  protected:
    ~PipelineTest() override { settle(); }

    PipelineTest() {
        tokens.credentials = {{"asha", {.user = asha, .session = Uuid::v7(), .tenant = first}},
                              {"asha-second", {.user = asha, .session = Uuid::v7(), .tenant = second}},
                              {"ravi", {.user = ravi, .session = Uuid::v7(), .tenant = first}},
                              {"gone", {.user = asha, .session = Uuid::v7(), .tenant = Uuid::v7()}}};
        add_tenant(first, first_slug);
        add_tenant(second, second_slug);
        add_person(asha);
        add_person(ravi);
        join(asha, first, "reader");
        join(asha, second, "owner");
    }

    void add_tenant(const Uuid& id, const std::string& slug) {
        tests.run("insert into catalog.tenant (id, slug, name) values ($1, $2, 'Acme')",
                  db::Params().add(id).add(slug));
        tests.run("insert into shared.tenant_place (tenant_id, epoch) values ($1, 1)", db::Params().add(id));
        tenancy::Provisioner provisioner(database, directory,
                                         {[this](const Uuid& tenant, auto& rows) { roles.seed(tenant, rows); }});
        testing::run(loop, provisioner.complete(id)).value();
    }

    void add_person(const Uuid& id) {
        tests.run("insert into catalog.user_account (id, email, full_name) values ($1, $2, 'A person')",
                  db::Params().add(id).add(id.to_string() + "@example.in"));
    }

    void join(const Uuid& user, const Uuid& tenant, const std::string& role) {
        tests.run("insert into catalog.membership (tenant_id, user_id, role_slug) values ($1, $2, $3)",
                  db::Params().add(tenant).add(user).add(role));
    }

    void set_state(const Uuid& tenant, const std::string& state) {
        tests.run(
            "update catalog.tenant set state = $2, delete_after = case when $2 = 'deleting' then now() end"
            " where id = $1",
            db::Params().add(tenant).add(state));
    }

    void serve(Api api) {
        router = make_router(std::move(api), {.config = config,
                                              .directory = directory,
                                              .memberships = memberships,
                                              .database = database,
                                              .authenticator = tokens});
    }

    http::Response send(const Call& call) {
        if (!router) serve(api());
        http::Request request;
        request.method = call.method;
        request.target = call.path;
        request.path = std::string_view(call.path).substr(0, call.path.find('?'));
        if (const auto mark = call.path.find('?'); mark != std::string::npos) {
            request.query = std::string_view(call.path).substr(mark + 1);
        }
        request.headers = call.headers;
        request.host = call.host;
        request.scheme = "http";
        request.request_id = "r-1";
        request.body = call.body;
        return testing::run(loop, dispatch(*router, request));
    }

    /// `404 not_found` for a problem, `200 body` for anything else.
    std::string outcome(const Call& call) {
        const auto response = send(call);
        std::string text = std::to_string(response.status) + " ";
        if (response.content_type != "application/problem+json") return text + response.body;
        const auto document = json::Document::parse(response.body).value();
        return text + std::string(*document.root().find("code")->as_string());
    }

    static std::optional<std::string> header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return std::nullopt;
    }

    const access::Catalogue roles = catalogue();
    Config config{.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000}};
    tenancy::ChangeFeed feed;
    tenancy::Directory directory{loop.get_executor(), database, feed};
    access::Memberships memberships{loop.get_executor(), database, feed, roles};
    TokenTable tokens;
    std::optional<http::Router> router;

    const Uuid first = Uuid::v7();
    const Uuid second = Uuid::v7();
    const Uuid asha = Uuid::v7();
    const Uuid ravi = Uuid::v7();
    const std::string first_slug = "a" + first.to_string().substr(24);
    const std::string second_slug = "b" + second.to_string().substr(24);
    const std::string first_host = first_slug + ".localhost:8000";
    const std::string second_host = second_slug + ".localhost:8000";
    const http::Header as_asha{"authorization", "Bearer asha"};
    const http::Header json_body{"content-type", "application/json"};
};

}  // namespace terrace::api
