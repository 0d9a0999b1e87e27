#pragma once

#include "platform/base/clock.hpp"
#include "platform/http/gate.hpp"
#include "platform/http/input_buffer.hpp"
#include "platform/http/proxy.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::http {

class Connection;
using Hook = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
using Connections =
    boost::intrusive::list<Connection, boost::intrusive::base_hook<Hook>, boost::intrusive::constant_time_size<false>>;

/// What the connections of one event loop share; used on the loop's thread only.
struct LoopContext {
    const ServerOptions& options;
    const ProxyTrust& proxies;
    LoopApplication* application = nullptr;
    DateLine date;
    Connections connections;
    std::size_t connection_count = 0;
    bool leaving = false;   ///< answers close their connection
    bool draining = false;  ///< and no request is waited for
    bool finished = false;  ///< nothing waits for clients any more
};

/// One client's connection: requests one after the other, each read, gated, answered and logged. Each phase but
/// `handling`, which waits for the application, has one deadline in place of a timer for each operation; the loop's
/// sweep calls `expire`.
class Connection : public Hook {
  public:
    Connection(boost::asio::ip::tcp::socket socket, const IpAddress& peer, LoopContext& loop);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Ends when either side closes. Exceptions are the loop's loss (memory), never a client's doing.
    boost::asio::awaitable<void> run();

    /// Interrupts what is pending when the phase has lasted too long.
    void expire(Clock::time_point now);
    /// Interrupts a connection on which no request has begun.
    void expire_if_idle();
    /// Interrupts whatever is pending.
    void interrupt();

  private:
    enum class Phase { idle, head, body, handling, writing, lingering };

    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<std::expected<std::size_t, GateRefusal>> receive_head();
    boost::asio::awaitable<bool> receive_body(std::string_view received, std::size_t length, std::string& body);
    boost::asio::awaitable<Response> answer(Request& request);
    /// What became of an answer.
    struct Sent {
        bool whole = false;
        std::uint64_t bytes = 0;  ///< of its body, given to the socket
    };
    boost::asio::awaitable<Sent> send(const Request& request, Response response, bool keep_alive);
    boost::asio::awaitable<Sent> stream(const Request& request, std::string head, Response response);
    boost::asio::awaitable<bool> write(std::string_view first, std::string_view second);
    boost::asio::awaitable<std::size_t> read_some(std::span<char> into);
    /// Answers what the gate or a limit refuses, and closes.
    boost::asio::awaitable<bool> refuse(Request& request, GateRefusal refusal);
    /// Reads what still comes for a moment, so that a reset does not overtake our answer.
    boost::asio::awaitable<void> linger();

    std::optional<GateRefusal> check(Request& request, const HeadFacts& facts) const;
    std::string make_head(const Request& request, Response& response, bool keep_alive);
    void enter(Phase phase);

    boost::asio::ip::tcp::socket socket_;
    IpAddress peer_;
    LoopContext& loop_;
    InputBuffer buffer_;
    Phase phase_ = Phase::idle;
    Clock::time_point deadline_;
};

}  // namespace terrace::http
