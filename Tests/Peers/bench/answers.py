"""Every way in which a server can answer, well or badly."""

import itertools
import json
import socket
import struct
import zlib

from actor import ACTIVITY

JRD = "application/jrd+json"
PHRASES = {200: "OK", 202: "Accepted", 302: "Found", 404: "Not Found", 410: "Gone", 429: "Too Many Requests"}


class Answer:
    """Pieces that go out one after the other, and how it ends. A number among them is a pause in seconds, an event a gate
    that somebody opens.

    `keep` leaves the connection open for the next request, `close` ends it, `reset` breaks it off, `half` closes our
    side of TCP without a word, `hang` says nothing any more until the other side leaves.
    """

    def __init__(self, *pieces, end="close"):
        self.pieces = pieces
        self.end = end

    def send(self, connection, closing):
        """Gives whether the connection can take another request."""
        for piece in itertools.chain.from_iterable(p if hasattr(p, "__next__") else [p] for p in self.pieces):
            if isinstance(piece, (int, float)):
                if closing.wait(piece):
                    return False
            elif hasattr(piece, "wait"):
                piece.wait(60)
            else:
                connection.sendall(piece)
        if self.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.end == "half":
            connection.shutdown(socket.SHUT_WR)
        if self.end in ("hang", "half"):
            connection.settimeout(0.2)
            while not closing.is_set():
                try:
                    if not connection.recv(4096):
                        break
                except TimeoutError:
                    pass
        return self.end == "keep"


def head(status, fields):
    lines = [f"HTTP/1.1 {status} {PHRASES.get(status, 'Word')}"] + [f"{name}: {value}" for name, value in fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def plain(status=200, body=b"", media=ACTIVITY, **fields):
    body = body.encode() if isinstance(body, str) else body
    named = [(name.replace("_", "-"), value) for name, value in fields.items()]
    return Answer(head(status, [("Content-Type", media), ("Content-Length", len(body)), *named]) + body, end="keep")


def document(value, media=ACTIVITY, status=200, **fields):
    return plain(status, json.dumps(value), media, **fields)


def redirect(location, status=302):
    return plain(status, location=location)


def busy(after, status=429):
    """`after` in seconds, or as a date."""
    return plain(status, retry_after=after)


def hang():
    return Answer(end="hang")


def half_an_answer():
    return Answer(head(200, [("Content-Type", ACTIVITY), ("Content-Length", 1000)]) + b'{"id": ', end="hang")


def slow_body():
    return Answer(head(200, [("Content-Type", ACTIVITY), ("Content-Length", 1000)]), pauses(b" " * 1000))


def slow_head():
    lines = (part for n in range(1000) for part in (f"X-Line-{n}: 1\r\n".encode(), 1))
    return Answer(b"HTTP/1.1 200 OK\r\n", lines)


def pauses(data, pause=1):
    return (part for byte in data for part in (bytes([byte]), pause))


def reset(data=b""):
    return Answer(data, end="reset") if data else Answer(end="reset")


def half_close():
    return Answer(head(200, [("Content-Type", ACTIVITY), ("Content-Length", 1000)]) + b'{"id"', end="half")


def garbage():
    return Answer(bytes(range(256)) * 4)


def endless(chunk=b" " * 65_536):
    """A body without a length and without an end."""
    return Answer(head(200, [("Content-Type", ACTIVITY)]), itertools.repeat(chunk))


def endless_chunks():
    piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    return Answer(head(200, [("Content-Type", ACTIVITY), ("Transfer-Encoding", "chunked")]), itertools.repeat(piece))


def bomb(mebibytes=1024):
    """Zeros, a thousandth of their size on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush each further mebibyte looks the same.
    piece = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    fields = [("Content-Type", ACTIVITY), ("Content-Encoding", "gzip")]
    return Answer(head(200, fields) + start, itertools.repeat(piece, mebibytes - 1))


def false_length(value, length):
    body = json.dumps(value).encode()
    return Answer(head(200, [("Content-Type", ACTIVITY), ("Content-Length", length)]) + body)


def header_flood(count=100_000):
    return Answer(b"HTTP/1.1 200 OK\r\n", (b"X-%d: 1\r\n" % n for n in range(count)), b"\r\n")


def in_turn(*answers):
    """One after the other, the last for all later requests."""
    rest = list(answers)

    def give(request):
        answer = rest.pop(0) if len(rest) > 1 else rest[0]
        return answer(request) if callable(answer) else answer

    return give
