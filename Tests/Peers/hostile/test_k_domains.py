"""K02, K04, K05: whom an operator does not let in comes in no other way, however it is spelled."""

import json

import pytest

from actor import PeerActor
from bench.answers import redirect
from bench.hostile import request_for
from bench.notes import marker, note, to_person, wrapped
from waiting import soon


def rules(server):
    lines = server.command("domain", "list", "--json").splitlines()
    return {rule["domain"]: rule["kind"] for rule in map(json.loads, lines)}


@pytest.fixture(scope="module")
def mia(strict):
    """Lives on the server that lets in only whom it lists."""
    return strict.open_account("mia")


def test_k02_a_domain_that_is_not_listed_is_neither_heard_nor_asked(client, strict, e, mia):
    stranger, asked = e.actor("stranger02"), len(e.requests)
    for deed in (wrapped(stranger, "Follow", mia.uri, to=[mia.uri]),
                 wrapped(stranger, "Create", to_person(stranger, "x", mia))):
        assert client.post(stranger, f"{mia.uri}/inbox", deed).status_code == 403
    assert client.get(stranger, mia.uri).status_code == 403
    assert e.asked(asked) == []
    assert not strict.holds("stranger02")
    assert rules(strict) == {"e.test": "waits"}


def test_k02_a_domain_that_is_let_in_is_heard_at_once_and_no_longer_when_it_is_not(client, strict, b, mia):
    guest = b.actor("guest02")
    strict.command("domain", "allow", "b.test")
    soon(lambda: client.get(guest, mia.uri).status_code == 200, "an open door")
    client.tell(guest, mia.uri, wrapped(guest, "Follow", mia.uri, to=[mia.uri]))
    b.awaits("Accept", object_actor=guest.uri)
    strict.command("domain", "remove", "b.test")
    soon(lambda: client.get(guest, mia.uri).status_code == 403, "a closed door")
    assert client.post(guest, f"{mia.uri}/inbox", wrapped(guest, "Follow", mia.uri, to=[mia.uri])).status_code == 403


def test_k05_in_secure_mode_nobody_reads_unsigned(client, strict, mia):
    for path in ("", "/outbox", "/followers", "/following", "/featured"):
        assert client.get(None, mia.uri + path).status_code == 401
    assert client.get(None, strict.origin + "/actor").status_code == 200
    assert client.call("GET", f"{strict.origin}/.well-known/webfinger?resource=acct:{mia.handle}").status_code == 200


def test_k05_a_blocked_server_that_says_who_it_is_reads_nothing(client, server, suspended, max):
    reader, ours = suspended.actor("reader05"), server.act(max, "post", marker())
    for url in (max.uri, max.uri + "/outbox", max.uri + "/followers", ours, ours + "/activity", ours + "/replies"):
        assert client.get(reader, url).status_code == 403, url
        assert client.get(None, url).status_code == 200, url


DISGUISES = {
    "a name below it": lambda x, eve, max: below(x, max),
    "its post": lambda x, eve, max: (eve, wrapped(eve, "Announce", f"{x.origin}/notes/1")),
    "its post in capitals": lambda x, eve, max: (eve, wrapped(eve, "Announce", "https://X.TEST/notes/1")),
    "its post with a dot": lambda x, eve, max: (eve, wrapped(eve, "Announce", "https://x.test./notes/1")),
    "a post of a name below it": lambda x, eve, max: (eve, wrapped(eve, "Announce", "https://a.b.x.test/notes/1")),
    "its post as a whole": lambda x, eve, max: (eve, wrapped(eve, "Announce", note(x.actor("writer04"), "x"))),
    "its person as the author": lambda x, eve, max: (eve, wrapped(eve, "Create",
        note(eve, "x") | {"attributedTo": f"{x.origin}/users/writer04"})),
}


def below(host, max):
    actor = PeerActor(f"https://sub.{host.name}", "below04")
    host.documents["/users/below04"] = actor.document
    return actor, wrapped(actor, "Follow", max.uri, to=[max.uri])


@pytest.mark.parametrize("what", DISGUISES)
def test_k04_a_block_covers_every_spelling(what, client, unchanged, suspended, inbox, eve, max):
    actor, deed = DISGUISES[what](suspended, eve, max)
    asked = len(suspended.requests)
    assert unchanged(lambda: client.post(actor, inbox, deed)).status_code in (400, 403)
    assert suspended.asked(asked) == []


def test_k04_nobody_leads_to_a_blocked_domain(client, unchanged, suspended, e, inbox, max, times):
    hidden, asked = e.actor("hidden04"), len(suspended.requests)
    e.route("/users/hidden04", redirect(f"{suspended.origin}/users/hidden04"))
    assert unchanged(lambda: client.post(hidden, inbox, request_for(hidden, max, times))).status_code in (401, 403)
    assert suspended.asked(asked) == []
