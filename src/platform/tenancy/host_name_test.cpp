#include "platform/tenancy/host_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terrace::tenancy {
namespace {

using Kind = HostName::Kind;

const Origin local{.scheme = "http", .base_domain = "localhost", .port = 8000};
const Origin live{.scheme = "https", .base_domain = "terrace.example", .port = 443};

HostName at(std::string_view host, const Origin& origin = live) {
    return classify_host(host, origin, TenantHosts::subdomain);
}

TEST(ClassifyHost, TakesAddressesLocalhostAndTheBaseDomainForTheRootHost) {
    for (const auto* host : {"127.0.0.1", "127.0.0.1:8080", "10.2.3.4:80", "[::1]", "[::1]:8000", "[2001:DB8::1]:443",
                             "[::ffff:10.0.0.1]:8000", "localhost", "localhost:8000", "LOCALHOST", "terrace.example",
                             "terrace.example:443", "Terrace.Example"}) {
        EXPECT_EQ(at(host), HostName{.kind = Kind::root}) << host;
    }
}

TEST(ClassifyHost, TakesOneLabelBeforeTheBaseDomainForATenant) {
    const HostName acme{.kind = Kind::tenant, .slug = "acme"};
    for (const auto* host : {"acme.terrace.example", "acme.terrace.example:8443", "ACME.Terrace.Example"}) {
        EXPECT_EQ(at(host), acme) << host;
    }
    EXPECT_EQ(at("acme.localhost:8000", local), acme);
    EXPECT_EQ(at("st-mary-2.localhost", local).slug, "st-mary-2");
}

TEST(ClassifyHost, KnowsNothingElse) {
    const std::string long_label(64, 'a');
    for (const auto& host : std::vector<std::string>{"",
                                                     ":8000",
                                                     ".",
                                                     "terrace.example.",
                                                     "acme.terrace.example.",
                                                     "acme.terrace.example.:443",
                                                     "a.b.terrace.example",
                                                     ".terrace.example",
                                                     long_label + ".terrace.example",
                                                     "a_b.terrace.example",
                                                     "-acme.terrace.example",
                                                     "acme-.terrace.example",
                                                     "xn--acme.terrace.example",
                                                     "ab.terrace.example",
                                                     "1acme.terrace.example",
                                                     "terrace.example:",
                                                     "terrace.example:x",
                                                     "terrace.example:65536",
                                                     "terrace.example:80:80",
                                                     "127.0.0.1.",
                                                     "127.1",
                                                     "256.0.0.1",
                                                     "01.2.3.4",
                                                     "0x7f.0.0.1",
                                                     "::1",
                                                     "[::1",
                                                     "[::1]x",
                                                     "[::1]:",
                                                     "[127.0.0.1]",
                                                     "[::1%lo]",
                                                     "[]",
                                                     "acme terrace.example"}) {
        EXPECT_EQ(at(host).kind, Kind::unknown) << host;
    }
}

TEST(ClassifyHost, LeavesAnyOtherDomainToTheCatalog) {
    for (const auto* domain : {"clinic.example", "evilterrace.example", "terrace.example.evil.example",
                               "xn--bcher-kva.example", "acme.localhost"}) {
        const HostName own{.kind = Kind::domain, .slug = {}, .domain = domain};
        EXPECT_EQ(at(domain), own) << domain;
        EXPECT_EQ(at(std::string(domain) + ":8443"), own) << domain;
    }
    EXPECT_EQ(at("CLINIC.Example").domain, "clinic.example");
    for (const auto* other : {"clinic.example.", "clinic",
                              "b\xc3\xbc"
                              "cher.example",
                              "clinic.example:x", "192.0.2.256"})
        EXPECT_EQ(at(other).kind, Kind::unknown) << other;
}

TEST(ClassifyHost, TakesEveryHostForTheRootHostWhereOneHostServesAll) {
    for (const auto* host : {"192.168.1.7:8000", "my-laptop.lan", "acme.terrace.example", "anything"}) {
        EXPECT_EQ(classify_host(host, live, TenantHosts::none), HostName{.kind = Kind::root}) << host;
    }
}

}  // namespace
}  // namespace terrace::tenancy
