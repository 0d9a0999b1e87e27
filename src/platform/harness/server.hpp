#pragma once

#include "platform/app/loop.hpp"
#include "platform/app/process.hpp"
#include "platform/harness/client.hpp"
#include "platform/http/server.hpp"
#include "platform/tenancy/places/test_places.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace terrace::harness {

/// A real server over the test process's database, on a port of its own, with two loops. Ready when it is made; stopped
/// when it is destroyed.
class TestServer {
  public:
    /// `change` is of the configuration that tests have, `change_database` of how it speaks to PostgreSQL.
    explicit TestServer(app::Product product, const std::function<void(Config&)>& change = {},
                        const std::function<void(db::DatabaseOptions&)>& change_database = {});
    ~TestServer();

    std::uint16_t port() const { return server_.port(); }
    const Config& config() const { return process_.config; }
    /// On the root host.
    Client client() const;
    /// On the host of a tenant.
    Client client(const std::string& slug) const;

    /// An organisation made by a sign-up over HTTP, as anybody does it. In the mode that TERRACE_TEST_ISOLATION names;
    /// `mixed`: in shared tables, in a schema and in a database, one after the other.
    struct Organization {
        std::string id;
        std::string slug;
        std::string owner_email;
        std::string password;
        std::string access_token;
    };
    Organization sign_up();
    /// A client on the organisation's host that sends its owner's Bearer token.
    Client owner(const Organization& organization) const;

  private:
    std::string register_organization(const Organization& wanted);

    tenancy::TestPlaces places_;
    unsigned organizations_ = 0;
    app::Process process_;
    http::Server server_;
    std::shared_ptr<testing::Exchanges> exchanges_;
};

}  // namespace terrace::harness
