"""C14-C18: one word from outside does not become a thousand of ours."""

import itertools
import json

import pytest

from actor import PeerActor
from bench.answers import document
from bench.keys import SHARED
from bench.notes import PUBLIC, marker, mention, note, wrapped
from waiting import until

FETCHES = 20


@pytest.fixture
def heard(server, e, e2):
    """How many requests both hostile hosts got for one deed."""

    def run(deed):
        start = len(e.requests), len(e2.requests)
        deed()
        server.row_counts()
        return e.asked(start[0], method="GET") + e2.asked(start[1], method="GET")

    return run


@pytest.fixture
def tell(client, eve, max):
    """Eve says something that is taken."""
    return lambda thing, kind="Create", **members: client.tell(eve, max.uri, wrapped(eve, kind, thing, **members))


@pytest.mark.parametrize("hosts", ["one host", "a host each"])
def test_c14_c17_a_thousand_mentions_are_not_a_thousand_questions(hosts, heard, tell, eve, max):
    place = "https://u{}.e2.test" if hosts == "a host each" else "https://e2.test"
    uris = [f"{place.format(n)}/users/u{n}" for n in range(1000)]
    tags = [{"type": "Mention", "href": uri, "name": f"@u{n}@e2.test"} for n, uri in enumerate(uris)]
    tags += [{"type": "Hashtag", "name": f"#t{n}", "href": f"https://e2.test/tags/{n}"} for n in range(100)]
    tags += [{"type": "Emoji", "name": f":e{n}:", "icon": {"type": "Image", "url": f"https://e2.test/emoji/{n}.png"}}
        for n in range(50)]
    words = marker()
    post = note(eve, words, to=[max.uri, PUBLIC, *uris], tag=[mention(max), *tags])
    assert len(heard(lambda: tell(post))) <= FETCHES


def test_c14_many_attachments_and_links_are_not_fetched(heard, tell, eve, max, server):
    words = marker()
    links = " ".join(f'<a href="https://e2.test/link/{n}">x</a>' for n in range(300))
    attachments = [{"type": "Document", "mediaType": "image/png", "url": f"https://e2.test/media/{n}.png"}
        for n in range(300)]
    post = note(eve, words + links, to=[max.uri, PUBLIC], tag=[mention(max)], attachment=attachments, image=attachments,
                preview={"type": "Link", "href": "https://e2.test/preview"}, quoteUrl="https://e2.test/quote",
                context="https://e2.test/context")
    assert len(heard(lambda: tell(post))) <= FETCHES
    assert server.holds(words)


def endless_pages(host, path, actor, item):
    """A collection whose next page is always a new one."""
    numbers = itertools.count(1)

    def page(request):
        number = next(numbers)
        return document({
            "@context": "https://www.w3.org/ns/activitystreams", "id": host.origin + request.target,
            "type": "OrderedCollectionPage",
            "partOf": host.origin + path, "totalItems": 10**18, "orderedItems": [item(number, n) for n in range(20)],
            "next": f"{host.origin}{path}?page={number + 1}"})

    host.route(path, page)
    return {"id": host.origin + path, "type": "OrderedCollection", "totalItems": 10**18,
        "first": f"{host.origin}{path}?page=1"}


@pytest.mark.parametrize("collection", ["replies", "likes", "shares"])
def test_c15_a_collection_without_end_ends(collection, heard, tell, e, eve, max):
    path = f"/endless/{collection}"
    pages = endless_pages(e, path, eve, lambda page, n: f"https://e2.test/notes/{page}/{n}")
    post = note(eve, marker(), to=[max.uri, PUBLIC], tag=[mention(max)]) | {collection: pages}
    e.publish(post)
    requests = heard(lambda: tell(post))
    assert len([r for r in requests if r.path == path]) <= 5 and len(requests) <= 5 + FETCHES


@pytest.mark.parametrize("collection", ["featured", "outbox", "followers", "following", "featuredTags"])
def test_c15_a_collection_of_somebody_without_end_ends(collection, heard, client, server, e, max, ann):
    actor = e.actor(f"endless{collection.lower()}", key=SHARED)
    path = f"/users/{actor.name}/{collection}"
    endless_pages(e, path, actor, lambda page, n: f"https://e2.test/items/{page}/{n}")
    actor.document[collection] = e.origin + path
    requests = heard(lambda: (client.tell(actor, max.uri, wrapped(actor, "Follow", max.uri, to=[max.uri])),
                              server.act(ann, "follow", actor.handle, check=False)))
    assert len([r for r in requests if r.path == path]) <= 5 and len(requests) <= 10 + FETCHES


def test_c15_a_page_that_names_itself_is_read_once(heard, tell, e, eve, max):
    url = e.origin + "/self15"
    e.route("/self15", lambda request: document({
        "id": url, "type": "CollectionPage", "partOf": url, "items": [], "next": url}))
    post = e.publish(note(eve, marker(), to=[max.uri, PUBLIC], tag=[mention(max)], replies=url))
    assert len([r for r in heard(lambda: tell(post)) if r.path == "/self15"]) <= 2


def test_c16_a_chain_of_answers_without_end_is_cut(heard, tell, e, eve, max):
    def answer(request):
        number = int(request.path.rpartition("/")[2])
        return document(note(eve, f"number {number}", id=f"{e.origin}/chain/{number}",
            inReplyTo=f"{e.origin}/chain/{number + 1}"))

    for number in range(200):
        e.route(f"/chain/{number}", answer)
    post = note(eve, marker(), to=[max.uri, PUBLIC], tag=[mention(max)], inReplyTo=f"{e.origin}/chain/0")
    assert 1 < len([r for r in heard(lambda: tell(post)) if r.path.startswith("/chain/")]) <= 64


@pytest.mark.parametrize("length", [1, 3])
def test_c16_a_circle_of_answers_is_walked_once(length, heard, tell, e, eve, max):
    names = [f"{e.origin}/circle{length}/{n}" for n in range(length)]
    notes = [e.publish(note(eve, marker(), id=name, to=[max.uri, PUBLIC], tag=[mention(max)],
        inReplyTo=names[(n + 1) % length]))
             for n, name in enumerate(names)]
    assert len([r for r in heard(lambda: tell(notes[0])) if "/circle" in r.path]) <= length


def test_c14_what_nobody_here_asked_for_is_not_fetched(heard, tell, eve):
    """Boosts and likes of strangers' things that concern nobody here."""
    for number in range(50):
        requests = heard(lambda: tell(f"https://e2.test/notes/{number}", kind="Announce", to=[PUBLIC]))
        assert len(requests) <= 3
        requests = heard(lambda: tell(f"https://e2.test/notes/{number}", kind="Like", to=[PUBLIC]))
        assert requests == []


CROWD = 60


@pytest.fixture(scope="module")
def crowd(bench, e, server, max):
    """Sixty followers on one host, each with an inbox of their own and no shared one."""
    client = bench.client()
    actors = []
    for number in range(CROWD):
        actor = e.actor(f"crowd18x{number}", key=SHARED)
        client.tell(actor, max.uri, wrapped(actor, "Follow", max.uri, to=[max.uri]))
        actors.append(actor)
    server.row_counts()
    followers = json.loads(client.get(None, max.uri + "/followers").text)
    assert followers["totalItems"] >= CROWD
    yield actors
    for actor in actors:
        client.post(actor, max.uri + "/inbox", wrapped(actor, "Undo", {"type": "Follow", "actor": actor.uri,
            "object": max.uri}, to=[max.uri]))


def test_c18_a_crowd_on_one_host_does_not_cost_a_request_each(crowd, server, e, max):
    start = len(e.requests)
    words = marker()
    server.act(max, "post", "--visibility", "public", words)
    until(lambda: any(words.encode() in r.body for r in e.asked(start, method="POST")), "the post")
    server.row_counts()
    assert len([r for r in e.asked(start, method="POST") if words.encode() in r.body]) <= 10


def test_c18_a_shared_inbox_gets_one_copy(client, server, e2, max):
    start, words = len(e2.requests), marker()
    for number in range(10):
        actor = e2.actor(f"shared18x{number}", key=SHARED)
        actor.document["endpoints"] = {"sharedInbox": e2.origin + "/inbox"}
        client.tell(actor, max.uri, wrapped(actor, "Follow", max.uri, to=[max.uri]))
    server.row_counts()
    server.act(max, "post", "--visibility", "public", words)
    until(lambda: any(words.encode() in r.body for r in e2.asked(start, method="POST")), "the post")
    server.row_counts()
    assert [r.path for r in e2.asked(start, method="POST") if words.encode() in r.body] == ["/inbox"]


def test_b14_followers_do_not_send_our_posts_to_a_stranger(client, server, b, e, max):
    """Eve's followers all name an inbox of bob's host as theirs."""
    for number in range(5):
        actor = PeerActor(e.origin, f"aim{number}", key=SHARED)
        actor.document |= {"inbox": f"{b.origin}/victim/{number}",
            "endpoints": {"sharedInbox": b.origin + "/victim/shared"}}
        e.documents[f"/users/aim{number}"] = actor.document
        client.post(actor, max.uri + "/inbox", wrapped(actor, "Follow", max.uri, to=[max.uri]))
    server.act(max, "post", "--visibility", "public", marker())
    server.row_counts()
    assert b.asked(path="/victim") == []
