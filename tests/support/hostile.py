"""Byte sequences that a sound edge refuses, by name; each takes the host to name (RFC 9112 §2–§7, §11.2)."""

from __future__ import annotations


def post(host: bytes, *lines: bytes, body: bytes = b"", version: bytes = b"HTTP/1.1") -> bytes:
    head = [b"POST /api/v1/auth/token " + version, b"Host: " + host, b"Content-Type: application/json", *lines]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def get(host: bytes, *lines: bytes, target: bytes = b"/api/v1/auth/me", version: bytes = b"HTTP/1.1") -> bytes:
    return b"\r\n".join([b"GET " + target + b" " + version, b"Host: " + host, *lines]) + b"\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


# Each hides a whole request, given as the second argument, where a lenient parser would find it.
SMUGGLING = {
    "length before chunked": lambda host, hidden: post(
        host, b"Content-Length: %d" % (5 + len(hidden)), b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + hidden),
    "chunked before length": lambda host, hidden: post(
        host, b"Transfer-Encoding: chunked", b"Content-Length: %d" % (5 + len(hidden)), body=b"0\r\n\r\n" + hidden),
    "unknown coding": lambda host, hidden: post(host, b"Transfer-Encoding: gzip", body=hidden),
    "coding that ends in chunked": lambda host, hidden: post(host, b"Transfer-Encoding: xchunked", body=chunk(hidden)),
    "chunked, identity": lambda host, hidden: post(host, b"Transfer-Encoding: chunked, identity", body=chunk(hidden)),
    "chunked twice": lambda host, hidden: post(
        host, b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + hidden),
    "space before the colon": lambda host, hidden: post(
        host, b"Transfer-Encoding : chunked", b"Content-Length: %d" % (5 + len(hidden)), body=b"0\r\n\r\n" + hidden),
    "tab before the value": lambda host, hidden: post(
        host, b"Transfer-Encoding:\tchunked\x0b", b"Content-Length: %d" % (5 + len(hidden)),
        body=b"0\r\n\r\n" + hidden),
    "two lengths": lambda host, hidden: post(
        host, b"Content-Length: 2", b"Content-Length: %d" % (2 + len(hidden)), body=b"{}" + hidden),
    "two equal lengths": lambda host, hidden: post(
        host, b"Content-Length: 2", b"Content-Length: 2", body=b"{}" + hidden),
    "list of lengths": lambda host, hidden: post(host, b"Content-Length: 2, 2", body=b"{}" + hidden),
    "signed length": lambda host, hidden: post(host, b"Content-Length: +2", body=b"{}" + hidden),
    "negative length": lambda host, hidden: post(host, b"Content-Length: -1", body=hidden),
    "length of many digits": lambda host, hidden: post(
        host, b"Content-Length: 18446744073709551618", body=b"{}" + hidden),
    "length in hexadecimal": lambda host, hidden: post(host, b"Content-Length: 0x2", body=b"{}" + hidden),
    "chunked in HTTP/1.0": lambda host, hidden: post(
        host, b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + hidden, version=b"HTTP/1.0"),
    "folded header": lambda host, hidden: get(host, b"X-Fold: a", b" Transfer-Encoding: chunked"),
    "bare LF between headers": lambda host, hidden: b"GET /api/v1/auth/me HTTP/1.1\nHost: " + host + b"\n\n",
    "bare CR in a value": lambda host, hidden: get(host, b"X-Value: a\rTransfer-Encoding: chunked"),
    "huge chunk size": lambda host, hidden: post(
        host, b"Transfer-Encoding: chunked", body=b"ffffffffffffffffff\r\n" + hidden),
    "signed chunk size": lambda host, hidden: post(host, b"Transfer-Encoding: chunked", body=b"-1\r\n" + hidden),
}

GARBAGE = {
    "zeros": lambda host: b"\0" * 4096,
    "TLS hello": lambda host: bytes.fromhex("16030100a5010000a10303") + b"\x42" * 160,
    "HTTP/2 preface": lambda host: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 9,
    "endless line": lambda host: b"GET /" + b"a" * 200_000,
    "many headers": lambda host: get(host, *[b"X-H%d: v" % n for n in range(20_000)]),
    "long header": lambda host: get(host, b"X-Long: " + b"a" * 100_000),
    "no host": lambda host: b"GET /api/v1/auth/me HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": lambda host: get(host, b"Host: " + host),
    "NUL in a header": lambda host: get(host, b"X-Nul: a\0b"),
    "NUL in the target": lambda host: get(host, target=b"/api/v1/auth/me\0"),
    "control byte in the target": lambda host: get(host, target=b"/api/\x01"),
    "no version": lambda host: b"GET /api/v1/auth/me\r\nHost: " + host + b"\r\n\r\n",
    "unknown version": lambda host: get(host, version=b"HTTP/9.9"),
    "HTTP/1.0": lambda host: get(host, version=b"HTTP/1.0"),
    "asterisk": lambda host: get(host, target=b"*"),
    "header without a name": lambda host: get(host, b": value"),
    "header without a colon": lambda host: get(host, b"nonsense"),
    "space in a name": lambda host: get(host, b"X Y: value"),
    "trailer of 70 kB": lambda host: post(
        host, b"Transfer-Encoding: chunked", b"Connection: close",
        body=b"2\r\n{}\r\n0\r\nX-Trailer: " + b"a" * 70_000 + b"\r\n\r\n"),
    "chunk extension of 200 kB": lambda host: post(
        host, b"Transfer-Encoding: chunked", b"Connection: close",
        body=b"2;" + b"a" * 200_000 + b"\r\n{}\r\n0\r\n\r\n"),
    "deep JSON": lambda host: post(
        host, b"Content-Length: 200000", b"Connection: close", body=b"[" * 200_000),
}
