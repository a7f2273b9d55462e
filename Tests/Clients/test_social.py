"""Posts, collections and what leads to them, as other servers read them: every answer that is described."""

import re

import pytest

from activities import activity
from actor import ACTIVITY
from contracts import documents
from peer import send
from waiting import soon, until

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def rosa(gama):
    rosa = gama.open_account("rosa")
    gama.act(rosa, "profile", "--name", "Rosa", "--discoverable", "yes")
    return rosa


@pytest.fixture(scope="module")
def post(gama, rosa):
    """A post for everybody, with an answer, pinned."""
    uri = gama.act(rosa, "post", "Good #morning")
    gama.act(rosa, "post", "And a good evening", "--reply-to", uri)
    gama.act(rosa, "pin", uri)
    return uri.removeprefix(gama.origin)


@pytest.fixture(scope="module")
def gone(gama, rosa):
    """A post that was deleted, and somebody who left."""
    uri = gama.act(rosa, "post", "Never mind")
    gama.act(rosa, "delete", uri)
    gama.act(gama.open_account("leo"), "delete-account")
    return {"post": uri.removeprefix(gama.origin), "person": "/users/leo"}


@pytest.fixture(scope="module")
def blocked(gama, peer, rosa):
    """Somebody whose server the operator has shut out."""
    mallory = peer.actor("mallory", host="shut")
    gama.command("domain", "block", "shut.localhost")
    soon(lambda: peer.get(mallory, rosa.uri).status_code == 403, "a closed door")
    return mallory


@pytest.fixture(scope="module")
def reader(peer):
    return peer.actor("reader")


PAGED = ["/outbox", "/followers", "/following"]
PEOPLE = ["", "/featured"] + [path + page for path in PAGED for page in ("", "?page=true")]
POSTS = ["", "/activity", "/replies", "/replies?after=1"]
SERVER = ["/directory", "/directory?page=true"]
PATHS = ["person" + path for path in PEOPLE] + ["post" + path for path in POSTS] + ["server" + path for path in SERVER]
OTHERS = ["/sessions/" + UNKNOWN, "/activities/" + UNKNOWN, "/users/rosa/availability"]


@pytest.fixture
def path(request, rosa, post):
    kind, rest = re.fullmatch(r"(person|post|server)(.*)", request.param).groups()
    return {"person": "/users/rosa", "post": post, "server": "/actor"}[kind] + rest


def each(paths):
    return pytest.mark.parametrize("path", paths, indirect=True)


@each(PATHS)
def test_what_is_for_everybody_is_read_and_read_again_for_nothing(path, gama):
    first = gama.get(path, Accept=ACTIVITY)
    # Who withdraws from the directory is gone within a minute.
    age = 30 if path.startswith("/actor") else 180
    assert first.status_code == 200 and first.headers["Cache-Control"] == f"public, max-age={age}"
    again = gama.get(path, Accept=ACTIVITY, If_None_Match=first.headers["ETag"])
    assert again.status_code == 304 and again.headers["ETag"] == first.headers["ETag"]
    assert gama.get(path, Accept=ACTIVITY, If_None_Match='W/"0"').status_code == 200


def test_the_servers_own_actor_is_read_again_for_nothing(gama):
    tag = gama.get("/actor", Accept=ACTIVITY).headers["ETag"]
    assert gama.get("/actor", Accept=ACTIVITY, If_None_Match=tag).status_code == 304


@each(PATHS)
def test_whoever_signs_is_told_apart(path, gama, peer, reader, blocked, contracts):
    statuses = []
    for actor, changes in ((reader, {}), (reader, {"date": "Tue, 01 Sep 2026 09:00:00 GMT"}), (blocked, {})):
        response = peer.get(actor, gama.origin + path, **changes)
        contracts.answer("GET", path, response)
        statuses.append(response.status_code)
    assert statuses == [200, 401, 403]


@pytest.mark.parametrize("path", OTHERS)
def test_a_blocked_server_reads_nothing_private_either(path, gama, peer, blocked, contracts):
    response = peer.get(blocked, gama.origin + path)
    contracts.answer("GET", path, response)
    assert response.status_code == 403


NOWHERE = ["/users/nobody" + rest for rest in PEOPLE] + [f"/posts/{UNKNOWN}{rest}" for rest in POSTS]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_not_found(path, gama, rosa):
    assert gama.get(path, Accept=ACTIVITY).status_code == 404


def test_what_was_there_is_gone(gama, gone):
    for rest in PEOPLE:
        assert gama.get(gone["person"] + rest, Accept=ACTIVITY).status_code == 410
    assert gama.get("/.well-known/webfinger?resource=acct:leo@" + gama.authority).status_code == 410
    for rest in ("", "/activity"):
        assert gama.get(gone["post"] + rest, Accept=ACTIVITY).json()["formerType"] == "Note"
    assert gama.get(gone["post"] + "/replies", Accept=ACTIVITY).status_code == 404


def test_a_post_has_a_page_for_people(gama, post):
    page = gama.get(post, Accept="text/html")
    assert page.status_code == 200 and "morning" in page.text


def test_collections_lead_to_what_they_count(gama, rosa, post, contracts):
    outbox = gama.get("/users/rosa/outbox", Accept=ACTIVITY).json()
    page = gama.get(outbox["first"].removeprefix(gama.origin), Accept=ACTIVITY).json()
    assert outbox["totalItems"] == len(page["orderedItems"]) == 2
    for item in page["orderedItems"]:
        contracts.document(item | {"@context": documents_context()}, "post/create")
    featured = gama.get("/users/rosa/featured", Accept=ACTIVITY).json()
    assert [item["id"] for item in featured["orderedItems"]] == [gama.origin + post]
    replies = gama.get(post + "/replies", Accept=ACTIVITY).json()
    assert len(replies["orderedItems"]) == 1


def documents_context():
    """What the items of a page leave to the page."""
    return documents()["definitions"]["$defs"]["postContext"]["const"]


def test_a_private_object_is_read_again_for_nothing(alfa, mika, peer, rui, times, contracts):
    asked = mika.ok("POST", "/sessions", {
        "mentor": rui.handle, "type": "pana_support", "topic": "Again", "start": times.next().isoformat(),
        "minutes": 30, "zone": "UTC"})
    invitation = peer.awaits(rui, "Invite", asked["uri"]).activity
    for url in (asked["uri"], invitation["id"]):
        tag = peer.get(rui, url).headers["ETag"]
        response = peer.get(rui, url, if_none_match=tag, names=["(request-target)", "host", "date"])
        contracts.answer("GET", url.removeprefix(alfa.origin), response)
        assert response.status_code == 304 and response.headers["Cache-Control"] == "private, no-store"
    mika.ok("PATCH", f"/sessions/{asked['id']}", {"status": "cancelled", "reason": "No more"})
    peer.awaits(rui, "Delete", asked["uri"])


@pytest.mark.parametrize("path", ["/.well-known/host-meta", "/.well-known/host-meta.json"])
def test_whoever_looks_at_the_host_first_finds_webfinger(path, gama):
    response = gama.get(path)
    template = re.search(r'https?://[^"]+\{uri\}', response.text).group()
    assert template == f"{gama.origin}/.well-known/webfinger?resource={{uri}}"


@pytest.mark.parametrize(("subject", "status"), [
    ("noor@beta.example", 200), ("https://beta.example/posts/1", 200), ("", 400), ("x" * 3000, 400), ("no one", 400),
    ("javascript:alert(1)", 400)])
def test_whoever_comes_from_elsewhere_is_told_what_to_do(subject, status, gama):
    response = gama.get(f"/authorize_interaction?uri={subject}")
    assert response.status_code == status and "alert" not in response.text


@pytest.mark.parametrize("inbox", ["/users/rosa/inbox", "/inbox"])
def test_a_blocked_server_brings_nothing(inbox, gama, rosa, peer, blocked, contracts):
    response = peer.post(blocked, gama.origin + inbox, activity(blocked, "Follow", rosa.uri, rosa.uri))
    contracts.answer("POST", inbox, response)
    assert response.status_code == 403


# The last of this file: from here on nobody who signs is listened to.

@each(PATHS + ["person/inbox"])
def test_after_many_wrong_signatures_nobody_who_signs_is_listened_to(path, gama, peer, reader, contracts):
    impatient(path, gama, peer, reader, contracts)


@pytest.mark.parametrize("path", [*OTHERS, "/inbox"])
def test_after_many_wrong_signatures_private_objects_are_not_looked_for(path, gama, peer, reader, contracts):
    impatient(path, gama, peer, reader, contracts)


def impatient(path, gama, peer, reader, contracts):
    url, method = gama.origin + path, "POST" if path.endswith("inbox") else "GET"
    body = b"{}" if method == "POST" else None
    wrong = reader.signed_headers(method, url + "x", body) | ({"Accept": ACTIVITY} if body is None else {})

    def look():
        response = send(method, url, wrong, body)
        contracts.answer(method, path, response)
        assert response.status_code in (401, 429)
        return response.status_code == 429

    until(look, "end of patience")
