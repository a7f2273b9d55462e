"""C12, C13, C21: answers that never end, never begin, or come over a line that is not safe."""

import gzip
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from actor import PeerActor
from bench import answers
from bench.hostile import ask, request_for
from bench.keys import SHARED
from bench.peer import Peer
from bench.places import PEERS
from waiting import PATIENCE, until

SICK = {
    "accepts and says nothing": answers.hang, "stops in the middle": answers.half_an_answer,
    "a byte a second": answers.slow_body,
    "a line a second": answers.slow_head, "breaks off": answers.reset, "closes its half": answers.half_close,
    "garbage": answers.garbage,
    "a megabyte of nothing": lambda: answers.Answer(b"\0" * (1 << 20)), "closes at once": lambda: answers.Answer(),
    "only a head": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\n\r\n"),
    "an old version": lambda: answers.Answer(b"HTTP/0.9 200\r\n\r\n{}"),
    "status 99999": lambda: answers.Answer(b"HTTP/1.1 99999 X\r\n\r\n"),
    "status -1": lambda: answers.Answer(b"HTTP/1.1 -1 X\r\n\r\n"),
    "a hundred early answers": lambda: answers.Answer(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100_000),
    "switches": lambda: answers.plain(101),
    "two answers": lambda: answers.Answer(*answers.plain(200, b"{}").pieces, *answers.plain(200, b"{}").pieces),
    "a length that is none": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
    "a length below zero": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"),
    "a length beyond numbers": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
    "a length and chunks": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "a chunk beyond numbers": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n"),
    "a chunk of no size": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
    "a header of a megabyte": lambda: answers.Answer(b"HTTP/1.1 200 OK\r\nX: " + b"x" * (1 << 20) + b"\r\n\r\n"),
    "a hundred thousand headers": answers.header_flood,
}


def test_c12_no_answer_takes_longer_than_it_may(server, bench, e, max, times):
    """All kinds of sickness at once, each while somebody waits at the inbox for a key."""
    actors = {}
    for what, make in SICK.items():
        actors[what] = actor = e.actor(f"sick{len(e.actors)}", key=SHARED)
        e.route(f"/users/{actor.name}", make())

    def knock(what):
        started = time.monotonic()
        reply = bench.client().post(actors[what], max.uri + "/inbox", request_for(actors[what], max, times))
        return what, reply.status_code, time.monotonic() - started

    with ThreadPoolExecutor(len(actors)) as pool:
        for what, status, seconds in pool.map(knock, actors):
            assert status in (401, 503), (what, status)
            assert server.is_prompt(seconds, 15), (what, seconds)


class Stalling(Peer):
    def serve(self, connection):
        self.closing.wait(60)


def test_c12_a_handshake_that_stalls_is_left(server, bench, client, unchanged, max, times):
    """Somebody who takes the connection and never says hello."""
    stall = bench.host("stall.test", Stalling)
    ghost = stall.actor("ghost", key=SHARED)
    started = time.monotonic()
    assert unchanged(lambda: client.post(ghost, max.uri + "/inbox", request_for(ghost, max, times))).status_code == 503
    assert server.is_prompt(time.monotonic() - started, 12) and stall.connections


SLOW_PEERS = 200


def test_c12_many_slow_peers_do_not_delay_an_honest_one(bench, server, b, e, max, times):
    """Two hundred hosts take deliveries and never answer, or a byte or a line a second. Somebody whose host has
    answered before overtakes them, and waits no second longer than without them."""
    honest, client, gate = b.actor("prompt"), bench.client(), threading.Event()
    usual = delay_of_an_answer(client, max, honest, times, b)
    slowness = [lambda: answers.Answer(gate, *answers.plain(202).pieces),
        lambda: answers.Answer(answers.head(200, [("Content-Length", 1000)]), drops(gate, b" ")),
        lambda: answers.Answer(b"HTTP/1.1 200 OK\r\n", drops(gate, b"X-Line: 1\r\n"))]
    names = [f"slow{number}" for number in range(SLOW_PEERS)]
    sleepers = [PeerActor(f"https://{name}.e.test", name, key=SHARED) for name in names]
    begun = len(e.requests)
    for number, actor in enumerate(sleepers):
        e.documents[f"/users/{actor.name}"] = actor.document
        make = slowness[number % len(slowness)]
        e.route(f"/users/{actor.name}/inbox",
            lambda request, make=make: answers.plain(202) if gate.is_set() else make())
    things = [request_for(actor, max, times) for actor in sleepers]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: client.tell(pair[0], max.uri, pair[1]), zip(sleepers, things)))
    sessions = dict(server.sql("select uri, id from sessions"))
    try:
        for thing in things:
            refuse(max, sessions[thing["object"]["id"]])
        delay = delay_of_an_answer(client, max, honest, times, b)
        assert server.is_prompt(delay - usual, 1), (usual, delay)
        # Had they taken all sixteen places, others of them would have come before the honest one.
        assert len(e.asked(begun, method="POST")) <= 16
    finally:
        gate.set()
        server.hurry("deliver")
        server.row_counts()


def drops(gate, data):
    """The same each second until the gate is open."""
    while not gate.is_set():
        yield data
        yield 1


def delay_of_an_answer(client, max, actor, times, host):
    """Max is asked for a session and declines; gives how long it takes until that is there."""
    thing, start = request_for(actor, max, times), len(host.requests)
    client.tell(actor, max.uri, thing)
    session = max.session(thing["object"]["id"])
    said = time.monotonic()
    refuse(max, session["id"])
    return host.awaits("Reject", start, patience=PATIENCE)[1].at - said


def refuse(max, session):
    max.call("POST", f"/sessions/{session}/respond", {"action": "decline", "reason": "No."})


LARGE = {
    "a body without end": answers.endless, "chunks without end": answers.endless_chunks,
    "a gigabyte of zeros in a megabyte": answers.bomb,
    "more than it says": lambda: answers.false_length({"id": "https://e.test/x"}, 5),
    "less than it says": lambda: answers.false_length({"id": "https://e.test/x"}, 500_000_000),
    "a megabyte and a byte": lambda: answers.plain(200, b'{"id":"' + b" " * (1 << 20) + b'"}'),
    "an encoding that nobody asked for": lambda: answers.plain(200, b"{}", Content_Encoding="br"),
    "encodings upon encodings": lambda: answers.plain(200, gzip.compress(gzip.compress(b"\0" * (64 << 20))),
        Content_Encoding="gzip, gzip"),
    "a broken encoding": lambda: answers.plain(200, b"\x1f\x8b\x08\x00" + b"\xff" * 1000, Content_Encoding="gzip"),
}


@pytest.mark.parametrize("what", LARGE)
def test_c13_no_answer_is_larger_than_it_may_be(what, client, server, unchanged, e, max, times, ann):
    before = server.resident()
    actor = e.actor(f"large{len(e.actors)}", key=SHARED)
    e.route(f"/users/{actor.name}", LARGE[what]())
    started = time.monotonic()
    assert unchanged(lambda: client.post(actor, max.uri + "/inbox", request_for(actor, max,
        times))).status_code in (401, 503)
    assert server.resident() - before < 64 and server.is_prompt(time.monotonic() - started, 12)
    e.route("/.well-known/webfinger", LARGE[what]())
    try:
        assert ask(ann, "large@e.test").status_code == 422
    finally:
        del e.routes["/.well-known/webfinger"]
    assert server.resident() - before < 64


def test_c13_an_answer_to_a_delivery_is_not_read_without_end(client, server, e, max, times):
    actor = e.actor("talker", key=SHARED)
    e.route("/users/talker/inbox", answers.endless())
    thing = request_for(actor, max, times)
    client.tell(actor, max.uri, thing)
    before = server.resident()
    session = max.session(thing["object"]["id"])
    max.call("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "No."})
    until(lambda: e.asked(path="/users/talker/inbox"), "a delivery")
    server.row_counts()
    assert server.resident() - before < 64


# TLS

@pytest.fixture(scope="module")
def unsafe(bench):
    """A host whose certificate depends on the name that is asked for."""
    contexts = {
        "expired": bench.authority.context("expired", ["expired.tls.test"], age=timedelta(days=20),
            life=timedelta(days=10)),
        "early": bench.authority.context("early", ["early.tls.test"], age=timedelta(days=-2)),
        "self": bench.authority.context("self", ["self.tls.test"], self_signed=True),
        "wrong": bench.authority.context("wrong", ["other.test"]),
    }
    host = bench.host("tls.test")
    host.tls.sni_callback = lambda connection, name, _: setattr(
        connection, "context", contexts.get(name.split(".")[0], connection.context))
    # Nobody may try without TLS: port 80 is a dark place here.
    bench.canaries.listen(PEERS["tls.test"], 80)
    return host


@pytest.mark.parametrize("what", ["expired", "early", "self", "wrong"])
def test_c21_a_line_that_is_not_safe_is_not_used(what, client, unchanged, unsafe, max, times, ann):
    unused(unsafe, f"{what}.tls.test", client, unchanged, max, times, ann)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_c21_an_old_version_of_tls_is_not_used(client, unchanged, bench, max, times, ann):
    host = bench.host("old.test")
    host.tls.set_ciphers("ALL:@SECLEVEL=0")
    host.tls.minimum_version, host.tls.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    unused(host, "old.test", client, unchanged, max, times, ann)
    assert host.connections


def unused(host, name, client, unchanged, max, times, ann):
    start = len(host.requests)
    ghost = host.actor("ghost", key=SHARED)
    ghost.key_id = f"https://{name}/users/ghost#main-key"
    assert unchanged(lambda: client.post(ghost, max.uri + "/inbox", request_for(ghost, max,
        times))).status_code in (401, 503)
    assert ask(ann, f"ghost@{name}").status_code == 422
    assert host.asked(start) == []


def test_c21_a_safe_line_is_used(unsafe, ann):
    unsafe.actor("safe")
    start = len(unsafe.requests)
    ask(ann, "safe@tls.test")
    assert [request.path for request in unsafe.asked(start)] == ["/.well-known/webfinger", "/users/safe"]
