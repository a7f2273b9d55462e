"""What comes to an inbox without being what it should be: a clear answer, and nothing changes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from activities import activity, event, invite
from actor import ACTIVITY, parameter, sha256
from peer import send
from waiting import http_date, now

LIMIT = 1_048_576


@pytest.fixture(scope="module")
def known(peer, noor, times):
    """A sender whose key beta has just fetched, and so does not fetch again whatever comes in this name."""
    ana = peer.actor("ana")
    peer.tell(ana, noor.uri, invite(ana, noor.uri, event(ana, noor.uri, times.next())))
    return ana


@pytest.fixture
def inbox(noor):
    return f"{noor.uri}/inbox"


@pytest.fixture
def fresh(known, noor, times):
    """An Invite that would be taken."""
    return invite(known, noor.uri, event(known, noor.uri, times.next()))


@pytest.fixture
def unchanged(beta, peer, known, contracts):
    """Runs a request and gives its answer, once it is shown that nothing was written and nothing fetched."""

    def run(request, fetched=()):
        rows, seen = beta.row_counts(), len(peer.fetches)
        response = request()
        contracts.answer("POST", "/users/noor/inbox", response)
        assert beta.row_counts() == rows
        assert [fetch.target for fetch in peer.fetches[seen:]] == list(fetched)
        return response

    return run


def reason(response):
    assert response.status_code == 401, response.text
    return response.json()["error"].rstrip(".").split(": ")[-1]


def body_of(value):
    return json.dumps(value).encode()


# Who cannot prove to be who they say

def cavage(actor, inbox, body, **changes):
    """A signed request with its fields changed afterwards; None takes one away."""
    later = changes.pop("after", {})
    headers = actor.signed_headers("POST", inbox, body, **changes) | later
    return {name: value for name, value in headers.items() if value is not None}


def without_digest(actor, inbox, body):
    return cavage(actor, inbox, body, names=["(request-target)", "host", "date"], digest=None)


UNPROVEN = {
    "unsigned": ("unsigned", lambda a, i, b: cavage(a, i, b, after={"Signature": None})),
    "a wrong signature": ("wrong-signature", lambda a, i, b: parameter(cavage(a, i, b), "signature", a.sign("something else"))),
    "a signature that is no Base64": ("malformed-signature", lambda a, i, b: parameter(cavage(a, i, b), "signature", "???")),
    "two hours old": ("too-old", lambda a, i, b: cavage(a, i, b, date=http_date(now() - timedelta(hours=2)))),
    "ten minutes ahead": ("in-future", lambda a, i, b: cavage(a, i, b, date=http_date(now() + timedelta(minutes=10)))),
    "a date that is none": ("malformed-date", lambda a, i, b: cavage(a, i, b, date="yesterday")),
    "no time": ("unbound-time", lambda a, i, b: cavage(a, i, b, names=["(request-target)", "host", "digest"], date=None)),
    "expired": ("expired", lambda a, i, b: parameter(cavage(a, i, b), "expires", "1")),
    "no digest": ("missing-digest", without_digest),
    "a digest of another body": ("wrong-digest", lambda a, i, b: cavage(a, i, b, digest=f"SHA-256={sha256(b'other')}")),
    "a right and a wrong digest": ("wrong-digest", lambda a, i, b: cavage(a, i, b, digest=f"SHA-256={sha256(b)},SHA-256={sha256(b'other')}")),
    "a digest of an unknown kind alone": ("malformed-digest", lambda a, i, b: cavage(a, i, b, digest="MD5=1B2M2Y8AsgTpgAmY7PhCfg==")),
    "a digest that is not signed": ("unbound-body", lambda a, i, b: cavage(a, i, b, names=["(request-target)", "host", "date"])),
    "the target not signed": ("unbound-target", lambda a, i, b: cavage(a, i, b, names=["host", "date", "digest"])),
    "the host not signed": ("unbound-host", lambda a, i, b: cavage(a, i, b, names=["(request-target)", "date", "digest"])),
    "no list of what is signed": ("missing-field-list", lambda a, i, b: parameter(cavage(a, i, b), "headers", None)),
    "signed for another inbox": ("wrong-signature", lambda a, i, b: cavage(a, i.replace("noor", "omar"), b)),
    "signed for another server": ("wrong-signature", lambda a, i, b: cavage(a, i.replace("beta.", "alfa."), b) | {"Host": i.split("/")[2]}),
    "hmac": ("forbidden-algorithm", lambda a, i, b: cavage(a, i, b, algorithm="hmac-sha256")),
    "rsa-sha1": ("forbidden-algorithm", lambda a, i, b: cavage(a, i, b, algorithm="rsa-sha1")),
    "ed25519 with an RSA key": ("wrong-signature", lambda a, i, b: cavage(a, i, b, algorithm="ed25519")),
    "no key id": ("missing-parameter", lambda a, i, b: parameter(cavage(a, i, b), "keyId", None)),
    "a key id that is no address": ("malformed-key-id", lambda a, i, b: parameter(cavage(a, i, b), "keyId", "acct:ana")),
    "a key of this server that is not there": ("unknown-key", lambda a, i, b: parameter(cavage(a, i, b), "keyId", i.replace("/inbox", "2#main-key"))),
    "a parameter twice": ("duplicate-parameter", lambda a, i, b: (h := cavage(a, i, b)) | {"Signature": h["Signature"] + ',keyId="x"'}),
    "both kinds of signature": ("unsupported-scheme", lambda a, i, b: cavage(a, i, b, after={"Signature-Input": "sig1=()"})),
    "two signatures": ("duplicate-signature", lambda a, i, b: (h := cavage(a, i, b)) | {"Authorization": "Signature " + h["Signature"]}),
}


@pytest.mark.parametrize("what", UNPROVEN)
def test_what_is_not_proven_is_refused(what, inbox, known, fresh, unchanged):
    expected, make = UNPROVEN[what]
    body = body_of(fresh)
    headers = make(known, inbox, body)
    assert reason(unchanged(lambda: send("POST", inbox, headers, body))) == expected


def test_a_body_changed_on_the_way_is_refused(inbox, known, fresh, unchanged):
    headers = cavage(known, inbox, body_of(fresh))
    assert reason(unchanged(lambda: send("POST", inbox, headers, body_of(fresh | {"summary": "x"})))) == "wrong-digest"


def test_the_target_is_taken_to_the_letter(inbox, known, fresh, unchanged):
    headers = cavage(known, inbox, body_of(fresh))
    assert reason(unchanged(lambda: send("POST", inbox + "?x=1", headers, body_of(fresh)))) == "wrong-signature"


VALID = {
    "hs2019": {"algorithm": "hs2019"}, "no algorithm": {"algorithm": None},
    "the target last": {"names": ["host", "date", "digest", "(request-target)"]},
    "content-type signed too": {"names": ["(request-target)", "host", "date", "digest", "content-type"]},
    "55 minutes old": {"date": lambda body: http_date(now() - timedelta(minutes=55))},
    "four minutes ahead": {"date": lambda body: http_date(now() + timedelta(minutes=4))},
    "sha-256 in small letters": {"digest": lambda body: f"sha-256={sha256(body)}"},
    "another digest beside": {"digest": lambda body: f"SHA-256={sha256(body)}, MD5=1B2M2Y8AsgTpgAmY7PhCfg=="},
    "ld+json with the profile": {"content_type": 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'},
    "with a charset": {"content_type": f"{ACTIVITY}; charset=utf-8"},
}


@pytest.mark.parametrize("what", VALID)
def test_every_proper_way_to_sign_is_taken(what, inbox, known, fresh, noor):
    body = body_of(fresh)
    changes = {name: value(body) if callable(value) else value for name, value in VALID[what].items()}
    assert send("POST", inbox, known.signed_headers("POST", inbox, body, **changes), body).status_code == 202
    assert noor.session(fresh["object"]["id"])["status"] == "pending"


def test_a_signature_may_stand_in_authorization(inbox, known, fresh, noor):
    headers = cavage(known, inbox, body_of(fresh))
    headers["Authorization"] = "Signature " + headers.pop("Signature")
    assert send("POST", inbox, headers, body_of(fresh)).status_code == 202
    assert noor.session(fresh["object"]["id"])


# Who speaks for others

def test_nobody_speaks_for_a_neighbour(inbox, known, sol, noor, times, unchanged, peer):
    theirs = invite(sol, noor.uri, event(sol, noor.uri, times.next()))
    assert reason(unchanged(lambda: peer.post(known, inbox, theirs))) == "the key belongs to another actor"


@pytest.mark.parametrize("own_id", [False, True], ids=["with an id of theirs", "with an id of one's own"])
def test_nobody_speaks_for_an_actor_of_another_origin(own_id, inbox, known, noor, times, unchanged, peer):
    victim = peer.actor(f"victim{own_id}".lower(), host="victim")
    theirs = invite(victim, noor.uri, event(victim, noor.uri, times.next()))
    if own_id:
        theirs["id"] = known.new_id()
    assert unchanged(lambda: peer.post(known, inbox, theirs)).status_code == 401


def test_nobody_speaks_for_this_server(inbox, known, noor, omar, times, unchanged, peer):
    ours = invite(known, noor.uri, event(known, noor.uri, times.next())) | {"actor": omar.uri, "id": omar.community.origin + "/activities/1"}
    assert unchanged(lambda: peer.post(known, inbox, ours)).status_code == 401


def test_an_activity_has_an_id_of_its_actors_origin(inbox, known, fresh, unchanged, peer):
    fresh["id"] = "https://elsewhere.example/activities/1"
    assert unchanged(lambda: peer.post(known, inbox, fresh)).status_code in (400, 401)


def test_a_key_of_another_origin_is_no_proof(inbox, noor, times, unchanged, peer):
    """Eve serves a key that claims to be the victim's."""
    victim, eve = peer.actor("target", host="target"), peer.actor("eve2", host="eve")
    eve.document["publicKey"]["owner"] = victim.uri
    words = invite(victim, noor.uri, event(victim, noor.uri, times.next()))
    assert unchanged(lambda: peer.post(eve, inbox, words), [eve.uri]).status_code == 401


def test_a_key_that_is_not_there_is_asked_for_once(inbox, noor, times, unchanged, peer):
    ghost = peer.actor("ghost")
    del peer.actors[ghost.uri]
    words = invite(ghost, noor.uri, event(ghost, noor.uri, times.next()))
    assert reason(unchanged(lambda: peer.post(ghost, inbox, words), [ghost.uri])) == "unknown-key"
    for _ in range(5):
        assert reason(unchanged(lambda: peer.post(ghost, inbox, words))) == "unknown-key"


def test_a_server_that_is_down_is_asked_to_come_again(inbox, noor, times, unchanged, peer):
    away = peer.actor("away")
    away.key_id = "http://away.localhost:1/users/away#main-key"
    response = unchanged(lambda: peer.post(away, inbox, invite(away, noor.uri, event(away, noor.uri, times.next()))))
    assert response.status_code == 503 and response.headers["Retry-After"]


# What is no activity

NO_ACTIVITY = {
    "nothing": b"", "no JSON": b"hello", "half of it": b'{"type": "Invite"', "a list": b"[]", "a text": b'"Invite"',
    "too deep": b"[" * 33 + b"]" * 33, "a member twice": b'{"type": "Invite", "type": "Undo"}', "bad UTF-8": b'{"type": "\xff"}',
}


@pytest.mark.parametrize("what", NO_ACTIVITY)
def test_what_is_no_activity_is_refused(what, inbox, known, unchanged, peer):
    assert unchanged(lambda: peer.post(known, inbox, NO_ACTIVITY[what])).status_code == 400


ABSENT = object()
ESSENTIALS = [(member, value) for member in ("id", "type", "actor") for value in (ABSENT, None, 5, [])]
ESSENTIALS += [("id", ""), ("actor", ""), ("id", "no address"), ("actor", {"type": "Person"}), ("object", ABSENT), ("object", None), ("object", [])]


@pytest.mark.parametrize(("member", "value"), ESSENTIALS, ids=lambda value: "absent" if value is ABSENT else json.dumps(value))
def test_an_activity_without_its_essentials_is_refused(member, value, inbox, known, fresh, unchanged, peer):
    fresh[member] = value
    spoiled = {name: value for name, value in fresh.items() if value is not ABSENT}
    assert unchanged(lambda: peer.post(known, inbox, spoiled)).status_code == 400


def test_two_actors_are_none(inbox, known, sol, fresh, unchanged, peer):
    fresh["actor"] = [known.uri, sol.uri]
    assert unchanged(lambda: peer.post(known, inbox, fresh)).status_code == 400


@pytest.mark.parametrize("media", ["text/plain", "application/json", "application/ld+json", "text/html", "multipart/form-data; boundary=x", "nonsense", None])
def test_another_media_type_is_refused(media, inbox, known, fresh, unchanged):
    body = body_of(fresh)
    headers = cavage(known, inbox, body, content_type=media)
    assert unchanged(lambda: send("POST", inbox, headers, body)).status_code == 415


def test_a_shared_inbox_is_as_strict(noor, known, fresh, contracts):
    shared = f"{noor.community.origin}/inbox"
    body = body_of(fresh)
    good = cavage(known, shared, body)
    unsigned = {name: value for name, value in good.items() if name != "Signature"}
    answers = [
        (401, unsigned, body), (400, cavage(known, shared, b"{}"), b"{}"), (202, good, body),
        (415, cavage(known, shared, body, content_type="text/plain"), body),
        (413, cavage(known, shared, padded(fresh, LIMIT + 1)), padded(fresh, LIMIT + 1)),
    ]
    for status, headers, sent in answers:
        response = send("POST", shared, headers, sent)
        contracts.answer("POST", "/inbox", response)
        assert response.status_code == status


def padded(value, length):
    body = body_of(value)
    return body[:-1] + b" " * (length - len(body)) + b"}"


def test_a_mebibyte_is_taken_and_one_byte_more_is_not(inbox, known, fresh, unchanged, peer, noor):
    assert unchanged(lambda: peer.post(known, inbox, padded(fresh, LIMIT + 1))).status_code == 413
    assert peer.post(known, inbox, padded(fresh, LIMIT)).status_code == 202
    assert noor.session(fresh["object"]["id"])["status"] == "pending"


def test_a_large_body_is_refused_though_it_does_not_say_so(inbox, known, fresh, unchanged):
    body = padded(fresh, LIMIT + 1)
    headers = cavage(known, inbox, body)
    chunks = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    assert unchanged(lambda: send("POST", inbox, headers, chunks)).status_code == 413


@pytest.mark.parametrize("name", ["nobody", "NOOR", "noor2", "beta.localhost"])
def test_an_unknown_inbox_is_not_found(name, inbox, known, fresh, unchanged, peer):
    assert unchanged(lambda: peer.post(known, inbox.replace("noor", name), fresh)).status_code == 404


UNKNOWN = ["Like", "Announce", "Create", "Follow", "Block", "Flag", "Move", "TentativeReject", "Join", "View", "Invented"]


@pytest.mark.parametrize("kind", UNKNOWN)
@pytest.mark.parametrize("thing", [{"type": "Note", "id": "https://b.example/1", "content": "Hi"}, "https://b.example/1"], ids=["embedded", "named"])
def test_an_unknown_kind_is_taken_and_forgotten(kind, thing, inbox, known, noor, unchanged, peer):
    response = unchanged(lambda: peer.post(known, inbox, activity(known, kind, noor.uri, thing)))
    assert response.status_code == 202 and response.content == b""


# Whoever was not known before

def test_somebody_new_is_heard_with_the_first_request(inbox, noor, beta, times, peer):
    new = peer.actor("new1")
    seen = len(peer.fetches)
    thing = event(new, noor.uri, times.next())
    assert peer.post(new, inbox, invite(new, noor.uri, thing)).status_code == 202
    assert noor.session(thing["id"])["mentee"]["handle"] == new.handle
    fetched = [(fetch.target, fetch.signer) for fetch in peer.fetches[seen:]]
    assert fetched == [(new.uri, f"{beta.origin}/actor")], "once, signed by the server"


def test_somebody_new_is_not_written_down_for_an_unknown_kind(inbox, noor, times, unchanged, peer):
    new = peer.actor("new2")
    like = activity(new, "Like", noor.uri, "https://b.example/1")
    assert unchanged(lambda: peer.post(new, inbox, like), [new.uri]).status_code == 202


def test_somebody_new_whose_first_word_was_of_an_unknown_kind_is_heard_afterwards(inbox, noor, times, peer):
    new = peer.actor("new3")
    assert peer.post(new, inbox, activity(new, "Like", noor.uri, "https://b.example/1")).status_code == 202
    thing = event(new, noor.uri, times.next())
    assert peer.post(new, inbox, invite(new, noor.uri, thing)).status_code == 202
    assert noor.session(thing["id"])


def test_a_forger_does_not_silence_whom_he_imitates(inbox, noor, times, peer):
    """A wrong signature in the name of somebody who was never heard here: then comes the real one."""
    new = peer.actor("new4")
    thing = event(new, noor.uri, times.next())
    body = body_of(invite(new, noor.uri, thing))
    forged = parameter(new.signed_headers("POST", inbox, body), "signature", known_signature(peer))
    assert send("POST", inbox, forged, body).status_code == 401
    assert peer.post(new, inbox, body).status_code == 202
    assert noor.session(thing["id"])


def known_signature(peer):
    return next(iter(peer.actors.values())).sign("anything")


def test_somebody_new_may_send_two_things_at_once(inbox, noor, times, peer):
    new = peer.actor("new5")
    things = [event(new, noor.uri, times.next()) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda thing: peer.post(new, inbox, invite(new, noor.uri, thing)).status_code, things))
    assert answers == [202] * 4
    assert all(noor.session(thing["id"]) for thing in things)


def test_one_activity_many_times_at_once_has_one_effect(inbox, noor, known, fresh, peer, beta):
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: peer.post(known, inbox, fresh).status_code, range(40)))
    assert set(answers) == {202}
    assert beta.sql(f"select count(*) from sessions where uri = '{fresh['object']['id']}'") == [["1"]]
    told = [n for n in noor.ok("GET", "/notifications")["notifications"] if n["session"] == noor.session(fresh["object"]["id"])["id"]]
    assert len(told) == 1
