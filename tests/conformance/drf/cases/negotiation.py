"""Points 47 to 49: what is accepted and answered."""

from case import Case, send

WHOLE = {"code": "ZZ1", "name": "Lamp"}
RAW = b'{"code": "ZZ1", "name": "Lamp"}'

ACCEPT = [
    send(47, "anything", "GET", "/gadgets", headers={"Accept": "*/*"}),
    send(47, "JSON", "GET", "/gadgets", headers={"Accept": "application/json"}),
    send(47, "any application type", "GET", "/gadgets", headers={"Accept": "application/*"}),
    send(47, "JSON in capitals", "GET", "/gadgets", headers={"Accept": "APPLICATION/JSON"}),
    send(47, "JSON among others", "GET", "/gadgets", headers={"Accept": "application/xml, application/json;q=0.5"}),
    send(47, "anything after others", "GET", "/gadgets", headers={"Accept": "application/xml, */*;q=0.1"}),
    send(47, "an empty Accept", "GET", "/gadgets", headers={"Accept": ""}, differs="empty-accept"),
    send(47, "XML", "GET", "/gadgets", headers={"Accept": "application/xml"}),
    send(47, "an image", "GET", "/gadgets/{AA1}", headers={"Accept": "image/png"}),
    send(47, "XML for a new one", "POST", "/gadgets", WHOLE, headers={"Accept": "application/xml"}),
    send(47, "XML for what ends", "DELETE", "/gadgets/{made}", headers={"Accept": "application/xml"}, given={}, differs="nothing-to-negotiate"),
    send(47, "not a type at all", "GET", "/gadgets", headers={"Accept": "json"}),
    send(47, "the format as a parameter", "GET", "/gadgets", query={"format": "json"}),
    send(47, "the format of one object as a parameter", "GET", "/gadgets/{AA1}", query={"format": "json"},
         differs="no-format-of-objects"),
    send(47, "an unknown format as a parameter", "GET", "/gadgets", query={"format": "xml"}, differs="unknown-format"),
    send(47, "a format that Accept does not want", "GET", "/gadgets", query={"format": "json"},
         headers={"Accept": "image/png"}),
    send(47, "CSV of a list", "GET", "/gadgets", headers={"Accept": "text/csv"}, differs="csv"),
    send(47, "NDJSON of a list", "GET", "/gadgets", headers={"Accept": "application/x-ndjson"}, differs="csv"),
    send(47, "CSV as a parameter", "GET", "/gadgets", query={"format": "csv"}, headers={"Accept": "*/*"},
         differs="csv-by-parameter"),
    send(47, "CSV of one object", "GET", "/gadgets/{AA1}", headers={"Accept": "text/csv"}),
    send(53, "HTML, as browsers ask", "GET", "/gadgets", differs="no-browsable-api",
         headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}),
    send(53, "HTML and nothing else", "GET", "/gadgets", headers={"Accept": "text/html"}, differs="no-html"),
    send(49, "a version in the Accept header", "GET", "/gadgets", headers={"Accept": "application/json; version=2.0"}),
    send(49, "a version in the path that is not there", "GET", "/../v2/gadgets"),
    send(49, "a version as a parameter", "GET", "/gadgets", query={"version": "1"}, differs="unknown-parameters"),
]

BODIES = [
    send(47, "broken JSON", "POST", "/gadgets", raw=b'{"code": '),
    send(47, "JSON with more after it", "POST", "/gadgets", raw=b"{} {}"),
    send(47, "JSON with a comment", "POST", "/gadgets", raw=b"{} // no"),
    send(47, "single quotes", "POST", "/gadgets", raw=b"{'code': 'ZZ1'}"),
    send(47, "a comma too many", "POST", "/gadgets", raw=b'{"code": "ZZ1",}'),
    send(47, "a body of bytes", "POST", "/gadgets", raw=b"\xff\xfe\x00"),
    send(47, "no UTF-8 in a text", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "\xff\xff"}'),
    send(47, "half a surrogate pair", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "a\\ud800b"}',
         differs="surrogates"),
    send(47, "a surrogate pair", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "a\\ud83d\\udca1"}'),
    send(47, "a byte order mark", "POST", "/gadgets", raw=b"\xef\xbb\xbf" + RAW),
    send(47, "one name twice", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "Lamp", "name": "Bell"}',
         differs="names-once"),
    send(47, "a number with a nought before it", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "Lamp", "stock": 05}'),
    send(47, "an empty body", "POST", "/gadgets", raw=b"", differs="empty-body"),
    send(47, "no body", "POST", "/gadgets", differs="empty-body"),
    send(47, "an empty body on PATCH", "PATCH", "/gadgets/{made}", raw=b"", given={}, differs="empty-patch"),
    send(47, "very deep JSON", "POST", "/gadgets", raw=b"[" * 900 + b"]" * 900, differs="depth"),
    send(47, "broken JSON on PATCH", "PATCH", "/gadgets/{made}", raw=b"{", given={}),
    send(48, "JSON with a character set", "POST", "/gadgets", raw=RAW,
         headers={"Content-Type": "application/json; charset=utf-8"}),
    send(48, "JSON in capitals", "POST", "/gadgets", raw=RAW, headers={"Content-Type": "Application/JSON"}),
    send(48, "JSON in another character set", "POST", "/gadgets", raw=RAW,
         headers={"Content-Type": "application/json; charset=latin-1"}, differs="utf-8-only"),
    send(48, "XML", "POST", "/gadgets", raw=b"<a/>", headers={"Content-Type": "application/xml"}),
    send(48, "plain text", "POST", "/gadgets", raw=RAW, headers={"Content-Type": "text/plain"}),
    send(48, "no type at all", "POST", "/gadgets", raw=RAW, headers={"Content-Type": ""}),
    send(48, "a type that is none", "POST", "/gadgets", raw=RAW, headers={"Content-Type": "json"}),
    send(48, "XML on PATCH", "PATCH", "/gadgets/{made}", raw=b"<a/>", headers={"Content-Type": "text/xml"}, given={}),
    send(48, "XML on PUT", "PUT", "/gadgets/{made}", raw=b"<a/>", headers={"Content-Type": "text/xml"}, given={}),
    send(48, "a form", "POST", "/gadgets", raw=b"code=ZZ1&name=Lamp",
         headers={"Content-Type": "application/x-www-form-urlencoded"}, differs="json-only"),
    send(48, "a form of parts", "POST", "/gadgets", differs="json-only",
         raw=b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\nZZ1\r\n--x\r\n'
             b'Content-Disposition: form-data; name="name"\r\n\r\nLamp\r\n--x--\r\n',
         headers={"Content-Type": "multipart/form-data; boundary=x"}),
]

CASES: list[Case] = [*ACCEPT, *BODIES]
