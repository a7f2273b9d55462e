"""An actor of a server of another make: its key, its document, its signatures (draft-cavage-http-signatures-12)."""

import base64
import hashlib
import uuid
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from waiting import http_date, now

AS = "https://www.w3.org/ns/activitystreams"
MNT = "https://w3id.org/mentoring/ns#"
ACTIVITY = "application/activity+json"


def sha256(body):
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def pem_of(key):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


class PeerActor:
    def __init__(self, origin, name, kind="Person", speaks_mentoring=True, key=None, **members):
        self.origin = origin
        self.name = name
        self.uri = f"{origin}/users/{name}"
        self.inbox = f"{self.uri}/inbox"
        self.handle = f"{name}@{urlsplit(origin).netloc}"
        self.key_id = f"{self.uri}#main-key"
        self.key = key or rsa.generate_private_key(65537, 2048)
        self.document = {
            "@context": [AS, "https://w3id.org/security/v1", {"mnt": MNT}], "id": self.uri, "type": kind,
            "preferredUsername": name, "name": name.title(), "inbox": self.inbox, "outbox": f"{self.uri}/outbox",
            "publicKey": {"id": self.key_id, "owner": self.uri, "publicKeyPem": pem_of(self.key)}, **members,
        }
        if speaks_mentoring:
            self.document["generator"] = {"type": "Application", "implements": [{"href": MNT + "v1"}]}

    def __repr__(self):
        return self.handle

    def new_id(self, kind="activities"):
        return f"{self.origin}/{kind}/{uuid.uuid4()}"

    def sign(self, text):
        return base64.b64encode(self.key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()

    def signed_headers(self, method, url, body=None, names=None, algorithm="rsa-sha256", **changes):
        """The header fields of a signed request. `changes` replace fields before signing; None leaves one out."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "Date": http_date(now())}
        if body is not None:
            headers |= {"Digest": f"SHA-256={sha256(body)}", "Content-Type": ACTIVITY}
        for name, value in changes.items():
            headers[name.replace("_", "-").title()] = value
        headers = {name: value for name, value in headers.items() if value is not None}
        names = names or ["(request-target)"] + [name.lower() for name in headers if name != "Content-Type"]
        lines = [
            f"{name}: {method.lower()} {target}" if name == "(request-target)" else f"{name}: {headers[name.title()]}"
            for name in names
        ]
        parameters = {"keyId": self.key_id, "algorithm": algorithm, "headers": " ".join(names),
                      "signature": self.sign("\n".join(lines))}
        headers["Signature"] = ",".join(f'{name}="{value}"' for name, value in parameters.items() if value is not None)
        return headers


def parameter(headers, name, value):
    """The same fields with one parameter of the signature replaced; None takes it away."""
    parts = [part for part in headers["Signature"].split(",") if not part.startswith(f"{name}=")]
    return headers | {"Signature": ",".join(parts + ([f'{name}="{value}"'] if value is not None else []))}
