"""Signatures after RFC 9421, made by hand so that every part can be spoiled."""

import base64
import hashlib
import time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from urllib.parse import urlsplit

from actor import ACTIVITY

# What the senders of the day cover.
MASTODON = ("@method", "@target-uri", "content-digest")
FEDIFY = ("@method", "@target-uri", "@authority", "host", "date", "content-digest")
WORDPRESS = ("@method", "@target-uri", "@authority", "content-digest")


def content_digest(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def pkcs1(key):
    return lambda base: key.sign(base, padding.PKCS1v15(), hashes.SHA256())


def pss(key):
    return lambda base: key.sign(base, padding.PSS(padding.MGF1(hashes.SHA512()), 64), hashes.SHA512())


def message_headers(actor, url, body=None, method="POST", covered=None, label="sig1", sign=None, fields=None,
        target=None,
                    **parameters):
    """The header fields of a signed request. A parameter of None is left out; `created` and `keyid` are there unasked.

    A covered name may have parameters of its own, such as `"date";bs`. `target` is what is signed instead of the URL.
    """
    parts = urlsplit(url)
    headers = {"Host": parts.netloc}
    if body is not None:
        headers |= {"Content-Type": ACTIVITY, "Content-Digest": content_digest(body)}
    headers |= fields or {}
    if covered is None:
        covered = MASTODON if body is not None else ("@method", "@target-uri")
    values = {"@method": method, "@target-uri": target or url, "@authority": parts.netloc, "@path": parts.path,
              "@query": f"?{parts.query}", "@scheme": parts.scheme}
    values |= {name.lower(): value for name, value in headers.items()}
    parameters = {"created": int(time.time()), "keyid": actor.key_id} | parameters
    written = "".join(f";{name}={spelled(value)}" for name, value in parameters.items() if value is not None)
    inner = "(" + " ".join(identifier(name) for name in covered) + ")" + written
    lines = [f"{identifier(name)}: {values.get(name.partition(';')[0], '')}" for name in covered]
    base = "\n".join(lines + [f'"@signature-params": {inner}']).encode()
    signature = base64.b64encode((sign or pkcs1(actor.key))(base)).decode()
    return {name: value for name, value in headers.items() if value is not None} | {
        "Signature-Input": f"{label}={inner}", "Signature": f"{label}=:{signature}:"}


def identifier(name):
    name, separator, rest = name.partition(";")
    return f'"{name}"{separator}{rest}'


def spelled(value):
    return str(value) if isinstance(value, int) else f'"{value}"'
