"""A server of another make: its own signatures, its own documents, its own idea of a session.

Nothing in here knows mentord's code; it was written from `schemas/fep-mentoring-sessions.md` and the standards alone.
"""

import base64
import json
import threading
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from actor import ACTIVITY, PeerActor, sha256
from waiting import PATIENCE, now, until


class Delivery:
    """Something that a server brought or fetched, with who provably did so (None: nobody)."""

    def __init__(self, method, target, headers, body, signer):
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.signer = signer
        self.activity = json.loads(body) if body else None
        self.taken = False


class Peer:
    """One process's worth of scripted servers: whatever name is asked for, the actors there answer."""

    def __init__(self):
        peer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                peer.answer_get(self)

            def do_POST(self):
                peer.answer_post(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.actors = {}
        # What is answered at other addresses, whatever their query: address -> (status, document, media type).
        self.documents = {}
        self.fetches = []
        self.deliveries = []
        # Statuses to answer to the next deliveries at an inbox, instead of 202.
        self.next_statuses = {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()

    def origin(self, host="peer"):
        return f"http://{host}.localhost:{self.port}"

    def actor(self, name, host="peer", **members):
        actor = PeerActor(self.origin(host), name, **members)
        self.actors[actor.uri] = actor
        return actor

    # Answering

    def answer_get(self, handler):
        url = f"http://{handler.headers['Host']}{handler.path}"
        path = urlsplit(handler.path).path
        self.fetches.append(Delivery("GET", url, handler.headers, None, self.signer("GET", handler, None)))
        if path == "/.well-known/webfinger":
            resource = parse_qs(urlsplit(handler.path).query)["resource"][0]
            actor = next((a for a in self.actors.values() if f"acct:{a.handle}" == resource), None)
            link = actor and {"rel": "self", "type": ACTIVITY, "href": actor.uri}
            return self.send(handler, 200 if actor else 404, actor and {"subject": resource, "links": [link]}, "application/jrd+json")
        if scripted := self.documents.get(url.split("?")[0]):
            return self.send(handler, *scripted)
        actor = self.actors.get(url)
        self.send(handler, 200 if actor else 404, actor and actor.document, ACTIVITY)

    def answer_post(self, handler):
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        url = f"http://{handler.headers['Host']}{handler.path}"
        statuses = self.next_statuses.get(url)
        status = statuses.pop(0) if statuses else 202
        if status == 202:
            self.deliveries.append(Delivery("POST", url, handler.headers, body, self.signer("POST", handler, body)))
        self.send(handler, status, None, ACTIVITY)

    @staticmethod
    def send(handler, status, document, media):
        body = b"" if document is None else json.dumps(document).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", media)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    # Checking others' signatures

    def signer(self, method, handler, body):
        """The actor who signed a request, None when nobody provably did. Takes exactly what the profile promises."""
        headers = handler.headers
        if "Signature" not in headers:
            return None
        parameters = dict(part.split("=", 1) for part in headers["Signature"].split(","))
        parameters = {name: value.strip('"') for name, value in parameters.items()}
        names = ["(request-target)", "host", "date"] + (["digest", "content-type"] if method == "POST" else [])
        if parameters["headers"].split() != names or parameters["algorithm"] != "rsa-sha256":
            return None
        if abs(now() - parsedate_to_datetime(headers["Date"])) > timedelta(minutes=1):
            return None
        if method == "POST" and headers["Digest"] != f"SHA-256={sha256(body)}":
            return None
        text = "\n".join(
            f"{name}: {method.lower()} {handler.path}" if name == "(request-target)" else f"{name}: {headers[name]}"
            for name in names)
        document = fetch(parameters["keyId"])
        key = serialization.load_pem_public_key(document["publicKey"]["publicKeyPem"].encode())
        if document["publicKey"]["id"] != parameters["keyId"] or document["publicKey"]["owner"] != document["id"]:
            return None
        try:
            key.verify(base64.b64decode(parameters["signature"]), text.encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return None
        return document["id"]

    # Speaking

    def post(self, actor, inbox, body, **changes):
        """Brings a body to an inbox, signed by an actor."""
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        return send("POST", inbox, actor.signed_headers("POST", inbox, body, **changes), body)

    def tell(self, actor, to, activity):
        """Brings an activity to a person's inbox; it must be taken."""
        response = self.post(actor, f"{to}/inbox", activity)
        assert response.status_code == 202, f"{response.status_code} {response.text}"
        return activity

    def get(self, actor, url, **changes):
        headers = {"Accept": ACTIVITY}
        if actor:
            headers |= actor.signed_headers("GET", url, **changes)
        return send("GET", url, headers)

    def awaits(self, actor, kind, about, patience=PATIENCE, **members):
        """Waits for an activity about a session that nobody has taken yet at an actor's inbox, and takes it."""

        def look():
            for delivery in self.untaken(actor, about):
                activity = delivery.activity
                if activity["type"] == kind and all(activity.get(name) == value for name, value in members.items()):
                    delivery.taken = True
                    return delivery

        return until(look, f"{kind} for {actor} about {about} with {members}", patience)

    def untaken(self, actor, about=""):
        return [d for d in list(self.deliveries) if d.target == actor.inbox and not d.taken and about in d.body.decode()]


def send(method, url, headers, body=None):
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return requests.request(
        method, f"http://127.0.0.1:{parts.port}{target}", data=body, headers={"Host": parts.netloc, **headers},
        timeout=PATIENCE, allow_redirects=False)


def fetch(uri):
    return send("GET", uri.split("#")[0], {"Accept": ACTIVITY}).json()
