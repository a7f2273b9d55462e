"""D03-D06: what arrives before there is a request to speak of."""

import gzip
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.client import RawConnection
from bench.hostile import body_of, cavage

HOST = b"Host: s.test\r\n"


@pytest.fixture
def raw(server, bench):
    """Sends bytes and gives what came back."""
    address = bench.client().address

    def run(data):
        with RawConnection(server, address, timeout=5) as connection:
            connection.send(data)
            return connection.receive()

    return run


def statuses(answer):
    return [int(part.split(b" ", 2)[1]) for part in answer.split(b"HTTP/1.1")[1:]]


FLOODS = {
    "a hundred thousand fields": lambda: b"".join(b"X-%d: 1\r\n" % n for n in range(100_000)),
    "a field of a megabyte": lambda: b"X: " + b"x" * (1 << 20) + b"\r\n",
    "a name of a megabyte": lambda: b"x" * (1 << 20) + b": 1\r\n",
    "ten thousand cookies": lambda: b"Cookie: a=b\r\n" * 10_000,
    "a hundred and one fields": lambda: b"".join(b"X-%d: 1\r\n" % n for n in range(101)),
    "33 kB in all": lambda: b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1_000) for n in range(40)),
    "9 kB in one": lambda: b"X: " + b"x" * 9_000 + b"\r\n",
}


@pytest.mark.parametrize("what", FLOODS)
def test_d03_a_flood_of_header_fields_is_refused(what, raw):
    answer = raw(b"GET /health/live HTTP/1.1\r\n" + HOST + FLOODS[what]() + b"\r\n")
    assert statuses(answer) in ([], [400], [414], [431]), answer[:200]


def test_d03_a_target_of_a_megabyte_is_refused(raw):
    for size in (9_000, 1 << 20):
        assert statuses(raw(b"GET /" + b"x" * size + b" HTTP/1.1\r\n" + HOST + b"\r\n")) in ([], [400], [414], [431],
            [404])


BAD = {
    "both lengths": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a list of lengths": b"Content-Length: 5, 6\r\n\r\nhello",
    "a length with a sign": b"Content-Length: +5\r\n\r\nhello",
    "a length below zero": b"Content-Length: -5\r\n\r\nhello",
    "a length in hexadecimal": b"Content-Length: 0x5\r\n\r\nhello",
    "a length of too many digits": b"Content-Length: 99999999999999999999\r\n\r\nhello",
    "an empty length": b"Content-Length:\r\n\r\nhello", "a length with a letter": b"Content-Length: 5a\r\n\r\nhello",
    "an unknown encoding": b"Transfer-Encoding: x\r\n\r\nhello",
    "chunked not last": b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "chunked twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunked behind a byte": b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a chunk of no size": b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n0\r\n\r\n",
    "a chunk below zero": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n0\r\n\r\n",
    "a chunk in another base": b"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
    "a chunk beyond numbers": b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
    "a chunk that is longer than it says": b"Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
    "a folded field": b"X: 1\r\n folded\r\nContent-Length: 0\r\n\r\n",
    "a space before the colon": b"Content-Length : 0\r\n\r\n",
    "a field without a name": b": 1\r\nContent-Length: 0\r\n\r\n",
    "a field without a colon": b"nonsense\r\nContent-Length: 0\r\n\r\n",
    "NUL in a field": b"X: a\x00b\r\nContent-Length: 0\r\n\r\n",
    "a bare CR in a field": b"X: a\rb\r\nContent-Length: 0\r\n\r\n",
    "a control byte in a name": b"X\x01: 1\r\nContent-Length: 0\r\n\r\n",
    "a space at the start": b" X: 1\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("what", BAD)
def test_d05_a_request_of_two_readings_is_refused(what, raw):
    """And what follows in the same connection is not taken for a request."""
    smuggled = b"GET /health/live HTTP/1.1\r\n" + HOST + b"\r\n"
    answer = raw(b"POST /inbox HTTP/1.1\r\n" + HOST + b"Content-Type: application/activity+json\r\n" + BAD[what] + smuggled)
    assert 200 not in statuses(answer), answer
    assert all(status in (400, 401, 408, 411, 413, 431, 501) for status in statuses(answer)), answer


LINES = [
    b"GET /health/live\r\n", b"GET /health/live HTTP/1.1 \r\n", b"GET /health/live HTTP/9.9\r\n",
    b"GET /health/live HTTP/1.1x\r\n",
    b"G\x00T / HTTP/1.1\r\n", b"GET /\x00 HTTP/1.1\r\n", b"GET /\x7f\x01 HTTP/1.1\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"SSH-2.0-x\r\n", b"\xff" * 1000, b"CONNECT 127.0.0.9:443 HTTP/1.1\r\n", b"X" * 100_000 + b" / HTTP/1.1\r\n",
]


@pytest.mark.parametrize("number", range(len(LINES)))
def test_d05_a_first_line_that_is_none_is_refused(number, raw):
    answer = raw(LINES[number] + HOST + b"\r\n")
    assert all(status in (400, 404, 405, 414, 431, 501, 505) for status in statuses(answer)), answer[:300]


HOSTS = {"none": b"", "two": HOST + HOST, "two of them": HOST + b"Host: b.test\r\n", "empty": b"Host:\r\n",
    "with a path": b"Host: s.test/x\r\n", "with a name": b"Host: x@s.test\r\n"}


@pytest.mark.parametrize("what", HOSTS)
def test_d05_a_signature_needs_one_host(what, raw, server, unchanged, eve, inbox, fresh):
    """A request for no host, or for two, is nobody's."""
    body = body_of(fresh)
    fields = {name: value for name, value in eve.signed_headers("POST", inbox, body).items() if name != "Host"}
    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in fields.items())
    request = b"POST /users/max/inbox HTTP/1.1\r\n" + HOSTS[what] + head + b"Content-Length: %d\r\n\r\n" % len(body) + body
    assert unchanged(lambda: statuses(raw(request))) in ([400], [401], [])


def test_d05_what_people_ask_for_does_not_become_a_header(client, server):
    for injected in ("%0d%0aX-Injected:%201", "%0aX-Injected:%201", "%E5%98%8D%E5%98%8AX-Injected:%201"):
        for path in ("/@max", "/users/max", "/", "/authorize_interaction?uri=", "/.well-known/webfinger?resource="):
            reply = client.get(None, server.origin + path + injected)
            assert "X-Injected" not in reply.headers


def test_d06_a_body_beyond_the_limit_is_not_read(bench, server, unchanged, eve, inbox, fresh):
    body = body_of(fresh)[:-1] + b" " * (2 << 20) + b"}"
    for chunked in (False, True):
        def send():
            try:
                return bench.client().call("POST", inbox, cavage(eve, inbox, body), iter([body]) if chunked else body,
                    chunked=chunked).status_code
            except OSError:
                # Closed before all was sent.
                return 413

        assert unchanged(send) == 413


def test_d06_a_packed_body_is_not_unpacked(client, unchanged, server, eve, inbox, fresh):
    before = server.resident()
    for plain in (body_of(fresh), b" " * (100 << 20)):
        packed = gzip.compress(plain, 1)
        headers = eve.signed_headers("POST", inbox, packed) | {"Content-Encoding": "gzip"}
        assert unchanged(lambda: client.call("POST", inbox, headers, packed)).status_code in (400, 413, 415)
    assert server.resident() - before < 64


def test_d06_a_length_that_lies_is_not_believed(raw, unchanged, server, eve, inbox, fresh):
    body = body_of(fresh)
    fields = cavage(eve, inbox, body)
    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in fields.items())
    for length in (1 << 40, len(body) - 1, 0):
        request = b"POST /users/max/inbox HTTP/1.1\r\n" + head + b"Content-Length: %d\r\n\r\n" % length + body
        assert unchanged(lambda: {*statuses(raw(request))}) <= {400, 401, 413}


SLOW = 2_000


def test_d04_two_thousand_slow_clients_leave_room_for_a_quick_one(server, bench, memory):
    """Each sends a byte of a TLS greeting in two seconds, or none."""
    usual = server.answer_time()
    crowd(server, bench, usual, seconds=6)
    # What a crowd needed once the allocator keeps. The next crowd needs no more.
    memory.start = server.resident()
    crowd(server, bench, usual, seconds=0)


def crowd(server, bench, usual, seconds):
    connections = []
    for number in range(SLOW):
        source = (f"127.21.{number // 40}.1", 0)
        connection = socket.create_connection(server.raw_address, timeout=5, source_address=source)
        connection.sendall(b"\x16\x03"[: number % 3])
        connections.append(connection)
    ended = time.monotonic() + seconds
    try:
        while True:
            started = time.monotonic()
            assert bench.client().call("GET", server.origin + "/health/ready").status_code == 200
            # Other tests run on this machine meanwhile.
            assert time.monotonic() - started < max(2, 50 * usual)
            if started > ended:
                return
            for connection in connections:
                try:
                    connection.send(b"x")
                except OSError:
                    pass
            # As slowly as those who hold connections on purpose.
            time.sleep(2)
    finally:
        for connection in connections:
            connection.close()


MOST = 2_048


def test_2048_connections_are_served_and_the_next_when_one_ends(server, bench, memory):
    """From so many addresses that no single one has too many."""
    request = b"GET /health/live HTTP/1.1\r\n" + HOST + b"\r\n"

    def enter(number, timeout=30):
        connection = RawConnection(server, f"127.22.{number // 40}.1", timeout)
        connection.send(request)
        assert connection.socket.recv(100).startswith(b"HTTP/1.1 200")
        return connection

    def is_let_in(number):
        try:
            held.append(enter(number, timeout=1))
            return True
        except OSError:
            return False

    # A few others are there: those of this bench.
    with ThreadPoolExecutor(8) as pool:
        held = list(pool.map(enter, range(MOST - 32)))
    try:
        further = range(MOST - 32, MOST + 8)
        assert not all(is_let_in(number) for number in further) and len(held) <= MOST
        for connection in held[:100]:
            connection.socket.close()
        enter(MOST + 40).socket.close()
        for connection in held[100::100]:
            connection.send(request)
            assert connection.socket.recv(1000), "whoever is in stays in"
        memory.start = server.resident()
    finally:
        for connection in held:
            connection.socket.close()


def test_d04_whoever_reads_slowly_holds_up_nobody(server, bench):
    """Asks for pages without end and reads none of them."""
    usual, readers = server.answer_time(), []
    for _ in range(50):
        connection = RawConnection(server, bench.client().address)
        connection.send((b"GET /@max HTTP/1.1\r\n" + HOST + b"\r\n") * 500)
        readers.append(connection)
    try:
        for _ in range(5):
            started = time.monotonic()
            assert bench.client().call("GET", server.origin + "/health/ready").status_code == 200
            assert time.monotonic() - started < max(1, 50 * usual)
    finally:
        for connection in readers:
            connection.socket.close()


DRIPS = {"in the head": b"GET /health/live HTTP/1.1\r\nX",
    "in the body": b"POST /inbox HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\n{"}


@pytest.fixture(scope="module", autouse=True)
def drips(server, bench):
    """Connections that begin in some way and then bring a byte every three seconds, from the first test of this file on."""

    def drip(start):
        with RawConnection(server, bench.client().address, timeout=40) as connection:
            connection.send(start)
            ended = time.monotonic() + 40
            while time.monotonic() < ended:
                if connection.is_closed(3) or not connection.send(b"x"):
                    return True
            return False

    with ThreadPoolExecutor(len(DRIPS)) as pool:
        yield {where: pool.submit(drip, start) for where, start in DRIPS.items()}


@pytest.mark.parametrize("where", DRIPS)
def test_d04_a_slow_client_is_sent_away(where, drips):
    assert drips[where].result(), "still there after 40 seconds"
