/// The gate, over the bytes of one connection: a head is read in one way only, however its bytes come, and what passes
/// is what a strict reader behind the gate would read too.

#include "platform/http/gate.hpp"
#include "platform/testing/fuzz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace terrace::http {
namespace {

using fuzz::require;

/// What the gate says of a stream: it waits for more, refuses, or reads a head.
struct Verdict {
    int status = 0;  ///< of the refusal; 0: none
    std::string_view reason;
    std::size_t size = 0;  ///< of the head; 0: its end has not come, or it was refused before

    bool operator==(const Verdict&) const = default;
};

Verdict look_for_end(std::string_view bytes, std::size_t& scanned) {
    const auto end = find_head_end(bytes, scanned);
    if (!end) return {.status = end.error().status, .reason = end.error().reason};
    return {.size = end->value_or(0)};
}

void require_the_same_however_the_bytes_come(std::string_view bytes, const Verdict& whole) {
    std::size_t scanned = 0;
    Verdict verdict;
    for (std::size_t come = 0; come <= bytes.size() && verdict == Verdict{}; ++come)
        verdict = look_for_end(bytes.substr(0, come), scanned);
    require(verdict == whole, "byte by byte and at once are one verdict");
    if (bytes.size() > 512) return;
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        scanned = 0;
        verdict = look_for_end(bytes.substr(0, cut), scanned);
        if (verdict == Verdict{}) verdict = look_for_end(bytes, scanned);
        require(verdict == whole, "in two pieces and at once are one verdict");
    }
}

std::string serialized(const Request& request) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\n", to_string(request.method), request.target);
    for (const Header& header : request.headers) text += fmt::format("{}: {}\r\n", header.name, header.value);
    return text + "\r\n";
}

bool is_token(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-.^`|~").contains(c);
    });
}

void require_one_reading(const Request& request, const HeadFacts& facts, std::string_view head) {
    const auto count = [&](std::string_view name) { return std::ranges::count(request.headers, name, &Header::name); };
    require(count("host") == 1 && is_host_and_port(*request.header("host")), "one well-formed Host");
    require(count("content-length") <= 1, "at most one Content-Length");
    require(count("content-length") == 1 || facts.content_length == 0, "no length without its header");
    require(count("transfer-encoding") == 0, "no Transfer-Encoding");
    for (const std::string_view once : {"authorization", "cookie", "x-forwarded-for", "x-forwarded-host", "origin"})
        require(count(once) <= 1, "a header that decides stands once");

    // A reader that knows nothing but lines counts as many as we do.
    require(std::ranges::count(head, '\n') == static_cast<std::ptrdiff_t>(request.headers.size()) + 2,
            "a line is a header");
    require(std::ranges::count(head, '\n') == std::ranges::count(head, '\r'), "every line ends in CRLF");
    require(request.target.starts_with('/') && request.target.find_first_of(" #\t") == std::string_view::npos,
            "the target is in origin-form");
    require(request.query.empty() ? request.target.substr(0, request.path.size()) == request.path
                                  : request.target == fmt::format("{}?{}", request.path, request.query),
            "path and query are the target");
    for (const Header& header : request.headers) {
        require(is_token(header.name), "a name is a token in lower case without _");
        require(
            std::ranges::none_of(header.value, [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7f; }),
            "no control character in a value");
    }
}

void require_that_it_passes_again(const Request& request, const HeadFacts& facts) {
    const std::string text = serialized(request);
    std::string again = text;
    Request reread;
    const auto refacts = read_head(again, reread);
    require(refacts.has_value(), "what passed passes again");
    require(serialized(reread) == text, "and is the same request");
    require(refacts->content_length == facts.content_length && refacts->keep_alive == facts.keep_alive &&
                refacts->expects_continue == facts.expects_continue,
            "and says the same of the connection");
    require(again == text, "and the gate changes nothing in lower case");
}

void check(std::string_view bytes) {
    std::size_t scanned = 0;
    const Verdict whole = look_for_end(bytes, scanned);
    require_the_same_however_the_bytes_come(bytes, whole);
    if (whole.size == 0) return;
    require(look_for_end(bytes.substr(0, whole.size), scanned = 0) == whole, "what comes after does not matter");

    std::string head(bytes.substr(0, whole.size));
    Request request;
    const auto facts = read_head(head, request);
    if (!facts) {
        constexpr int statuses[] = {400, 411, 417, 431, 501, 505};
        require(std::ranges::find(statuses, facts.error().status) != std::end(statuses), "a refusal has its status");
        require(!facts.error().reason.empty(), "a refusal says why");
        return;
    }
    require_one_reading(request, *facts, head);
    require_that_it_passes_again(request, *facts);
}

}  // namespace
}  // namespace terrace::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    terrace::http::check(terrace::fuzz::text_of(data, size));
    return 0;
}
