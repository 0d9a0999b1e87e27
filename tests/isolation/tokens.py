"""Forged and broken access tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json


def encode(value: bytes | dict) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def claims(token: str) -> dict:
    return decode(token.split(".")[1])


def with_claims(token: str, **changes) -> str:
    """The token with other claims under its old signature."""
    header, payload, signature = token.split(".")
    return ".".join([header, encode({**decode(payload), **changes}), signature])


def with_header(token: str, **changes) -> str:
    header, payload, signature = token.split(".")
    return ".".join([encode({**decode(header), **changes}), payload, signature])


def signed_with_public_key(token: str, jwk: dict) -> str:
    """HS256 with the published key as the secret: accepted by verifiers that believe the header."""
    header, payload, _ = token.split(".")
    head = encode({**decode(header), "alg": "HS256"})
    signature = hmac.new(json.dumps(jwk).encode(), f"{head}.{payload}".encode(), hashlib.sha256).digest()
    return f"{head}.{payload}.{encode(signature)}"


def forgeries(token: str, other_tenant: str, refresh_token: str, jwk: dict) -> dict[str, str]:
    header, payload, signature = token.split(".")
    flipped = ("A" if signature[10] != "A" else "B").join([signature[:10], signature[11:]])
    return {
        "a word": "x",
        "three empty parts": "..",
        "no signature": f"{header}.{payload}.",
        "two parts": f"{header}.{payload}",
        "four parts": f"{token}.{signature}",
        "signature cut": token[:-4],
        "signature changed": f"{header}.{payload}.{flipped}",
        "padded": f"{token}==",
        "alg none": with_header(f"{header}.{payload}.", alg="none"),
        "alg None": with_header(f"{header}.{payload}.", alg="None"),
        "public key as secret": signed_with_public_key(token, jwk),
        "other type": with_header(token, typ="JWT"),
        "unknown key": with_header(token, kid="00000000"),
        "key of the sender": with_header(token, jwk=jwk),
        "critical extension": with_header(token, crit=["b64"], b64=False),
        "other tenant": with_claims(token, tid=other_tenant),
        "later end": with_claims(token, exp=claims(token)["exp"] + 86400),
        "other audience": with_claims(token, aud="other"),
        "refresh token": refresh_token,
        "very long": f"{header}.{payload}." + "A" * 9000,
    }
