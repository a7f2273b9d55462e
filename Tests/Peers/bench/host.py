"""A host on the bench: TLS on its own address, a log of every byte that came, and whatever answers it was given."""

import socket
import ssl
import threading
import time
from urllib.parse import parse_qs, urlsplit

from .answers import Answer, plain

LONGEST_HEAD = 1 << 20


class Request:
    """What came, byte for byte."""

    def __init__(self, method, target, fields, body, raw, host):
        self.at = time.monotonic()
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.raw = raw
        self.host = host

    def __repr__(self):
        return f"{self.method} https://{self.field('host')}{self.target}"

    def field(self, name):
        values = self.all(name)
        return values[0] if values else None

    def all(self, name):
        return [value for known, value in self.fields if known.lower() == name]

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


class Host:
    """Answers by path: `routes` holds answers, or functions from a request to an answer."""

    def __init__(self, name, address, tls, port=443):
        self.name = name
        self.address = address
        self.origin = f"https://{name}"
        self.routes = {}
        self.requests = []
        # Connections, with or without a request.
        self.connections = 0
        self.tls = tls
        self.closing = threading.Event()
        self.listener = socket.create_server((address, port), backlog=1024)
        threading.Thread(target=self.take_connections, daemon=True).start()

    def __repr__(self):
        return self.name

    def close(self):
        self.closing.set()
        self.listener.close()

    def asked(self, start=0, path="", method=None):
        """The requests since a position in the log."""
        found = [r for r in self.requests[start:] if r.target.startswith(path)]
        return [r for r in found if method in (None, r.method)]

    def route(self, path, answer):
        self.routes[path] = answer
        return self.origin + path

    def take_connections(self):
        while not self.closing.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        try:
            connection.settimeout(60)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            rest = b""
            while True:
                request, rest = self.read(connection, rest)
                if request is None or not self.answer(request).send(connection, self.closing):
                    break
        except (OSError, ssl.SSLError, ValueError):
            pass
        finally:
            connection.close()

    def answer(self, request):
        self.requests.append(request)
        answer = self.routes.get(request.target) or self.routes.get(request.path) or self.otherwise(request)
        if not isinstance(answer, Answer):
            answer = answer(request)
        request.answered = answer
        return answer

    def otherwise(self, request):
        return plain(404)

    def read(self, connection, data):
        """One request from the connection, and what came behind it."""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65_536)
            data += piece
            if not piece or len(data) > LONGEST_HEAD:
                return None, b""
        head, _, data = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        fields = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        length = int(next((value for name, value in fields if name.lower() == "content-length"), 0))
        while len(data) < length:
            piece = connection.recv(65_536)
            if not piece:
                return None, b""
            data += piece
        body, rest = data[:length], data[length:]
        return Request(method, target, fields, body, head + b"\r\n\r\n" + body, self), rest
