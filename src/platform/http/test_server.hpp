#pragma once

#include "platform/base/log.hpp"
#include "platform/http/server.hpp"
#include "platform/http/test_application.hpp"
#include "platform/http/test_client.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace terrace::http {

inline const std::string get = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

inline std::string get_path(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

inline std::string post(std::string_view body, std::string_view headers = "") {
    return "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

class ServerTest : public testing::Test {
  protected:
    ServerTest() { log::start(log::Level::error, true); }

    /// A server on a port of its own, one loop unless said otherwise.
    Server& serve(ServerOptions options = {}) {
        options.port = 0;
        if (options.threads == 0) options.threads = 1;
        server_ = std::make_unique<Server>(options, held_.factory());
        server_->start();
        return *server_;
    }
    TestClient client() { return TestClient(server_->port()); }

    Held held_;
    std::unique_ptr<Server> server_;
};

}  // namespace terrace::http
