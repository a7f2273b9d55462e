"""Who does not come to sessions: what the other says, what the person says to it, the ladder, and what moderators decide."""

import itertools
import os

import pytest

from community import Community
from conftest import running
from people import mentor
from waiting import until, written

NO_MENTEE = {"mentee_came": False, "mentor_came": True}
NO_MENTOR = {"mentee_came": True, "mentor_came": False}
BOTH_CAME = {"mentee_came": True, "mentor_came": True}


@pytest.fixture(scope="module")
def town(place, contracts):
    program = os.path.abspath(os.environ["MENTORD"])
    community = Community(program, "ladder", place, contracts, {"mentees.asks": "5", "noshows.pause": "7", "noshows.memory": "90"})
    with running([community]):
        yield community


@pytest.fixture(scope="module")
def judge(town):
    judge = town.open_account("judge")
    town.sql("update accounts set role = 'moderator' where email like 'judge@%'")
    return judge


NUMBERS = itertools.count()


@pytest.fixture
def pair(town, times):
    """A mentee and a mentor of their own for each test, and what they do together."""
    number = next(NUMBERS)
    mentee, guide = town.open_account(f"mentee{number}"), mentor(town.open_account(f"mentor{number}"))
    return Pair(town, mentee, guide, times)


class Pair:
    def __init__(self, town, mentee, guide, times):
        self.town, self.mentee, self.mentor, self.times = town, mentee, guide, times

    def ask(self):
        return self.mentee.call("POST", "/sessions", {
            "mentor": self.mentor.username, "type": "pana_support", "topic": "My portfolio",
            "start": written(self.times.next()), "minutes": 30, "zone": "Europe/Berlin"})

    def agree(self):
        """An agreed session that has begun."""
        path = f"/sessions/{self.ask().json()['id']}"
        self.mentor.ok("POST", path + "/respond", {"action": "accept"})
        self.town.sql(f"update sessions set starts_at = starts_at - interval '400 days' where id = '{path.split('/')[-1]}'")
        return path

    def silence(self, days=15):
        """Lets days go by since everything that was said."""
        self.town.sql(f"update no_shows set claimed_at = claimed_at - interval '{days} days', "
                      f"stands_from = stands_from - interval '{days} days' where person_id in (select actor_id from accounts "
                      f"where email like '{self.mentee.username}@%' or email like '{self.mentor.username}@%')")


def standing(person, role):
    return person.ok("GET", "/attendance")[f"as_{role}"]


def test_what_the_mentee_says_counts_after_the_mentors_silence(pair):
    path = pair.agree()
    pair.mentee.ok("POST", path + "/outcome", NO_MENTOR)
    view = standing(pair.mentor, "mentor")
    assert (view["step"], view["count"]) == ("none", 0)
    assert [(one["state"], one["counts"]) for one in view["no_shows"]] == [("claimed", False)]
    pair.silence()
    view = standing(pair.mentor, "mentor")
    assert (view["step"], view["count"], view["no_shows"][0]["counts"]) == ("warned", 1, True) and view["until"]
    assert standing(pair.mentee, "mentee")["no_shows"] == []


def test_who_says_so_too_has_it_counted_at_once(pair):
    path = pair.agree()
    pair.mentor.ok("POST", path + "/outcome", NO_MENTEE)
    assert standing(pair.mentee, "mentee")["step"] == "none"
    pair.mentee.ok("POST", path + "/outcome", NO_MENTEE)
    view = standing(pair.mentee, "mentee")
    assert (view["step"], view["no_shows"][0]["state"]) == ("warned", "admitted")


@pytest.mark.parametrize("object", ["dispute", "outcome"])
def test_what_the_mentor_disputes_counts_only_if_a_moderator_says_so(pair, judge, object):
    path = pair.agree()
    pair.mentee.ok("POST", path + "/outcome", NO_MENTOR)
    body = {"reason": "I waited until half past."} if object == "dispute" else BOTH_CAME
    pair.mentor.ok("POST", f"{path}/{object}", body)
    pair.silence(30)
    view = standing(pair.mentor, "mentor")
    assert (view["count"], view["no_shows"][0]["state"], view["no_shows"][0]["counts_from"]) == (0, "disputed", None)
    page = judge.ok("GET", "/no-shows?state=disputed")["no_shows"]
    (claim,) = [one for one in page if one["person"]["handle"] == pair.mentor.handle]
    assert claim["objection"] == (body.get("reason")) and claim["role"] == "mentor"
    assert pair.mentor.call("POST", f"/no-shows/{claim['id']}/decide", {"counts": False}).status_code == 403
    missing = judge.call("POST", f"/no-shows/{claim['id']}/decide", {})
    assert missing.status_code == 422 and missing.json()["fields"][0]["field"] == "counts"
    decided = judge.ok("POST", f"/no-shows/{claim['id']}/decide", {"counts": True})
    assert decided["state"] == "upheld" and standing(pair.mentor, "mentor")["step"] == "warned"
    again = judge.call("POST", f"/no-shows/{claim['id']}/decide", {"counts": False})
    assert (again.status_code, again.json()["conflict"], again.json()["state"]) == (409, "not_disputed", "upheld")
    assert judge.call("POST", "/no-shows/1/decide", {"counts": True}).status_code == 404


def test_a_mentee_disputes_by_telling_it_otherwise_and_a_moderator_lets_it_go(pair, judge):
    path = pair.agree()
    pair.mentor.ok("POST", path + "/outcome", NO_MENTEE)
    pair.mentee.ok("POST", path + "/outcome", BOTH_CAME)
    pair.silence()
    (claim,) = [one for one in judge.ok("GET", "/no-shows")["no_shows"] if one["person"]["handle"] == pair.mentee.handle]
    assert claim["state"] == "disputed" and standing(pair.mentee, "mentee")["count"] == 0
    assert judge.ok("POST", f"/no-shows/{claim['id']}/decide", {"counts": False})["state"] == "dismissed"
    assert standing(pair.mentee, "mentee")["count"] == 0


def test_a_mentee_objects_with_words_to_what_the_mentor_said(pair, judge):
    path = pair.agree()
    early = pair.mentee.call("POST", path + "/dispute", {"reason": "I was there."})
    assert (early.status_code, early.json()["conflict"]) == (409, "nothing_to_dispute")
    pair.mentor.ok("POST", path + "/outcome", NO_MENTEE)
    wordless = pair.mentee.call("POST", path + "/dispute", {"reason": " "})
    assert wordless.status_code == 422 and wordless.json()["fields"][0]["field"] == "reason"
    assert standing(pair.mentee, "mentee")["no_shows"][0]["state"] == "claimed"
    assert pair.mentee.ok("POST", path + "/dispute", {"reason": "The room was locked."})["status"] == "scheduled"
    pair.silence()
    (said,) = standing(pair.mentee, "mentee")["no_shows"]
    assert (said["state"], said["objection"], said["counts"]) == ("disputed", "The room was locked.", False)
    (claim,) = [one for one in judge.ok("GET", "/no-shows?state=disputed")["no_shows"] if one["person"]["handle"] == pair.mentee.handle]
    assert claim["objection"] == "The room was locked."


def test_the_ladder_of_a_mentee(pair):
    for step in ("warned", "limited", "paused"):
        path = pair.agree()
        pair.mentee.ok("POST", path + "/outcome", NO_MENTEE)
        assert standing(pair.mentee, "mentee")["step"] == step
        if step == "limited":
            first = pair.ask()
            assert first.status_code == 201
            second = pair.ask()
            assert second.status_code == 422 and "2 sessions" in second.json()["fields"][0]["message"]
            pair.mentee.ok("PATCH", f"/sessions/{first.json()['id']}", {"status": "cancelled", "reason": "Found it."})
    refused = pair.ask()
    assert refused.status_code == 422 and [one["field"] for one in refused.json()["fields"]] == ["mentor"]
    assert "you can ask nobody until" in refused.json()["fields"][0]["message"]
    # A pause ends by itself, and so does everything else.
    pair.silence(8)
    assert standing(pair.mentee, "mentee")["step"] == "limited" and pair.ask().status_code == 201
    pair.silence(90)
    assert standing(pair.mentee, "mentee")["step"] == "none"


def test_nobody_asks_a_mentor_who_is_paused_and_all_see_it(pair):
    for _ in range(3):
        path = pair.agree()
        pair.mentor.ok("POST", path + "/outcome", NO_MENTOR)
    assert standing(pair.mentor, "mentor")["step"] == "paused"
    refused = pair.ask()
    assert refused.status_code == 422 and refused.json()["fields"][0]["field"] == "mentor"
    profile = until(lambda: (lambda one: one if one["paused_by"] == "no_shows" else None)(pair.mentor.ok("GET", "/profile")), "the pause")
    assert profile["returns_on"] and not profile["accepting"]
    handles = [one["person"]["handle"] for one in pair.mentee.ok("GET", f"/discover?q={pair.mentor.username}")["mentors"]]
    assert pair.mentor.handle not in handles
    for method, path, body in (("POST", "/profile/resume", None), ("PATCH", "/profile", {"accepting": True})):
        early = pair.mentor.call(method, path, body)
        assert early.status_code == 422 and early.json()["fields"][0]["field"] == "accepting"
        assert "you take no requests until" in early.json()["fields"][0]["message"]
    kept = pair.mentor.ok("PATCH", "/profile", {"bio": "Back soon.", "returns_on": None})
    assert (kept["paused_by"], kept["returns_on"]) == ("no_shows", profile["returns_on"])
    pair.silence(8)
    assert pair.mentor.ok("POST", "/profile/resume")["paused_by"] is None and pair.ask().status_code == 201


def test_who_missed_a_session_is_told_when_that_counts_and_what_follows(pair):
    path = pair.agree()
    pair.mentor.ok("POST", path + "/outcome", NO_MENTEE)
    assert not said(pair.mentee, "that counts"), "there are two weeks to object"
    pair.silence()
    pair.town.sql(f"update jobs set due_at = now() where kind = 'no_show.timer' and payload->>'session' = '{path.split('/')[-1]}'")
    (words,) = until(lambda: said(pair.mentee, "that counts"), "the word of the community")
    assert "You did not come to a session" in words and "Whoever misses more" in words and path.split("/")[-1] in words
    second = pair.agree()
    pair.mentee.ok("POST", second + "/outcome", NO_MENTEE)
    (words,) = until(lambda: said(pair.mentee, "one request of yours"), "what follows")
    assert "2 sessions" in words and second.split("/")[-1] in words
    assert len(said(pair.mentee, "that counts")) == 2, "each of them once"


def said(person, words):
    """What the community has told somebody that has these words in it."""
    listed = person.community.session().get(
        f"{person.community.reached}/api/v1/conversations?limit=40", headers={"Authorization": f"Bearer {person.token}"})
    assert listed.ok, listed.text
    found = [one["last_status"]["content"] for one in listed.json() if one["last_status"]]
    return [text for text in found if words in text]


def test_a_claim_before_the_start_or_twice_changes_nothing(pair):
    path = f"/sessions/{pair.ask().json()['id']}"
    pair.mentor.ok("POST", path + "/respond", {"action": "accept"})
    before = pair.town.row_counts()
    early = pair.mentee.call("POST", path + "/outcome", NO_MENTOR)
    assert (early.status_code, early.json()["conflict"]) == (409, "not_started")
    assert pair.town.row_counts() == before and standing(pair.mentor, "mentor")["no_shows"] == []
    pair.town.sql(f"update sessions set starts_at = now() - interval '40 minutes' where id = '{path.split('/')[-1]}'")
    pair.mentee.ok("POST", path + "/outcome", NO_MENTOR)
    said = standing(pair.mentor, "mentor")["no_shows"]
    twice = pair.mentee.call("POST", path + "/outcome", NO_MENTOR)
    assert (twice.status_code, twice.json()["conflict"]) == (409, "already_reported")
    assert standing(pair.mentor, "mentor")["no_shows"] == said


def test_the_list_of_the_moderators_has_pages(pair, judge):
    for _ in range(2):
        pair.mentor.ok("POST", pair.agree() + "/outcome", NO_MENTOR)
    page = judge.ok("GET", "/no-shows?limit=1")
    assert len(page["no_shows"]) == 1 and page["next"]
    older = judge.ok("GET", f"/no-shows?limit=1&before={page['next']}")["no_shows"]
    assert older[0]["id"] != page["no_shows"][0]["id"]
    for query, field in (("state=odd", "state"), ("before=x", "before"), ("limit=0", "limit")):
        response = judge.call("GET", f"/no-shows?{query}")
        assert response.status_code == 422 and response.json()["fields"][0]["field"] == field
