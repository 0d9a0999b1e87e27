#!/usr/bin/python3
"""A small DNS server on 127.0.0.1, UDP and TCP, for tests of own domains: `dns_server.py PORT RECORDS`, port 0 for any. Prints
`listening PORT`. RECORDS is a folder, looked into for each question: a file by the name, in JSON a list of TXT texts, or
"silent" (no answer in time), or "fail" (SERVFAIL). A name without a file does not exist."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from dnslib import QTYPE, RCODE, RR, TXT
from dnslib.server import BaseResolver, DNSLogger, DNSServer


def pieces(text: str) -> list[bytes]:
    """As TXT records hold a text: in strings of at most 255 bytes."""
    raw = text.encode()
    return [raw[at:at + 255] for at in range(0, len(raw), 255)] or [b""]


class Records(BaseResolver):
    def __init__(self, path: Path):
        self.path = path

    def resolve(self, request, _handler):
        reply = request.reply()
        name = str(request.q.qname).rstrip(".").lower()
        entry = None
        if re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", name) and (self.path / name).exists():
            entry = json.loads((self.path / name).read_text(encoding="utf-8"))
        if entry == "silent":
            time.sleep(10)
        if entry in ("silent", "fail"):
            reply.header.rcode = RCODE.SERVFAIL
        elif entry is None:
            reply.header.rcode = RCODE.NXDOMAIN
        elif request.q.qtype in (QTYPE.TXT, QTYPE.ANY):
            for text in entry:
                reply.add_answer(RR(request.q.qname, QTYPE.TXT, rdata=TXT(pieces(text)), ttl=1))
        return reply


def servers(port: int, path: Path) -> tuple[DNSServer, DNSServer]:
    """Both on one port; any that is free for one may be taken for the other."""
    quiet = DNSLogger(log="-request,-reply,-truncated,-error,-recv,-send,-data")
    for tries in range(20):
        udp = DNSServer(Records(path), address="127.0.0.1", port=port, logger=quiet)
        try:
            return udp, DNSServer(Records(path), address="127.0.0.1", port=udp.server.server_address[1], tcp=True, logger=quiet)
        except OSError:
            udp.server.server_close()
            if port or tries == 19:
                raise
    raise AssertionError


def main() -> None:
    udp, tcp = servers(int(sys.argv[1]), Path(sys.argv[2]))
    port = udp.server.server_address[1]
    udp.start_thread()
    print("listening", port, flush=True)
    tcp.start()


if __name__ == "__main__":
    main()
