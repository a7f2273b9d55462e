"""Polls and votes, theirs and ours."""

from datetime import timedelta

import pytest

from bench.notes import marker
from dialects import each
from waiting import soon


@pytest.fixture
def poll(peer, server, noor, followed):
    """Makes a poll of theirs that came here."""

    def run(*options, **members):
        post = peer.poll(followed, marker(), options, **members)
        peer.tell(followed, noor, peer.create(followed, post))
        server.row_counts()
        return post

    return run


@each("poll", "follow")
def test_we_vote_in_theirs(peer, poll, followed, noor, do, my):
    post = poll("Tea", "Coffee")
    assert [option["title"] for option in my.post(post["id"])["poll"]["options"]] == ["Tea", "Coffee"]
    assert not my.post(post["id"])["poll"]["closed"]
    start = len(peer.believed)
    do("vote", post["id"], "1")
    vote = peer.heard("Create", start, object_inReplyTo=post["id"])
    assert vote["object"]["name"] == "Coffee" and vote["object"]["type"] == "Note" and "content" not in vote["object"]
    assert vote["object"]["attributedTo"] == noor.uri and [vote["object"]["to"]] in ([followed.uri], [[followed.uri]])
    assert vote["to"] in (followed.uri, [followed.uri])


@each("poll", "follow")
def test_we_vote_for_several_in_theirs(peer, poll, do):
    post = poll("Tea", "Coffee", "Water", multiple=True)
    start = len(peer.believed)
    do("vote", post["id"], "0,2")
    names = lambda: {a["object"]["name"] for a, _ in peer.believed[start:] if a["type"] == "Create"}  # noqa: E731
    soon(lambda: names() == {"Tea", "Water"}, "two votes")


@each("poll", "follow")
def test_their_new_count_is_shown(peer, server, poll, followed, noor, my):
    post = poll("Tea", "Coffee")
    peer.count(post, "Coffee")
    peer.tell(followed, noor, peer.update(followed, post))
    server.row_counts()
    assert [option["votes"] for option in my.post(post["id"])["poll"]["options"]] == [0, 1]


@each("poll", "follow")
def test_a_poll_of_theirs_that_is_over_takes_no_votes(peer, server, poll, noor, my):
    post = poll("Tea", "Coffee", ends=timedelta(seconds=-10))
    server.act(noor, "vote", post["id"], "0", check=False)
    assert not [a for a, _ in peer.believed if a["type"] == "Create" and a["object"].get("inReplyTo") == post["id"]]


@pytest.fixture
def ask(peer, do):
    """Noor asks; gives the address and the Question that arrived."""

    def run(*options):
        start = len(peer.believed)
        uri = do("post", marker(), "--poll", "Tea|Coffee|Water", *options)
        return uri, peer.heard("Create", start, object_id=uri)["object"]

    return run


@each("poll", "follow")
def test_they_vote_in_ours(peer, server, follower, another, noor, ask, my):
    uri, question = ask()
    assert question["type"] == "Question" and [o["name"] for o in question["oneOf"]] == ["Tea", "Coffee", "Water"]
    assert question["endTime"] and question["votersCount"] == 0 and "closed" not in question
    start = len(peer.believed)
    peer.tell(follower, noor, peer.vote(follower, uri, noor, "Coffee"))
    peer.tell(another, noor, peer.vote(another, uri, noor, "Tea"))
    # New numbers are told a while later.
    server.hurry("poll")
    update = soon(lambda: next((a for a, _ in peer.believed[start:] if is_count_of(a, [1, 1, 0])), None), "a new count")
    assert update["object"]["votersCount"] == 2
    poll = my.post(uri)["poll"]
    assert [option["votes"] for option in poll["options"]] == [1, 1, 0] and poll["voters"] == 2


def is_count_of(activity, numbers):
    return activity["type"] == "Update" and [o["replies"]["totalItems"]
        for o in activity["object"].get("oneOf", [])] == numbers


@each("poll", "follow")
def test_one_vote_each(peer, server, follower, noor, ask, my):
    uri, _ = ask()
    for option in ("Coffee", "Tea", "Coffee", "Something else"):
        peer.tell(follower, noor, peer.vote(follower, uri, noor, option))
    server.row_counts()
    assert [option["votes"] for option in my.post(uri)["poll"]["options"]] == [0, 1, 0]


@each("poll", "follow")
def test_they_vote_for_several_in_ours(peer, server, follower, noor, ask, my):
    uri, question = ask("--multiple")
    assert len(question["anyOf"]) == 3
    for activity in peer.votes(follower, uri, noor, ["Tea", "Water"]):
        peer.tell(follower, noor, activity)
    server.row_counts()
    poll = my.post(uri)["poll"]
    assert [option["votes"] for option in poll["options"]] == [1, 0, 1] and poll["voters"] == 1


@each("poll", "follow")
def test_a_vote_is_no_post(peer, server, follower, noor, ask, my):
    uri, _ = ask()
    peer.tell(follower, noor, peer.vote(follower, uri, noor, "Coffee"))
    server.row_counts()
    assert [row["uri"] for row in my.thread(uri)] == [uri]
    assert not [row for row in my.notifications() if row[0] == "mention" and row[2] == uri]


@each("poll", "follow")
def test_an_end_is_announced(peer, follower, do):
    start = len(peer.believed)
    uri = do("post", marker(), "--poll", "Tea|Coffee", "--expires-in", "300")
    question = peer.heard("Create", start, object_id=uri)["object"]
    assert question["endTime"] > question["published"]
