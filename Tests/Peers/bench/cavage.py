"""Checking draft-cavage signatures the way that other servers do, without any code of the server's."""

import base64
import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from actor import sha256
from waiting import now

PARAMETER = re.compile(r'([a-zA-Z]+)="?([^",]*)"?(?:,\s*|$)')


class Unproven(Exception):
    """Why a signature does not count."""


def parameters(request):
    if len(request.all("signature")) != 1:
        raise Unproven("not exactly one signature")
    return dict(PARAMETER.findall(request.field("signature")))


def verify(request, key_document, window=timedelta(hours=1), with_query=True,
        needs=("(request-target)", "host", "date")):
    """The actor whose key signed a request. `key_document` finds the document of a key id."""
    given = parameters(request)
    names = given.get("headers", "date").split()
    missing = {*needs, *(["digest"] if request.method == "POST" else [])} - {*names}
    if missing:
        raise Unproven(f"not signed: {missing}")
    if given.get("algorithm", "hs2019") not in ("rsa-sha256", "hs2019"):
        raise Unproven("algorithm " + given["algorithm"])
    if request.field("host") != request.host.name:
        raise Unproven("another host")
    if abs(now() - parsedate_to_datetime(request.field("date"))) > window:
        raise Unproven("another time")
    if request.method == "POST" and request.field("digest") != f"SHA-256={sha256(request.body)}":
        raise Unproven("another body")
    target = request.target if with_query else request.path
    lines = [f"{n}: {request.method.lower()} {target}" if n == "(request-target)" else f"{n}: {request.field(n)}"
        for n in names]
    document = key_document(given["keyId"])
    key = document.get("publicKey") or {}
    if key.get("id") != given["keyId"] or key.get("owner") != document["id"]:
        raise Unproven("a key that its owner does not list")
    try:
        serialization.load_pem_public_key(key["publicKeyPem"].encode()).verify(
            base64.b64decode(given["signature"]), "\n".join(lines).encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise Unproven("a wrong signature") from None
    return document["id"]
