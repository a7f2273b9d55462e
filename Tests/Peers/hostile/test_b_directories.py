"""B15: directories of mentors by communities that mean harm: what they name, how they answer, and what they say of others."""

import itertools
import json

import pytest

from bench import answers
from bench.answers import document
from bench.keys import SHARED
from bench.notes import wrapped
from actor import AS, MNT
from waiting import until

MENTOR = {"mnt:mentorStatus": "open", "mnt:expertise": ["mischief"], "mnt:languages": ["en"], "mnt:zone": "UTC",
          "mnt:acceptsRequestsFrom": "anyone", "mnt:offers": []}
PATH = "/directory15"


@pytest.fixture(scope="module")
def plot(e):
    """The hostile host's own actor, with a directory."""
    e.documents[PATH] = collection(e, [])
    return e.actor(e.name, kind="Application", key=SHARED, **{"mnt:directory": e.origin + PATH})


@pytest.fixture
def followed(server, client, e, plot):
    """The operator follows it, and it agrees."""
    start = len(e.requests)
    server.command("community", "follow", e.name)
    follow, _ = e.awaits("Follow", start, actor=f"{server.origin}/actor")
    stub = {"id": follow["id"], "type": "Follow", "actor": follow["actor"], "object": follow["object"]}
    client.tell(plot, f"{server.origin}/actor", wrapped(plot, "Accept", stub, to=[follow["actor"]]))
    until(lambda: server.sql("select 1 from neighbours where read_at is not null"), "the first reading")
    yield plot
    server.command("community", "unfollow", e.name)
    e.routes.pop(PATH, None)
    e.documents[PATH] = collection(e, [])


def collection(host, items, **members):
    return {"@context": [AS, {"mnt": MNT}], "id": host.origin + PATH, "type": "OrderedCollection", "mnt:revision": 1,
            "orderedItems": items, **members}


def exchange(server, host):
    lines = [json.loads(line) for line in server.command("community", "list", "--json").splitlines()]
    return next((line for line in lines if line["host"] == host.name), None)


def doubt(server, client, plot):
    """Something that it says makes the server read the directory again, which was not read just now."""
    server.sql("update neighbours set read_at = read_at - interval '1 minute'")
    client.tell(plot, f"{server.origin}/actor", wrapped(
        plot, "Update", f"{plot.origin}/users/nobody15", target=plot.origin + PATH, **{"mnt:revision": 2**52}))


def read(server, client, plot, e):
    """Has the directory read again; gives what the operator sees then."""
    tried = "select tried_at from neighbours"
    before = server.sql(tried)
    doubt(server, client, plot)
    until(lambda: server.sql(tried) != before, "a reading")
    server.row_counts()
    return exchange(server, e)


def mentors(person):
    return {one["person"]["handle"] for one in person.ok("GET", "/discover?community=elsewhere&limit=40")["mentors"]}


@pytest.mark.parametrize("answer", [
    answers.endless(), answers.endless_chunks(), answers.bomb(), answers.half_close(), answers.garbage(), answers.reset(),
    answers.slow_body(), answers.redirect("https://127.0.77.9/d"), answers.redirect("https://b.test/d"),
    answers.plain(200, b'{"type": "OrderedCollection"', "application/activity+json"),
    document({"type": "OrderedCollection", "orderedItems": []}, media="text/html"),
    document({"type": "Note"}), document([]), answers.plain(410)],
    ids=["endless", "endless chunks", "bomb", "half", "garbage", "reset", "slow", "into the house", "to another", "cut",
         "html", "a note", "a list", "gone"])
def test_b15_whatever_it_answers_the_operator_sees_that_it_failed(answer, server, client, b, e, followed):
    started = len(b.requests)
    e.route(PATH, answer)
    seen = read(server, client, followed, e)
    assert seen["failure"].startswith("the directory ") and seen["listed"] <= 1
    assert {one.target for one in b.requests[started:]} <= {"/d"}, "but where it leads"


def test_b15_mentors_of_others_are_none_of_its_business(server, client, b, bob, e, ann, followed):
    """Neither does it bring strangers here, nor take away whom others know."""
    started = len(b.requests)
    theirs = [f"{b.origin}/users/m{n}" for n in range(499)] + [f"https://u{n}.b2.test/a" for n in range(499)]
    e.documents[PATH] = collection(e, [bob.uri, server.origin + "/users/max", *theirs])
    seen = read(server, client, followed, e)
    assert seen["failure"] == "the directory names 1000 who are not of its server" and seen["listed"] <= 1
    for kind in ("Add", "Update", "Remove"):
        client.tell(followed, f"{server.origin}/actor", wrapped(
            followed, kind, bob.uri, target=e.origin + PATH, **{"mnt:revision": 7}))
    server.row_counts()
    assert len(b.requests) == started and "max" in {one["person"]["handle"].split("@")[0]
        for one in ann.ok("GET", "/discover?community=here")["mentors"]}


def test_b15_a_million_mentors_end_after_ten_thousand(server, client, e, followed):
    numbers = itertools.count()

    def page(request):
        items = [f"{e.origin}/nobody/{next(numbers)}" for _ in range(1000)]
        return document({"@context": AS, "id": e.origin + request.target, "type": "OrderedCollectionPage",
            "totalItems": 10**18, "orderedItems": items, "next": f"{e.origin}{PATH}?page={next(numbers)}"})

    e.route(PATH, page)
    start = len(e.requests)
    doubt(server, client, followed)
    until(lambda: (exchange(server, e) or {}).get("failure") == "the directory has more than 10000 mentors", "the end")
    assert len(e.asked(start, path=PATH)) <= 12
    assert exchange(server, e)["listed"] <= 10_001


def test_b15_the_same_mentor_often_and_pages_in_a_circle_are_read_once(server, client, e, ann, followed):
    pia = e.actor("pia15", key=SHARED, **MENTOR)

    def page(request):
        number = int(request.query.get("page", 0))
        return document({"@context": AS, "id": e.origin + request.target, "type": "OrderedCollectionPage",
            "orderedItems": [pia.uri] * 900, "next": f"{e.origin}{PATH}?page={(number + 1) % 3 + 1}"})

    e.route(PATH, page)
    start = len(e.requests)
    seen = read(server, client, followed, e)
    assert seen["failure"] == "the directory leads in a circle" and len(e.asked(start, path=PATH)) <= 8
    until(lambda: pia.handle in mentors(ann), "pia")
    assert len(e.asked(start, path="/users/pia15")) <= 3


def test_b15_a_listed_mentor_is_who_the_own_document_says(server, client, e, b, ann, followed):
    """Documents that name somebody else, or answer for a server of another name, bring nobody."""
    for number, changes in enumerate([{"id": f"{b.origin}/users/bob"}, {"inbox": f"{b.origin}/inbox"}, {"type": "Note"}]):
        posing = e.actor(f"posing15x{number}", key=SHARED, **MENTOR)
        e.documents[f"/users/posing15x{number}"] = posing.document | changes
    e.documents[PATH] = collection(e, [f"{e.origin}/users/posing15x{number}" for number in range(3)])
    seen = read(server, client, followed, e)
    assert seen["known"] == 0 and not any("posing15" in handle or handle == "bob@b.test" for handle in mentors(ann))


def test_b15_who_does_not_bear_the_name_of_the_host_is_no_community(server, client, e, eve):
    posing = e.actor("posing15", kind="Application", key=SHARED)
    for actor in (posing, eve):
        client.tell(actor, f"{server.origin}/actor", wrapped(actor, "Follow", f"{server.origin}/actor"))
    server.row_counts()
    assert exchange(server, e) is None
