"""What all tests of this folder had the servers send, looked back on."""

import json

import pytest

from bench.places import SERVERS
from contracts import Contracts
from test_documents import EXAMPLES, schema_of

# What people, posts and reports are told by; sessions travel in Tests/Clients.
SOCIAL = ("actor", "follow", "moderation", "post")


@pytest.fixture(scope="module")
def sent(bench):
    """Every activity of ours that came to a peer, each once."""
    ours = tuple(f"https://{name}/" for name in SERVERS)
    found = {}
    for host in bench.hosts.values():
        for request in host.asked(method="POST"):
            # What hostile tests bring comes from others, or to others than the peers.
            activity = json.loads(request.body) if request.body.startswith(b"{") else {}
            if str(activity.get("actor")).startswith(ours) and str(activity.get("id")).startswith(ours):
                found[request.body] = activity
    if not found:
        pytest.skip("nothing was sent")
    return list(found.values())


def test_everything_that_left_is_as_the_schemas_say(sent):
    contracts = Contracts()
    for activity in sent:
        contracts.activity(activity)


def test_every_kind_of_activity_about_people_and_posts_has_left(request, sent):
    if request.config.getoption("keyword") or any(not word.endswith("Peers") for word in request.config.args):
        pytest.skip("only some tests ran")
    contracts = Contracts()
    kinds = {schema_of(path) for path in EXAMPLES if {"actor", "object"} <= set(json.loads(path.read_text()))}
    kinds = {name for name in kinds if name.startswith(SOCIAL)}
    assert kinds - {contracts.activity(activity) for activity in sent} == set()
