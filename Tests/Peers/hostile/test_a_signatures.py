"""A01-A05, A11, A13, A14, A16: a signature proves a whole request, to this server, now, and once."""

import base64
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from activities import activity, event
from actor import ACTIVITY, parameter, sha256
from bench.hostile import body_of, cavage, request_for
from waiting import http_date, now

TARGET, HOST, DATE, DIGEST = "(request-target)", "host", "date", "digest"


def minutes(count):
    return http_date(now() + timedelta(minutes=count))


def seconds(count):
    return str(int(now().timestamp()) + count)


REFUSED = {
    "A01 the digest is right but not signed": lambda a, i, b: cavage(a, i, b, names=[TARGET, HOST, DATE]),
    "A01 the body was swapped": lambda a, i, b: cavage(a, i, b.replace(b"Mentoring", b"Something")),
    "A01 there is no digest": lambda a, i, b: cavage(a, i, b, names=[TARGET, HOST, DATE], digest=None),
    "A01 one of two digests is wrong": lambda a, i, b: cavage(
        a, i, b, digest=f"SHA-256={sha256(b)}, SHA-256={sha256(b'x')}"),
    "A01 the digest is of a kind that nobody checks": lambda a, i, b: cavage(a, i, b, digest="UNIXSUM=30637"),
    "A01 the digest was taken off after signing": lambda a, i, b: cavage(a, i, b, after={"Digest": None}),
    "A02 only the date is signed": lambda a, i, b: cavage(a, i, b, names=[DATE]),
    "A02 the target is not signed": lambda a, i, b: cavage(a, i, b, names=[HOST, DATE, DIGEST]),
    "A02 the list of what is signed is missing": lambda a, i, b: parameter(cavage(a, i, b), "headers", None),
    "A02 the list of what is signed is empty": lambda a, i, b: parameter(cavage(a, i, b), "headers", ""),
    "A02 it was signed for another inbox": lambda a, i, b: cavage(a, i.replace("max", "zed"), b),
    "A02 it was signed for another method": lambda a, i, b: a.signed_headers("GET", i, b),
    "A03 the host is not signed": lambda a, i, b: cavage(a, i, b, names=[TARGET, DATE, DIGEST]),
    "A03 it was signed for another host": lambda a, i, b: cavage(a, i, b, host="b.test", after={"Host": "s.test"}),
    "A04 it is two hours old": lambda a, i, b: cavage(a, i, b, date=minutes(-120)),
    "A04 it is ten minutes ahead": lambda a, i, b: cavage(a, i, b, date=minutes(10)),
    "A04 it has expired": lambda a, i, b: parameter(cavage(a, i, b), "expires", "1"),
    "A04 it has no time": lambda a, i, b: cavage(a, i, b, names=[TARGET, HOST, DIGEST], date=None),
    "A04 its date is none": lambda a, i, b: cavage(a, i, b, date="the day before yesterday"),
    "A04 its date is in the wrong form": lambda a, i, b: cavage(a, i, b, date=now().isoformat()),
    "A04 its date is beyond all years": lambda a, i, b: cavage(a, i, b, date="Mon, 01 Jan 99999 00:00:00 GMT"),
    "A11 hmac keyed with the public key": lambda a, i, b: with_hmac(a, i, b),
    "A11 rsa-sha1": lambda a, i, b: cavage(a, i, b, algorithm="rsa-sha1"),
    "A11 ed25519 with an RSA key": lambda a, i, b: cavage(a, i, b, algorithm="ed25519"),
    "A11 no algorithm at all": lambda a, i, b: cavage(a, i, b, algorithm="none"),
    "A13 keyId twice": lambda a, i, b: (h := cavage(a, i, b)) | {"Signature": f'keyId="{a.uri}",' + h["Signature"]},
    "A13 headers twice": lambda a, i, b: (h := cavage(a, i, b)) | {"Signature": h["Signature"] + ',headers="date"'},
    "A13 a field is listed twice": lambda a, i, b: cavage(a, i, b, names=[TARGET, HOST, DATE, DATE, DIGEST]),
    "A13 a listed field is not there": lambda a, i, b: parameter(
        cavage(a, i, b), "headers", "(request-target) host date digest x-none"),
    "A13 an unclosed quote": lambda a, i, b: (h := cavage(a, i, b)) | {"Signature": h["Signature"][:-1]},
    "A13 no parameters": lambda a, i, b: cavage(a, i, b) | {"Signature": "x"},
    "A13 an empty signature": lambda a, i, b: parameter(cavage(a, i, b), "signature", ""),
    "A13 a signature of one bit less": lambda a, i, b: parameter(cavage(a, i, b), "signature",
        a.sign("something else")),
    "A13 a keyId of 10 kB": lambda a, i, b: parameter(cavage(a, i, b), "keyId", a.uri + "#" + "k" * 7_000),
    "A13 acct as keyId": lambda a, i, b: parameter(cavage(a, i, b), "keyId", "acct:eve@e.test"),
}


def with_hmac(actor, inbox, body):
    headers = cavage(actor, inbox, body, algorithm="hmac-sha256")
    text = "\n".join([f"(request-target): post {inbox.removeprefix('https://s.test')}"] + [
        f"{name}: {headers[name.title()]}" for name in (HOST, DATE, DIGEST)])
    secret = actor.document["publicKey"]["publicKeyPem"].encode()
    return parameter(headers, "signature", base64.b64encode(hmac.digest(secret, text.encode(), "sha256")).decode())


@pytest.mark.parametrize("what", REFUSED)
def test_what_proves_too_little_is_refused(what, refused, inbox, eve, fresh):
    body = body_of(fresh)
    refused(REFUSED[what](eve, inbox, body), body)


TAKEN = {
    "A04 55 minutes old": lambda b: {"date": minutes(-55)}, "A04 four minutes ahead": lambda b: {"date": minutes(4)},
    "A11 hs2019, which leaves it to the key": lambda b: {"algorithm": "hs2019"},
    "A11 no algorithm named": lambda b: {"algorithm": None},
    "A13 the digest in small letters": lambda b: {"digest": f"sha-256={sha256(b)}"},
    "A01 two digests, both right": lambda b: {"digest": f"SHA-256={sha256(b)}, SHA-256={sha256(b)}"},
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_proves_enough_is_taken(what, client, server, inbox, eve, fresh):
    body = body_of(fresh)
    reply = client.call("POST", inbox, eve.signed_headers("POST", inbox, body, **TAKEN[what](body)), body)
    assert reply.status_code == 202, reply
    assert server.has_session(fresh["object"]["id"])


def test_a02_a_signature_for_reading_does_not_serve_for_writing(refused, inbox, eve, fresh):
    refused(eve.signed_headers("GET", inbox) | {"Content-Type": ACTIVITY}, body_of(fresh))


def test_a03_a_delivery_to_another_server_cannot_be_brought_here(refused, b, eve, fresh, inbox):
    """What eve once sent to bob, handed on as it was."""
    body = body_of(fresh)
    genuine = eve.signed_headers("POST", f"{b.origin}/users/max/inbox", body)
    refused(genuine, body, statuses=(400, 401, 404, 421))
    refused(genuine | {"Host": "s.test"}, body)


DOUBLED = {
    "Date": http_date(now()), "Digest": "SHA-256=" + sha256(b"x"), "Host": "b.test",
    "Content-Type": "application/activity+json",
    "Signature": 'keyId="https://e.test/users/eve#main-key",headers="date",signature="eA=="',
}


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("name", DOUBLED)
def test_a13_a_field_that_counts_comes_once(name, first, refused, inbox, eve, fresh):
    body = body_of(fresh)
    fields = list(eve.signed_headers("POST", inbox, body).items())
    fields.insert(0 if first else len(fields), (name, DOUBLED[name]))
    refused(fields, body, statuses=(400, 401, 415))


TARGETS = {"/users/max/inbox?x=1": (401, 404), "/users/zed/../max/inbox": (400, 401, 404),
    "//users/max/inbox": (400, 401, 404),
           "/users/%6dax/inbox": (400, 401, 404), "/users/max/inbox/": (401, 404),
           "/users/max/./inbox": (400, 401, 404),
           "/users/MAX/inbox": (401, 404), "/users/max/inbox%3Fx=1": (401, 404), "/users/max%2finbox": (401, 404, 405)}


@pytest.mark.parametrize("target", TARGETS)
def test_a14_a_target_is_what_it_is_to_the_letter(target, refused, server, inbox, eve, fresh):
    """Signed for the inbox, sent to something that a careless router takes for the same."""
    body = body_of(fresh)
    refused(eve.signed_headers("POST", inbox, body), body, statuses=TARGETS[target], to=server.origin + target)


ROUTES = ["/inbox", "/actor/inbox", "/users/max/inbox", "/users/ann/inbox"]
KINDS = ["Create", "Update", "Delete", "Follow", "Accept", "Reject", "Undo", "Like", "Announce", "Invite", "Block",
    "Flag", "Move", "Add"]


@pytest.mark.parametrize("route", ROUTES)
def test_a16_no_way_in_without_a_signature(route, client, unchanged, server, eve, max):
    def knock():
        for kind in KINDS:
            body = body_of(activity(eve, kind, max.uri, {"type": "Note", "id": eve.new_id("notes"), "content": "x"}))
            headers = cavage(eve, server.origin + route, body, after={"Signature": None})
            reply = client.call("POST", server.origin + route, headers, body)
            assert reply.status_code == 401, (kind, reply)

    unchanged(knock)


ELSEWHERE = [
    "/", "/users/max", "/@max", "/users/max/outbox", "/outbox", "/actor", "/actor/outbox", "/users/max/followers",
    "/.well-known/webfinger", "/api/mentoring/sessions", "/objects", "/sharedInbox", "/internal/inbox",
]


def test_a16_no_other_route_takes_activities(client, unchanged, server, eve, fresh):
    def knock():
        for url in [server.origin + path for path in ELSEWHERE]:
            reply = client.call("POST", url, eve.signed_headers("POST", url, body_of(fresh)), body_of(fresh))
            assert reply.status_code in (401, 403, 404, 405), (url, reply)

    unchanged(knock)


def test_a05_the_same_request_a_hundred_times_at_once_has_one_effect(bench, server, inbox, eve, fresh):
    body = body_of(fresh)
    headers = eve.signed_headers("POST", inbox, body)
    clients = [bench.client() for _ in range(4)]
    with ThreadPoolExecutor(20) as pool:
        statuses = {r.status_code for r in pool.map(lambda n: clients[n % 4].call("POST", inbox, headers, body),
            range(100))}
    assert statuses == {202}
    assert server.has_session(fresh["object"]["id"])
    assert server.sql(f"select count(*) from received_activities where uri = '{fresh['id']}'") == [["1"]]
    server.row_counts()
    number = f"(select id from sessions where uri = '{fresh['object']['id']}')"
    assert server.sql(f"select count(*) from notifications where session_id = {number}") == [["1"]]


def test_a05_an_old_activity_under_a_new_signature_is_answered_once_and_has_no_second_effect(
        client, server, unchanged, eve, max, fresh):
    client.tell(eve, max.uri, fresh)
    gone = activity(eve, "Undo", max.uri, {"id": fresh["id"], "type": "Invite", "actor": eve.uri,
        "object": fresh["object"]["id"]})
    client.tell(eve, max.uri, gone)
    assert server.sql(f"select status from sessions where uri = '{fresh['object']['id']}'") == [["cancelled"]]
    client.tell(eve, max.uri, fresh)
    server.row_counts()
    answers = [sent for sent in server.sent_activities() if is_about(fresh, sent)]
    assert [(sent["type"], sent["to"], sent["mnt:reason"]) for sent in answers] == [
        ("Reject", [eve.uri], "scheduleConflict")]
    unchanged(lambda: client.tell(eve, max.uri, fresh))
    assert server.sql(f"select status from sessions where uri = '{fresh['object']['id']}'") == [["cancelled"]]


def is_about(invite, sent):
    return isinstance(sent["object"], dict) and sent["object"].get("id") == invite["id"]


def test_a20_a_signature_inside_the_document_proves_nothing(client, unchanged, inbox, eve, bob, max, times):
    """Bob's activity, handed on by eve with a Linked Data signature."""
    theirs = request_for(bob, max, times) | {"signature": {
        "type": "RsaSignature2017", "creator": bob.key_id, "created": "2026-01-01T00:00:00Z",
        "signatureValue": bob.sign("x")}}
    assert unchanged(lambda: client.post(eve, inbox, json.dumps(theirs).encode())).status_code in (202, 401)


def test_a05_follow_undo_and_the_follow_again_leave_nobody_following(client, server, eve, max):
    follow = activity(eve, "Follow", max.uri, max.uri)
    client.tell(eve, max.uri, follow)
    client.tell(eve, max.uri, activity(eve, "Undo", max.uri, follow))
    client.tell(eve, max.uri, follow)
    followers = client.get(eve, max.uri + "/followers").json()
    assert eve.uri not in json.dumps(followers) and followers["totalItems"] == 0


def test_an_event_can_be_asked_for_as_often_as_one_likes(client, server, eve, max, times):
    """The table above refuses nothing for the wrong reason: what is right is taken."""
    thing = event(eve, max.uri, times.next())
    client.tell(eve, max.uri, activity(eve, "Invite", max.uri, thing, target=max.uri))
    assert server.has_session(thing["id"])
