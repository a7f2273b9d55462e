"""What the two of a session think of each other: within a community and between two, where neither server may peek."""

import concurrent.futures
import hashlib
import json

import pytest

from activities import activity, stub
from contracts import SCHEMAS
from people import mentor
from waiting import now, until, written

BOTH_CAME = {"mentee_came": True, "mentor_came": True}
OF_MENTOR = {"session_quality": 5, "helpfulness": 4, "communication": 5, "knowledge_sharing": 4, "availability": 4}
OF_MENTEE = {"engagement": 5, "effort": 5, "communication": 4, "commitment": 5, "responsiveness": 5}
WIRE = {"sessionQuality": 5, "helpfulness": 4, "communication": 5, "knowledgeSharing": 4, "availability": 4}


class Met:
    """A session that took place, as each of the two sees it."""

    def __init__(self, uri, mentee, path, mentor, mentors_path):
        self.uri = uri
        self.paths = {mentee: path, mentor: mentors_path}
        self.mentee, self.mentor = mentee, mentor

    def read(self, person):
        return person.ok("GET", self.paths[person] + "/reviews")

    def rate(self, person, scores=None, **members):
        scores = scores or (OF_MENTOR if person is self.mentee else OF_MENTEE)
        return person.call("POST", self.paths[person] + "/reviews", {"scores": scores, **members})

    def rated(self, person, **members):
        response = self.rate(person, **members)
        assert response.status_code == 201, response.text
        return response.json()


def agree(mentee, mentor, times):
    session = mentee.ok("POST", "/sessions", {
        "mentor": f"@{mentor.handle}", "type": "pana_support", "topic": "My portfolio", "start": written(times.next()),
        "minutes": 30, "zone": "Europe/Berlin"})
    path = f"/sessions/{mentor.awaits(session['uri'], 'pending')['id']}"
    mentor.ok("POST", path + "/respond", {"action": "accept"})
    mentee.awaits(session["uri"], "scheduled")
    for community in {mentee.community, mentor.community}:
        community.sql(f"update sessions set starts_at = now() - interval '40 minutes' where uri = '{session['uri']}'")
    return session["uri"], f"/sessions/{session['id']}", path


def meet(mentee, mentor, times):
    uri, path, mentors_path = agree(mentee, mentor, times)
    mentee.ok("POST", path + "/outcome", BOTH_CAME)
    mentor.awaits(uri, "completed")
    return Met(uri, mentee, path, mentor, mentors_path)


@pytest.fixture(scope="module")
def rita(alfa):
    """Asks for sessions, and rates them."""
    return alfa.open_account("rita")


@pytest.fixture(scope="module")
def rolf(alfa):
    """A mentor of rita's community."""
    return mentor(alfa.open_account("rolf"))


@pytest.fixture(scope="module")
def rosa(beta):
    """A mentor of the other community."""
    return mentor(beta.open_account("rosa"))


@pytest.fixture
def here(rita, rolf, times):
    return meet(rita, rolf, times)


@pytest.fixture
def away(rita, rosa, times):
    return meet(rita, rosa, times)


def end_window(met, *communities):
    """Lets the time for ratings be over, as far as the servers can tell."""
    for community in communities:
        community.sql(f"update sessions set completed_at = completed_at - interval '15 days' where uri = '{met.uri}'")
        community.sql(
            "update jobs set due_at = now(), payload = payload || '{\"at\": \"1970-01-01T00:00:00Z\"}' where kind = 'review.timer' "
            f"and payload->>'session' = (select id::text from sessions where uri = '{met.uri}')")


# Within a community

def test_both_see_what_was_given_once_both_have_given(here, rita, rolf):
    assert here.read(rita) | {"closes_at": None} == {
        "open": True, "closes_at": None, "own": None, "other_has_rated": False, "other": None, "everybody_reads": False}
    given = here.rated(rita, words="Found it\nin <ten> minutes.", public=True)
    assert given["own"]["overall"] == 4.4 and given["own"]["scores"] == OF_MENTOR and not given["open"]
    assert given["own"]["words"] == "Found it\nin <ten> minutes." and given["own"]["by"]["handle"] == rita.handle
    seen = here.read(rolf)
    assert seen["other_has_rated"] and seen["other"] is None and seen["open"]
    both = here.rated(rolf, overall=3)
    assert both["other"] == given["own"] and both["own"]["overall"] == 3 and both["own"]["scores"] == OF_MENTEE
    assert here.read(rita)["other"] == both["own"]
    assert not both["everybody_reads"], "only one of them let everybody read it"


def test_when_the_time_is_over_the_one_that_was_given_is_seen_and_none_is_taken(here, alfa, rita, rolf):
    here.rated(rita)
    end_window(here, alfa)
    until(lambda: here.read(rolf)["other"], "the rating")
    assert here.rate(rolf).json()["conflict"] == "too_late" and here.read(rolf)["own"] is None


def test_when_the_time_is_over_none_is_taken(here, alfa, rita):
    end_window(here, alfa)
    assert here.rate(rita).json()["conflict"] == "too_late"
    assert not here.read(rita)["open"]


def test_a_session_that_did_not_take_place_is_not_rated(rita, rolf, times):
    _, path, _ = agree(rita, rolf, times)
    for spoil in (lambda: None, lambda: rita.ok("POST", path + "/outcome", {"mentee_came": True, "mentor_came": False})):
        spoil()
        response = rita.call("POST", path + "/reviews", {"scores": OF_MENTOR})
        assert (response.status_code, response.json()["conflict"]) == (409, "not_completed")
        assert rita.ok("GET", path + "/reviews") == {
            "open": False, "closes_at": None, "own": None, "other_has_rated": False, "other": None, "everybody_reads": False}


def test_nobody_rates_twice(here, rita):
    first = here.rated(rita)["own"]
    response = here.rate(rita, words="On second thoughts.")
    assert (response.status_code, response.json()["conflict"]) == (409, "already_rated")
    assert here.read(rita)["own"] == first


def test_strangers_neither_rate_nor_read(here, alfa, rita, mika):
    for method, body in (("GET", None), ("POST", {"scores": OF_MENTOR})):
        assert mika.call(method, here.paths[rita] + "/reviews", body).status_code == 404
    assert here.read(rita)["own"] is None


WRONG = [
    ({"scores": OF_MENTOR | {"helpfulness": 0}}, ["scores.helpfulness"]),
    ({"scores": OF_MENTOR | {"helpfulness": 6}}, ["scores.helpfulness"]),
    ({"scores": OF_MENTOR | {"helpfulness": 4.5}}, ["scores.helpfulness"]),
    ({"scores": {name: 5 for name in OF_MENTOR if name != "availability"}}, ["scores.availability"]),
    ({"scores": OF_MENTOR | {"effort": 5}}, ["scores.effort"]),
    ({"scores": OF_MENTOR | {"charm": 5}}, ["scores.charm"]), ({"scores": OF_MENTEE}, None), ({"scores": 5}, ["scores"]),
    ({}, ["scores"]), ({"scores": OF_MENTOR, "overall": 6}, ["overall"]), ({"scores": OF_MENTOR, "overall": 0}, ["overall"]),
    ({"scores": OF_MENTOR, "words": "a" * 2001}, ["words"]), ({"scores": OF_MENTOR, "words": "bell \u0007"}, ["words"]),
    ({"scores": OF_MENTOR, "public": "yes"}, ["public"]), ({"scores": OF_MENTOR, "stars": 5}, ["stars"]),
]


def test_what_is_no_rating_names_its_field_and_changes_nothing(here, alfa, rita):
    before = alfa.row_counts()
    for body, expected in WRONG:
        response = rita.call("POST", here.paths[rita] + "/reviews", body)
        assert response.status_code == 422, (body, response.text)
        fields = [one["field"] for one in response.json()["fields"]]
        assert fields == expected or (expected is None and "scores.helpfulness" in fields and "scores.effort" in fields), body
    assert alfa.row_counts() == before and here.read(rita)["own"] is None


def test_of_several_ratings_at_once_one_counts(here, rita):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: here.rate(rita).status_code, range(4)))
    assert sorted(statuses) == [201, 409, 409, 409]


# What others see

def summary(person, handle):
    return person.ok("GET", f"/mentors/{handle}/reviews")


def test_others_read_only_what_both_let_them_and_a_mean_of_three(alfa, times):
    roy = mentor(alfa.open_account("roy"))
    people = [alfa.open_account(f"reader{number}") for number in range(3)]
    for number, person in enumerate(people):
        met = meet(person, roy, times)
        met.rated(person, overall=5 - number, words=f"Words {number}", public=number < 2)
        assert summary(person, "roy")["ratings"] == {"count": number, "mean": None}, "not before both have given theirs"
        met.rated(roy, public=number > 0)
    page = summary(people[0], "roy")
    assert page["ratings"] == {"count": 3, "mean": 4}
    assert [(one["words"], one["overall"], one["by"]["handle"]) for one in page["reviews"]] == [("Words 1", 4, people[1].handle)]
    assert met.read(roy)["everybody_reads"] is False
    newer = people[0].ok("GET", "/mentors/roy/reviews?limit=1")
    assert newer["reviews"] == page["reviews"] and people[0].ok("GET", f"/mentors/roy/reviews?before={newer['next']}")["reviews"] == []
    for query, field in (("before=x", "before"), ("limit=41", "limit")):
        response = people[0].call("GET", f"/mentors/roy/reviews?{query}")
        assert response.status_code == 422 and response.json()["fields"][0]["field"] == field
    found = people[0].ok("GET", "/discover?limit=40&q=portfolios")["mentors"]
    assert [one["ratings"] for one in found if one["person"]["handle"] == roy.handle] == [{"count": 3, "mean": 4}]
    assert roy.ok("GET", "/profile")["ratings"] == {"count": 3, "mean": 4}


def test_a_moderator_takes_words_down_and_the_numbers_stay(here, alfa, rita, rolf):
    here.rated(rita, words="Rolf works for ACME.", public=True)
    here.rated(rolf, public=True)
    review = here.read(rolf)["other"]["id"]
    before = summary(rita, "rolf")
    assert any(one["words"] == "Rolf works for ACME." for one in before["reviews"])
    # Who was rated and whoever reads it report it; who wrote it does not.
    assert rita.call("POST", f"/reviews/{review}/report", {}).status_code == 404
    number = rolf.ok("POST", f"/reviews/{review}/report", {"comment": "My employer is nobody's business."})["id"]
    assert "Rolf works for ACME." in alfa.command("report", "show", number)
    too_long = rolf.call("POST", f"/reviews/{review}/report", {"comment": "a" * 5001})
    assert [one["field"] for one in too_long.json()["fields"]] == ["comment"]
    judge = alfa.open_account("ruth")
    assert judge.call("DELETE", f"/reviews/{review}/words").status_code == 403
    alfa.sql("update accounts set role = 'moderator' where email like 'ruth@%'")
    assert judge.call("DELETE", f"/reviews/{review}/words").status_code == 204
    assert judge.call("DELETE", f"/reviews/{'0' * 8}-0000-4000-8000-{'0' * 12}/words").status_code == 404
    page = summary(rita, "rolf")
    assert page["ratings"] == before["ratings"]
    shown = next(one for one in page["reviews"] if one["id"] == review)
    assert (shown["words"], shown["cleared"], shown["scores"]) == ("", True, OF_MENTOR)
    assert here.read(rita)["own"]["words"] == ""


def test_of_somebody_who_leaves_the_numbers_stay(alfa, rolf, times):
    rhea = alfa.open_account("rhea")
    shown, waiting = meet(rhea, rolf, times), meet(rhea, rolf, times)
    shown.rated(rhea, words="Words of mine.", public=True)
    shown.rated(rolf, public=True)
    waiting.rated(rhea, words="Words to come.")
    alfa.act(rhea, "delete-account")
    left = shown.read(rolf)
    assert (left["other"]["words"], left["other"]["scores"], left["everybody_reads"]) == ("", OF_MENTOR, False)
    assert waiting.read(rolf)["other_has_rated"] is False


# Between communities

def sent(community, kind, uri):
    return [one for one in community.sent_activities()
            if one["type"] == kind and isinstance(one["object"], dict) and one["object"].get("context") == uri]


def held(community, uri):
    """Everything that a community knows of the ratings of a session."""
    return community.sql(
        "select role, overall, words, encode(digest, 'hex') from reviews join sessions on sessions.id = session_id "
        f"where uri = '{uri}' order by role")


def canonical(value):
    """RFC 8785, as far as these documents go."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_example_of_a_promise_has_the_digest_of_the_example_of_a_rating():
    examples = SCHEMAS / "json/review/examples"
    promise, rating = (json.loads((examples / f"{name}.json").read_text())["object"] for name in ("offer", "create"))
    assert promise["mnt:digest"] == hashlib.sha256(canonical(rating)).hexdigest() and promise["id"] == rating["id"]


def test_no_server_learns_a_rating_before_its_own_person_has_rated(away, alfa, beta, rita, rosa, contracts):
    away.rated(rita, words="Very “helpful”, zqearlyzq.", public=True)
    until(lambda: away.read(rosa)["other_has_rated"], "the promise")
    assert away.read(rosa)["other"] is None
    (promise,) = sent(alfa, "Offer", away.uri)
    assert contracts.activity(promise) == "review/offer" and sent(alfa, "Create", away.uri) == []
    assert "zqearlyzq" not in str(beta.sql("select query_to_xml('select * from reviews', true, false, '')")), "a digest is all that is there"
    role, overall, words, digest = held(beta, away.uri)[0]
    assert (role, overall, words, digest) == ("mentee", "", "", promise["object"]["mnt:digest"])

    away.rated(rosa, words="Prepared.", public=True)
    until(lambda: away.read(rosa)["other"], "rita's rating")
    until(lambda: away.read(rita)["other"], "rosa's rating")
    assert away.read(rosa)["other"]["words"] == "Very “helpful”, zqearlyzq." and away.read(rita)["other"]["scores"] == OF_MENTEE
    for community in (alfa, beta):
        (rating,) = sent(community, "Create", away.uri)
        assert contracts.activity(rating) == "review/create"
        assert rating["object"]["id"] == rating["id"] + "#rating"
        (promise,) = sent(community, "Offer", away.uri)
        assert promise["object"]["mnt:digest"] == hashlib.sha256(canonical(rating["object"])).hexdigest()
    # With consent of both it stands on the mentor's page, at her own community.
    assert [one["by"]["handle"] for one in summary(rosa, "rosa")["reviews"]] == [rita.handle]
    assert away.read(rita)["everybody_reads"] and away.read(rosa)["everybody_reads"]


def test_between_communities_the_one_that_was_given_is_seen_when_the_time_is_over(away, alfa, beta, rita, rosa):
    away.rated(rita, words="Late but true.")
    until(lambda: away.read(rosa)["other_has_rated"], "the promise")
    end_window(away, alfa)
    until(lambda: sent(alfa, "Create", away.uri), "the rating on its way")
    until(lambda: held(beta, away.uri)[0][2] == "Late but true.", "the rating at the other server")
    assert away.read(rosa)["other"] is None, "there the time is not over yet"
    end_window(away, beta)
    until(lambda: away.read(rosa)["other"], "the rating")
    assert away.rate(rosa).json()["conflict"] == "too_late" and away.read(rita)["other"] is None


def test_a_mentor_who_rates_first_waits_like_a_mentee(away, alfa, beta, rita, rosa):
    away.rated(rosa, words="zqmentorzq")
    until(lambda: away.read(rita)["other_has_rated"], "the promise")
    assert away.read(rita)["other"] is None and "zqmentorzq" not in str(held(alfa, away.uri))
    away.rated(rita)
    until(lambda: (away.read(rita)["other"] or {}).get("words") == "zqmentorzq", "the rating")


# A server that would like to peek

@pytest.fixture
def rui_met(rita, rui, peer, times):
    """A session that rita had with rui, on a server of another make: (her path, the id of its Event)."""
    session = rita.ok("POST", "/sessions", {
        "mentor": rui.handle, "type": "knowledge_transfer", "topic": "SQL", "start": written(times.next()), "minutes": 45,
        "zone": "Europe/Berlin"})
    invitation = peer.awaits(rui, "Invite", session["uri"]).activity
    peer.tell(rui, rita.uri, activity(rui, "Accept", rita.uri, stub(invitation), mnt__revision=0))
    rita.awaits(session["uri"], "scheduled")
    rita.community.sql(f"update sessions set starts_at = now() - interval '40 minutes' where uri = '{session['uri']}'")
    path = f"/sessions/{session['id']}"
    rita.ok("POST", path + "/outcome", BOTH_CAME)
    return path, session["uri"]


def rating(rui, rita, uri, **members):
    note = {"id": rui.new_id() + "#rating", "type": "Note", "attributedTo": rui.uri, "to": [rita.uri], "cc": [], "context": uri,
            "content": "<p>Came <b>prepared</b>.</p>", "published": written(now()), "mnt:rating": 5,
            "mnt:scores": {"mnt:engagement": 5, "mnt:effort": 4}, "mnt:isPublic": True, "mnt:salt": "salt of the earth, and more"}
    return note | members


def promise(rui, rita, note):
    stub = {"id": note["id"], "type": "Note", "attributedTo": rui.uri, "context": note["context"],
            "mnt:digest": hashlib.sha256(canonical(note)).hexdigest()}
    return activity(rui, "Offer", rita.uri, stub)


def outgoing(peer, rui, uri, kind):
    return [one.activity for one in peer.untaken(rui, uri) if one.activity["type"] == kind and one.activity["object"]["type"] == "Note"]


def test_a_server_of_another_make_gets_a_rating_for_its_promise_and_has_to_keep_it(rui_met, rita, rui, peer):
    path, uri = rui_met
    rita.ok("POST", path + "/reviews", {"scores": OF_MENTOR, "words": "Patient."})
    until(lambda: outgoing(peer, rui, uri, "Offer"), "the promise")
    assert outgoing(peer, rui, uri, "Create") == []
    note = rating(rui, rita, uri)
    peer.tell(rui, rita.uri, promise(rui, rita, note))
    until(lambda: outgoing(peer, rui, uri, "Create"), "the rating for the promise")
    # Now rui's server knows what rita gave. Another rating than the promised one is none.
    for lie in ({"mnt:rating": 1}, {"content": "<p>Rude.</p>"}, {"id": rui.new_id() + "#rating"}, {"mnt:isPublic": False}):
        peer.tell(rui, rita.uri, activity(rui, "Create", rita.uri, note | lie))
        peer.tell(rui, rita.uri, promise(rui, rita, note | lie))
        assert rita.ok("GET", path + "/reviews")["other"] is None
    peer.tell(rui, rita.uri, activity(rui, "Create", rita.uri, note))
    seen = rita.ok("GET", path + "/reviews")["other"]
    assert (seen["overall"], seen["words"], seen["scores"]) == (5, "Came prepared.", {"engagement": 5, "effort": 4})
    peer.tell(rui, rita.uri, activity(rui, "Create", rita.uri, note))
    assert rita.ok("GET", path + "/reviews")["other"] == seen


def test_after_our_rating_was_sent_no_promise_is_taken(rui_met, alfa, rita, rui, peer):
    path, uri = rui_met
    rita.ok("POST", path + "/reviews", {"scores": OF_MENTOR})
    alfa.sql(f"update sessions set completed_at = completed_at - interval '15 days' where uri = '{uri}'")
    alfa.sql("update jobs set due_at = now(), payload = payload || '{\"at\": \"1970-01-01T00:00:00Z\"}' where kind = 'review.timer' "
             f"and payload->>'session' = '{path.split('/')[-1]}'")
    until(lambda: outgoing(peer, rui, uri, "Create"), "the rating")
    note = rating(rui, rita, uri)
    early = written(now().replace(year=2020))
    peer.tell(rui, rita.uri, promise(rui, rita, note) | {"published": early})
    peer.tell(rui, rita.uri, activity(rui, "Create", rita.uri, note) | {"published": early})
    assert rita.ok("GET", path + "/reviews")["other_has_rated"] is False


def test_a_rating_that_nobody_promised_waits_for_ours(rui_met, rita, rui, peer):
    path, uri = rui_met
    note = rating(rui, rita, uri)
    peer.tell(rui, rita.uri, activity(rui, "Create", rita.uri, note))
    seen = rita.ok("GET", path + "/reviews")
    assert seen["other_has_rated"] and seen["other"] is None and seen["open"]
    answered = rita.ok("POST", path + "/reviews", {"scores": OF_MENTOR})
    assert answered["other"]["overall"] == 5
    until(lambda: outgoing(peer, rui, uri, "Create"), "ours for theirs")


def test_what_is_no_rating_by_the_other_party_changes_nothing(rui_met, rita, rui, peer):
    path, uri = rui_met
    eve = peer.actor("eve")
    note = rating(rui, rita, uri)
    for sender, wrong in (
            (eve, rating(eve, rita, uri)), (eve, note), (rui, note | {"mnt:rating": 6}), (rui, note | {"mnt:rating": 0.5}),
            (rui, note | {"mnt:scores": {"mnt:effort": 9}}), (rui, note | {"attributedTo": eve.uri}),
            (rui, note | {"context": uri + "x"})):
        peer.tell(sender, rita.uri, activity(sender, "Create", rita.uri, wrong))
        peer.tell(sender, rita.uri, activity(sender, "Offer", rita.uri, {
            "id": wrong["id"], "type": "Note", "attributedTo": sender.uri, "context": wrong["context"], "mnt:digest": "none"}))
        assert rita.ok("GET", path + "/reviews")["other_has_rated"] is False
