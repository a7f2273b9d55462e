"""A17: two servers that want signatures for everything, and do not know each other yet."""

import time

import pytest

from bench.answers import plain
from bench.cavage import Unproven, verify
from bench.hostile import ask, request_for
from bench.peer import Peer


class Secure(Peer):
    """Demands a signature for everything, also while it looks up who signed."""

    client = None

    def otherwise(self, request):
        if request.path.startswith("/.well-known"):
            return super().otherwise(request)
        if request.method == "GET" and request.path != "/instance":
            try:
                verify(request, self.key_document)
            except Unproven as reason:
                return plain(401, str(reason))
        return super().otherwise(request)

    def key_document(self, key_id):
        """Asked for without a signature, as one that is not known yet has to be."""
        reply = self.client.call("GET", key_id.partition("#")[0], {"Accept": "application/activity+json"})
        if not reply.ok:
            raise Unproven(f"key: {reply.status_code}")
        return reply.json()


@pytest.fixture(scope="module")
def secure(bench):
    secure = bench.host("b2.test", Secure)
    secure.client = bench.client()
    return secure


def test_a17_two_servers_that_both_want_signatures_get_to_know_each_other(client, server, secure, inbox, max, times):
    sue, started = secure.actor("sue"), time.monotonic()
    thing = request_for(sue, max, times)
    assert client.post(sue, inbox, thing).status_code == 202
    assert server.is_prompt(time.monotonic() - started, 5)
    assert server.has_session(thing["object"]["id"])


def test_a17_whoever_is_looked_for_there_is_found(secure, ann):
    secure.actor("sid")
    reply = ask(ann, "sid@b2.test")
    assert "found" not in reply.text and secure.asked(path="/users/sid")[-1].answered.pieces[0].startswith(b"HTTP/1.1 200")


def test_a17_the_server_itself_is_readable_without_a_signature(client, server):
    reply = client.get(None, server.origin + "/actor")
    assert reply.status_code == 200 and reply.json()["publicKey"]["publicKeyPem"]
    assert reply.json()["type"] == "Application"
