"""A service that carries messages to programs (RFC 8030), over TLS, which keeps what it gets and answers as it is told."""

import base64
import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from waiting import until


class Message:
    def __init__(self, path, headers, body):
        self.at = time.monotonic()
        self.path = path
        self.headers = headers
        self.body = body


class PushService:
    def __init__(self, authority, name="push.localhost"):
        service = self
        self.messages = []
        # By path: the statuses of the next answers, with header fields.
        self.answers = {}

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.messages.append(Message(self.path, self.headers, body))
                planned = service.answers.get(self.path) or [(201, {})]
                status, fields = planned.pop(0) if self.path in service.answers else planned[0]
                self.send_response(status)
                for field, value in {**fields, "Content-Length": "0"}.items():
                    self.send_header(field, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = authority.context("push", [name]).wrap_socket(self.server.socket, server_side=True)
        self.origin = f"https://{name}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def at(self, path):
        return [message for message in list(self.messages) if message.path == path]

    def awaits(self, path, count=1):
        return until(lambda: len(self.at(path)) >= count and self.at(path), f"message {count} at {path}")


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def statement(jwt, key):
    """The claims of a statement that the key really signed (RFC 7515, RFC 7518 section 3.4)."""
    signed, _, signature = jwt.rpartition(".")
    numbers = unpadded(signature)
    assert len(numbers) == 64
    der = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(key))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    header, claims = (json.loads(unpadded(part)) for part in signed.split("."))
    assert header == {"typ": "JWT", "alg": "ES256"}
    return claims


def opened(message, keys):
    """What the program reads of a message in the standard's form."""
    private = ec.derive_private_key(keys["privkey"], ec.SECP256R1())
    return json.loads(http_ece.decrypt(message.body, private_key=private, auth_secret=keys["auth"], version="aes128gcm"))
