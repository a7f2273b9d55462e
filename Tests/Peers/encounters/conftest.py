import itertools

import pytest

from waiting import soon

NUMBERS = itertools.count(1)


@pytest.fixture
def peer(request, bench):
    """The server of another make that a test is about."""
    return bench.host(request.param.domain, request.param).join(bench)


@pytest.fixture(scope="session")
def accounts():
    return {}


@pytest.fixture
def known(server, peer, accounts):
    """Somebody here by a name, known to one other server only; prepared when they are first wanted."""

    def run(name, prepare=lambda person: person):
        if (name, peer) not in accounts:
            accounts[name, peer] = prepare(server.open_account(f"{name}_{peer.domain[0]}"))
        return accounts[name, peer]

    return run


@pytest.fixture
def noor(known):
    return known("noor")


@pytest.fixture
def them(peer):
    """Somebody there whom nobody knows yet."""
    return peer.resident(f"tomas{next(NUMBERS)}")


@pytest.fixture
def another(peer):
    return peer.resident(f"ines{next(NUMBERS)}")


@pytest.fixture
def my(sees, noor):
    """What noor sees."""
    return sees(noor)


@pytest.fixture
def do(server, noor):
    """Lets noor do something."""
    return lambda *words: server.act(noor, *words)


@pytest.fixture
def follower(peer, them, noor, my):
    """They, following noor for the time of a test."""
    start = len(peer.believed)
    peer.follow_sent = peer.tell(them, noor, peer.follow(them, noor))
    peer.heard("Accept", start, object_id=peer.follow_sent["id"])
    yield them
    peer.post(them, f"{noor.uri}/inbox", peer.undo(them, peer.follow_sent))


@pytest.fixture
def followed(peer, them, do, my):
    """They, followed by noor."""
    do("follow", them.handle)
    soon(lambda: my.relation(them.handle).follows, "an accepted follow")
    return them
