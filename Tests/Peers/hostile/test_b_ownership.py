"""B01, B02, B04: whose words they are. What comes from elsewhere counts only where its own server says so."""

import json

import pytest

from bench.hostile import request_for
from bench.notes import PUBLIC, marker, note, wrapped


def test_b01_what_lies_elsewhere_is_not_believed_from_a_stranger(client, server, b, e, eve, bob, max):
    """Eve brings a note of bob's that bob never wrote."""
    words, asked = marker(), len(b.requests)
    forged = note(bob, words, to=[PUBLIC, max.uri])
    for kind in ("Create", "Update", "Announce"):
        assert client.post(eve, f"{max.uri}/inbox", wrapped(eve, kind, forged)).status_code in (202, 400, 401)
    server.row_counts()
    assert not server.holds(words)
    assert len(b.asked(asked, forged["id"].removeprefix(b.origin))) <= 2


def test_b01_a_copy_of_what_is_really_there_does_not_replace_it(client, server, b, eve, bob, max, sees):
    """The note exists; eve's copy of it says something else."""
    true, false = marker(), marker()
    real = b.publish(note(bob, true))
    client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Announce", real | {"content": false}))
    server.row_counts()
    assert not server.holds(false)


@pytest.mark.parametrize("form", ["a text", "a list", "an object", "two"])
def test_b02_nobody_writes_in_anothers_name(form, client, server, e, eve, bob, max):
    words = marker()
    thing = note(eve, words)
    author = {"a text": bob.uri, "a list": [bob.uri], "an object": {"type": "Person", "id": bob.uri},
        "two": [bob.uri, eve.uri]}
    thing["attributedTo"] = author[form]
    e.publish(thing)
    assert client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Create", thing)).status_code in (202, 400, 401)
    server.row_counts()
    assert not server.holds(words)


def test_b02_neighbours_do_not_write_for_each_other(client, server, b, bob, max):
    words, carol = marker(), b.actor("carol")
    thing = b.publish(note(bob, words))
    assert client.post(carol, f"{max.uri}/inbox", wrapped(carol, "Create", thing)).status_code in (202, 400, 401)
    server.row_counts()
    assert not server.holds(words)


def test_b04_a_neighbour_does_not_change_anothers_actor(client, server, b, bob, inbox, max, times):
    carol = b.actor("carol2")
    theirs = bob.document | {"name": "Changed by carol", "publicKey": bob.document["publicKey"] | {
        "publicKeyPem": carol.document["publicKey"]["publicKeyPem"]}}
    assert client.post(carol, inbox, wrapped(carol, "Update", theirs)).status_code in (202, 401)
    server.row_counts()
    assert not server.holds("Changed by carol")
    assert client.post(bob, inbox, request_for(bob, max, times)).status_code == 202


def test_b04_sessions_are_their_owners(client, server, unchanged, e, eve, bob, inbox, max, times):
    theirs = request_for(bob, max, times)
    client.tell(bob, max.uri, theirs)
    server.row_counts()
    thing = theirs["object"]
    forgeries = [
        wrapped(eve, "Delete", {"type": "Tombstone", "id": thing["id"], "formerType": "Event"}),
        wrapped(eve, "Delete", thing["id"]),
        wrapped(eve, "Update", thing | {"mnt:revision": 1, "startTime": "2031-01-01T10:00:00Z",
            "endTime": "2031-01-01T11:00:00Z"}),
        wrapped(eve, "Undo", theirs), wrapped(eve, "Accept", theirs), wrapped(eve, "Reject", theirs),
        wrapped(eve, "Invite", thing, target=max.uri, to=[max.uri]),
    ]
    for forged in forgeries:
        assert client.post(eve, inbox, forged).status_code in (202, 400, 401, 403), forged
    server.row_counts()
    row = server.sql(f"select status, revision, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
                     f"from sessions where uri = '{thing['id']}'")
    assert row == [["pending", "0", thing["startTime"]]]


def test_b04_what_was_never_ours_is_not_found_by_guessing(client, server, eve, bob, max, times):
    """Private things answer those only whom they address."""
    theirs = request_for(bob, max, times)
    client.tell(bob, max.uri, theirs)
    number = server.sql(f"select id from sessions where uri = '{theirs['object']['id']}'")[0][0]
    bodies = {client.get(actor, f"{server.origin}/sessions/{which}").text
              for actor in (eve, None) for which in (number, "0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11")}
    assert len(bodies) == 1 and json.loads(bodies.pop())["error"]
