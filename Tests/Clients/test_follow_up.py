"""The next session in one step: asked for by the mentee, offered by the mentor, within a community and between two."""

import pytest

from test_workspace import begin, fields
from waiting import until, written


@pytest.fixture
def over(mika, lena, noor, agreed):
    """A session whose time has come: (address, mika's path, the mentor's path)."""
    def over(mentor):
        uri, path, mentors_path = agreed(mentor)
        begin(uri, mika, mentor)
        return uri, path, mentors_path
    return over


@pytest.mark.parametrize("away", [False, True])
def test_a_mentee_asks_for_the_next_session_with_nothing_but_its_time(mika, lena, noor, over, times, away):
    mentor = noor if away else lena
    _, path, mentors_path = over(mentor)
    start = written(times.next())
    asked = mika.call("POST", path + "/follow-up", {"start": start})
    assert asked.status_code == 201
    session = asked.json()
    assert (session["topic"], session["minutes"], session["zone"], session["start"]) == ("My portfolio", 30, "Europe/Berlin", start)
    assert session["type"]["name"] == "pana_support" and session["mentor"]["handle"] == mentor.handle
    assert session["follows"] == path.split("/")[-1] and session["status"] == "pending"
    seen = mentor.awaits(session["uri"], "pending")
    assert seen["follows"] == mentors_path.split("/")[-1]
    assert mika.ok("GET", path)["follows"] is None


def test_a_mentee_can_change_what_is_carried_over(mika, lena, over, times):
    _, path, _ = over(lena)
    session = mika.ok("POST", path + "/follow-up", {
        "start": written(times.next()), "minutes": 15, "topic": "The second page", "zone": "Asia/Tokyo", "message": "As agreed."})
    assert (session["minutes"], session["topic"], session["zone"], session["message"]) == (15, "The second page", "Asia/Tokyo", "As agreed.")


@pytest.mark.parametrize("away", [False, True])
def test_a_mentor_offers_the_mentee_times_for_the_next_session(mika, lena, noor, over, times, away):
    mentor = noor if away else lena
    _, path, mentors_path = over(mentor)
    starts = [written(times.next()) for _ in range(2)]
    made = mentor.call("POST", mentors_path + "/follow-up", {"times": starts})
    assert made.status_code == 201
    offer = made.json()
    assert [one["start"] for one in offer["times"]] == starts and offer["minutes"] == 30
    assert offer["for"]["handle"] == mika.handle and offer["message"] == "About: My portfolio"
    body = {"offer": offer["link"], "topic": "My portfolio", "start": starts[1], "zone": "Europe/Berlin"}
    if away:
        body |= {"mentor": noor.handle, "type": "pana_support", "minutes": 30}
    session = mika.ok("POST", "/sessions", body)
    seen = mentor.awaits(session["uri"], "scheduled")
    assert seen["follows"] == mentors_path.split("/")[-1]


def test_what_cannot_follow_is_refused_and_nothing_is_asked(mika, lena, agreed, over, times):
    _, path, _ = agreed(lena)
    early = mika.call("POST", path + "/follow-up", {"start": written(times.next())})
    assert early.status_code == 409 and early.json()["conflict"] == "not_over"
    _, path, mentors_path = over(lena)
    count = len(mika.ok("GET", "/sessions?limit=40")["sessions"])
    for person, body, field in [
            (mika, {}, "start"), (mika, {"start": "2020-01-01T10:00:00Z"}, "start"), (mika, {"start": "soon"}, "start"),
            (mika, {"start": written(times.next()), "minutes": 31}, "minutes"), (mika, {"times": [written(times.next())]}, "times"),
            (mika, {"start": written(times.next()), "mentor": "noor"}, "mentor"), (lena, {}, "times"),
            (lena, {"times": [written(times.next())], "start": written(times.next())}, "start"),
            (lena, {"times": ["2020-01-01T10:00:00Z"]}, "times[0]"), (lena, {"times": [written(times.next())], "topic": "a"}, "topic")]:
        assert fields(person.call("POST", path + "/follow-up", body)) == [field]
    assert len(mika.ok("GET", "/sessions?limit=40")["sessions"]) == count


def test_nobody_else_follows_up(noor, mika, lena, over, times):
    _, path, _ = over(lena)
    assert noor.call("POST", path + "/follow-up", {"start": written(times.next())}).status_code == 404
