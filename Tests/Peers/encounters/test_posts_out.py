"""What people here write, as they read it."""

import pytest

from actor import ACTIVITY
from bench.answers import busy
from bench.notes import PUBLIC, marker
from dialects import each
from waiting import soon


@pytest.fixture
def write(peer, do):
    """Noor writes; gives the address and the Create that arrived."""

    def run(text, *options):
        start = len(peer.believed)
        uri = do("post", text, *options)
        return uri, peer.heard("Create", start, object_id=uri)

    return run


def is_to(post, *uris):
    return {*post["to"]} == {*uris}


@each("follow")
def test_followers_hear_what_is_for_everybody(peer, follower, noor, write):
    words = marker()
    uri, create = write(words)
    post = create["object"]
    assert is_to(post, PUBLIC) and noor.uri + "/followers" in post["cc"] and create["to"] == post["to"] and create["cc"] == post["cc"]
    assert post["type"] == "Note" and words in post["content"] and post["attributedTo"] == noor.uri == create["actor"]
    assert post["url"].startswith("https://s.test/") and post["published"]


@each("follow")
def test_followers_hear_what_is_not_listed(peer, follower, noor, write):
    _, create = write(marker(), "--visibility", "unlisted")
    assert is_to(create["object"], noor.uri + "/followers") and PUBLIC in create["object"]["cc"]


@each("follow")
def test_followers_hear_what_is_for_them(peer, follower, another, noor, write):
    uri, create = write(marker(), "--visibility", "followers")
    assert is_to(create["object"], noor.uri + "/followers") and PUBLIC not in create["object"]["cc"]
    assert peer.get(uri, actor=follower).status_code == 200
    assert peer.get(uri, actor=another).status_code == 404
    assert peer.client.call("GET", uri, {"Accept": ACTIVITY}).status_code == 404


@each("direct")
def test_one_person_hears_what_is_for_one(peer, them, another, noor, write):
    uri, create = write(f"@{them.handle} {marker()}", "--visibility", "direct")
    post = create["object"]
    assert is_to(post, them.uri) and post["cc"] == [] and {"type": "Mention", "href": them.uri,
        "name": f"@{them.handle}"} in post["tag"]
    request = next(request for activity, request in peer.believed if activity["id"] == create["id"])
    assert peer.origin + request.path == them.inbox, "to the own inbox, not to the shared one"
    assert peer.get(uri, actor=them).status_code == 200 and peer.get(uri, actor=another).status_code == 404


@each("reply")
def test_a_mention_reaches_whom_it_names(peer, them, write):
    _, create = write(f"Hello @{them.handle}, {marker()}")
    post = create["object"]
    assert them.uri in post["to"] + post["cc"]
    assert {"type": "Mention", "href": them.uri, "name": f"@{them.handle}"} in post["tag"]
    assert f'href="{them.document.get("url", them.uri)}"' in post["content"]


@each("follow")
def test_warning_hashtag_language_and_picture_travel(peer, follower, write):
    _, create = write(f"#Gatos {marker()}", "--warning", "Cats", "--language", "es", "--attach",
        "image/png=https://s.test/media/1.png")
    post = create["object"]
    assert post["summary"] == "Cats" and post["sensitive"] is True and [*post["contentMap"]] == ["es"]
    assert [(tag["type"], tag["name"].lower()) for tag in post["tag"]] == [("Hashtag", "#gatos")]
    assert [(a["mediaType"], a["url"]) for a in post["attachment"]] == [("image/png", "https://s.test/media/1.png")]


@each("reply")
def test_an_answer_names_what_it_answers(peer, server, them, noor, write):
    theirs = peer.note(them, marker(), "public", [noor])
    peer.tell(them, noor, peer.create(them, theirs))
    server.row_counts()
    _, create = write(f"@{them.handle} yes {marker()}", "--reply-to", theirs["id"])
    assert create["object"]["inReplyTo"] == theirs["id"]


@each("follow", "edit")
def test_an_edit_reaches_who_has_the_post(peer, follower, write, do):
    uri, _ = write(marker())
    words, start = marker(), len(peer.believed)
    do("edit", uri, words)
    update = peer.heard("Update", start, object_id=uri)
    assert words in update["object"]["content"] and update["object"]["updated"]


@each("follow")
def test_a_deletion_reaches_who_has_the_post(peer, follower, write, do):
    uri, _ = write(marker())
    start = len(peer.believed)
    do("delete", uri)
    delete = peer.heard("Delete", start)
    assert delete["object"]["id"] == uri and delete["object"]["type"] == "Tombstone"
    assert PUBLIC in delete["to"] + delete.get("cc", [])
    reply = peer.get(uri)
    assert reply.status_code == 410 and reply.json()["type"] == "Tombstone"


@each("follow")
def test_whoever_has_not_heard_may_fetch(peer, server, follower, noor, write):
    uri, create = write(marker())
    fetched = peer.get(uri).json()
    assert {name: fetched[name] for name in ("id", "type", "content", "to")} == {name: create["object"][name]
        for name in ("id", "type", "content", "to")}
    assert peer.get(create["id"]).status_code == 200
    outbox = peer.get(noor.uri + "/outbox").json()
    assert create["id"] in peer.get(outbox["first"] if isinstance(outbox["first"], str) else outbox["first"]["id"]).text


@each("follow", "article")
def test_an_article_travels_with_its_title(peer, follower, write):
    _, create = write(marker(), "--title", "On tables")
    assert create["object"]["type"] == "Article" and create["object"]["name"] == "On tables"


@each("follow")
def test_an_event_travels_with_time_and_place(peer, follower, write):
    _, create = write(marker(), "--title", "Assembly", "--starts", "2027-03-01T16:00:00Z", "--ends",
        "2027-03-01T17:00:00Z", "--place", "The old hall")
    event = create["object"]
    assert event["type"] == "Event" and event["name"] == "Assembly" and event["startTime"] == "2027-03-01T16:00:00Z"
    # Mastodon shows the summary and never the content; Mobilizon reads no list of places.
    assert event["summary"] and event["location"]["name"] == "The old hall"


@each("follow")
def test_what_could_not_be_brought_is_brought_later(peer, follower, do):
    shared = {follower.document.get("endpoints", {}).get("sharedInbox", follower.inbox)}
    start, words = len(peer.believed), marker()
    for inbox in shared:
        peer.statuses[inbox.removeprefix(peer.origin)] = [503, 500]
    uri = do("post", words)
    peer.heard("Create", start, object_id=uri)
    for inbox in shared:
        peer.statuses.pop(inbox.removeprefix(peer.origin))


@each("follow")
def test_a_pause_that_they_ask_for_is_kept(peer, follower, do):
    shared = {follower.document.get("endpoints", {}).get("sharedInbox", follower.inbox)}
    asked = len(peer.requests)
    for inbox in shared:
        peer.statuses[inbox.removeprefix(peer.origin)] = [busy(2)]
    uri = do("post", marker())

    def brought():
        return [r for r in peer.asked(asked, method="POST") if uri.encode() in r.body and peer.origin + r.path in shared]

    soon(lambda: len(brought()) == 2, "a second attempt")
    first, second = brought()
    assert second.at - first.at >= 2
    for inbox in shared:
        peer.statuses.pop(inbox.removeprefix(peer.origin))
