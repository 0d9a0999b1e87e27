#include "platform/http/test_client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

namespace terrace::http {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool connect_to(int socket, std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::size_t length_in(std::string_view head) {
    const auto at = head.find("\r\nContent-Length: ");
    return at == head.npos ? 0 : std::strtoul(head.data() + at + 18, nullptr, 10);
}

}  // namespace

bool can_connect(std::uint16_t port) {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected = connect_to(probe, port);
    ::close(probe);
    return connected;
}

TestClient::TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    const int on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!connect_to(socket_, port)) throw std::system_error(errno, std::system_category(), "connect");
}

TestClient::TestClient(TestClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}

TestClient::~TestClient() {
    if (socket_ >= 0) ::close(socket_);
}

bool TestClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void TestClient::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

bool TestClient::receive_some() {
    char bytes[16 * 1024];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

TestClient::Answer TestClient::receive(bool head_only) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == received_.npos)
        if (!receive_some()) return {};
    Answer answer{.status = std::atoi(received_.c_str() + 9), .head = received_.substr(0, end + 4), .body = {}};
    const std::size_t length = head_only ? 0 : length_in(answer.head);
    while (received_.size() < end + 4 + length)
        if (!receive_some()) return {};
    answer.body = received_.substr(end + 4, length);
    received_.erase(0, end + 4 + length);
    return answer;
}

std::string TestClient::receive_rest() {
    while (receive_some()) {
    }
    return std::exchange(received_, {});
}

}  // namespace terrace::http
