"""An upload that is cut, by a line or by `kill -9`, leaves nothing that anybody sees, and goes on where it was."""

import secrets
import socket

from support.clinics import expect
from support.waiting import eventually

CHUNK = 256 * 1024


def begin(clinic, size):
    return expect(clinic.client.post("/api/v1/files", {"name": "scan.bin", "size": size}), 201).json()["id"]


def put(clinic, file, ordinal, content):
    chunk = content[ordinal * CHUNK:(ordinal + 1) * CHUNK]
    path = f"/api/v1/files/{file}/chunks/{ordinal}"
    answer = clinic.client.send("PUT", path, body=chunk, headers={"Content-Type": "application/octet-stream"})
    return expect(answer, 200).json()["state"]


def send_half(server, clinic, file):
    """Half of a chunk, and the line is gone."""
    head = (f"PUT /api/v1/files/{file}/chunks/0 HTTP/1.1\r\nHost: {clinic.host}\r\n"
            f"Authorization: Bearer {clinic.client.token}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {CHUNK}\r\n\r\n")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(head.encode() + secrets.token_bytes(CHUNK // 2))


def chunks_of(admin, file):
    return admin.rows("select count(*) from shared.file_chunk where file_id = %s", file)[0][0]


def test_a_chunk_that_is_cut_leaves_nothing(server, clinic, admin):
    content = secrets.token_bytes(CHUNK + 5)
    file = begin(clinic, len(content))
    for _ in range(5):
        send_half(server, clinic, file)
    eventually(server.is_ready, 5, "the server answers")
    assert chunks_of(admin, file) == 0
    assert clinic.client.get(f"/api/v1/files/{file}").status == 404
    assert put(clinic, file, 0, content) == "uploading"
    assert put(clinic, file, 1, content) == "stored"
    assert expect(clinic.client.get(f"/api/v1/files/{file}"), 200).body == content


def test_an_upload_goes_on_after_kill_9(server, clinic, admin):
    content = secrets.token_bytes(3 * CHUNK)
    file = begin(clinic, len(content))
    put(clinic, file, 0, content)
    server.kill()
    server.start()
    assert clinic.client.get(f"/api/v1/files/{file}").status == 404
    put(clinic, file, 1, content)
    server.kill()
    server.start()
    assert chunks_of(admin, file) == 2
    assert put(clinic, file, 2, content) == "stored"
    assert expect(clinic.client.get(f"/api/v1/files/{file}"), 200).body == content
    part = clinic.client.get(f"/api/v1/files/{file}", headers={"Range": f"bytes={CHUNK - 1}-{CHUNK}"})
    assert (part.status, part.body) == (206, content[CHUNK - 1:CHUNK + 1])
