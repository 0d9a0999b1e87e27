#include "platform/http/connection.hpp"

#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"
#include "platform/http/completion.hpp"
#include "platform/http/cookie.hpp"
#include "platform/http/problem.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace terrace::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr auto linger_deadline = std::chrono::seconds(2);
constexpr std::size_t longest_logged_path = 256;
constexpr std::size_t least_body_read = 16uz * 1024;
/// A client has a deadline for each: it must take 64 KB in that time, however much there is altogether.
constexpr std::size_t longest_chunk = 64uz * 1024;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void log_request(const Request& request, int status, Clock::time_point start, std::uint64_t bytes, bool whole) {
    log::info("request", {{"method", to_string(request.method)},
                          {"path", request.path.substr(0, longest_logged_path)},
                          {"status", status},
                          {"ms", milliseconds_since(start)},
                          {"bytes", static_cast<std::int64_t>(bytes)},
                          {"whole", whole},
                          {"request_id", request.request_id},
                          {"client", request.client_address}});
}

void log_failure(const Request& request, std::string_view what) {
    log::error("handler_failed", {{"what", what},
                                  {"method", to_string(request.method)},
                                  {"path", request.path.substr(0, longest_logged_path)},
                                  {"request_id", request.request_id}});
}

/// Nothing when the source has failed.
asio::awaitable<std::optional<std::string>> next_piece(const Request& request, BodySource& source) {
    try {
        auto piece = co_await source.next();
        if (piece) co_return *std::move(piece);
        log_failure(request, "the rest of the body could not be made: " + piece.error().code);
    } catch (const std::exception& failure) {
        log_failure(request, failure.what());
    } catch (...) {
        log_failure(request, "an exception of no known kind");
    }
    co_return std::nullopt;
}

std::string_view code_of(int status) {
    switch (status) {
        case 411:
            return "length_required";
        case 413:
        case 431:
            return "too_large";
        case 417:
            return "expectation_failed";
        case 501:
            return "not_implemented";
        case 505:
            return "version_not_supported";
        default:
            return "parse_error";
    }
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, const IpAddress& peer, LoopContext& loop)
    : socket_(std::move(socket)), peer_(peer), loop_(loop), buffer_(loop.options.header_limit) {
    loop_.connections.push_back(*this);
    ++loop_.connection_count;
}

Connection::~Connection() {
    --loop_.connection_count;
}

void Connection::enter(Phase phase) {
    phase_ = phase;
    const auto within = [](auto duration) { return Clock::now() + duration; };
    switch (phase) {
        case Phase::idle:
            deadline_ = within(loop_.options.idle_deadline);
            break;
        case Phase::head:
            deadline_ = within(loop_.options.header_deadline);
            break;
        case Phase::body:
            deadline_ = within(loop_.options.body_deadline);
            break;
        case Phase::handling:
            deadline_ = Clock::time_point::max();
            break;
        case Phase::writing:
            deadline_ = within(loop_.options.write_deadline);
            break;
        case Phase::lingering:
            deadline_ = within(linger_deadline);
            break;
    }
}

void Connection::interrupt() {
    error_code ignored;
    socket_.cancel(ignored);
}

void Connection::expire(Clock::time_point now) {
    if (now >= deadline_) interrupt();
}

void Connection::expire_if_idle() {
    error_code ignored;
    if (phase_ == Phase::idle && socket_.available(ignored) == 0) interrupt();
}

asio::awaitable<void> Connection::run() {
    while (co_await serve_one()) {
    }
}

asio::awaitable<bool> Connection::serve_one() {
    Request request;
    const auto size = co_await receive_head();
    if (!size) co_return co_await refuse(request, size.error());
    if (*size == 0) co_return false;
    const auto start = Clock::now();

    const auto facts = read_head(buffer_.bytes().first(*size), request);
    if (!facts) co_return co_await refuse(request, facts.error());
    if (const auto refusal = check(request, *facts)) co_return co_await refuse(request, *refusal);

    const std::string_view after = buffer_.view().substr(*size);
    const auto length = static_cast<std::size_t>(facts->content_length);
    const std::string_view received = after.substr(0, length);
    if (facts->expects_continue && received.size() < length)
        if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return false;
    if (length > 0 && !co_await receive_body(received, length, request.body)) co_return false;

    enter(Phase::handling);
    Response response = co_await answer(request);
    const int status = response.status;
    const bool keep_alive = facts->keep_alive && !loop_.leaving;
    const Sent sent = co_await send(request, std::move(response), keep_alive);
    log_request(request, status, start, sent.bytes, sent.whole);
    buffer_.consume(*size + received.size());
    if (sent.whole && !keep_alive) co_await linger();
    co_return sent.whole&& keep_alive;
}

/// What needs more than the head's own text to be refused; fills what comes from the peer and its proxies.
std::optional<GateRefusal> Connection::check(Request& request, const HeadFacts& facts) const {
    if (!loop_.proxies.fill(request, peer_)) return GateRefusal{400, "X-Forwarded-Host is malformed."};
    if (!cookie_header_is_sound(request.header("cookie").value_or("")))
        return GateRefusal{400, "The cookies contradict each other."};
    if (facts.content_length > loop_.options.body_limit) return GateRefusal{413, "The body is too large."};
    return {};
}

/// The size of the next head, 0 when the client is gone or too slow.
asio::awaitable<std::expected<std::size_t, GateRefusal>> Connection::receive_head() {
    enter(buffer_.empty() ? Phase::idle : Phase::head);
    if (phase_ == Phase::idle && loop_.draining) co_return std::size_t{0};
    std::size_t scanned = 0;
    while (true) {
        const auto end = find_head_end(buffer_.view(), scanned);
        if (!end) co_return std::unexpected(end.error());
        if (*end) co_return **end;
        if (buffer_.full()) co_return std::unexpected(GateRefusal{431, "The request's head is too large."});

        const std::size_t count = co_await read_some(buffer_.prepare());
        if (count == 0) co_return std::size_t{0};
        buffer_.commit(count);
        if (phase_ == Phase::idle) enter(Phase::head);
    }
}

asio::awaitable<bool> Connection::receive_body(std::string_view received, std::size_t length, std::string& body) {
    body = received;
    enter(Phase::body);
    while (body.size() < length) {
        // Memory follows what has come, not what was announced.
        const std::size_t filled = body.size();
        const std::size_t step = std::min(length - filled, std::max(least_body_read, filled));
        body.resize(filled + step);
        const std::size_t count = co_await read_some({body.data() + filled, step});
        body.resize(filled + count);
        if (count == 0) co_return false;
    }
    co_return true;
}

asio::awaitable<Response> Connection::answer(Request& request) {
    try {
        co_return co_await loop_.application->handle(request);
    } catch (const std::exception& failure) {
        log_failure(request, failure.what());
    } catch (...) {
        log_failure(request, "an exception of no known kind");
    }
    co_return problem(errors::internal(), request.request_id);
}

std::string Connection::make_head(const Request& request, Response& response, bool keep_alive) {
    const auto date = loop_.date.now();
    try {
        return response_head(response, request.request_id, date, keep_alive);
    } catch (const std::logic_error& failure) {
        log_failure(request, failure.what());
        response = problem(errors::internal(), request.request_id);
        return response_head(response, request.request_id, date, keep_alive);
    }
}

asio::awaitable<Connection::Sent> Connection::send(const Request& request, Response response, bool keep_alive) {
    std::string head = make_head(request, response, keep_alive);
    const bool has_body = request.method != Method::head && may_have_body(response.status);
    if (has_body && response.rest) co_return co_await stream(request, std::move(head), std::move(response));
    const std::string_view body = has_body ? std::string_view(response.body) : std::string_view();
    const bool whole = co_await write(head, body);
    co_return Sent{whole, whole ? body.size() : 0};
}

asio::awaitable<Connection::Sent> Connection::stream(const Request& request, std::string head, Response response) {
    Sent sent;
    const auto rest = response.rest->length();
    const std::uint64_t announced = response.body.size() + rest.value_or(0);
    std::string before = std::move(head);  // what goes before the next chunk
    std::string piece = std::move(response.body);
    do {
        for (std::string_view left = piece; !left.empty();) {
            const std::string_view chunk = left.substr(0, longest_chunk);
            left.remove_prefix(chunk.size());
            // Bytes beyond the announced length would be taken for the next answer.
            if (rest && chunk.size() > announced - sent.bytes) co_return sent;
            if (!rest) before += fmt::format("{:x}\r\n", chunk.size());
            if (!co_await write(before, chunk)) co_return sent;
            sent.bytes += chunk.size();
            before = rest ? "" : "\r\n";
        }
        enter(Phase::handling);
        auto next = co_await next_piece(request, *response.rest);
        if (!next || loop_.finished) co_return sent;
        piece = *std::move(next);
    } while (!piece.empty());
    if (rest && sent.bytes != announced) co_return sent;
    sent.whole = co_await write(before + (rest ? "" : "0\r\n\r\n"), {});
    co_return sent;
}

/// Usually the socket takes everything at once and the coroutine does not wait.
asio::awaitable<bool> Connection::write(std::string_view first, std::string_view second) {
    error_code error;
    const std::array buffers{asio::buffer(first), asio::buffer(second)};
    const std::size_t written = socket_.write_some(buffers, error);
    if (error && error != asio::error::would_block) co_return false;
    if (written == first.size() + second.size()) co_return true;

    enter(Phase::writing);
    first.remove_prefix(std::min(written, first.size()));
    if (first.empty()) second.remove_prefix(written - std::min(written, buffers[0].size()));
    const std::array rest{asio::buffer(first), asio::buffer(second)};
    const auto [failure, count] = co_await asio::async_write(socket_, rest, completion);
    co_return !failure;
}

/// 0 when the client is gone or the deadline has passed.
asio::awaitable<std::size_t> Connection::read_some(std::span<char> into) {
    const auto [error, count] = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), completion);
    co_return error ? 0 : count;
}

asio::awaitable<bool> Connection::refuse(Request& request, GateRefusal refusal) {
    if (request.request_id.empty()) request.request_id = Uuid::v7().to_string();
    log::info("refused", {{"status", refusal.status},
                          {"reason", refusal.reason},
                          {"request_id", request.request_id},
                          {"client", request.client_address.empty() ? peer_.to_string() : request.client_address}});
    Response response = problem(
        {.status = refusal.status, .code = std::string(code_of(refusal.status)), .detail = std::string(refusal.reason)},
        request.request_id);
    const Sent sent = co_await send(request, std::move(response), false);
    if (sent.whole) co_await linger();
    co_return false;
}

asio::awaitable<void> Connection::linger() {
    enter(Phase::lingering);
    error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    std::array<char, 4096> discarded;
    while (!loop_.finished && Clock::now() < deadline_ && co_await read_some(discarded) > 0) {
    }
}

}  // namespace terrace::http
