#pragma once

#include "platform/harness/server.hpp"
#include "platform/testing/database.hpp"
#include "platform/testing/dns_server.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/// For tests of organisations: two servers, as two processes would be, on one database, and a real DNS server that both
/// ask.
namespace terrace::organization {

class OrganizationApi : public ::testing::Test {
  protected:
    using Reply = harness::Reply;

    static app::Product no_product() {
        return {.name = "None", .access = [](auto&) {}, .endpoints = [](auto&, auto&) {}, .seeds = {}};
    }
    static void ask_our_dns(Config& config) { config.dns_server = dns().address(); }

    static testing::DnsServer& dns() {
        static testing::DnsServer server;
        return server;
    }
    static harness::TestServer& server() {
        static harness::TestServer server(no_product(), ask_our_dns);
        return server;
    }
    /// Knows of the first one's changes by the catalog's change feed alone.
    static harness::TestServer& other_server() {
        static harness::TestServer server(no_product(), ask_our_dns);
        return server;
    }

    static std::string new_domain() { return "d" + Uuid::v7().to_string().substr(24) + ".example"; }

    static Reply add(harness::Client& client, const std::string& domain) {
        return client.post("/api/v1/organization/domains", R"({"domain":")" + domain + "\"}");
    }
    static Reply verify(harness::Client& client, const std::string& id) {
        return client.post("/api/v1/organization/domains/" + id + "/verify", "{}");
    }
    /// Publishes what proves the domain, beside what stands there already.
    static void publish(const Reply& added, std::vector<std::string> beside = {}) {
        beside.push_back(added.text("record.value"));
        dns().publish(added.text("record.name"), beside);
    }
    /// What a browser or a program sends to that host.
    static Reply at(harness::TestServer& where, const std::string& host, const std::string& token = {}) {
        auto client = where.client();
        client.set("Host", host);
        if (!token.empty()) client.set("Authorization", "Bearer " + token);
        return client.get(token.empty() ? "/api/v1/openapi.json" : "/api/v1/auth/me");
    }

    harness::TestServer::Organization asha = server().sign_up();
    harness::TestServer::Organization ravi = server().sign_up();
    harness::Client owner = server().owner(asha);
    harness::Client other_owner = server().owner(ravi);
};

/// Asks until `holds`: a change reaches every process within a second; half of one more is the busy machine's.
template <class Condition>
bool within_a_second(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1'500);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace terrace::organization
