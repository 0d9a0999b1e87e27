#include "platform/http/gate.hpp"

#include "platform/base/mutant.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace terrace::http {
namespace {

constexpr std::size_t most_headers = 100;

using Refused = std::unexpected<GateRefusal>;

Refused refuse(int status, std::string_view reason) {
    return Refused(GateRefusal{status, reason});
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_alpha(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z');
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

template <class Predicate>
constexpr std::array<bool, 256> table_of(Predicate predicate) {
    std::array<bool, 256> table{};
    for (int c = 0; c < 256; ++c) table[c] = predicate(static_cast<char>(c));
    return table;
}

/// RFC 9110 §5.6.2 without `_`: a CGI-like reader behind us would take it for `-`.
constexpr auto token =
    table_of([](char c) { return is_alpha(c) || is_digit(c) || std::string_view("!#$%&'*+-.^`|~").contains(c); });
constexpr auto target_character = table_of([](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
constexpr auto value_character = table_of([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte != 0x7f : c == '\t';
});

bool all(std::string_view text, const std::array<bool, 256>& table) {
    return std::ranges::all_of(text, [&](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
    return std::ranges::equal(text, lower, [](char a, char b) { return (is_upper(a) ? a | 0x20 : a) == b; });
}

/// Headers that decide who asks, for what, or how the message ends: two of them are two readings of one request.
bool may_stand_once(std::string_view name) {
    constexpr std::string_view names[] = {
        "host",   "content-length", "content-type", "content-encoding", "authorization", "cookie",
        "origin", "referer",        "expect",       "if-match",         "if-none-match", "idempotency-key",
        "range",  "x-request-id",   "x-real-ip",    "forwarded",        "traceparent",   "transfer-encoding"};
    return std::ranges::find(names, name) != std::end(names) || name.starts_with("x-forwarded-") ||
           name.starts_with("x-terrace-") || name.starts_with("sec-fetch-");
}

std::optional<GateRefusal> read_request_line(std::string_view line, Request& request) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == line.npos || first == last) return GateRefusal{400, "The request line is malformed."};
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);

    if (method.empty() || !all(method, token)) return GateRefusal{400, "The method is malformed."};
    if (!target.starts_with('/') || !all(target, target_character))
        return GateRefusal{400, "The request target is not a path."};
    if (version != "HTTP/1.1") {
        const bool other = version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
                           version[6] == '.' && is_digit(version[7]);
        return other ? GateRefusal{505, "This server speaks HTTP/1.1."} : GateRefusal{400, "The version is malformed."};
    }
    const auto known = method_from(method);
    if (!known) return GateRefusal{501, "The method is not known here."};

    const auto question = target.find('?');
    request.method = *known;
    request.target = target;
    request.path = target.substr(0, question);
    request.query = question == target.npos ? std::string_view() : target.substr(question + 1);
    return {};
}

/// One `name: value` line. Turns the name into lower case in place.
std::expected<Header, GateRefusal> read_header(std::span<char> line) {
    if (is_blank(line.front())) return refuse(400, "A header line is folded.");
    const auto colon = std::ranges::find(line, ':');
    const std::size_t length = static_cast<std::size_t>(colon - line.begin());
    const std::string_view name(line.data(), length);
    if (colon == line.end() || name.empty() || !all(name, token)) return refuse(400, "A header's name is malformed.");
    for (char& c : line.first(length))
        if (is_upper(c)) c |= 0x20;

    std::string_view value(line.data() + length + 1, line.size() - length - 1);
    if (!all(value, value_character)) return refuse(400, "A header's value holds a control character.");
    while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
    while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
    return Header{name, value};
}

bool has_close(std::string_view connection) {
    while (true) {
        const auto comma = connection.find(',');
        std::string_view option = connection.substr(0, comma);
        while (!option.empty() && is_blank(option.front())) option.remove_prefix(1);
        while (!option.empty() && is_blank(option.back())) option.remove_suffix(1);
        if (equal_ignoring_case(option, "close")) return true;
        if (comma == connection.npos) return false;
        connection.remove_prefix(comma + 1);
    }
}

std::expected<std::uint64_t, GateRefusal> read_length(std::string_view value) {
    std::uint64_t length = 0;
    const char* const begin = value.data();
    const char* const end = begin + value.size();
    const auto [stop, error] = std::from_chars(begin, end, length);
    if (value.empty() || !std::ranges::all_of(value, is_digit) || error != std::errc() || stop != end)
        return refuse(400, "Content-Length is not a plain number.");
    return length;
}

/// What all headers together say; looks at each once.
std::expected<HeadFacts, GateRefusal> weigh(const std::vector<Header>& headers) {
    HeadFacts facts;
    bool has_host = false;
    bool has_length = false;
    std::string_view transfer_encoding;
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const auto& [name, value] = *header;
        const bool doubled = name == "host" && mutant("two-hosts-taken");
        if (!doubled && may_stand_once(name) &&
            std::ranges::find(headers.begin(), header, name, &Header::name) != header)
            return refuse(400, "A header that may stand once stands twice.");
        if (name == "host") {
            has_host = is_host_and_port(value);
        } else if (name == "content-length") {
            const auto length = read_length(value);
            if (!length) return Refused(length.error());
            facts.content_length = *length;
            has_length = true;
        } else if (name == "transfer-encoding") {
            transfer_encoding = value.empty() ? std::string_view("?") : value;
        } else if (name == "connection") {
            if (has_close(value)) facts.keep_alive = false;
        } else if (name == "expect") {
            if (!equal_ignoring_case(value, "100-continue")) return refuse(417, "The expectation is not known here.");
            facts.expects_continue = true;
        }
    }
    if (!transfer_encoding.empty()) {
        if (has_length) return refuse(400, "Transfer-Encoding and Content-Length stand together.");
        if (equal_ignoring_case(transfer_encoding, "chunked"))
            return refuse(411, "Send the body with a Content-Length.");
        return refuse(501, "The transfer encoding is not known here.");
    }
    if (!has_host) return refuse(400, "There must be one well-formed Host.");
    return facts;
}

}  // namespace

bool is_host_and_port(std::string_view text) {
    std::size_t end = 0;
    if (text.starts_with('[')) {
        end = text.find(']');
        if (end == text.npos || end < 3) return false;
        for (const char c : text.substr(1, end - 1))
            if (!is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F') && c != ':' && c != '.')
                return false;
        ++end;
    } else {
        while (end < text.size() &&
               (is_alpha(text[end]) || is_digit(text[end]) || text[end] == '-' || text[end] == '.'))
            ++end;
        if (end == 0 || end > 253 || text.front() == '.' || text.front() == '-') return false;
    }
    const std::string_view rest = text.substr(end);
    if (rest.empty()) return true;
    return rest.size() >= 2 && rest.size() <= 6 && rest[0] == ':' && std::ranges::all_of(rest.substr(1), is_digit);
}

std::expected<std::optional<std::size_t>, GateRefusal> find_head_end(std::string_view bytes, std::size_t& scanned) {
    if (!bytes.empty() && !token[static_cast<unsigned char>(bytes.front())])
        return refuse(400, "This is not an HTTP request.");
    for (auto feed = bytes.find('\n', scanned); feed != bytes.npos; feed = bytes.find('\n', feed + 1)) {
        if (bytes[feed - 1] != '\r') return refuse(400, "A line does not end in CRLF.");
        const bool empty_line = bytes[feed - 2] == '\n';
        if (empty_line) return feed + 1;
    }
    scanned = bytes.size();
    return std::nullopt;
}

std::expected<HeadFacts, GateRefusal> read_head(std::span<char> head, Request& request) {
    request.headers.clear();
    bool first = true;
    while (true) {
        const std::string_view rest(head.data(), head.size());
        const auto end = rest.find('\r');
        if (end == rest.npos || end + 1 == rest.size() || rest[end + 1] != '\n')
            return refuse(400, "A line does not end in CRLF.");
        const std::span<char> line = head.first(end);
        head = head.subspan(end + 2);
        if (first) {
            if (auto refusal = read_request_line({line.data(), line.size()}, request)) return Refused(*refusal);
            first = false;
        } else if (line.empty()) {
            break;
        } else {
            const auto header = read_header(line);
            if (!header) return Refused(header.error());
            if (request.headers.size() == most_headers) return refuse(431, "There are too many headers.");
            request.headers.push_back(*header);
        }
    }
    if (!head.empty()) return refuse(400, "The head goes on after its empty line.");
    return weigh(request.headers);
}

}  // namespace terrace::http
