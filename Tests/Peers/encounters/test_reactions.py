"""Likes and boosts, there and here, and taking them back."""

import pytest

from bench.notes import PUBLIC, marker
from dialects import each
from waiting import soon


@pytest.fixture
def ours(do):
    """A post of noor's."""
    return do("post", marker())


@pytest.fixture
def theirs(peer, server, noor, followed):
    """A post of theirs that came here."""
    post = peer.note(followed, marker())
    peer.tell(followed, noor, peer.create(followed, post))
    server.row_counts()
    return post


@each("like")
def test_they_like_ours_and_think_again(peer, server, them, noor, ours, my):
    like = peer.tell(them, noor, peer.like(them, ours, noor))
    server.row_counts()
    assert my.post(ours)["likes"] == 1
    assert ("favourite", them.handle, ours) in my.notifications()
    peer.tell(them, noor, peer.like(them, ours, noor))
    server.row_counts()
    assert my.post(ours)["likes"] == 1, "twice is once"
    peer.tell(them, noor, peer.undo(them, like))
    soon(lambda: my.post(ours)["likes"] == 0, "no like")


@each("boost")
def test_they_boost_ours_and_think_again(peer, server, them, noor, ours, my):
    boost = peer.tell(them, noor, peer.boost(them, ours, noor))
    server.row_counts()
    assert my.post(ours)["boosts"] == 1
    assert ("reblog", them.handle, ours) in my.notifications()
    peer.tell(them, noor, peer.undo(them, boost))
    soon(lambda: my.post(ours)["boosts"] == 0, "no boost")


@each("boost", "follow")
def test_what_they_boost_is_looked_up(peer, server, followed, another, noor, my):
    post = peer.note(another, marker())
    peer.tell(followed, noor, peer.boost(followed, post["id"], noor))
    soon(lambda: my.post(post["id"]), "the boosted post")
    assert my.post(post["id"])["author"] == another.handle


@each("like", "follow")
def test_we_like_theirs_and_think_again(peer, theirs, noor, do):
    start = len(peer.believed)
    do("like", theirs["id"])
    like = peer.heard("Like", start, actor=noor.uri, object=theirs["id"])
    do("unlike", theirs["id"])
    undo = peer.heard("Undo", start, actor=noor.uri)
    assert undo["object"]["id"] == like["id"] and undo["object"]["type"] == "Like" and undo["object"]["object"] == theirs["id"]


@each("boost", "follow")
def test_we_boost_theirs_and_think_again(peer, theirs, followed, noor, do):
    start = len(peer.believed)
    do("boost", theirs["id"])
    boost = peer.heard("Announce", start, actor=noor.uri, object=theirs["id"])
    assert PUBLIC in boost["to"] and followed.uri in boost["to"] + boost["cc"]
    do("unboost", theirs["id"])
    undo = peer.heard("Undo", start, actor=noor.uri)
    assert undo["object"]["id"] == boost["id"] and undo["object"]["type"] == "Announce"


@pytest.mark.parametrize("word", ["like", "boost"])
@each("like", "boost", "follow")
def test_what_they_reject_we_take_back(word, peer, theirs, followed, noor, do, my):
    start, kind = len(peer.believed), {"like": "Like", "boost": "Announce"}[word]
    do(word, theirs["id"])
    deed = peer.heard(kind, start, actor=noor.uri, object=theirs["id"])
    assert my.post(theirs["id"])[word + "s"] == 1
    peer.tell(followed, noor, peer.activity(followed, "Reject", deed["id"], to=[noor.uri]))
    undo = peer.heard("Undo", start, actor=noor.uri)
    assert undo["object"]["id"] == deed["id"]
    assert my.post(theirs["id"])[word + "s"] == 0


@each("reply", "follow")
def test_an_answer_that_they_reject_goes_nowhere_any_more(peer, server, theirs, followed, noor, do, my):
    start = len(peer.believed)
    ours = do("post", marker(), "--reply-to", theirs["id"])
    peer.heard("Create", start, actor=noor.uri, object_id=ours)
    assert my.answers(theirs["id"]) == [ours]
    peer.tell(followed, noor, peer.activity(followed, "Reject", ours, to=[noor.uri]))
    server.row_counts()
    assert my.answers(theirs["id"]) == []
    heard = len(peer.believed)
    do("edit", ours, marker())
    server.row_counts()
    assert my.post(ours) and len(peer.believed) == heard
    do("delete", ours)
    peer.heard("Delete", heard, actor=noor.uri)


@each("boost", "follow")
def test_a_boost_of_ours_reaches_followers(peer, server, follower, noor, do, sees, zed):
    ours = server.act(zed, "post", marker())
    start = len(peer.believed)
    do("boost", ours)
    boost = peer.heard("Announce", start, actor=noor.uri, object=ours)
    assert peer.get(boost["object"]).status_code == 200


@each("like")
def test_what_nobody_may_see_cannot_be_liked(peer, server, them, noor, do, my):
    ours = do("post", marker(), "--visibility", "followers")
    for activity in (peer.like(them, ours, noor), peer.boost(them, ours, noor)):
        peer.tell(them, noor, activity)
    server.row_counts()
    assert (my.post(ours)["likes"], my.post(ours)["boosts"]) == (0, 0)
