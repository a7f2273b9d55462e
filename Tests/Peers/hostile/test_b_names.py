"""B08, B10-B14: a document is what its own address says it is, and nobody takes another's name."""

import pytest

from actor import ACTIVITY, PeerActor
from bench.answers import JRD, document, redirect
from bench.hostile import ask, request_for
from bench.keys import SHARED
from bench.notes import marker, note, wrapped

NO_DOCUMENTS = [
    "text/plain", "application/json", "image/png", "text/html", "application/octet-stream", "application/ld+json", "",
    'application/ld+json; profile="https://example.org/other"', "application/activity+jsonx", "text/activity+json",
    "multipart/mixed; boundary=x", "application/json; profile=\"https://www.w3.org/ns/activitystreams\"",
]
DOCUMENTS = [
    ACTIVITY, ACTIVITY + "; charset=utf-8", "Application/Activity+JSON",
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'application/ld+json;profile="https://www.w3.org/ns/activitystreams"; charset=utf-8',
]


def test_b08_an_upload_is_no_actor(client, unchanged, b, inbox, max, times):
    """Somebody uploads an actor document as a picture, and signs with its key."""
    for number, media in enumerate(NO_DOCUMENTS):
        upload = PeerActor(b.origin, f"upload{number}", key=SHARED)
        b.route(f"/users/upload{number}", document(upload.document, media))
        reply = unchanged(lambda upload=upload: client.post(upload, inbox, request_for(upload, max, times)))
        assert reply.status_code == 401, (media, reply)


def test_b08_an_upload_is_no_post(client, server, b, eve, max):
    for number, media in enumerate(NO_DOCUMENTS):
        words = marker()
        forged = note(eve, words, id=f"{b.origin}/uploads/{number}") | {"attributedTo": f"{b.origin}/users/bob"}
        b.route(f"/uploads/{number}", document(forged, media))
        client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Announce", forged["id"]))
        server.row_counts()
        assert not server.holds(words), media


@pytest.mark.parametrize("media", DOCUMENTS)
def test_b08_an_actor_is_read_in_every_spelling_of_its_type(media, client, b, inbox, max, times):
    actor = b.actor(f"typed{DOCUMENTS.index(media)}", key=SHARED)
    b.route(f"/users/{actor.name}", document(actor.document, media))
    assert client.post(actor, inbox, request_for(actor, max, times)).status_code == 202


def test_b10_who_is_redirected_to_does_not_become_who_redirects(client, unchanged, b, e, inbox, max, times):
    victim = PeerActor(b.origin, "open10", key=SHARED)
    e.route("/as/open10", document(victim.document))
    b.route("/users/open10", redirect(e.origin + "/as/open10"))
    assert unchanged(lambda: client.post(victim, inbox, request_for(victim, max, times))).status_code == 401


def test_b10_another_id_on_the_same_host_is_asked_once_more(client, b, inbox, max, times):
    real = b.actor("real10", key=SHARED)
    b.route("/@real10", document(real.document))
    thing = request_for(real, max, times)
    real.key_id = f"{b.origin}/@real10"
    real.document["publicKey"]["id"] = real.key_id
    start = len(b.requests)
    assert client.post(real, inbox, thing).status_code == 202
    assert [request.path for request in b.asked(start)] == ["/@real10", "/users/real10"]


def test_b10_another_id_on_another_host_is_refused(client, unchanged, b, e, inbox, max, times):
    victim = b.actor("victim10")
    e.route("/users/liar10", document(victim.document | {"publicKey": victim.document["publicKey"] | {"id": f"{e.origin}/users/liar10"}}))
    liar = PeerActor(e.origin, "liar10", key=victim.key)
    liar.key_id = liar.uri
    assert unchanged(lambda: client.post(liar, inbox, request_for(victim, max, times))).status_code == 401


OURS = ["https://s.test/users/max", "https://S.TEST/users/max", "https://s.test./users/max",
    "https://s.test:443/users/max",
        "https://x@s.test/users/max", "http://s.test/users/max"]


@pytest.mark.parametrize("name", OURS)
def test_b11_nobody_elsewhere_is_one_of_ours(name, client, unchanged, server, e, eve, inbox, max, times):
    liar = e.actor(f"ours{OURS.index(name)}", key=SHARED)
    liar.document |= {"id": name, "publicKey": liar.document["publicKey"] | {"owner": name}}

    def knock():
        replies = [client.post(liar, inbox, request_for(liar, max, times)),
            client.post(liar, inbox, request_for(liar, max, times) | {"actor": name})]
        stranger = PeerActor(server.origin, "max", key=SHARED)
        stranger.key_id = name + "#main-key"
        replies.append(client.post(stranger, inbox, request_for(stranger, max, times) | {"actor": name}))
        return [reply.status_code for reply in replies]

    assert {*unchanged(knock)} <= {400, 401}


def test_b11_nothing_that_comes_has_an_id_of_ours(client, unchanged, server, eve, inbox, max, times):
    for name in ("https://s.test/activities/1", "https://S.TEST/activities/1", "https://s.test./activities/1"):
        thing = request_for(eve, max, times)
        assert unchanged(lambda: client.post(eve, inbox, thing | {"id": name})).status_code in (202, 400, 401)
        event = thing | {"id": eve.new_id(), "object": thing["object"] | {"id": name.replace("activities", "sessions")}}
        client.post(eve, inbox, event)
        assert server.sql("select count(*) from sessions where uri ilike '%s.test%/sessions/1'") == [["0"]]


def test_b11_the_server_asks_itself_nothing(server, unchanged, e, ann):
    e.route("/.well-known/webfinger", lambda request: document(
        {"subject": request.query["resource"], "links": [{"rel": "self", "type": ACTIVITY,
            "href": "https://s.test/users/max"}]}, JRD))
    try:
        seen = len(server.log)
        assert unchanged(lambda: ask(ann, "max@e.test")).status_code == 422
        assert not any("/users/max" in line for line in server.log[seen:])
    finally:
        del e.routes["/.well-known/webfinger"]


def handle_of(server, uri):
    return server.sql(f"select username || '@' || domain from actors where uri = '{uri}'")


def test_b12_a_handle_is_ones_own_only_if_its_host_agrees(client, server, b, e, inbox, max, times):
    """Mallory says to be bob@b.test: in the document, and in the own WebFinger."""
    b.actor("bob12")
    mallory = e.actor("mallory12", webfinger="bob12@b.test")
    e.route("/.well-known/webfinger", document(
        {"subject": "acct:bob12@b.test", "links": [{"rel": "self", "type": ACTIVITY, "href": mallory.uri}]}, JRD))
    try:
        assert client.post(mallory, inbox, request_for(mallory, max, times)).status_code == 202
    finally:
        del e.routes["/.well-known/webfinger"]
    assert handle_of(server, mallory.uri) == [["mallory12@e.test"]]


def test_b12_nobody_takes_over_an_actor_by_naming_it(server, b, e, ann):
    """eve@e.test leads to bob's actor: it stays bob's."""
    bob = b.actor("bob12b")
    e.route("/.well-known/webfinger", lambda request: document(
        {"subject": request.query["resource"], "links": [{"rel": "self", "type": ACTIVITY, "href": bob.uri}]}, JRD))
    try:
        ask(ann, "other12@e.test")
    finally:
        del e.routes["/.well-known/webfinger"]
    assert handle_of(server, bob.uri) in ([], [["bob12b@b.test"]])


def test_b12_a_handle_of_another_host_counts_when_both_agree(client, server, b, e2, inbox, max, times):
    """Split domains: the handle lives at e2.test, the actor at b.test."""
    split = b.actor("split12", webfinger="split12@e2.test", key=SHARED)
    e2.route("/.well-known/webfinger", document(
        {"subject": "acct:split12@e2.test", "links": [{"rel": "self", "type": ACTIVITY, "href": split.uri}]}, JRD))
    try:
        assert client.post(split, inbox, request_for(split, max, times)).status_code == 202
    finally:
        del e2.routes["/.well-known/webfinger"]
    assert handle_of(server, split.uri) == [["split12@e2.test"]]


def test_b13_a_new_actor_under_an_old_handle_inherits_nothing(client, server, b, max, times, ann):
    old = b.actor("heir13")
    first = request_for(old, max, times)
    client.tell(old, max.uri, first)
    new = PeerActor(b.origin, "heir13-new", preferredUsername="heir13")
    new.handle = old.handle
    b.publish(new.document)
    b.actors["heir13"] = new
    ask(ann, "heir13@b.test")
    answer = request_for(new, max, times)
    client.tell(new, max.uri, answer)
    client.post(new, f"{max.uri}/inbox", wrapped(new, "Undo", first) | {"object": first | {"actor": new.uri}})
    server.row_counts()
    status = "select status, actors.uri from sessions join actors on actors.id = mentee_id where sessions.uri = '{}'"
    assert server.sql(status.format(first["object"]["id"])) == [["pending", old.uri]]
    assert server.sql(status.format(answer["object"]["id"])) == [["pending", new.uri]]


def test_b14_nobody_has_their_mail_sent_to_another(client, server, b, e, max, times):
    """Eve's inbox lies on b.test; max declines her request."""
    reflector = e.actor("reflector")
    reflector.document |= {"inbox": b.origin + "/victim", "endpoints": {"sharedInbox": b.origin + "/victim"}}
    thing = request_for(reflector, max, times)
    client.post(reflector, f"{max.uri}/inbox", thing)
    session = max.session(thing["object"]["id"])
    if session:
        assert max.call("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "No."}).ok
    server.row_counts()
    assert b.asked(path="/victim") == []


def test_b11_what_is_said_in_our_name_elsewhere_reaches_nobody(client, unchanged, e, eve, inbox, max):
    forged = wrapped(eve, "Announce", note(eve, marker()) | {"id": max.uri, "attributedTo": max.uri})
    assert unchanged(lambda: client.post(eve, inbox, forged)).status_code in (202, 400, 401)
