#include "clinic/product.hpp"
#include "platform/db/advisory_lock.hpp"
#include "platform/harness/server.hpp"
#include "platform/testing/database.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace terrace::clinic {
namespace {

using std::chrono::seconds;

constexpr const char* new_patient = R"({"name":"Asha Rao","sex":"female","age":34})";
constexpr const char* unreadable = "not even JSON";
constexpr std::size_t most_waiting = 3;

/// One loop, whose lanes are more than a tenant may fill beside another, and a short line for each.
harness::TestServer& server() {
    static harness::TestServer server(
        product(),
        [](Config& config) {
            config.threads = 1;
            config.new_tenants = Isolation::shared;  // a database of one tenant has lanes of its own
        },
        [](db::DatabaseOptions& options) {
            options.write_lanes = 6;
            options.write_depth = 1;
            options.queue_limit_per_tenant = most_waiting;
            options.write_timeout = options.statement_timeout = seconds(60);
            options.queue_deadline = seconds(60);
        });
    return server;
}

/// No write of the tenant goes on while this lives, as while it is moved.
class Held {
  public:
    explicit Held(const std::string& tenant) {
        admin_.run("select pg_catalog.pg_advisory_lock($1::bigint)",
                   db::Params().add(db::place_lock_key(Uuid::parse(tenant).value())));
    }

  private:
    db::AdminConnection admin_ = testing::TestDatabase::instance().admin();
};

/// Writes of a tenant that are held, so many that no more may wait.
class Flood {
  public:
    explicit Flood(const harness::TestServer::Organization& organization) : held_(std::in_place, organization.id) {
        const auto end = Clock::now() + seconds(30);
        auto probe = server().owner(organization);
        while (probe.post("/api/v1/patients", unreadable).status != 503 && Clock::now() < end) {
            writers_.emplace_back([this, organization] {
                const int status = server().owner(organization).post("/api/v1/patients", new_patient).status;
                if (status == 201) ++written_;
                if (status == 503) ++refused_;
            });
        }
    }

    /// Lets them go on; how many of those that were not refused were written, and how many there were.
    std::pair<std::size_t, std::size_t> release() {
        held_.reset();
        const std::size_t writers = writers_.size();
        writers_.clear();
        return {written_, writers - refused_};
    }

  private:
    std::optional<Held> held_;
    std::atomic<std::size_t> written_ = 0, refused_ = 0;
    std::vector<std::jthread> writers_;
};

/// Asks all the time, so that the other tenant leaves lanes to it.
class Presence {
  public:
    explicit Presence(const harness::TestServer::Organization& organization)
        : reader_([organization](const std::stop_token& stop) {
              auto client = server().owner(organization);
              while (!stop.stop_requested()) client.get("/api/v1/patients");
          }) {}

  private:
    std::jthread reader_;
};

std::string request(const harness::TestServer::Organization& organization, std::string_view method,
                    std::string_view body, std::string_view headers = "") {
    return fmt::format(
        "{} /api/v1/patients HTTP/1.1\r\nHost: {}.localhost:8000\r\nAuthorization: Bearer {}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n{}\r\n{}",
        method, organization.slug, organization.access_token, body.size(), headers, body);
}

/// What one connection answers to these bytes until it is closed.
std::string exchange(std::string_view bytes) {
    namespace asio = boost::asio;
    asio::io_context loop;
    asio::ip::tcp::socket socket(loop);
    socket.connect({asio::ip::make_address("127.0.0.1"), server().port()});
    asio::write(socket, asio::buffer(bytes));
    std::string answers;
    boost::system::error_code at_end;
    asio::read(socket, asio::dynamic_buffer(answers), at_end);
    return answers;
}

std::vector<std::string> statuses(std::string_view answers) {
    constexpr std::string_view line = "HTTP/1.1 ";
    std::vector<std::string> found;
    for (auto at = answers.find(line); at != answers.npos; at = answers.find(line, at + 1))
        found.emplace_back(answers.substr(at + line.size(), 3));
    return found;
}

class Overload : public ::testing::Test {
  protected:
    harness::TestServer::Organization flooding = server().sign_up();
    harness::TestServer::Organization other = server().sign_up();
    Presence presence{other};
    Flood flood{flooding};
};

TEST_F(Overload, RefusesAWriteBeforeItsBodyIsRead) {
    const auto reply = server().owner(flooding).post("/api/v1/patients", unreadable);
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(reply.text("code"), "unavailable");
    EXPECT_EQ(reply.header("retry-after"), "1");
    EXPECT_EQ(server().owner(flooding).get("/api/v1/patients").status, 200) << "reads have lanes of their own";

    const auto [written, let_in] = flood.release();
    EXPECT_EQ(written, let_in);
    EXPECT_EQ(server().owner(flooding).post("/api/v1/patients", unreadable).status, 400);
    EXPECT_EQ(server().owner(flooding).post("/api/v1/patients", new_patient).status, 201);
}

TEST_F(Overload, OfOneTenantHoldsUpNoOther) {
    EXPECT_EQ(server().owner(other).post("/api/v1/patients", new_patient).status, 201);
    EXPECT_EQ(server().owner(other).post("/api/v1/patients", unreadable).status, 400);
    flood.release();
}

TEST_F(Overload, IsToldToNobodyWhoIsNotLetIn) {
    EXPECT_EQ(server().client(flooding.slug).post("/api/v1/patients", new_patient).status, 401);
    EXPECT_EQ(
        server().owner(flooding).set("Authorization", "Bearer forged").post("/api/v1/patients", new_patient).status,
        401);
    EXPECT_EQ(server()
                  .owner(other)
                  .set("Host", flooding.slug + ".localhost:8000")
                  .post("/api/v1/patients", new_patient)
                  .status,
              403);
    flood.release();
}

TEST_F(Overload, LeavesAConnectionUsableAndItsAnswersInOrder) {
    const std::string answers = exchange(request(flooding, "POST", unreadable) + request(flooding, "GET", "") +
                                         request(other, "POST", new_patient) + request(flooding, "POST", new_patient) +
                                         request(flooding, "GET", "", "Connection: close\r\n"));
    // A token is good at the host of its own tenant, whatever else has come over the connection.
    EXPECT_EQ(statuses(answers), (std::vector<std::string>{"503", "200", "201", "503", "200"})) << answers;
    flood.release();
}

}  // namespace
}  // namespace terrace::clinic
