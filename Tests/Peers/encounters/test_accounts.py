"""Profiles that change, people who move, and people who leave."""

import json

import pytest

from bench.notes import marker
from dialects import each
from waiting import soon


@each("profile", "follow")
def test_their_new_name_is_shown(peer, server, followed, noor):
    words = marker()
    followed.document |= {"name": words, "summary": "<p>new</p>"}
    peer.tell(followed, noor, peer.update_actor(followed))
    soon(lambda: server.sql(f"select name from actors where uri = '{followed.uri}'") == [[words]], "the new name")


@each("profile", "follow")
def test_our_new_name_reaches_followers(peer, follower, noor, do):
    words, start = marker(), len(peer.believed)
    do("profile", "--name", words, "--summary", "New words", "--field", "Site=https://s.test")
    update = peer.heard("Update", start, object_id=noor.uri)
    document = update["object"]
    assert document["name"] == words and "New words" in document["summary"] and document["type"] == "Person"
    assert document["attachment"][0]["type"] == "PropertyValue" and document["publicKey"]["owner"] == noor.uri
    fetched = peer.get(noor.uri).json()
    peer.admits_actor(fetched)
    assert fetched["name"] == words


@each("pin", "follow")
def test_what_we_pin_reaches_followers(peer, follower, noor, do):
    ours, start = do("post", marker()), len(peer.believed)
    do("pin", ours)
    add = peer.heard("Add", start, object=ours)
    document = peer.get(noor.uri).json()
    assert add["target"] == document["featured"]
    featured = peer.get(document["featured"]).json()
    assert ours in json.dumps(featured.get("orderedItems") or featured.get("items"))
    do("unpin", ours)
    peer.heard("Remove", start, object=ours)
    assert ours not in peer.get(document["featured"]).text


def pinned(server, actor):
    """What somebody shows first."""
    server.row_counts()
    return [uri for uri, in server.sql(
        "select posts.uri from pins join posts on posts.id = post_id join actors on actors.id = pins.actor_id "
        f"where actors.uri = '{actor.uri}' order by pins.created_at desc")]


@each("pin", "follow")
def test_what_they_pin_is_shown_until_they_unpin_it(peer, server, followed, noor):
    told, untold = peer.note(followed, marker()), peer.note(followed, marker())
    peer.tell(followed, noor, peer.create(followed, told))
    for post in (told, untold):
        peer.tell(followed, noor, peer.pin(followed, post))
    assert {*pinned(server, followed)} == {told["id"], untold["id"]}
    peer.tell(followed, noor, peer.pin(followed, told) | {"type": "Remove"})
    assert pinned(server, followed) == [untold["id"]]


@pytest.mark.parametrize("form", ["whole", "by id"])
@each("pin", "follow")
def test_what_they_pinned_before_is_shown_from_when_we_follow(form, peer, server, them, do, my):
    posts = [peer.note(them, marker()) for _ in range(3)]
    items = [post if form == "whole" else post["id"] for post in posts]
    peer.publish(peer.collection(them.document["featured"], items))
    do("follow", them.handle)
    soon(lambda: my.relation(them.handle).follows, "an accepted follow")
    assert pinned(server, them) == [post["id"] for post in posts]
    assert all(my.post(post["id"]) for post in posts)


@each("pin")
def test_what_they_pinned_is_asked_for_when_somebody_looks(peer, server, them, my):
    post = peer.note(them, marker())
    peer.publish(peer.collection(them.document["featured"], [post["id"]]))
    (account,) = my.asks("v2/search", q=them.handle, type="accounts", resolve="true")["accounts"]
    assert not peer.asked(path=them.document["featured"].removeprefix(peer.origin))
    path = f"v1/accounts/{account['id']}/statuses"
    soon(lambda: [status["uri"] for status in my.asks(path, pinned="true")] == [post["id"]], "the pinned post")
    assert len(peer.asked(path=them.document["featured"].removeprefix(peer.origin))) == 1


@each("move", "follow")
def test_whom_we_follow_may_move(peer, server, followed, another, noor, my):
    another.document["alsoKnownAs"] = [followed.uri]
    followed.document["movedTo"] = another.uri
    start = len(peer.believed)
    peer.tell(followed, noor, peer.move(followed, another))
    peer.heard("Follow", start, actor=noor.uri, object=another.uri)
    soon(lambda: my.relation(another.handle).follows, "a follow of the new one")
    soon(lambda: not my.relation(followed.handle).follows, "no follow of the old one")


@each("move", "follow")
def test_whoever_leaves_us_takes_the_followers_along(peer, server, them, another):
    """Somebody here moves there."""
    mover = server.open_account(f"mover_{peer.domain[0]}")
    start = len(peer.believed)
    follow = peer.tell(them, mover, peer.follow(them, mover))
    peer.heard("Accept", start, object_id=follow["id"])
    another.document["alsoKnownAs"] = [mover.uri]
    server.act(mover, "move", another.handle)
    move = peer.heard("Move", start, actor=mover.uri)
    assert move["object"] == mover.uri and move["target"] == another.uri
    assert peer.get(mover.uri).json()["movedTo"] == another.uri


@each("move", "follow")
def test_whoever_comes_to_us_is_known_by_both_names(peer, server, them, noor, do):
    do("alias", them.handle)
    assert peer.get(noor.uri).json()["alsoKnownAs"] == [them.uri]
    do("alias")


@each()
def test_whoever_leaves_there_is_gone_here(peer, server, them, noor, my):
    words = marker()
    post = peer.note(them, words, "direct", [noor])
    peer.tell(them, noor, peer.create(them, post))
    assert server.holds(words)
    peer.tell(them, noor, peer.delete_actor(them))
    server.row_counts()
    assert not server.holds(words) and my.post(post["id"]) is None


@each("follow")
def test_whoever_leaves_here_is_gone_there(peer, server, them):
    leaver = server.open_account(f"leaver_{peer.domain[0]}")
    start = len(peer.believed)
    follow = peer.tell(them, leaver, peer.follow(them, leaver))
    peer.heard("Accept", start, object_id=follow["id"])
    post = server.act(leaver, "post", marker())
    server.act(leaver, "delete-account")
    delete = peer.heard("Delete", start, actor=leaver.uri, object=leaver.uri)
    assert delete["to"]
    for uri in (leaver.uri, post):
        reply = peer.get(uri)
        assert reply.status_code == 410, (uri, reply)
    reply = peer.client.call("GET", f"{server.origin}/.well-known/webfinger?resource=acct:{leaver.handle}")
    assert reply.status_code in (404, 410)
    late = peer.post(them, f"{leaver.uri}/inbox", peer.follow(them, leaver))
    assert late.status_code in (404, 410)
