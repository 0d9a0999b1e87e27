"""Bodies with files, as each side takes them."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from case import Step
from support.client import Client
from support.wire import Answer

FILES = "/api/v1/files"


def as_parts(asked: Step) -> Step:
    """As multipart/form-data (RFC 7578), in the way of a browser."""
    boundary = secrets.token_hex(12)
    body = b""
    for name, value in json.loads(asked.body).items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, file in asked.files.items():
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
                 f"Content-Type: {file.media_type}\r\n\r\n").encode() + file.content + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", **asked.headers}
    return replace(asked, body=body, headers=headers, files={})


def send_by_ids(client: Client, asked: Step, path: str) -> Answer:
    """Each file in chunks, then the object with their ids. The first refusal is the answer."""
    fields = json.loads(asked.body)
    for name, file in asked.files.items():
        answer = _upload(client, file.name, file.content)
        if answer.status >= 400:
            return answer
        fields[name] = answer.json()["id"]
    return client.send(asked.method, path, json=fields, headers=asked.headers)


def _upload(client: Client, name: str, content: bytes) -> Answer:
    answer = client.post(FILES, {"name": name, "size": len(content)})
    if answer.status >= 400:
        return answer
    begun = answer.json()
    for ordinal in range(begun["chunks"]):
        chunk = content[ordinal * begun["chunk_size"]:][:begun["chunk_size"]]
        answer = client.send("PUT", f"{FILES}/{begun['id']}/chunks/{ordinal}", body=chunk,
                             headers={"Content-Type": "application/octet-stream"})
        if answer.status >= 400:
            break
    return answer
