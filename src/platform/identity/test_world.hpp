#pragma once

#include "platform/access/memberships.hpp"
#include "platform/access/permissions.hpp"
#include "platform/api/pipeline.hpp"
#include "platform/base/config.hpp"
#include "platform/base/json.hpp"
#include "platform/identity/identity.hpp"
#include "platform/tenancy/change_feed.hpp"
#include "platform/tenancy/directory.hpp"
#include "platform/tenancy/provisioning.hpp"
#include "platform/testing/data_layer.hpp"
#include "platform/testing/run.hpp"

#include <chrono>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// For tests: everything that identity stands on, over a real database, and the endpoints behind the real pipeline.
namespace terrace::identity::test {

inline Config test_config() {
    Config config;
    config.origin = {.scheme = "http", .base_domain = "localhost", .port = 8000};
    config.secret = "a root secret for tests, thirty-two or more";
    config.cheap_password_hashes = true;
    config.throttle.refusal_pause = {};
    return config;
}

/// A browser's jar for one host: what Set-Cookie says, goes into the next request.
class CookieJar {
  public:
    void take(const http::Response& response) {
        for (const auto& [name, line] : response.headers) {
            if (name != "Set-Cookie") continue;
            const auto equals = line.find('=');
            const auto semicolon = line.find(';');
            const std::string value = line.substr(equals + 1, semicolon - equals - 1);
            if (line.contains("Max-Age=0"))
                cookies_.erase(line.substr(0, equals));
            else
                cookies_[line.substr(0, equals)] = value;
        }
    }
    std::string header() const {
        std::string text;
        for (const auto& [name, value] : cookies_)
            text.append(text.empty() ? "" : "; ").append(name).append("=").append(value);
        return text;
    }
    std::string value(const std::string& name) const {
        const auto found = cookies_.find(name);
        return found == cookies_.end() ? std::string() : found->second;
    }
    void put(const std::string& name, std::string value) { cookies_[name] = std::move(value); }
    void drop(const std::string& name) { cookies_.erase(name); }
    bool empty() const { return cookies_.empty(); }

  private:
    std::map<std::string, std::string> cookies_;
};

/// A request as data.
struct Call {
    http::Method method = http::Method::get;
    std::string target;
    std::string host = "localhost:8000";
    std::string body;
    std::map<std::string, std::string> headers;
    std::string address = "203.0.113.7";

    /// Its views look into this call.
    http::Request request() const {
        http::Request request{.method = method, .target = target, .body = body, .host = host, .scheme = "http"};
        const auto mark = target.find('?');
        request.path = request.target.substr(0, mark);
        if (mark != target.npos) request.query = request.target.substr(mark + 1);
        for (const auto& [name, value] : headers) request.headers.push_back({name, value});
        request.client_address = address;
        request.request_id = "test";
        return request;
    }
};

inline Call post(std::string target, std::string body, std::string host = "localhost:8000") {
    return {.method = http::Method::post,
            .target = std::move(target),
            .host = std::move(host),
            .body = std::move(body),
            .headers = {{"content-type", "application/json"}}};
}

/// `call` as a page of the same origin sends it, with the jar's cookies.
inline Call from_browser(Call call, const CookieJar& jar) {
    if (call.method != http::Method::get) call.headers["sec-fetch-site"] = "same-origin";
    if (!jar.empty()) call.headers["cookie"] = jar.header();
    return call;
}

/// A text member of a JSON body by its path, such as {"tenant", "slug"}; empty when there is none.
inline std::string member(const http::Response& response, std::initializer_list<std::string_view> path) {
    const auto document = json::Document::parse(response.body);
    if (!document) return {};
    std::optional<json::Value> value = document->root();
    for (const std::string_view name : path)
        if (value) value = value->find(name);
    return std::string(value ? value->as_string().value_or("") : "");
}

inline std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

class World {
  public:
    /// `its`: must outlive it.
    explicit World(Config chosen = test_config(), testing::DataLayer& its = testing::DataLayer::shared())
        : config(std::move(chosen)), layer(its) {
        running_feed.emplace(loop, feed.run(database));
        wait_until([this] { return feed.age() < std::chrono::seconds(1); });
        if (auto loaded = wait(shared.keys.load(database)); !loaded) throw std::runtime_error("no signing key");
        api::Api api;
        add_to(api, service);
        router.emplace(api::make_router(std::move(api), {.config = config,
                                                         .directory = directory,
                                                         .memberships = memberships,
                                                         .database = database,
                                                         .authenticator = service.authenticator()}));
    }

    ~World() {
        running_feed.reset();
        layer.settle();
    }

    template <class T>
    T wait(boost::asio::awaitable<T> work) {
        return testing::run(loop, std::move(work));
    }

    http::Response send(const Call& call) { return std::move(send_together({call}).front()); }

    /// Starts all before it waits for any.
    std::vector<http::Response> send_together(const std::vector<Call>& calls) {
        std::vector<http::Request> requests;
        for (const Call& call : calls) requests.push_back(call.request());
        std::vector<testing::Started<http::Response>> started;
        for (http::Request& request : requests) started.emplace_back(loop, api::dispatch(*router, request));
        std::vector<http::Response> answered;
        for (auto& each : started) answered.push_back(each.wait());
        return answered;
    }

    void wait_until(const std::function<bool()>& reached) {
        if (!testing::run_until(loop, reached)) throw std::runtime_error("it does not come to an end");
    }

    /// An organisation with its owner; e-mail `owner@<slug>.example`, password `password`.
    Registered organization(const std::string& slug) {
        return sign_up("House of " + slug, slug, "owner@" + slug + ".example");
    }
    /// Another one of that owner's, named "Second".
    Registered second_organization(const Account& owner) { return sign_up("Second", fresh_slug(), owner.email); }

    static std::string fresh_slug() {
        std::string id = Uuid::v7().to_string();
        std::erase(id, '-');
        return "t" + id.substr(4, 24);
    }

    static constexpr std::string_view password = "violet kettle 93 sings";

    Config config;
    testing::DataLayer& layer;
    boost::asio::io_context& loop = layer.loop();
    db::Database& database = layer.database();
    tenancy::ChangeFeed feed;
    std::optional<testing::Background> running_feed;
    tenancy::Directory directory{loop.get_executor(), database, feed};
    access::Catalogue catalogue;
    access::Memberships memberships{loop.get_executor(), database, feed, catalogue};
    tenancy::Provisioner provisioner{
        database, directory, {[this](const Uuid& tenant, std::vector<db::Statement>& statements) {
            catalogue.seed(tenant, statements);
        }}};
    Shared shared{config};
    Service service{{.executor = loop.get_executor(),
                     .database = database,
                     .directory = directory,
                     .memberships = memberships,
                     .provisioner = provisioner,
                     .feed = feed,
                     .shared = shared}};
    std::optional<http::Router> router;

  private:
    Registered sign_up(std::string name, std::string slug, std::string email) {
        auto registered = wait(service.registration().run({.organization_name = std::move(name),
                                                           .slug = std::move(slug),
                                                           .full_name = "Asha Rao",
                                                           .email = std::move(email),
                                                           .password = std::string(password)},
                                                          std::nullopt));
        if (!registered) throw std::runtime_error("no organisation: " + registered.error().code);
        return *std::move(registered);
    }
};

}  // namespace terrace::identity::test
