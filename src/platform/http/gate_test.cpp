#include "platform/http/gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace terrace::http {
namespace {

struct Vector {
    std::string name;
    std::string head;  ///< the empty line is added unless it is there
    int status;        ///< 0: passes
};

std::ostream& operator<<(std::ostream& out, const Vector& vector) {
    return out << vector.name;
}

std::string post_with(const std::string& headers) {
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + headers;
}
std::string get_with(const std::string& headers) {
    return "GET /x HTTP/1.1\r\nHost: a\r\n" + headers;
}

/// What the server does: find the end, then read. 0 when the head passes, -1 when its end never comes.
int verdict(std::string bytes) {
    std::size_t scanned = 0;
    const auto end = find_head_end(bytes, scanned);
    if (!end) return end.error().status;
    if (!*end) return -1;
    Request request;
    const auto facts = read_head(std::span(bytes).first(**end), request);
    return facts ? 0 : facts.error().status;
}

class Gate : public testing::TestWithParam<Vector> {};

TEST_P(Gate, Decides) {
    std::string head = GetParam().head;
    if (!head.ends_with("\r\n\r\n")) head += "\r\n";
    EXPECT_EQ(verdict(head), GetParam().status);
}

const Vector vectors[] = {
    // The probe of Boost.Beast 1.81: what it lets pass, and its neighbours.
    {"Plain", get_with(""), 0},
    {"ContentLength", post_with("Content-Length: 5\r\n"), 0},
    {"ChunkedWithTrailer", post_with("Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"),
     411},
    {"Chunked", post_with("Transfer-Encoding: chunked\r\n"), 411},
    {"ChunkedUpperCase", post_with("TRANSFER-ENCODING: Chunked\r\n"), 411},
    {"LongChunkExtension", post_with("Transfer-Encoding: chunked\r\n\r\n5;" + std::string(200'000, 'e') + "\r\n"), 411},
    {"TransferGzip", post_with("Transfer-Encoding: gzip\r\n"), 501},
    {"TransferXchunked", post_with("Transfer-Encoding: xchunked\r\n"), 501},
    {"TransferChunkedIdentity", post_with("Transfer-Encoding: chunked, identity\r\n"), 501},
    {"TransferGzipChunked", post_with("Transfer-Encoding: gzip, chunked\r\n"), 501},
    {"TransferIdentity", post_with("Transfer-Encoding: identity\r\n"), 501},
    {"TransferEmpty", post_with("Transfer-Encoding:\r\n"), 501},
    {"TransferTwice", post_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"TransferThenLength", post_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
    {"LengthThenTransfer", post_with("Content-Length: 5\r\nTransfer-Encoding: gzip\r\n"), 400},
    {"TransferWithSpaceBeforeColon", post_with("Transfer-Encoding : chunked\r\n"), 400},
    {"TransferWithVerticalTab",
     post_with("Transfer-Encoding:\x0b"
               "chunked\r\n"),
     400},
    {"OldVersionChunked", "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n", 505},
    {"OldVersion", "GET /x HTTP/1.0\r\nHost: a\r\n", 505},
    {"TwoHosts", get_with("Host: b\r\n"), 400},
    {"TwoEqualHosts", get_with("Host: a\r\n"), 400},
    {"NoHost", "GET /x HTTP/1.1\r\n", 400},
    {"EmptyHost", "GET /x HTTP/1.1\r\nHost:\r\n", 400},
    {"TwoLengths", post_with("Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
    {"TwoEqualLengths", post_with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
    {"LengthList", post_with("Content-Length: 5, 5\r\n"), 400},
    {"LengthPlus", post_with("Content-Length: +5\r\n"), 400},
    {"LengthMinus", post_with("Content-Length: -5\r\n"), 400},
    {"LengthHex", post_with("Content-Length: 0x5\r\n"), 400},
    {"LengthInnerSpace", post_with("Content-Length: 5 5\r\n"), 400},
    {"LengthSurroundedByBlanks", post_with("Content-Length: \t 5 \t\r\n"), 0},
    {"LengthEmpty", post_with("Content-Length:\r\n"), 400},
    {"LengthBeyond64Bits", post_with("Content-Length: 18446744073709551616\r\n"), 400},
    {"LengthOf64Bits", post_with("Content-Length: 18446744073709551615\r\n"), 0},
    {"ObsFold", get_with("X: a\r\n b\r\n"), 400},
    {"ObsFoldByTab", get_with("X: a\r\n\tb\r\n"), 400},
    {"FoldedFirstHeader", "GET /x HTTP/1.1\r\n Host: a\r\n", 400},
    {"Underscore", get_with("X_Tenant: a\r\n"), 400},
    {"AbsoluteForm", "GET http://a/x HTTP/1.1\r\nHost: a\r\n", 400},
    {"AuthorityForm", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n", 400},
    {"AsteriskForm", "OPTIONS * HTTP/1.1\r\nHost: a\r\n", 400},
    // Bytes that must not stand where they stand.
    {"NulInValue", get_with(std::string("X: a\0b\r\n", 8)), 400},
    {"NulInName", get_with(std::string("X\0Y: a\r\n", 8)), 400},
    {"NulInTarget", std::string("GET /\0 HTTP/1.1\r\nHost: a\r\n", 26), 400},
    {"BareLineFeedInValue", get_with("X: a\nY: b\r\n"), 400},
    {"BareLineFeedEnd", "GET /x HTTP/1.1\nHost: a\n\n", 400},
    {"BareReturnInValue", get_with("X: a\rY: b\r\n"), 400},
    {"BareReturnInRequestLine", "GET /x\r HTTP/1.1\r\nHost: a\r\n", 400},
    {"ReturnReturnFeed", get_with("X: a\r\r\n"), 400},
    {"DeleteInValue", get_with("X: a\x7f\r\n"), 400},
    {"EscapeInValue", get_with("X: \x1b[31m\r\n"), 400},
    {"TabInValue", get_with("X: a\tb\r\n"), 0},
    {"Latin1InValue", get_with("X: caf\xe9\r\n"), 0},
    {"TabInTarget", "GET /a\tb HTTP/1.1\r\nHost: a\r\n", 400},
    {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n", 400},
    {"FragmentInTarget", "GET /a#b HTTP/1.1\r\nHost: a\r\n", 400},
    {"Latin1InTarget", "GET /caf\xe9 HTTP/1.1\r\nHost: a\r\n", 400},
    {"TargetWithoutSlash", "GET x HTTP/1.1\r\nHost: a\r\n", 400},
    {"EmptyTarget", "GET  HTTP/1.1\r\nHost: a\r\n", 400},
    {"SpaceBeforeColon", get_with("X : a\r\n"), 400},
    {"SpaceInName", get_with("X Y: a\r\n"), 400},
    {"EmptyName", get_with(": a\r\n"), 400},
    {"NoColon", get_with("nonsense\r\n"), 400},
    {"NonTokenName", get_with("X(Y): a\r\n"), 400},
    // The request line.
    {"UnknownMethod", "BREW /x HTTP/1.1\r\nHost: a\r\n", 501},
    {"Trace", "TRACE /x HTTP/1.1\r\nHost: a\r\n", 501},
    {"LowerCaseMethod", "get /x HTTP/1.1\r\nHost: a\r\n", 501},
    {"NonTokenMethod", "G(T /x HTTP/1.1\r\nHost: a\r\n", 400},
    {"LeadingSpace", " GET /x HTTP/1.1\r\nHost: a\r\n", 400},
    {"LeadingEmptyLine", "\r\nGET /x HTTP/1.1\r\nHost: a\r\n", 400},
    {"TwoSpaces", "GET  /x HTTP/1.1\r\nHost: a\r\n", 400},
    {"TrailingSpace", "GET /x HTTP/1.1 \r\nHost: a\r\n", 400},
    {"NoVersion", "GET /x\r\nHost: a\r\n", 400},
    {"NewerMinor", "GET /x HTTP/1.2\r\nHost: a\r\n", 505},
    {"HttpTwo", "PRI /x HTTP/2.0\r\n", 505},
    {"LowerCaseVersion", "GET /x http/1.1\r\nHost: a\r\n", 400},
    {"VersionWithoutMinor", "GET /x HTTP/1\r\nHost: a\r\n", 400},
    {"VersionWithTwoDigits", "GET /x HTTP/1.10\r\nHost: a\r\n", 400},
    {"VersionElse", "GET /x HTCPCP/1.0\r\nHost: a\r\n", 400},
    {"TlsHello", std::string("\x16\x03\x01\x02\x00\x01", 6), 400},
    // Hosts.
    {"HostWithPort", "GET /x HTTP/1.1\r\nHost: Acme.localhost:8000\r\n", 0},
    {"HostV6", "GET /x HTTP/1.1\r\nHost: [::1]:8000\r\n", 0},
    {"HostOpenBracket", "GET /x HTTP/1.1\r\nHost: [::1\r\n", 400},
    {"HostWithUser", "GET /x HTTP/1.1\r\nHost: user@a\r\n", 400},
    {"HostWithPath", "GET /x HTTP/1.1\r\nHost: a/b\r\n", 400},
    {"HostList", "GET /x HTTP/1.1\r\nHost: a, b\r\n", 400},
    {"HostWithEmptyPort", "GET /x HTTP/1.1\r\nHost: a:\r\n", 400},
    {"HostWithLetterPort", "GET /x HTTP/1.1\r\nHost: a:8x\r\n", 400},
    {"HostWithLeadingDot", "GET /x HTTP/1.1\r\nHost: .a\r\n", 400},
    // Headers that decide.
    {"TwoAuthorizations", get_with("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), 400},
    {"TwoCookies", get_with("Cookie: a=1\r\ncookie: b=2\r\n"), 400},
    {"TwoContentTypes", post_with("Content-Type: a/b\r\nContent-Type: c/d\r\n"), 400},
    {"TwoOrigins", get_with("Origin: http://a\r\nOrigin: http://b\r\n"), 400},
    {"TwoForwardedFors", get_with("X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\n"), 400},
    {"TwoForwardedHosts", get_with("X-Forwarded-Host: a\r\nX-Forwarded-Host: a\r\n"), 400},
    {"TwoIfMatches", get_with("If-Match: a\r\nIf-Match: b\r\n"), 400},
    {"TwoIdempotencyKeys", post_with("Idempotency-Key: a\r\nIdempotency-Key: b\r\n"), 400},
    {"TwoFetchSites", get_with("Sec-Fetch-Site: none\r\nSec-Fetch-Site: same-origin\r\n"), 400},
    {"TwoAccepts", get_with("Accept: a/b\r\nAccept: c/d\r\n"), 0},
    {"ExpectContinue", post_with("Expect: 100-Continue\r\nContent-Length: 5\r\n"), 0},
    {"ExpectElse", post_with("Expect: 200-ok\r\n"), 417},
};

INSTANTIATE_TEST_SUITE_P(Http, Gate, testing::ValuesIn(vectors), [](const auto& info) { return info.param.name; });

TEST(HttpGate, RefusesTooManyHeaders) {
    std::string headers;
    for (int i = 0; i < 99; ++i) headers += "X: a\r\n";
    EXPECT_EQ(verdict(get_with(headers) + "\r\n"), 0);
    EXPECT_EQ(verdict(get_with(headers + "X: a\r\n") + "\r\n"), 431);
}

TEST(HttpGate, SplitsTheHead) {
    std::string head =
        "PATCH /a%20b/c?q=1&r=?x HTTP/1.1\r\nHOST: A:80\r\nX-Empty:\r\nContent-Length: 007\r\nAccept:  */* \t\r\n\r\n";
    Request request;
    const auto facts = read_head(head, request);
    ASSERT_TRUE(facts.has_value());
    EXPECT_EQ(facts->content_length, 7u);
    EXPECT_TRUE(facts->keep_alive);
    EXPECT_FALSE(facts->expects_continue);
    EXPECT_EQ(request.method, Method::patch);
    EXPECT_EQ(request.target, "/a%20b/c?q=1&r=?x");
    EXPECT_EQ(request.path, "/a%20b/c");
    EXPECT_EQ(request.query, "q=1&r=?x");
    EXPECT_EQ(request.header("host"), "A:80");
    EXPECT_EQ(request.header("x-empty"), "");
    EXPECT_EQ(request.header("accept"), "*/*");
    EXPECT_EQ(request.header("cookie"), std::nullopt);
}

TEST(HttpGate, KeepsTheConnectionUnlessToldOtherwise) {
    for (const auto& [value, keep_alive] : {std::pair{"close", false},
                                            {"Close", false},
                                            {"keep-alive, close", false},
                                            {"keep-alive", true},
                                            {"closed", true},
                                            {"", true}}) {
        std::string head = get_with(std::string("Connection: ") + value + "\r\n") + "\r\n";
        Request request;
        EXPECT_EQ(read_head(head, request)->keep_alive, keep_alive) << value;
    }
}

TEST(HttpGate, FindsTheEndHoweverTheBytesCome) {
    const std::string head = get_with("X: a\r\n") + "\r\n";
    std::size_t scanned = 0;
    for (std::size_t size = 0; size < head.size(); ++size) {
        const auto end = find_head_end(std::string_view(head).substr(0, size), scanned);
        ASSERT_TRUE(end.has_value());
        ASSERT_FALSE(end->has_value()) << size;
    }
    EXPECT_EQ(find_head_end(head + "body", scanned).value(), head.size());
}

/// Mutates sound heads at random: the gate may pass or refuse but never breaks, and what passes keeps its promises.
TEST(HttpGate, KeepsItsPromisesOverGarbage) {
    std::mt19937 random(20261123);
    const std::string interesting = std::string("\0\r\n\t :;,_/?#%\x7f\x80\xff", 16) + "ChHT10";
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes = vectors[random() % std::size(vectors)].head.substr(0, 400) + "\r\n";
        for (unsigned changes = random() % 4; changes > 0; --changes)
            bytes[random() % bytes.size()] = interesting[random() % interesting.size()];
        std::size_t scanned = 0;
        const auto end = find_head_end(bytes, scanned);
        if (!end || !*end) continue;
        Request request;
        const auto facts = read_head(std::span(bytes).first(**end), request);
        if (!facts) {
            ASSERT_THAT(facts.error().status, testing::AnyOf(400, 411, 417, 431, 501, 505));
            continue;
        }
        ASSERT_TRUE(request.header("host").has_value());
        ASSERT_FALSE(request.header("transfer-encoding").has_value());
        ASSERT_TRUE(request.path.starts_with('/'));
        for (const Header& header : request.headers) {
            ASSERT_EQ(header.name.find('_'), header.name.npos);
            ASSERT_EQ(header.value.find_first_of(std::string_view("\0\r\n", 3)), header.value.npos);
        }
    }
}

}  // namespace
}  // namespace terrace::http
