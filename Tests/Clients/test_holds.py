"""Times that are kept: for minutes while somebody writes a request, and while a request waits for its answer."""

from datetime import datetime, timedelta

import pytest

from people import mentor
from waiting import now, until, written

HOLD = "00000000-0000-4000-8000-000000000000"
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HOURS = {
    "zone": "UTC", "rules": [{"weekday": day, "from": "09:00", "to": "17:00"} for day in WEEK],
    "limits": [{"type": "pana_support", "buffer_after": 0, "grid": 60}],
}


@pytest.fixture(scope="module")
def hiro(alfa):
    """A mentor of mika's community, whose requests keep their time for a day."""
    return mentor(alfa.open_account("hiro"))


@pytest.fixture(scope="module")
def kira(beta):
    """A mentor of the other community."""
    kira = mentor(beta.open_account("kira"))
    kira.ok("PUT", "/availability", HOURS)
    return kira


@pytest.fixture(scope="module")
def ilse(alfa):
    return alfa.open_account("ilse")


@pytest.fixture(scope="module")
def pia(beta):
    return beta.open_account("pia")


def hours(person, **members):
    return person.ok("PUT", "/availability", HOURS | members)


def free(person, name):
    found = person.ok("GET", f"/mentors/{name}/slots?type=pana_support&minutes=60&zone=UTC")
    return [start for day in found["days"] for start in day["starts"]]


def why(person, name, start):
    """The rule that takes a time away; None where it is free."""
    day = start[:10]
    found = person.ok("GET", f"/mentors/{name}/slots/why?type=pana_support&minutes=60&zone=UTC&from={day}&to={day}")
    return next((removed["rule"] for removed in found["days"][0]["removed"] if start in removed["starts"]), None)


def wish(start):
    return {"type": "pana_support", "start": start, "minutes": 60}


def asked(start, name="hiro"):
    return wish(start) | {"mentor": name, "topic": "Plans", "zone": "UTC"}


def moment(text):
    return datetime.fromisoformat(text)


def test_who_writes_keeps_the_time_and_nobody_else_sees_it(mika, ilse, hiro):
    hours(hiro)
    start = free(mika, "hiro")[0]
    before = now()
    kept = mika.call("POST", "/mentors/hiro/holds", wish(start))
    assert kept.status_code == 201
    assert timedelta(minutes=4, seconds=55) < moment(kept.json()["until"]) - before < timedelta(minutes=6)
    assert start in free(mika, "hiro") and start not in free(ilse, "hiro")
    assert [why(person, "hiro", start) for person in (mika, ilse, hiro)] == [None, "busy", "taken_by_hold"]
    for path, body in (("/sessions", asked(start)), ("/mentors/hiro/holds", wish(start))):
        lost = ilse.call("POST", path, body)
        assert lost.status_code == 409 and lost.json()["conflict"] == "time_not_free"
        assert lost.json()["nearest"] and start not in lost.json()["nearest"]
    mika.ok("POST", "/sessions", asked(start))
    assert why(hiro, "hiro", start) == "taken_by_request"
    assert mika.call("DELETE", f"/holds/{kept.json()['id']}").status_code == 404, "the request has used it up"


def test_a_kept_time_is_given_back_replaced_and_forgotten(alfa, mika, ilse, hiro):
    hours(hiro)
    first, second = free(mika, "hiro")[:2]
    mika.ok("POST", "/mentors/hiro/holds", wish(first))
    kept = mika.ok("POST", "/mentors/hiro/holds", wish(second))
    assert first in free(ilse, "hiro") and second not in free(ilse, "hiro")
    assert mika.call("DELETE", f"/holds/{kept['id']}").status_code == 204
    assert second in free(ilse, "hiro")
    mika.ok("POST", "/mentors/hiro/holds", wish(second))
    alfa.sql("update held_times set until = now() - interval '1 second' where session_id is null")
    assert second in free(ilse, "hiro") and why(hiro, "hiro", second) is None
    assert ilse.call("POST", "/mentors/hiro/holds", wish(second)).status_code == 201


def test_nobody_keeps_many(alfa, ilse):
    names = [f"keeper{number}" for number in range(6)]
    for name in names:
        mentor(alfa.open_account(name))
    start = written(now().replace(microsecond=0) + timedelta(days=30))
    kept = [ilse.call("POST", f"/mentors/{name}/holds", wish(start)) for name in names]
    # One more may be left of another test.
    assert [answer.status_code for answer in kept][:4] == [201] * 4 and kept[-1].status_code == 409
    assert kept[-1].json()["conflict"] == "too_many_holds"
    for answer in kept:
        if answer.status_code == 201:
            assert ilse.call("DELETE", f"/holds/{answer.json()['id']}").status_code == 204


def test_what_cannot_be_kept(alfa, mika, ilse, hiro):
    hours(hiro)
    start = free(mika, "hiro")[0]
    crafted = mika.call("POST", "/mentors/hiro/holds", wish(start.replace(":00Z", ":01Z")))
    assert (crafted.status_code, crafted.json()["rule"]) == (409, "off_grid")
    for change, field in (
            ({"type": "magic"}, "type"), ({"minutes": 61}, "minutes"), ({"minutes": 0}, "minutes"), ({"start": "soon"}, "start"),
            ({"start": "2020-01-01T00:00:00Z"}, "start"), ({"topic": "Plans"}, "topic")):
        answer = mika.call("POST", "/mentors/hiro/holds", wish(start) | change)
        assert answer.status_code == 422 and [error["field"] for error in answer.json()["fields"]] == [field]
    assert hiro.call("POST", "/mentors/hiro/holds", wish(start)).status_code == 422
    for name in ("mika", "nobody", "kira@elsewhere.example"):
        assert mika.call("POST", f"/mentors/{name}/holds", wish(start)).status_code == 404
    headers = {"Content-Type": "application/json"}
    assert mika.call("POST", "/mentors/hiro/holds", data=b"{", headers=headers).status_code == 400
    assert mika.call("POST", "/mentors/hiro/holds", data=b"{}").status_code == 415
    assert mika.call("POST", "/mentors/hiro/holds", data=b" " * 262_144 + b"{}", headers=headers).status_code == 413
    reader = alfa.token("mika", scopes="read", name="reader of holds")
    for method, path, body in (("POST", "/mentors/hiro/holds", wish(start)), ("DELETE", f"/holds/{HOLD}", None)):
        assert alfa.api(method, path, body).status_code == 401
        assert alfa.api(method, path, body, token=reader).status_code == 403
    kept = mika.ok("POST", "/mentors/hiro/holds", wish(start))
    for person, id in ((ilse, kept["id"]), (mika, HOLD), (mika, "x")):
        assert person.call("DELETE", f"/holds/{id}").status_code == 404
    assert mika.call("DELETE", f"/holds/{kept['id']}").status_code == 204


@pytest.mark.parametrize(
    ("holding", "lasts"),
    [({"requests": "never"}, None), ({"requests": "first", "hours": 3}, timedelta(hours=3)), (None, timedelta(days=1)),
     ({"requests": "always"}, timedelta(days=7))], ids=str)
def test_a_waiting_request_keeps_its_time_by_the_policy_of_its_mentor(holding, lasts, alfa, mika, ilse, hiro):
    saved = hours(hiro, **({"holding": holding} if holding else {}))
    assert saved["holding"] == {"hours": None, **(holding or {"requests": "first", "hours": 24})}
    start = free(mika, "hiro")[-1]
    session = mika.ok("POST", "/sessions", asked(start))
    assert hiro.ok("GET", f"/sessions/{session['id']}")["held_until"] == session["held_until"]
    if lasts:
        assert moment(session["held_until"]) - moment(session["requested_at"]) == lasts
        assert session["held_until"] <= session["answer_by"]
        lost = ilse.call("POST", "/sessions", asked(start))
        assert lost.status_code == 409 and start not in lost.json()["nearest"]
        alfa.sql(f"update held_times set until = now() where session_id = '{session['id']}'")
    else:
        assert session["held_until"] is None
    second = ilse.ok("POST", "/sessions", asked(start))
    # The first accept wins; that the time is kept for somebody else the mentor has to know, and may override.
    answer = hiro.call("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    if lasts:
        assert answer.status_code == 409 and answer.json()["conflict"] == "too_near"
        assert answer.json()["clash"] == {"kind": "request", "start": start, "end": written(moment(start) + timedelta(hours=1))}
        answer = hiro.call("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "override": True})
        assert answer.json()["history"][-1]["despite"]["kind"] == "request"
    assert answer.status_code == 200 and answer.json()["held_until"] is None
    late = hiro.call("POST", f"/sessions/{second['id']}/respond", {"action": "accept", "override": True})
    assert late.status_code == 409 and late.json()["conflict"] == "slot_taken" and late.json()["nearest"]


def test_between_communities_the_end_travels_and_the_second_request_is_declined_as_taken(alfa, beta, mika, ilse, pia, kira):
    published = beta.request("GET", "/users/kira", {"Accept": "application/activity+json"}).json()
    assert published["mnt:holdsRequests"] == "PT24H"
    # Far enough ahead that nothing else ends the wait.
    start = free(pia, "kira")[-1]
    session = mika.ok("POST", "/sessions", asked(start, kira.handle))
    assert moment(session["held_until"]) - moment(session["requested_at"]) == timedelta(days=1)
    seen = kira.awaits(session["uri"], "pending")
    assert seen["held_until"] == session["held_until"]
    lost = pia.call("POST", "/sessions", asked(start, "kira"))
    assert (lost.status_code, lost.json()["rule"]) == (409, "busy")
    second = ilse.ok("POST", "/sessions", asked(start, kira.handle))
    declined = ilse.awaits(second["uri"], "declined")
    assert declined["ended"]["code"] == "taken" and declined["held_until"] is None
    # What the mentor wants now goes before what the owner believes.
    kira.ok("PUT", "/availability", HOURS | {"holding": {"requests": "never"}})
    until(lambda: beta.request("GET", "/users/kira", {"Accept": "application/activity+json"}).json()["mnt:holdsRequests"] == "PT0S",
          "the new policy")
    third = mika.ok("POST", "/sessions", asked(free(pia, "kira")[-2], kira.handle))
    assert third["held_until"]
    assert kira.awaits(third["uri"], "pending")["held_until"] is None
