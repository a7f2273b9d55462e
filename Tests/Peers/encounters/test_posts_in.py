"""What they write, as people here see it."""

from datetime import timedelta

import pytest

from bench.notes import PUBLIC, marker
from dialects import each
from waiting import now, soon


@pytest.fixture
def tell(peer, server, noor):
    """They say something, and it has had its effect."""

    def run(actor, activity):
        peer.tell(actor, noor, activity)
        server.row_counts()
        return activity

    return run


VISIBILITIES = ["public", "unlisted", "followers"]


@pytest.mark.parametrize("visibility", VISIBILITIES)
@each("follow", "unlisted")
def test_what_they_write_is_there(peer, tell, followed, my, visibility):
    words = marker()
    post = peer.note(followed, words, visibility)
    tell(followed, peer.create(followed, post))
    seen = my.post(post["id"])
    assert words in seen["content"] and seen["visibility"] == visibility and seen["author"] == followed.handle
    assert post["id"] in [row["uri"] for row in my.timeline()]


@each("direct")
def test_what_they_write_to_us_alone_is_for_us_alone(peer, tell, them, my, noor, sees, zed):
    words = marker()
    post = peer.note(them, words, "direct", [noor])
    tell(them, peer.create(them, post))
    assert words in my.post(post["id"])["content"] and my.post(post["id"])["visibility"] == "direct"
    assert sees(zed).post(post["id"]) is None
    assert (them.handle, post["id"]) in [row[1:] for row in my.notifications()]


@each("reply")
def test_a_mention_tells_whom_it_is_for(peer, tell, them, noor, my):
    post = peer.note(them, marker(), "public", [noor])
    tell(them, peer.create(them, post))
    assert ("mention", them.handle, post["id"]) in my.notifications()
    assert noor.handle in my.post(post["id"])["mentions"]


@each("follow")
def test_what_concerns_nobody_here_is_not_kept(peer, tell, server, them):
    words = marker()
    tell(them, peer.create(them, peer.note(them, words)))
    assert not server.holds(words)


@each("warning")
def test_a_warning_stands_before_the_rest(peer, tell, followed, my):
    post = peer.note(followed, marker(), summary="Spoilers & more", sensitive=True)
    tell(followed, peer.create(followed, post))
    seen = my.post(post["id"])
    assert seen["warning"] == "Spoilers & more" and seen["sensitive"]


@each("follow")
def test_hashtags_and_pictures_are_kept(peer, tell, followed, my):
    post = peer.note(followed, marker(), tag=[{"type": "Hashtag", "name": "#Gatos",
        "href": f"{peer.origin}/tags/gatos"}], attachment=[
        {"type": "Document", "mediaType": "image/png", "url": f"{peer.origin}/media/1.png", "name": "A cat"}])
    if post["attachment"] == []:
        # This dialect dresses its posts itself.
        post["attachment"] = [{"type": "Document", "mediaType": "image/png", "name": "A cat", "url": [
            {"type": "Link", "href": f"{peer.origin}/media/1.png", "mediaType": "image/png"}]}]
    tell(followed, peer.create(followed, post))
    seen = my.post(post["id"])
    assert [tag.lower().lstrip("#") for tag in seen["tags"]] == ["gatos"]
    assert seen["attachments"] == [f"{peer.origin}/media/1.png"]


@each("follow")
def test_a_script_does_not_come_along(peer, tell, followed, server):
    words = marker()
    post = peer.note(followed, f'{words}<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>')
    tell(followed, peer.create(followed, post))
    assert server.holds(words)
    kept = server.sql(f"select t::text from posts t where uri = '{post['id']}'")[0][0]
    assert "alert" not in kept


@each("reply", "follow")
def test_an_answer_stands_below_what_it_answers(peer, tell, them, noor, my, do):
    ours = do("post", marker())
    post = peer.note(them, marker(), "public", [noor], inReplyTo=ours)
    tell(them, peer.create(them, post))
    assert my.post(post["id"])["reply_to"] == ours
    assert [row["uri"] for row in my.thread(ours)] == [ours, post["id"]]
    assert ("mention", them.handle, post["id"]) in my.notifications()


@each("reply", "follow")
def test_what_an_answer_answers_is_looked_up(peer, tell, followed, another, my):
    """They answer somebody whose post never came here."""
    first = peer.note(another, marker())
    second = peer.note(another, marker(), inReplyTo=first["id"])
    post = peer.note(followed, marker(), inReplyTo=second["id"])
    tell(followed, peer.create(followed, post))
    soon(lambda: {first["id"], second["id"]} <= {row["uri"] for row in my.thread(post["id"])}, "the whole thread")


@each("edit", "follow")
def test_what_they_edit_changes(peer, tell, followed, my):
    post = peer.note(followed, marker())
    tell(followed, peer.create(followed, post))
    words = marker()
    tell(followed, peer.update(followed, peer.edited(post, words)))
    seen = my.post(post["id"])
    assert words in seen["content"] and seen["edited"]


@each("follow")
def test_what_they_delete_is_gone(peer, tell, followed, my, server):
    words = marker()
    post = peer.note(followed, words)
    tell(followed, peer.create(followed, post))
    tell(followed, peer.delete(followed, post))
    assert my.post(post["id"]) is None and not server.holds(words)


@each("direct")
def test_what_they_delete_before_it_came_does_not_come(peer, server, tell, them, noor, my):
    words = marker()
    post = peer.note(them, words, "direct", [noor])
    create, delete = peer.create(them, post), peer.delete(them, post)
    if isinstance(delete["object"], dict):
        delete["object"]["formerType"] = "Note"
        tell(them, delete)
        tell(them, create)
        assert my.post(post["id"]) is None and not server.holds(words)


@each("article")
def test_an_article_has_a_title(peer, tell, followed, my):
    post = peer.note(followed, marker(), type="Article", name="On tables")
    tell(followed, peer.create(followed, post))
    assert my.post(post["id"])["title"] == "On tables" and my.post(post["id"])["kind"] == "Article"


@each("event", "follow")
def test_an_event_has_a_time_and_a_place(peer, tell, followed, my, server):
    start = (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    post = peer.note(followed, marker(), type="Event", name="Assembly", startTime=start,
        location={"type": "Place", "name": "The old hall"})
    tell(followed, peer.create(followed, post))
    assert my.post(post["id"])["title"] == "Assembly" and my.post(post["id"])["kind"] == "Event"
    assert server.holds("The old hall")


@each("group")
def test_what_a_group_announces_is_there(peer, tell, them, another, do, my, server):
    """Mobilizon announces its events by name, Lemmy what its members did as a whole."""
    them.document["type"] = "Group"
    do("follow", them.handle)
    soon(lambda: my.relation(them.handle).follows, "an accepted follow")
    words = marker()
    if peer.name_of_software == "mobilizon":
        thing = peer.event(them, "Dance class", words, now() + timedelta(days=3))
    else:
        thing = peer.page(another, them, "Tea & biscuits", words)
    tell(them, peer.group_announces(them, thing))
    soon(lambda: my.post(thing["id"]), "what was announced")
    assert words in my.post(thing["id"])["content"] and my.post(thing["id"])["title"] in ("Dance class",
        "Tea & biscuits")
    assert PUBLIC in thing["to"]
