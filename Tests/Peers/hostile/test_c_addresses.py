"""C01-C06, C10: however somebody names an address, only what may be reached is reached."""

import time

import pytest

from bench.answers import document, plain
from bench.canary import attempts_outside
from bench.dns import SERVFAIL, SILENCE
from bench.hostile import ask
from bench.ways import Ways

PRIVATE = ["127.0.0.1", "127.0.0.9", "127.0.77.9", "10.9.9.9", "172.16.0.1", "192.168.1.1"]
MAPPED = ["::1", "::", "::ffff:127.0.0.1", "::ffff:10.9.9.9", "::ffff:0.0.0.0", "::127.0.0.1", "0.0.0.0", "0.1.2.3"]
SPECIAL = [
    "100.64.0.1", "100.127.255.254", "169.254.169.254", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.19.255.254", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::1", "fc00::1", "fd00::9", "fe80::1", "fec0::1", "ff02::1",
]
LITERALS = [
    "127.0.0.1", "127.0.0.9", "10.9.9.9", "[::1]", "[::]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[fd00::9]",
    "[fe80::1%25lo]", "2130706433",
    "0x7f.1", "0x7f000001", "017700000001", "127.1", "127.0.1", "0", "0.0.0.0", "127.0.0.1.", "localhost",
    "localhost.", "a.localhost",
    "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "127.0.0.1:443", "127.0.0.1:5432", "[::1]:5432", "e.test:8443@127.0.0.1",
]
TRICKS = [
    "https://e.test:8443/x", "https://e.test:0/x", "https://e.test:99999/x", "https://b.test@127.0.0.1/x",
    "https://x:y@e.test/x",
    "https:\\\\127.0.0.1\\x", "https://127.0.0.1\\@e.test/x", "https://e.test\\@127.0.0.1/x", "http://e.test/x",
    "HTTP://e.test/x",
    "//127.0.0.1/x", "https:/127.0.0.1/x", "https:127.0.0.1", "https://e\t.test/x", "https://127.0.0.1\t/x",
    "ftp://e.test/x",
    "file:///etc/passwd", "data:application/activity+json,{}", "gopher://127.0.0.1:5432/x", "javascript:1",
    "unix:///tmp/x",
    "https:///x", "https://", "https://.test/x", "https://e..test/x", "https://-e.test/x",
    "https://" + "a." * 130 + "test/x",
]


@pytest.fixture
def ways(client, e, ann, max, times):
    return Ways(client, e, ann, max, times)


@pytest.fixture
def nowhere(server, bench):
    """Calls a way with many URLs: never a success, and nobody but the host that tells the lies hears anything."""

    def run(way, name, urls):
        bystanders = [host for host in bench.hosts.values() if host.name != "e.test"]
        asked, outside = {host: host.connections for host in bystanders}, attempts_outside()
        for url in urls:
            reply = way(name, url)
            if name not in ("inbox", "handle that is claimed"):
                assert reply.status_code in (400, 401, 422, 503), (url, reply)
        if name == "inbox":
            server.row_counts()
        assert {host: host.connections for host in bystanders} == asked
        assert attempts_outside() == outside

    return run


def named(bench, addresses):
    """URLs of names that lead to addresses."""
    urls = []
    for number, address in enumerate(addresses):
        name = f"n{number}-{address.replace(':', '-').replace('.', '-')}.away.test".replace("--", "-x-")
        bench.dns.say(name, [address])
        urls.append(f"https://{name}/users/x")
    return urls


@pytest.mark.parametrize("name", Ways.names)
def test_c01_a_name_does_not_lead_to_a_private_address(name, ways, nowhere, bench):
    nowhere(ways, name, named(bench, PRIVATE))


@pytest.mark.parametrize("name", Ways.names)
def test_c02_a_name_does_not_lead_to_an_address_in_disguise(name, ways, nowhere, bench):
    nowhere(ways, name, named(bench, MAPPED))


@pytest.mark.parametrize("name", Ways.names)
def test_c03_a_name_does_not_lead_to_a_special_address(name, ways, nowhere, bench):
    nowhere(ways, name, named(bench, SPECIAL))


@pytest.mark.parametrize("name", Ways.names)
def test_c04_a_number_is_no_name(name, ways, nowhere):
    nowhere(ways, name, [f"https://{host}/users/x" for host in LITERALS])


@pytest.mark.parametrize("name", Ways.names)
def test_c10_ports_passwords_and_other_schemes_lead_nowhere(name, ways, nowhere, e):
    connections = e.connections
    if name in ("key", "actor", "handle"):
        nowhere(ways, name, TRICKS)
        assert e.connections == connections
    else:
        nowhere(ways, name, TRICKS)


def test_c05_a_second_answer_does_not_lead_inside(bench, e, ann):
    """The first look-up is fine, the next is not: what was judged is what is connected to."""
    for number in range(30):
        name = f"rebind{number}.e.test"
        bench.dns.say(name, [e.address], [["127.0.0.9"], ["::1"], ["127.0.77.9"]][number % 3])
        e.route(f"/rebind/{number}", document({"id": f"https://{name}/rebind/{number}", "type": "Person"}))
        for _ in range(3):
            ask(ann, f"https://{name}/rebind/{number}")
        assert e.asked(path=f"/rebind/{number}")


MIXED = [["127.0.10.66", "::1"], ["::1", "127.0.10.66"], ["127.0.0.9", "127.0.10.66"],
    ["127.0.10.66", "127.0.0.9", "10.9.9.9", "::ffff:127.0.0.1"],
         ["127.0.0.9", "127.0.77.9", "::1", "127.0.10.66"]]


def test_c05_of_many_answers_none_leads_inside(bench, e, ann):
    for round_ in range(6):
        for number, addresses in enumerate(MIXED):
            name, start = f"mixed{round_}x{number}.e.test", len(e.requests)
            bench.dns.say(name, addresses)
            ask(ann, f"https://{name}/users/x")
            assert e.asked(start)


def test_c05_a_name_server_that_fails_costs_little(server, bench, e, ann, client):
    bench.dns.say("fails.e.test", SERVFAIL)
    bench.dns.say("silent.e.test", SILENCE)
    for name in ("fails", "silent"):
        started = time.monotonic()
        assert ask(ann, f"https://{name}.e.test/users/x").status_code == 422
        assert server.is_prompt(time.monotonic() - started, 8)


INSIDE = ["http://127.0.0.1/", "https://127.0.0.9/", "https://10.9.9.9/", "https://[::1]/", "http://e.test/users/x",
    "data:text/plain,x", "file:///etc/passwd",
          "gopher://127.0.0.1/", "//127.0.0.9/x", "https://e.test:5432/", "https://x@127.0.0.9/",
          "https://s.test/users/max", "https://localhost/",
          "\\\\127.0.0.9\\x", "", "?", "https://"]


@pytest.mark.parametrize("name", [name for name in Ways.names if name.startswith("redirect")])
def test_c06_a_redirect_does_not_lead_inside(name, ways, nowhere):
    nowhere(ways, name, INSIDE)


@pytest.mark.parametrize("name", [name for name in Ways.names if name.startswith("redirect")])
def test_c06_a_redirect_to_a_name_that_leads_inside_does_not_either(name, ways, nowhere, bench):
    nowhere(ways, name, named(bench, PRIVATE + MAPPED))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304, 305])
def test_c06_no_kind_of_redirect_leads_inside(status, ways, client, e, ann):
    e.route(f"/kind/{status}", plain(status, location="https://127.0.0.9/x"))
    assert ask(ann, f"https://e.test/kind/{status}").status_code == 422
