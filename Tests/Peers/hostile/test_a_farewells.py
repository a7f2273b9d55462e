"""A18: whoever is gone is believed to be gone, and nobody else."""

import pytest

from bench.answers import plain
from bench.hostile import request_for
from bench.notes import PUBLIC, marker, to_person, wrapped


def test_a18_a_farewell_from_somebody_unknown_is_taken_and_changes_nothing(client, unchanged, e, inbox):
    for status in (410, 404, 500):
        ghost = e.actor(f"ghost{status}")
        e.route(f"/users/ghost{status}", plain(status))
        farewell = wrapped(ghost, "Delete", ghost.uri)
        reply = unchanged(lambda: client.post(ghost, inbox, farewell))
        assert reply.status_code == 202 if status == 410 else reply.status_code in (202, 401, 503), (status, reply)


def test_a18_nobody_says_farewell_for_somebody_else(client, server, e, inbox, bob):
    """Eve's key is gone; it names bob."""
    ghost = e.actor("ghost18")
    e.route("/users/ghost18", plain(410))
    for farewell in (wrapped(bob, "Delete", bob.uri), wrapped(ghost, "Delete", bob.uri)):
        assert client.post(ghost, inbox, farewell).status_code in (202, 401)
    assert server.sql(f"select count(*) from actors where uri = '{bob.uri}' and gone_at is null") == [["1"]]


@pytest.mark.parametrize("form", ["the id", "the actor", "a tombstone"])
def test_a18_the_farewell_of_somebody_known_ends_all_ties(form, client, server, sees, e, max):
    leaver = e.actor("leaver" + form[-1] + str(len(form)))
    client.tell(leaver, max.uri, wrapped(leaver, "Follow", max.uri, to=[max.uri]))
    words = marker()
    post = to_person(leaver, words, max)
    client.tell(leaver, max.uri, wrapped(leaver, "Create", post))
    assert server.holds(words) and sees(max).relation(leaver.handle).is_followed
    e.route(f"/users/{leaver.name}", plain(410))
    thing = {"the id": leaver.uri, "the actor": leaver.document, "a tombstone": {"type": "Tombstone",
        "id": leaver.uri}}[form]
    client.tell(leaver, max.uri, wrapped(leaver, "Delete", thing, to=[PUBLIC]))
    server.row_counts()
    assert not server.holds(words) and sees(max).post(post["id"]) is None
    assert leaver.uri not in client.get(None, max.uri + "/followers").text


def test_a18_whoever_is_gone_stays_gone(client, unchanged, e, inbox, max, times):
    """The same key, the same name, after the farewell."""
    leaver = e.actor("leaver")
    client.tell(leaver, max.uri, request_for(leaver, max, times))
    client.tell(leaver, max.uri, wrapped(leaver, "Delete", leaver.uri))
    e.route("/users/leaver", plain(410))
    reply = unchanged(lambda: client.post(leaver, inbox, request_for(leaver, max, times)))
    assert reply.status_code in (202, 401, 403)
