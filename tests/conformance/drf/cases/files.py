"""Point 9: files and pictures. A drawing must have a plan, a PDF, and may have a picture."""

import io
import struct
import zlib

from PIL import Image

from case import Case, Step, Upload, case, fetched, send, sent, step
from files import as_parts

LIST = "/drawings"
NEW = "/drawings/{new}"
SEEN = (step("GET", NEW),)
MOST = 100_000


def painted(form: str, size: tuple[int, int] = (3, 2)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (51, 102, 204)).save(out, form)
    return out.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG of which only the announced size is large."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
PLAN = Upload("plan.pdf", PDF, "application/pdf")
PICTURE = Upload("front.png", painted("PNG"), "image/png")
OTHER = Upload("back.png", painted("PNG", (5, 4)), "image/png")
TEXT = b"Nothing but words.\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def made(title: str, *, then: tuple[Step, ...] = SEEN, fields: dict | None = None, plan: Upload = PLAN,
         **rest) -> Case:
    """POST of a drawing with its files, then what follows; beside files what `case` takes."""
    files = {name: file for name, file in rest.items() if isinstance(file, Upload)}
    others = {name: value for name, value in rest.items() if name not in files}
    return case(9, title, sent("POST", LIST, fields or {"code": "D1"}, plan=plan, **files), then=then, **others)


def pictured(title: str, content: bytes, name: str = "front.png", media_type: str = "image/png", **rest) -> Case:
    return made(title, picture=Upload(name, content, media_type), **rest)


def changed(title: str, *then: Step, **rest) -> Case:
    """A drawing with plan and picture is made, then what follows."""
    return made(title, picture=PICTURE, then=then, **rest)


VALUE = ("file-address", "file-as-an-object")
BYTES = (*VALUE, "file-disposition", "file-cache", "file-ranges", "file-policy", "file-times")

TAKEN = [
    made("a file", differs=VALUE),
    made("a file and a picture", picture=PICTURE, differs=VALUE),
    pictured("a JPEG", painted("JPEG"), "front.jpg", "image/jpeg", differs=VALUE),
    pictured("a WebP", painted("WEBP"), "front.webp", "image/webp", differs=VALUE),
    pictured("a GIF", painted("GIF"), "front.gif", "image/gif", differs="web-pictures"),
    pictured("a BMP", painted("BMP"), "front.bmp", "image/bmp", differs="web-pictures"),
    pictured("a picture that the client calls a text", painted("PNG"), media_type="text/plain", differs=VALUE),
    pictured("a picture with another picture's ending", painted("PNG"), "front.jpg", differs=VALUE),
    pictured("a picture without an ending", painted("PNG"), "front", differs="content-decides"),
    pictured("a picture with a text's ending", painted("PNG"), "front.txt", differs="content-decides"),
    made("a file with another ending", plan=Upload("plan.bin", PDF), differs="content-decides"),
    made("a name in Hindi", plan=Upload("नक्शा.pdf", PDF), differs=VALUE),
    made("a name of 200 Hindi letters", plan=Upload("न" * 200 + ".pdf", PDF), differs="names-of-letters"),
    made("a name with blanks", plan=Upload("front and back.pdf", PDF), differs=VALUE),
    made("a name of 250 letters", plan=Upload("n" * 246 + ".pdf", PDF), differs=VALUE),
    made("as large as may be", plan=Upload("plan.pdf", PDF.ljust(MOST, b"%")), differs=VALUE),
    made("a list", then=(step("GET", LIST),), picture=PICTURE, differs=VALUE),
    made("a file for one who may look only", then=(step("GET", NEW, who="reader"),), differs=VALUE),
]

REFUSED = [
    send(9, "no file where there must be one", "POST", LIST, {"code": "D1"}, differs="no-file-words"),
    send(9, "null where there must be a file", "POST", LIST, {"code": "D1", "plan": None}),
    send(9, "a text for a file", "POST", LIST, {"code": "D1", "plan": "plan.pdf"}, differs="file-words"),
    send(9, "an empty text for a file", "POST", LIST, {"code": "D1", "plan": ""}, differs="file-words"),
    send(9, "a number for a file", "POST", LIST, {"code": "D1", "plan": 7}, differs="file-words"),
    send(9, "true for a file", "POST", LIST, {"code": "D1", "plan": True}, differs="file-words"),
    send(9, "a list for a file", "POST", LIST, {"code": "D1", "plan": []}, differs="file-words"),
    send(9, "an object for a file", "POST", LIST, {"code": "D1", "plan": {"name": "plan.pdf"}}, differs="file-words"),
    send(9, "a text for a picture", "POST", LIST, {"code": "D1", "picture": "front.png"},
         differs=("file-words", "no-file-words")),
    send(9, "the id of no file", "POST", LIST, {"code": "D1", "plan": "{maker}"}, differs="ids-of-files"),
    made("an empty file", plan=Upload("plan.pdf", b""), differs="file-size-first"),
    made("an empty picture", picture=Upload("front.png", b""), differs="file-size-first"),
    made("a file without a name", plan=Upload("", PDF), differs="file-name-first"),
    made("a picture without a name", picture=Upload("", PICTURE.content), differs="file-name-first"),
    made("a name that is too long", plan=Upload("n" * 252 + ".pdf", PDF), differs="whole-names"),
    made("a name with a path", plan=Upload("../../plans/plan.pdf", PDF), differs="names-without-path"),
    made("too large", plan=Upload("plan.pdf", PDF.ljust(MOST + 1, b"%"))),
    made("a picture that is too large", picture=Upload("front.png", PICTURE.content.ljust(MOST + 1, b"\0"))),
    pictured("a text for a picture's content", TEXT),
    pictured("a page for a picture's content", b"<!DOCTYPE html><script>alert(1)</script>"),
    pictured("a drawing that is a program", SVG, "front.svg", "image/svg+xml"),
    pictured("a plan for a picture", PDF),
    pictured("the beginning of a PNG alone", PICTURE.content[:8]),
    pictured("a PNG whose header is damaged", PICTURE.content[:18] + b"\xff" + PICTURE.content[19:]),
    pictured("a PNG that ends within its header", PICTURE.content[:30]),
    pictured("a PNG that ends within its pixels", painted("PNG", (40, 40))[:-20], differs="pictures-by-header"),
    pictured("a JPEG that ends within its header", painted("JPEG")[:100], "front.jpg", "image/jpeg"),
    pictured("a JPEG that ends within its pixels", painted("JPEG", (40, 40))[:-20], "front.jpg", "image/jpeg",
             differs=VALUE),
    pictured("a WebP that ends within its header", painted("WEBP")[:24], "front.webp", "image/webp"),
    pictured("a picture of 400 million pixels", claimed(20_000, 20_000)),
    pictured("a picture of 64 million pixels", claimed(8_000, 8_000), differs="pixels"),
    made("a page for a plan's content", plan=Upload("plan.pdf", SVG), differs="content-decides-types"),
    made("a file and a wrong field", fields={"code": "D" * 21}),
    made("a wrong file and a wrong field", fields={"code": "D" * 21}, picture=Upload("front.png", TEXT),
         differs="files-after-fields"),
    made("two wrong files", picture=Upload("front.png", TEXT), plan=Upload("plan.pdf", PDF.ljust(MOST + 1, b"%")),
         differs="one-file-at-a-time"),
    case(9, "a multipart body", as_parts(sent("POST", LIST, {"code": "D1"}, plan=PLAN)), differs="json-only"),
    made("a file by one who may look only", who="reader"),
    made("a file by one who may do nothing", who="outsider"),
    made("a file by nobody", who="nobody"),
]

WRITTEN = [
    changed("a picture is replaced", sent("PATCH", NEW, picture=OTHER), *SEEN, differs=VALUE),
    changed("a picture is removed", step("PATCH", NEW, {"picture": None}), *SEEN, differs=VALUE),
    changed("a file that must be there is removed", step("PATCH", NEW, {"plan": None}), *SEEN, differs=VALUE),
    changed("another field is changed", step("PATCH", NEW, {"code": "D2"}), *SEEN, differs=VALUE),
    changed("PUT without the files", step("PUT", NEW, {"code": "D2"}), differs=(*VALUE, "no-file-words")),
    changed("PUT without the picture", sent("PUT", NEW, {"code": "D2"}, plan=PLAN),
            differs=(*VALUE, "put-replaces-picture")),
    changed("a wrong picture changes nothing", sent("PATCH", NEW, picture=Upload("front.png", TEXT)), *SEEN,
            differs=VALUE),
    changed("the address of a file is sent back", step("PATCH", NEW, {"picture": "{picture}"}),
            differs=(*VALUE, "file-words")),
    made("a picture is added", then=(sent("PATCH", NEW, picture=PICTURE), *SEEN), differs=VALUE),
    made("a picture is written by one who may look only", then=(sent("PATCH", NEW, who="reader", picture=PICTURE),),
         differs=VALUE),
]

READ = [
    changed("a file at its address", fetched("plan"), differs=BYTES),
    changed("a picture at its address", fetched("picture"), differs=BYTES),
    changed("HEAD of a file", fetched("plan", "HEAD"), differs=BYTES),
    changed("a file that was replaced", sent("PATCH", NEW, picture=OTHER), fetched("picture"), differs=BYTES),
    changed("a file's former content", sent("PATCH", NEW, picture=OTHER), fetched("first picture"),
            differs=(*VALUE, "let-go")),
    changed("a file that was removed", step("PATCH", NEW, {"picture": None}), fetched("first picture"),
            differs=(*VALUE, "let-go")),
    changed("a part of a file", fetched("plan", headers={"Range": "bytes=0-7"}), differs=(*VALUE, "file-parts")),
    changed("a part behind its end", fetched("plan", headers={"Range": "bytes=900-"}),
            differs=(*VALUE, "file-parts-behind")),
    changed("a file at its address for one who may look only", fetched("plan", who="reader"), differs=BYTES),
    changed("a file at its address for one who may do nothing", fetched("plan", who="outsider"),
            differs=(*VALUE, "files-of-those-who-see")),
    changed("a file at its address for nobody", fetched("plan", who="nobody"),
            differs=(*VALUE, "files-of-the-signed-in")),
    changed("a file is not written at its address", fetched("plan", "PUT"), differs=(*VALUE, "file-methods")),
]

CASES: list[Case] = [*TAKEN, *REFUSED, *WRITTEN, *READ]
