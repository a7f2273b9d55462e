"""When mentors take sessions: what they set, and the free times that follow, held against another computation of them."""

import json
import random
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from free_time_cases import ZONES, availability, changes
from free_times import FreeTimes
from people import mentor
from refusals import fields
from waiting import written

QUESTION = "type=pana_support&minutes=30&zone=Europe/Berlin"
HOURS = {"zone": "Europe/Berlin", "rules": [{"weekday": "monday", "from": "09:00", "to": "12:00"}]}


@pytest.fixture(scope="module")
def hana(alfa):
    """A mentor of mika's community who sets hours."""
    return mentor(alfa.open_account("hana"))


@pytest.fixture(scope="module")
def without_times(alfa):
    """A mentor who sets none."""
    return mentor(alfa.open_account("tom"))


def moment(text):
    return int(datetime.fromisoformat(text).timestamp())


def coming_changes():
    """For each zone the next changes of clocks; for those without any, some day."""
    now = datetime.now(timezone.utc)
    for zone in ZONES:
        first, last = (now + timedelta(days=4)).timestamp(), (now + timedelta(days=700)).timestamp()
        found = [change for change in changes(zone) if first < change < last]
        yield zone, (found or [int(first) + 100 * 86_400])[:2]


def test_free_times_are_what_zoneinfo_and_dateutil_find(alfa, mika, hana):
    """All rules at the coming changes of clocks, asked by somebody in one zone about a mentor in another."""
    dice = random.Random(5)
    compared = 0
    for zone, around in coming_changes():
        for change in around:
            made = availability(dice, zone, change // 3600 * 3600)
            for limits, kind in zip(made["limits"], ["pana_support", "panamia_planning"]):
                limits.update(type=kind, furthest_days=730)
            instant = lambda second: written(datetime.fromtimestamp(second, timezone.utc))
            sent = made | {"blocked": [{"start": instant(blocked["start"]), "end": instant(blocked["end"])}
                                       for blocked in made.get("blocked", [])]}
            hana.ok("PUT", "/availability", sent)
            asker = dice.choice(ZONES)
            middle = date.fromtimestamp(change)
            days = f"from={middle - timedelta(days=2)}&to={middle + timedelta(days=2)}"
            question = f"type=pana_support&minutes=45&zone={asker}&{days}"
            why = hana.ok("GET", f"/mentors/hana/slots/why?{question}")
            found = {moment(start): None for day in why["days"] for start in day["starts"]}
            found |= {moment(start): removed["rule"] for day in why["days"] for removed in day["removed"] for start in removed["starts"]}
            times = FreeTimes(made, "pana_support", 45, [], datetime.now().timestamp())
            first, last = (datetime.combine(middle + timedelta(days=shift), time(), ZoneInfo(asker)) for shift in (-2, 3))
            assert found == times.within(int(first.timestamp()), int(last.timestamp()))
            listed = mika.ok("GET", f"/mentors/hana/slots?{question}")
            assert listed["days"] == [{"date": day["date"], "starts": day["starts"]} for day in why["days"] if day["starts"]]
            for day in listed["days"]:
                for start in day["starts"]:
                    local = datetime.fromisoformat(start).astimezone(ZoneInfo(asker))
                    assert local.date().isoformat() == day["date"]
            compared += len(found)
    assert compared > 1000


def test_mentors_write_and_read_when_they_take_sessions(hana, without_times):
    assert without_times.call("GET", "/availability").status_code == 404
    saved = hana.ok("PUT", "/availability", HOURS)
    assert hana.ok("GET", "/availability") == saved
    assert {name: saved[name] for name in HOURS} == HOURS


def asked(start):
    return {"mentor": "hana", "type": "pana_support", "topic": "Plans", "start": start, "minutes": 30, "zone": "UTC"}


def test_only_times_that_are_listed_can_be_booked(mika, hana):
    hana.ok("PUT", "/availability", HOURS | {"holding": {"requests": "never"}})
    listed = [start for day in mika.ok("GET", f"/mentors/hana/slots?{QUESTION}")["days"] for start in day["starts"]]
    crafted = mika.call("POST", "/sessions", asked(listed[0].replace(":00Z", ":01Z")))
    assert crafted.status_code == 409
    answer = crafted.json()
    assert (answer["conflict"], answer["rule"]) == ("time_not_free", "off_grid")
    assert set(answer["nearest"]) <= set(listed) and listed[0] in answer["nearest"]
    first, second = (mika.ok("POST", "/sessions", asked(listed[0])) for _ in range(2))
    hana.ok("POST", f"/sessions/{first['id']}/respond", {"action": "accept"})
    late = hana.call("POST", f"/sessions/{second['id']}/respond", {"action": "accept"})
    assert late.status_code == 409 and late.json()["conflict"] == "slot_taken"
    assert late.json()["nearest"] and listed[0] not in late.json()["nearest"]
    assert mika.call("POST", "/sessions", asked(listed[0])).json()["rule"] == "busy"


def test_a_session_within_an_absence_is_told_to_the_mentor(mika, hana):
    hana.ok("PUT", "/availability", HOURS)
    days = mika.ok("GET", f"/mentors/hana/slots?{QUESTION}")["days"]
    start = datetime.fromisoformat(days[-1]["starts"][-1])
    session = mika.ok("POST", "/sessions", asked(written(start)))
    away = {"from": (start - timedelta(days=1)).date().isoformat(), "to": (start + timedelta(days=1)).date().isoformat(), "note": "Skiing"}
    saved = hana.ok("PUT", "/availability", HOURS | {"absences": [away]})
    assert [found["id"] for found in saved["sessions_in_absences"]] == [session["id"]]
    told = mika.ok("GET", f"/mentors/hana/slots?{QUESTION}")["away"]
    assert [absence["note"] for absence in told] == ["Skiing"]


def test_a_mentor_without_hours_can_be_asked_for_any_time(mika, without_times):
    assert mika.ok("GET", f"/mentors/tom/slots?{QUESTION}")["any_time"]


WRONG = [
    ({"zone": "Mars/Olympus"}, "zone"), ({"rules": HOURS["rules"] * 2}, "rules[1]"), ({"rules": None}, "rules"),
    ({"absences": [{"from": "2030-01-02", "to": "2030-01-01"}]}, "absences[0].to"),
    ({"exceptions": [{"date": "2030-01-01", "hours": []}] * 10_000}, "exceptions"),
    ({"blocked": [{"start": "2030-01-01T10:00:00Z", "end": "2030-01-01T09:00:00Z"}]}, "blocked[0].end"),
    ({"travels": [{"from": "2030-01-01", "to": "2030-01-01", "zone": "EST5"}]}, "travels[0].zone"),
    ({"limits": [{"type": "magic"}]}, "limits[0].type"), ({"caps": {"a_day": 51}}, "caps.a_day"),
    ({"holding": {"requests": "first", "hours": 0}}, "holding.hours"),
]


@pytest.mark.parametrize(("change", "field"), WRONG, ids=lambda value: json.dumps(value)[:60])
def test_what_is_not_allowed_is_named_and_changes_nothing(change, field, alfa, hana):
    hana.ok("PUT", "/availability", HOURS)
    before, rows = hana.ok("GET", "/availability"), alfa.row_counts()
    assert fields(hana.call("PUT", "/availability", HOURS | change)) == [field]
    assert hana.ok("GET", "/availability") == before and alfa.row_counts() == rows


@pytest.mark.parametrize(
    ("query", "named"),
    [("", ["type", "minutes", "zone"]), ("type=pana_support&minutes=30&zone=Atlantis", ["zone"]),
     ("type=artistic&minutes=30&zone=UTC", ["type"]), ("type=pana_support&minutes=7&zone=UTC", ["minutes"]),
     (QUESTION + "&from=2030-01-01&to=2031-01-01", ["to"]), (QUESTION + "&from=2030-01-01&to=2029-01-01", ["to"]),
     (QUESTION + "&from=2030-02-30", ["from"])])
def test_a_wrong_question_is_named(query, named, mika, hana):
    for path in ("slots", "slots/why"):
        assert fields(mika.call("GET", f"/mentors/hana/{path}?{query}")) == named


def test_who_may_ask_and_what_can_be_read(alfa, mika, hana):
    reader, writer = alfa.token("hana", scopes="read", name="reader"), alfa.token("hana", scopes="write", name="writer")
    places = ["/availability", f"/mentors/hana/slots?{QUESTION}", f"/mentors/hana/slots/why?{QUESTION}"]
    for place in places:
        assert alfa.api("GET", place).status_code == 401
        assert alfa.api("GET", place, token=writer).status_code == 403
    for name in ("mika", "nobody"):
        for path in ("slots", "slots/why"):
            assert mika.call("GET", f"/mentors/{name}/{path}?{QUESTION}").status_code == 404
    assert alfa.api("PUT", "/availability", HOURS).status_code == 401
    assert alfa.api("PUT", "/availability", HOURS, token=reader).status_code == 403
    headers = {"Content-Type": "application/json"}
    assert hana.call("PUT", "/availability", data=b"{", headers=headers).status_code == 400
    assert hana.call("PUT", "/availability", data=b"{}").status_code == 415
    assert hana.call("PUT", "/availability", data=b" " * (1 << 20) + b"{}", headers=headers).status_code == 413


def test_a_quarter_of_a_year_is_found_quickly(mika, hana):
    """With all that a mentor can set; the bound is for a build that is not optimised."""
    first = date.today() + timedelta(days=1)
    day = lambda number: (first + timedelta(days=number)).isoformat()
    hana.ok("PUT", "/availability", {
        "zone": "Africa/Casablanca",
        "rules": [{"weekday": name, "from": f"{hour:02}:00", "to": f"{hour + 1:02}:00"}
                  for name in ["monday", "tuesday", "thursday", "sunday"] for hour in range(24)],
        "exceptions": [{"date": day(number), "hours": [{"from": "00:00", "to": "24:00"}]} for number in range(400)],
        "blocked": [{"start": f"{day(number // 5)}T{number % 5 * 4:02}:00:00Z", "end": f"{day(number // 5)}T{number % 5 * 4:02}:30:00Z"}
                    for number in range(500)],
        "limits": [{"type": "pana_support", "grid": 5, "furthest_days": 730}], "caps": {"a_week": 100},
    })
    began = datetime.now()
    found = mika.ok("GET", f"/mentors/hana/slots?{QUESTION}&from={day(0)}&to={day(91)}")
    assert sum(len(found_day["starts"]) for found_day in found["days"]) > 10_000
    assert datetime.now() - began < timedelta(seconds=3)
