"""B05, B07: nobody follows, is followed or moves before the right one has agreed."""

import pytest

from bench.notes import marker, note, wrapped
from waiting import until


@pytest.fixture
def asked(server, b, ann):
    """Ann has asked to follow somebody who decides by hand."""
    number = len(b.actors)
    shy = b.actor(f"shy{number}", manuallyApprovesFollowers=True)
    start = len(b.requests)
    server.act(ann, "follow", shy.handle)
    follow, _ = b.awaits("Follow", start, object=shy.uri)
    assert follow["actor"] == ann.uri
    return shy, follow


def following(sees, ann, shy):
    relation = sees(ann).relation(shy.handle)
    return relation.follows, relation.asked


def test_b05_nobody_follows_before_it_is_accepted(sees, asked, ann):
    shy, _ = asked
    assert following(sees, ann, shy) == (False, True)


def test_b05_a_stranger_does_not_accept(client, server, sees, asked, ann, eve, bob):
    shy, follow = asked
    for liar in (eve, bob):
        for thing in (follow, follow["id"], follow | {"object": liar.uri}):
            client.post(liar, f"{ann.uri}/inbox", wrapped(liar, "Accept", thing, to=[ann.uri]))
    server.row_counts()
    assert following(sees, ann, shy) == (False, True)


@pytest.mark.parametrize("form", ["embedded", "named", "a stub without an id"])
def test_b05_the_one_who_was_asked_accepts_and_may_think_again(form, client, server, sees, asked, ann):
    shy, follow = asked
    thing = {"embedded": follow, "named": follow["id"],
             "a stub without an id": {"type": "Follow", "actor": ann.uri, "object": shy.uri}}[form]
    client.tell(shy, ann.uri, wrapped(shy, "Accept", thing, to=[ann.uri]))
    until(lambda: following(sees, ann, shy) == (True, False), "a follow")
    client.tell(shy, ann.uri, wrapped(shy, "Reject", thing, to=[ann.uri]))
    until(lambda: following(sees, ann, shy) == (False, False), "the end of it")


def test_b05_an_accept_that_nobody_asked_for_makes_no_follow(client, server, sees, b, ann):
    pushy = b.actor("pushy")
    invented = {"type": "Follow", "id": f"{server.origin}/activities/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11",
        "actor": ann.uri, "object": pushy.uri}
    for thing in (invented, invented["id"], {"type": "Follow", "actor": ann.uri, "object": pushy.uri}):
        client.post(pushy, f"{ann.uri}/inbox", wrapped(pushy, "Accept", thing, to=[ann.uri]))
    server.row_counts()
    assert not sees(ann).relation(pushy.handle).follows


def test_b05_what_was_never_agreed_shows_no_private_post(client, server, sees, asked, ann):
    shy, _ = asked
    words = marker()
    post = note(shy, words, to=[shy.uri + "/followers"])
    client.post(shy, f"{server.origin}/inbox", wrapped(shy, "Create", post))
    server.row_counts()
    assert sees(ann).post(post["id"]) is None


@pytest.fixture
def follower(server, sees, b, ann, client):
    """Ann follows somebody who lets everybody; gives that one."""
    open_one = b.actor(f"open{len(b.actors)}")
    start = len(b.requests)
    server.act(ann, "follow", open_one.handle)
    follow, _ = b.awaits("Follow", start, object=open_one.uri)
    client.tell(open_one, ann.uri, wrapped(open_one, "Accept", follow, to=[ann.uri]))
    until(lambda: sees(ann).relation(open_one.handle).follows, "a follow")
    return open_one


def test_b07_nobody_moves_another(client, server, sees, e, eve, ann, follower):
    thief = e.actor(f"thief{len(e.actors)}", alsoKnownAs=[follower.uri])
    move = wrapped(thief, "Move", follower.uri, to=[ann.uri], target=thief.uri)
    for forged in (move, move | {"id": eve.new_id()}):
        client.post(thief, f"{ann.uri}/inbox", forged)
    server.row_counts()
    assert sees(ann).relation(follower.handle).follows and not sees(ann).relation(thief.handle).asked


def test_b07_nobody_moves_to_where_they_are_not_known(client, server, sees, e, ann, follower):
    """The one who moves says so; the new place does not."""
    stranger = e.actor(f"stranger{len(e.actors)}")
    follower.document["movedTo"] = stranger.uri
    client.tell(follower, ann.uri, wrapped(follower, "Move", follower.uri, to=[ann.uri], target=stranger.uri))
    server.row_counts()
    relation = sees(ann).relation(stranger.handle)
    assert not relation.asked and not relation.follows
