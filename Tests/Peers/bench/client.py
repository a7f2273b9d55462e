"""Requests to the server from an address of one's own, with exactly the header fields that are given."""

import http.client
import json
import socket
import threading
from urllib.parse import urlsplit

from actor import ACTIVITY
from waiting import PATIENCE


class Reply:
    def __init__(self, status, headers, body):
        self.status_code = status
        self.headers = headers
        self.content = body

    def __repr__(self):
        return f"{self.status_code} {self.content[:300]!r}"

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def text(self):
        return self.content.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.content)


class Client:
    """Somebody with an address. `replies` keeps every answer, for whoever judges them later."""

    def __init__(self, address, trust):
        self.address = address
        self.trust = trust
        self.replies = []
        self.local = threading.local()

    def call(self, method, url, headers=(), body=None, chunked=False):
        """`headers` is a dictionary or a list of pairs. Nothing is added to it but Content-Length."""
        parts = urlsplit(url)
        fields = list(headers.items() if isinstance(headers, dict) else headers)
        if "host" not in [name.lower() for name, _ in fields]:
            fields.insert(0, ("Host", parts.netloc))
        exchange = [method, parts, fields, body, chunked]
        if parts.hostname in self.connections:
            try:
                return self.exchange(*exchange)
            except (http.client.HTTPException, OSError):
                # An idle connection that the server closed meanwhile.
                pass
        return self.exchange(*exchange)

    def exchange(self, method, parts, fields, body, chunked):
        connection = self.connections.pop(parts.hostname, None) or http.client.HTTPSConnection(
            parts.hostname, timeout=PATIENCE, context=self.trust, source_address=(self.address, 0))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in fields:
            connection.putheader(name, value.encode())
        if chunked:
            connection.putheader("Transfer-Encoding", "chunked")
        elif body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body, encode_chunked=chunked)
        response = connection.getresponse()
        reply = Reply(response.status, response.headers, response.read())
        if not response.will_close:
            self.connections[parts.hostname] = connection
        self.replies.append(reply)
        return reply

    @property
    def connections(self):
        """Idle ones by host; each thread has its own."""
        return self.local.__dict__.setdefault("connections", {})

    # As an actor

    def post(self, actor, inbox, activity, **changes):
        """Brings an activity, or any body, to an inbox, signed by an actor."""
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        return self.call("POST", inbox, actor.signed_headers("POST", inbox, body, **changes), body)

    def tell(self, actor, to, activity):
        """Brings an activity to a person's inbox; it must be taken."""
        reply = self.post(actor, f"{to}/inbox", activity)
        assert reply.status_code == 202, reply
        return activity

    def get(self, actor, url, **changes):
        """Fetches a document, signed when there is an actor."""
        headers = {"Accept": ACTIVITY}
        return self.call("GET", url, headers | (actor.signed_headers("GET", url, **changes) if actor else {}))


class RawConnection:
    """Bytes to the server's own HTTP parser and back."""

    def __init__(self, server, address, timeout=PATIENCE):
        self.socket = socket.create_connection(server.raw_address, timeout=timeout, source_address=(address, 0))
        self.socket = server.trust.wrap_socket(self.socket, server_hostname=server.authority)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Gives False when the other side has gone."""
        try:
            self.socket.sendall(data)
            return True
        except OSError:
            return False

    def receive(self):
        """Everything until the other side closes, or is silent for a moment after its answer."""
        data = b""
        try:
            while piece := self.socket.recv(65_536):
                data += piece
                self.socket.settimeout(0.5)
        except OSError:
            pass
        return data

    def is_closed(self, within):
        """Whether the other side closes the connection in a time."""
        self.socket.settimeout(within)
        try:
            while self.socket.recv(65_536):
                pass
            return True
        except TimeoutError:
            return False
        except OSError:
            return True
