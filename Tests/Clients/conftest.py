import os
import shutil
import tempfile
from contextlib import contextmanager

import pytest

from authority import Authority
from community import Community
from contracts import Contracts
from peer import Peer
from people import agree, mentor
from waiting import Times

@pytest.fixture(scope="session")
def contracts():
    return Contracts()


@contextmanager
def new_folder():
    """A folder through which the database can pass, which may run as another user."""
    folder = tempfile.mkdtemp(prefix="mentord-clients-")
    os.chmod(folder, 0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(communities):
    """Until the end, which has to be a clean one."""
    try:
        for community in communities:
            community.await_listening()
        yield communities
    finally:
        codes = [community.stop() for community in communities]
    assert not any(codes), "a server did not end cleanly"


@pytest.fixture(scope="module")
def place():
    """A folder for what one file of tests runs."""
    with new_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def communities(contracts):
    """Three communities as three processes, each with its own database."""
    program = os.path.abspath(os.environ["MENTORD"])
    with new_folder() as folder:
        opened = [Community(program, name, folder, contracts) for name in ("alfa", "beta")]
        # Counts wrong signatures, and nothing else that a test would reach.
        opened.append(Community(program, "gama", folder, contracts, {"limits.federation": "1000"}))
        with running(opened):
            yield opened


@pytest.fixture(scope="session")
def alfa(communities):
    return communities[0]


@pytest.fixture(scope="session")
def beta(communities):
    return communities[1]


@pytest.fixture(scope="session")
def gama(communities):
    return communities[2]


@pytest.fixture(scope="session")
def over_tls(contracts):
    """Two communities that speak TLS, as every community does outside of tests."""
    program = os.path.abspath(os.environ["MENTORD"])
    with new_folder() as folder:
        authority = Authority(folder)
        opened = [Community(program, name, folder, contracts, certifier=authority) for name in ("town", "hall")]
        with running(opened):
            yield opened


@pytest.fixture(scope="session")
def town(over_tls):
    return over_tls[0]


@pytest.fixture(scope="session")
def hall(over_tls):
    return over_tls[1]


@pytest.fixture(scope="session")
def mika(alfa):
    """Asks for sessions."""
    return alfa.open_account("mika")


@pytest.fixture(scope="session")
def lena(alfa):
    """A mentor of mika's own community."""
    return mentor(alfa.open_account("lena"))


@pytest.fixture(scope="session")
def noor(beta):
    """A mentor of the other community."""
    return mentor(beta.open_account("noor"))


@pytest.fixture(scope="session")
def omar(beta):
    """A mentor who takes nobody at present."""
    return mentor(beta.open_account("omar"), who_may_ask="nobody")


@pytest.fixture(scope="session")
def peer():
    peer = Peer()
    yield peer
    peer.close()


@pytest.fixture(scope="session")
def rui(peer):
    """A mentor on the scripted peer."""
    return peer.actor("rui")


@pytest.fixture(scope="session")
def sol(peer):
    """A mentee on the scripted peer."""
    return peer.actor("sol")


@pytest.fixture(scope="session")
def times():
    return Times()


@pytest.fixture
def agreed(mika, lena, noor, times):
    """Makes an agreed session of mika's with a mentor: (its address, mika's path, the mentor's path)."""
    return lambda mentor: agree(mika, mentor, times.next())


def pytest_collection_modifyitems(items):
    # What looks back on everything that was said comes last.
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_configure(config):
    config.addinivalue_line("markers", "last: runs after all others")
