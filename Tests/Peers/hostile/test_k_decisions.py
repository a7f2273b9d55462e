"""K03, B19: what an operator decides about a domain holds for what was there before, and is undone as a whole."""

import json

import pytest

from bench.notes import PUBLIC, marker, mention, note, to_person, wrapped
from waiting import soon


@pytest.fixture
def x(bench):
    """A host about which nothing is decided yet."""
    return bench.host("x.test")


@pytest.fixture
def decide(server, client, x, max, times):
    """Decides about x.test, and is sure that the running server knows."""

    def run(kind):
        server.command("domain", kind, x.name)
        # A rule holds within two seconds. Whoever asks a limited server to follow waits, whoever is blocked is refused.
        prober = x.actor(f"prober{len(x.actors)}")

        def holds():
            reply = client.post(prober, f"{max.uri}/inbox", wrapped(prober, "Follow", max.uri, to=[max.uri]))
            if kind == "block":
                return reply.status_code == 403
            server.row_counts()
            state = server.sql(
                f"select state from follows join actors on actors.id = follower_id where actors.uri = '{prober.uri}'")
            if state == [["pending" if kind == "limit" else "accepted"]]:
                return True
            client.post(prober, f"{max.uri}/inbox", wrapped(prober, "Undo",
                {"type": "Follow", "actor": prober.uri, "object": max.uri}, to=[max.uri]))
            return False

        soon(holds, f"a rule: {kind}")

    yield run
    server.command("domain", "remove", x.name, check=False)


def test_b19_what_a_blocked_domain_said_before_is_not_shown_and_does_not_come_back(
        client, server, sees, decide, x, bob, max):
    writer, words = x.actor("writer19"), marker()
    post = x.publish(note(writer, words, to=[PUBLIC, max.uri], tag=[mention(max)]))
    client.tell(writer, max.uri, wrapped(writer, "Create", post))
    assert sees(max).post(post["id"])
    decide("block")
    assert sees(max).post(post["id"]) is None
    assert client.post(bob, f"{max.uri}/inbox", wrapped(bob, "Announce", post["id"])).status_code == 403
    assert sees(max).post(post["id"]) is None
    assert writer.handle not in json.dumps(sees(max).notifications())
    decide("remove")
    assert sees(max).post(post["id"])


def test_k03_people_of_a_limited_domain_are_heard_by_those_who_asked_for_it(client, server, sees, decide, x, max, ann):
    decide("limit")
    loud = x.actor("loud03")
    post = to_person(loud, marker(), ann)
    client.tell(loud, ann.uri, wrapped(loud, "Create", post))
    server.row_counts()
    assert loud.handle not in json.dumps(sees(ann).notifications())
    client.tell(loud, ann.uri, wrapped(loud, "Follow", ann.uri, to=[ann.uri]))
    assert sees(ann).relation(loud.handle).was_asked
    decide("remove")
    again = to_person(loud, marker(), ann)
    client.tell(loud, ann.uri, wrapped(loud, "Create", again))
    soon(lambda: ("mention", loud.handle, again["id"]) in sees(ann).notifications(), "a notification")
