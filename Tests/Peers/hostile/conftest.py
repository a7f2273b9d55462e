import pytest

from bench.hostile import request_for
from waiting import soon


@pytest.fixture(scope="session")
def e(bench):
    """A hostile host."""
    return bench.host("e.test")


@pytest.fixture(scope="session")
def e2(bench):
    """Another one."""
    return bench.host("e2.test")


@pytest.fixture(scope="session")
def b(bench):
    """An honest host."""
    return bench.host("b.test")


@pytest.fixture(scope="session")
def inbox(max):
    return f"{max.uri}/inbox"


@pytest.fixture(scope="session")
def eve(e, bench, server, max, times):
    """Hostile, and known to the server: her key is not fetched again."""
    eve = e.actor("eve")
    bench.client().tell(eve, max.uri, request_for(eve, max, times))
    return eve


@pytest.fixture(scope="session")
def bob(b, bench, server, max, times):
    """Honest, and known to the server."""
    bob = b.actor("bob")
    bench.client().tell(bob, max.uri, request_for(bob, max, times))
    return bob


@pytest.fixture
def fresh(eve, max, times):
    """An Invite of eve's that would be taken."""
    return request_for(eve, max, times)


@pytest.fixture
def refused(server, client, unchanged, inbox, bench):
    """Posts a body with fields: it must be refused, leave nothing behind, and send the server nowhere."""

    def asked():
        return {host: len(host.requests) for host in bench.hosts.values()}

    def run(headers, body, statuses=(401,), to=None):
        # What the server has to send for other reasons is sent when nothing waits any more.
        before, reply = unchanged(lambda: (asked(), client.call("POST", to or inbox, headers, body)))
        assert reply.status_code in statuses, reply
        assert asked() == before
        return reply

    return run


@pytest.fixture(scope="module")
def suspended(server, bench, max, times):
    """A host that the operator has shut out."""
    host = bench.host("x.test")
    server.command("domain", "block", host.name)
    knocker, client = host.actor("knocker"), bench.client()
    inbox = max.uri + "/inbox"
    soon(lambda: client.post(knocker, inbox, request_for(knocker, max, times)).status_code == 403, "a closed door")
    yield host
    server.command("domain", "remove", host.name)
