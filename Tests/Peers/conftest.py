"""Scripted servers of other makes, honest and hostile, around one real server.

    MENTORD=…/mentord pytest Tests/Peers

Needs root, for a network and file system view of its own (`bench/namespace.py`).
"""

import os
import shutil
import tempfile
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from bench.bench import Bench
from bench.namespace import enter
from bench.oracles import Oracles
from bench.server import Server
from bench.sight import Sight
from people import mentor
from waiting import Times


def pytest_configure(config):
    folder = tempfile.mkdtemp(prefix="mentord-peers-")
    # The database may run as another user, who has to pass through.
    os.chmod(folder, 0o755)
    config.bench_folder = folder
    enter(folder)


def pytest_unconfigure(config):
    shutil.rmtree(config.bench_folder, ignore_errors=True)


@pytest.fixture(scope="session")
def bench(pytestconfig):
    bench = Bench(pytestconfig.bench_folder)
    yield bench
    bench.close()


@contextmanager
def running(bench, *place):
    server = Server(os.path.abspath(os.environ["MENTORD"]), bench, *place)
    try:
        server.await_listening()
        yield server
    finally:
        code = server.stop()
    assert code == 0, "the server did not end cleanly"


@pytest.fixture(scope="session")
def server(bench):
    with running(bench) as server:
        yield server


@pytest.fixture(scope="module")
def strict(bench):
    """Another server, that federates with listed domains alone and shows nothing to who does not sign."""
    with running(bench, "strict.test", {"federation.mode": "allowlist", "federation.secure": "on"}) as server:
        yield server


@pytest.fixture(scope="module")
def counting(bench):
    """Another server, with the limits that servers have."""
    with running(bench, "counting.test", {"limits.federation": "1"}) as server:
        yield server


@pytest.fixture(scope="session")
def max(server):
    """A mentor of the server."""
    return mentor(server.open_account("max"))


@pytest.fixture(scope="session")
def ann(server):
    """Asks others for sessions."""
    return server.open_account("ann")


@pytest.fixture(scope="session")
def zed(server):
    """Has nothing to do with anything."""
    return server.open_account("zed")


@pytest.fixture(scope="session")
def sees(server):
    """What somebody sees of the social side."""
    return lambda person: Sight(server, person)


@pytest.fixture(scope="module")
def memory(server, max, ann, zed):
    """`start` is the resident memory before the tests of a file, once everything runs and has been used a little."""
    for _ in range(20):
        ann.ok("GET", "/sessions")
    return SimpleNamespace(start=server.resident())


@pytest.fixture(scope="session")
def times():
    return Times()


@pytest.fixture
def client(bench):
    """Whoever talks to the server in a test, from an address of their own."""
    return bench.client()


@pytest.fixture
def unchanged(server):
    """Runs something and shows that it left no row behind."""

    def rows(ahead=0):
        counts = server.row_counts(ahead)
        # That something was heard, and had no effect, may be remembered.
        return {table: count for table, count in counts.items() if table != "received_activities"}

    def run(deed):
        before = rows(ahead=20)
        result = deed()
        assert rows() == before
        return result

    return run


@pytest.fixture(autouse=True)
def calm(server, bench, client, memory):
    """After every test the server is the same, well, small, and was nowhere where it must not be."""
    oracles = Oracles(server, bench.canaries, [client, server.friend], server.friend)
    yield
    oracles.check(memory.start)
