"""Finding each other, and telling each other's signatures from forgeries."""

import json

from actor import AS
from bench.hostile import ask
from bench.message_signatures import message_headers
from bench.notes import marker
from dialects import each
from waiting import soon


@each()
def test_they_find_us_by_handle(peer, noor):
    assert peer.find(noor.handle)["id"] == noor.uri


@each()
def test_they_find_us_under_every_name_that_they_try(peer, server, noor):
    for resource in (f"acct:{noor.handle}", noor.handle, noor.uri, f"{server.origin}/@{noor.username}",
            f"acct:{noor.handle.upper()}"):
        reply = peer.client.call("GET", f"{server.origin}/.well-known/webfinger?resource={resource}")
        assert reply.status_code == 200 and reply.json()["links"][0]["href"] == noor.uri, resource
    assert peer.client.call("GET", f"{server.origin}/.well-known/webfinger?resource=acct:nobody@s.test").status_code == 404


@each()
def test_they_learn_what_software_we_are(peer, server):
    links = peer.client.call("GET", server.origin + "/.well-known/nodeinfo").json()["links"]
    for link in links:
        if "nodeinfo" in link["rel"]:
            document = peer.client.call("GET", link["href"]).json()
            assert document["software"]["name"] == "mentord" and document["protocols"] == ["activitypub"]


@each()
def test_we_find_them_by_handle(peer, server, ann, them):
    ask(ann, them.handle)
    found = server.sql(f"select username || '@' || domain, inbox from actors where uri = '{them.uri}'")
    assert found == [[them.handle, them.inbox]]


@each()
def test_what_we_fetch_is_signed_by_the_server_itself(peer, server, ann, them):
    start = len(peer.requests)
    ask(ann, them.handle)
    fetch = next(r for r in peer.asked(start, method="GET") if r.target == them.uri.removeprefix(peer.origin))
    assert peer.signer(fetch) == server.origin + "/actor"


@each()
def test_their_first_word_is_believed(peer, server, them, noor):
    """Nobody here has heard of them; their key is found in their way of keeping it."""
    words = marker()
    peer.tell(them, noor, peer.create(them, peer.note(them, words, "direct", [noor])))
    assert server.holds(words)


@each()
def test_what_is_forged_in_their_manner_is_not_believed(peer, server, them, noor):
    words = marker()
    activity = peer.create(them, peer.note(them, words, "direct", [noor]))
    body = json.dumps(activity).encode()
    headers = peer.signed(them, "POST", f"{noor.uri}/inbox", body.replace(words.encode(), b"x" * len(words)))
    assert peer.client.call("POST", f"{noor.uri}/inbox", headers, body).status_code == 401
    assert not server.holds(words)


@each()
def test_they_may_sign_with_rfc_9421_instead(peer, server, them, noor):
    words = marker()
    body = json.dumps(peer.create(them, peer.note(them, words, "direct", [noor]))).encode()
    inbox = f"{noor.uri}/inbox"
    assert peer.client.call("POST", inbox, message_headers(them, inbox, body), body).status_code == 202
    assert server.holds(words)


@each("second knock")
def test_after_a_refusal_we_knock_with_rfc_9421(peer, them, do, my):
    """Their inbox answers 401 once: an older or a newer kind of signature is wanted."""
    start = len(peer.requests)
    peer.statuses[them.inbox.removeprefix(peer.origin)] = [401]
    do("follow", them.handle)
    soon(lambda: my.relation(them.handle).follows, "a follow")
    first, second = [r for r in peer.asked(start, method="POST")][:2]
    assert not first.field("signature-input") and second.field("signature-input")


@each()
def test_our_actors_are_what_they_demand(peer, server, noor):
    for uri in (noor.uri, server.origin + "/actor"):
        document = peer.look_up(uri)
        peer.admits_actor(document)
        assert document["@context"][0] == AS
