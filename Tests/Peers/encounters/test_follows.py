"""Following and being followed, asked or not, and the end of it."""

import pytest

from dialects import each
from waiting import soon


@pytest.fixture
def locked(do):
    """Noor decides herself who follows."""
    do("profile", "--locked", "yes")
    yield
    do("profile", "--locked", "no")


@each("follow")
def test_they_follow_us_and_stop(peer, follower, noor, my):
    assert my.relation(follower.handle).is_followed
    assert ("follow", follower.handle) in [row[:2] for row in my.notifications()]
    start = len(peer.believed)
    peer.tell(follower, noor, peer.undo(follower, peer.follow_sent))
    soon(lambda: not my.relation(follower.handle).is_followed, "the end of a follow")
    assert peer.believed[start:] == []


@each("follow")
def test_they_ask_to_follow_and_are_let(peer, server, locked, them, noor, do, my):
    start = len(peer.believed)
    follow = peer.tell(them, noor, peer.follow(them, noor))
    server.row_counts()
    assert my.relation(them.handle).was_asked and not my.relation(them.handle).is_followed
    assert "Accept" not in [activity["type"] for activity, _ in peer.believed[start:]]
    do("accept-follow", them.handle)
    accept = peer.heard("Accept", start, object_id=follow["id"])
    assert accept["object"] == follow["id"] or accept["object"]["type"] == "Follow"
    assert my.relation(them.handle).is_followed


@each("follow")
def test_they_ask_to_follow_and_are_not_let(peer, locked, them, noor, do, my):
    start = len(peer.believed)
    follow = peer.tell(them, noor, peer.follow(them, noor))
    do("reject-follow", them.handle)
    reject = peer.heard("Reject", start, object_id=follow["id"])
    # Misskey and GoToSocial read nothing but the whole.
    assert reject["object"]["actor"] == them.uri and reject["object"]["object"] == noor.uri
    assert not my.relation(them.handle).was_asked


@each("follow")
def test_they_take_back_that_they_asked(peer, server, locked, them, noor, my):
    follow = peer.tell(them, noor, peer.follow(them, noor))
    assert my.relation(them.handle).was_asked
    peer.tell(them, noor, peer.undo(them, follow))
    server.row_counts()
    assert not my.relation(them.handle).was_asked


@each("follow")
def test_they_follow_twice_and_are_answered_twice(peer, follower, noor):
    """They lost our answer."""
    start = len(peer.believed)
    again = peer.tell(follower, noor, peer.follow(follower, noor))
    peer.heard("Accept", start, object_id=again["id"])


@each("follow")
def test_we_show_a_follower_out(peer, follower, do, my):
    start = len(peer.believed)
    do("remove-follower", follower.handle)
    reject = peer.heard("Reject", start)
    assert reject["object"]["type"] == "Follow" and reject["object"]["actor"] == follower.uri
    assert not my.relation(follower.handle).is_followed


@each("follow")
def test_we_follow_them_and_stop(peer, followed, noor, do, my):
    follow = peer.heard("Follow", actor=noor.uri, object=followed.uri)
    start = len(peer.believed)
    do("unfollow", followed.handle)
    undo = peer.heard("Undo", start, actor=noor.uri)
    assert undo["object"]["id"] == follow["id"] and undo["object"]["type"] == "Follow" and undo["object"]["object"] == followed.uri
    assert not my.relation(followed.handle).follows


@each("follow", "locked")
def test_we_ask_to_follow_and_wait(peer, server, noor, do, my, them):
    them.document["manuallyApprovesFollowers"] = True
    start = len(peer.believed)
    do("follow", them.handle)
    follow = peer.heard("Follow", start, object=them.uri)
    assert my.relation(them.handle).asked and not my.relation(them.handle).follows
    peer.tell(them, noor, peer.accept(them, follow))
    soon(lambda: my.relation(them.handle).follows, "an accepted follow")
    peer.tell(them, noor, peer.reject(them, follow))
    soon(lambda: not my.relation(them.handle).follows, "the end of it")


@each("group")
def test_we_follow_a_group(peer, them, do, my):
    them.document["type"] = "Group"
    do("follow", them.handle)
    soon(lambda: my.relation(them.handle).follows, "an accepted follow")
