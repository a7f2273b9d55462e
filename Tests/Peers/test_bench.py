"""The bench itself: what it promises to the other tests."""

import socket

import pytest

from bench.canary import attempts_outside
from bench.dns import NXDOMAIN
from bench.hostile import ask
from waiting import until


def test_the_server_answers_under_its_name(server, client):
    assert client.get(None, server.origin + "/actor").json()["id"] == server.origin + "/actor"


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_there_is_no_way_out_and_who_tries_is_seen(address):
    before = attempts_outside()
    with pytest.raises(OSError):
        socket.create_connection((address, 443), timeout=1)
    assert attempts_outside() > before


def test_names_answer_from_the_script(bench):
    bench.dns.say("script.test", ["127.0.10.20"], ["127.0.10.66", "::1"], NXDOMAIN)

    def addresses():
        try:
            return sorted({info[4][0] for info in socket.getaddrinfo("script.test", 443)})
        except socket.gaierror:
            return None

    assert [addresses(), addresses(), addresses()] == [["127.0.10.20"], ["127.0.10.66", "::1"], None]


def test_a_peer_is_found_by_its_handle(bench, server, ann):
    host = bench.host("e.test")
    eve, start = host.actor("found"), len(host.requests)
    assert ask(ann, eve.handle).status_code == 422
    assert [r.path for r in host.asked(start)] == ["/.well-known/webfinger", "/users/found"]


def test_a_canary_hears(bench):
    with socket.create_connection(("127.0.77.9", 443), source_address=("127.0.10.20", 0)) as connection:
        connection.sendall(b"tweet")
    until(lambda: bench.canaries.heard, "a sound")
    assert bench.canaries.heard.pop() == ("127.0.77.9", 443, b"tweet")
