"""B03, B04, B15: what is known is shown to nobody else, and only its owner changes it or takes it back."""

import pytest

from bench.notes import PUBLIC, marker, mention, note, to_person, wrapped


def test_b03_a_known_post_is_not_shown_to_more_people(client, server, sees, bob, eve, max, ann, zed):
    post = to_person(bob, marker(), ann)
    client.tell(bob, ann.uri, wrapped(bob, "Create", post))
    assert sees(ann).post(post["id"]) and sees(zed).post(post["id"]) is None
    wider = post | {"to": [zed.uri, PUBLIC], "content": "x"}
    for forged in (wrapped(eve, "Create", wider), wrapped(eve, "Create", post["id"], to=[zed.uri]),
            wrapped(eve, "Announce", post["id"])):
        client.post(eve, f"{zed.uri}/inbox", forged)
    server.row_counts()
    assert sees(zed).post(post["id"]) is None and sees(ann).post(post["id"])["visibility"] == "direct"


@pytest.fixture
def followed(client, server, sees, bob, max):
    """Bob follows max, and has written to him."""
    follow = wrapped(bob, "Follow", max.uri, to=[max.uri])
    client.tell(bob, max.uri, follow)
    words = marker()
    post = to_person(bob, words, max)
    client.tell(bob, max.uri, wrapped(bob, "Create", post))
    assert sees(max).relation(bob.handle).is_followed and server.holds(words)
    yield follow, post, words
    client.tell(bob, max.uri, wrapped(bob, "Undo", follow, to=[max.uri]))


def test_b04_nobody_takes_back_what_another_said(client, server, sees, eve, bob, max, followed):
    follow, post, words = followed
    forgeries = [
        wrapped(eve, "Delete", post["id"]), wrapped(eve, "Delete", {"type": "Tombstone", "id": post["id"]}),
        wrapped(eve, "Delete", bob.uri), wrapped(eve, "Update", post | {"content": "forged"}),
        wrapped(eve, "Update", post | {"content": "forged", "attributedTo": eve.uri}),
        wrapped(eve, "Undo", follow), wrapped(eve, "Undo", follow["id"]),
        wrapped(eve, "Undo", follow | {"actor": eve.uri}),
        wrapped(eve, "Update", bob.document | {"name": "Forged"}), wrapped(eve, "Reject", follow),
        wrapped(eve, "Accept", follow),
        wrapped(eve, "Remove", post["id"], target=bob.uri + "/featured"),
    ]
    for forged in forgeries:
        assert client.post(eve, f"{max.uri}/inbox", forged).status_code in (202, 400, 401, 403)
    server.row_counts()
    assert sees(max).relation(bob.handle).is_followed
    assert words in sees(max).post(post["id"])["content"]
    assert not server.holds("orged")


def test_b04_a_neighbour_takes_nothing_back_either(client, server, sees, b, bob, max, followed):
    """Of the same host, where an address says less about whose a thing is."""
    follow, post, words = followed
    carol = b.actors.get("carol4") or b.actor("carol4")
    for forged in (wrapped(carol, "Delete", post["id"]), wrapped(carol, "Delete", bob.uri),
                   wrapped(carol, "Delete", {"type": "Tombstone", "id": post["id"]}),
                   wrapped(carol, "Update", post | {"content": "forged"}),
                   wrapped(carol, "Update", post | {"content": "forged", "attributedTo": carol.uri}),
                   wrapped(carol, "Undo", follow), wrapped(carol, "Undo", follow["id"])):
        assert client.post(carol, f"{max.uri}/inbox", forged).status_code in (202, 400, 401, 403)
    server.row_counts()
    assert sees(max).relation(bob.handle).is_followed
    assert words in sees(max).post(post["id"])["content"] and not server.holds("forged")


def test_b15_the_page_of_a_post_is_not_its_name(client, server, sees, eve, max):
    words = marker()
    post = note(eve, words, to=[max.uri], url="https://b.test/users/bob", tag=[mention(max)])
    client.tell(eve, max.uri, wrapped(eve, "Create", post))
    assert sees(max).post(post["id"])
    assert sees(max).post("https://b.test/users/bob") is None
