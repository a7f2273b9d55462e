"""What other servers ask before they ever send something: who is there, and what it may read."""

import re

import pytest

import nodeinfo
from actor import ACTIVITY
from community import text_of
from contracts import SCHEMAS

MENTORING = "https://w3id.org/mentoring/ns#v1"
RFC9421 = "https://datatracker.ietf.org/doc/html/rfc9421"


def actor_document(community, path):
    response = community.get(path, Accept=ACTIVITY)
    assert response.headers["Content-Type"].startswith(ACTIVITY)
    assert response.headers["Vary"] == "Accept, Signature"
    return response.json()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_a_running_server_is_healthy(path, beta):
    assert beta.get(path).status_code == 200


@pytest.mark.parametrize("spelling", ["acct:{handle}", "{handle}", "acct:@{handle}", "ACCT:NOOR@{host}", "{uri}", "{page}"])
def test_webfinger_finds_a_person_however_named(spelling, beta, noor):
    page = f"{beta.origin}/@noor"
    resource = spelling.format(handle=noor.handle, host=beta.authority.upper(), uri=noor.uri, page=page)
    found = beta.get(f"/.well-known/webfinger?resource={resource}").json()
    assert found["subject"] == f"acct:{noor.handle}"
    assert found["aliases"] == [page, noor.uri]
    assert [link["href"] for link in found["links"] if "href" in link] == [noor.uri, page]


@pytest.mark.parametrize("resource", ["beta.localhost:{port}", "http://beta.localhost:{port}/", "acct:beta.localhost@beta.localhost:{port}"])
def test_webfinger_finds_the_server_itself(resource, beta):
    found = beta.get("/.well-known/webfinger?resource=" + resource.format(port=beta.port)).json()
    assert found["links"][0]["href"] == f"{beta.origin}/actor"


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("?resource=", 400), ("?resource=acct:", 400), ("?resource=acct:nobody@beta.localhost:{port}", 404),
     ("?resource=acct:noor@elsewhere.example", 404), ("?resource=acct:noor@beta.localhost", 404)])
def test_webfinger_finds_nobody_else(query, status, beta, noor):
    assert beta.get("/.well-known/webfinger" + query.format(port=beta.port)).status_code == status


def test_nodeinfo_tells_what_software_this_is(beta, noor):
    links = {link["rel"]: link["href"] for link in beta.get("/.well-known/nodeinfo").json()["links"]}
    assert links["https://www.w3.org/ns/activitystreams#Application"] == f"{beta.origin}/actor"
    for version in ("2.0", "2.1"):
        href = links[f"http://nodeinfo.diaspora.software/ns/schema/{version}"]
        document = beta.get(href.removeprefix(beta.origin)).json()
        assert nodeinfo.faults(document, version) == []
        assert nodeinfo.faults(document, {"2.0": "2.1", "2.1": "2.0"}[version]) != []
        assert document["usage"]["users"]["total"] >= 1
        assert document["metadata"]["nodeName"] == "Beta"


def test_there_is_no_other_nodeinfo(beta):
    assert beta.get("/nodeinfo/3.0").status_code == 404


def test_the_contracts_are_served_as_they_are(beta):
    files = [file for pattern in ("*.yaml", "*.jsonld", "json/**/*.json") for file in SCHEMAS.glob(pattern)]
    assert len(files) > 30
    for file in files:
        assert beta.get(f"/schemas/{file.relative_to(SCHEMAS)}").content == file.read_bytes()


@pytest.mark.parametrize("path", ["sql/0001-foundation.sql", "json/session", "json/../../Package.swift", "json/%2e%2e/openapi.yaml"])
def test_nothing_else_is_served_among_the_contracts(path, beta):
    assert beta.get(f"/schemas/{path}").status_code == 404


def test_a_mentor_is_published_with_keys_and_terms(beta, noor):
    document = actor_document(beta, "/users/noor")
    assert document["id"] == noor.uri and document["webfinger"] == noor.handle
    assert document["publicKey"]["id"] == f"{noor.uri}#main-key" and document["publicKey"]["owner"] == noor.uri
    assert document["assertionMethod"][0]["controller"] == noor.uri
    assert document["generator"]["implements"] == [{"href": MENTORING}, {"href": RFC9421}]
    assert document["mnt:mentorStatus"] == "open"
    assert document["mnt:expertise"] == ["sql", "data careers"]
    assert document["mnt:languages"] == ["de", "en", "pt-BR"]
    assert [offer["mnt:sessionKind"] for offer in document["mnt:offers"]] == ["knowledge_transfer", "pana_support", "panamia_planning"]
    assert document["mnt:offers"][0]["mnt:terms"] == {"mnt:kind": "paid", "mnt:amount": "20.00", "mnt:currency": "EUR", "mnt:per": "hour"}
    assert [tag["name"] for tag in document["tag"]] == ["#sql", "#DataCareers"]
    assert text_of(document["summary"]) == "I help with SQL &amp; portfolios."


def test_a_mentee_publishes_nothing_of_mentoring(alfa, mika):
    document = actor_document(alfa, "/users/mika")
    assert not [name for name in document if name.startswith("mnt:")]
    assert document["discoverable"] is False


def test_an_unpublished_profile_stays_at_home(alfa):
    quiet = alfa.open_account("quiet")
    quiet.ok("POST", "/profile", {"zone": "UTC", "published": False, "bio": "A secret plan", "expertise": ["knots"]})
    assert "knots" not in alfa.get("/users/quiet", Accept=ACTIVITY).text
    page = alfa.get("/users/quiet", Accept="text/html").text
    assert "secret" not in page and "knots" not in page


def test_the_server_is_an_actor_that_can_be_read_unsigned(alfa):
    document = actor_document(alfa, "/actor")
    assert document["type"] == "Application" and document["id"] == f"{alfa.origin}/actor"


@pytest.mark.parametrize(
    ("accept", "media"),
    [(ACTIVITY, ACTIVITY), ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', ACTIVITY),
     ("application/json", ACTIVITY), ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html"), ("*/*", "text/html"),
     (f"text/html;q=0.5, {ACTIVITY}", ACTIVITY), (f"{ACTIVITY};q=0.5, text/html", "text/html")])
@pytest.mark.parametrize("path", ["/users/noor", "/actor"])
def test_one_address_serves_people_and_servers(path, accept, media, beta, noor):
    assert beta.get(path, Accept=accept).headers["Content-Type"].startswith(media)


@pytest.mark.parametrize("path", ["/users/nobody", "/users/NOOR", "/users/nobody/outbox", "/users/nobody/followers"])
def test_who_is_not_there_is_not_found(path, beta, noor):
    assert beta.get(path, Accept=ACTIVITY).status_code == 404


@pytest.mark.parametrize("collection", ["outbox", "followers"])
def test_collections_tell_a_number_and_no_names(collection, beta, noor):
    document = beta.get(f"/users/noor/{collection}", Accept=ACTIVITY).json()
    assert document["totalItems"] == 0
    assert "orderedItems" not in document and "items" not in document


# Private objects (security and reliability F01)

@pytest.fixture(scope="module")
def private(alfa, mika, peer, rui, times):
    """Two sessions that mika asked of rui, one of them withdrawn: (their Events, an Invite)."""
    def ask():
        asked = mika.ok("POST", "/sessions", {
            "mentor": rui.handle, "type": "pana_support", "topic": "Sentinel topic", "message": "Sentinel message",
            "start": times.next().isoformat(), "minutes": 30, "zone": "UTC"})
        return asked, peer.awaits(rui, "Invite", asked["uri"]).activity

    standing, invitation = ask()
    withdrawn, _ = ask()
    mika.ok("PATCH", f"/sessions/{withdrawn['id']}", {"status": "cancelled", "reason": "No more"})
    peer.awaits(rui, "Delete", withdrawn["uri"])
    return standing["uri"], withdrawn["uri"], invitation


@pytest.fixture(scope="module")
def viewers(peer, rui, sol):
    """Everybody who could ask: name -> (actor or None, changes to the signature)."""
    server = peer.actor("peer.localhost", kind="Application")
    bot = peer.actor("bot", kind="Service")
    eve = peer.actor("eve", host="eve")
    eves_server = peer.actor("eve.localhost", host="eve", kind="Application")
    return {
        "addressee": (rui, {}), "server of the addressee": (server, {}), "nobody": (None, {}),
        "neighbour of the addressee": (sol, {}), "bot beside the addressee": (bot, {}), "stranger": (eve, {}),
        "server of a stranger": (eves_server, {}),
        "addressee, too late": (rui, {"date": "Tue, 01 Sep 2026 09:00:00 GMT"}),
        "addressee, target not signed": (rui, {"names": ["host", "date"]}),
        "addressee with an unknown algorithm": (rui, {"algorithm": "hmac-sha256"}),
    }


ALLOWED = {"addressee", "server of the addressee"}
EVERYBODY = sorted(ALLOWED) + [
    "nobody", "neighbour of the addressee", "bot beside the addressee", "stranger", "server of a stranger",
    "addressee, too late", "addressee, target not signed", "addressee with an unknown algorithm"]


def same(response):
    fields = {name.lower(): value for name, value in response.headers.items() if name.lower() != "date"}
    return response.status_code, fields, response.content


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_private_objects_are_there_for_whom_they_address_alone(viewer, private, viewers, peer, alfa, contracts):
    standing, withdrawn, invitation = private
    actor, changes = viewers[viewer]
    missing = same(peer.get(actor, f"{alfa.origin}/sessions/00000000-0000-4000-8000-000000000000", **changes))
    # Whoever signs wrongly learns that, and nothing else.
    assert missing[0] == (401 if changes else 404)
    for url, status in [(standing, 200), (withdrawn, 410), (invitation["id"], 200)]:
        response = peer.get(actor, url, **changes)
        contracts.answer("GET", url.removeprefix(alfa.origin), response)
        if viewer in ALLOWED:
            assert response.status_code == status
            assert response.headers["Cache-Control"] == "private, no-store"
            assert "Signature" in response.headers["Vary"]
        else:
            assert same(response) == missing, f"{viewer} can tell that {url} exists"


def test_what_is_read_is_what_was_sent(private, peer, rui):
    standing, withdrawn, invitation = private
    assert peer.get(rui, invitation["id"]).json() == invitation
    event = peer.get(rui, standing).json()
    assert {name: event[name] for name in invitation["object"]} == invitation["object"]
    assert peer.get(rui, withdrawn).json()["formerType"] == "Event"


@pytest.mark.parametrize("path", ["/sessions/", "/activities/"])
@pytest.mark.parametrize("name", ["00000000-0000-4000-8000-000000000000", "not-a-uuid", "%2e%2e"])
def test_an_addressee_of_one_thing_finds_no_other(path, name, peer, rui, alfa):
    # What a client spells in another way than it signs, proves nothing.
    assert peer.get(rui, alfa.origin + path + name).status_code == (401 if "%" in name else 404)


def test_no_public_place_shows_a_session(private, alfa, mika):
    for path in ("/", "/users/mika", "/@mika", "/users/mika/outbox", "/users/mika/outbox?page=true", "/actor/outbox?page=true"):
        for accept in (ACTIVITY, "text/html"):
            text = alfa.request("GET", path, {"Accept": accept}).text
            assert "Sentinel" not in text and "/sessions/" not in text and "/activities/" not in text


def test_fetches_are_signed_by_the_server_itself(private, peer, rui, alfa, beta):
    signers = {fetch.signer for fetch in peer.fetches if fetch.target == rui.uri}
    assert f"{alfa.origin}/actor" in signers and signers <= {f"{server.origin}/actor" for server in (alfa, beta)}


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize("method, path, status", [
    ("GET", "/nowhere", 404), ("GET", "/@nobody", 404), ("GET", "/users/nobody", 404), ("GET", "/@noor/1", 404),
    ("GET", "/posts/00000000-0000-4000-8000-000000000000", 404), ("GET", "/authorize_interaction", 400),
    ("POST", "/@noor", 405), ("GET", "/.well-known/webfinger", 400), ("GET", "/media/x/y", 404)])
def test_people_read_on_a_page_what_is_wrong_and_programs_in_json(method, path, status, beta, noor):
    page = beta.request(method, path, {"Accept": BROWSER})
    plain = beta.request(method, path, {"Accept": "application/json"})
    assert (page.status_code, plain.status_code) == (status, status)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    title, = re.findall("<title>(.+) · Beta</title>", page.text)
    assert f"<h1>{title}</h1>" in page.text and '<a href="/">' in page.text
    assert plain.headers["Content-Type"].startswith("application/json") and plain.json()["error"]
    of_this_answer = ("content-type", "content-length", "date")
    page, plain = ({name.lower(): value for name, value in answer.headers.items() if name.lower() not in of_this_answer}
                   for answer in (page, plain))
    assert page == plain


def test_programs_for_people_get_no_pages(beta):
    for path in ("/api/v1/nothing", "/api/v1/accounts/1", "/api/mentoring/profile"):
        answer = beta.request("GET", path, {"Accept": BROWSER})
        assert answer.status_code in (401, 404) and answer.json()["error"]


def test_every_answer_forbids_what_browsers_must_not_do(beta, noor):
    for path in ("/", "/users/noor", "/nowhere", "/api/mentoring/profile"):
        headers = beta.request("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert re.search("default-src 'none'", headers["Content-Security-Policy"])
