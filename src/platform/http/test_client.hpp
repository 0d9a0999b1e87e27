#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace terrace::http {

/// A client for the server's tests that sends exactly the bytes it is given, over a blocking socket on the loopback.
/// Every wait ends after ten seconds.
class TestClient {
  public:
    explicit TestClient(std::uint16_t port);
    TestClient(TestClient&& other) noexcept;
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;
    ~TestClient();

    /// False when the server has closed.
    bool send(std::string_view bytes);
    /// Says that nothing more will come; answers can still be read.
    void finish_sending();

    struct Answer {
        int status = 0;  ///< 0: the connection ended before a whole answer came
        std::string head;
        std::string body;
    };
    /// Reads one answer; `head_only` for the answer to HEAD.
    Answer receive(bool head_only = false);
    /// Waits for the first byte of an answer and leaves the rest unread.
    bool wait_for_answer() { return receive_some(); }
    /// Sends and receives.
    Answer ask(std::string_view bytes) {
        send(bytes);
        return receive();
    }
    /// All bytes until the server closes.
    std::string receive_rest();
    /// True when the server has closed and nothing was left to read.
    bool at_end() { return receive_rest().empty(); }

  private:
    bool receive_some();

    int socket_;
    std::string received_;
};

/// True when something listens on the port.
bool can_connect(std::uint16_t port);

}  // namespace terrace::http
