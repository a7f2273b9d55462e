"""One's own sessions to take along, as a table and for calendars, read by programs that know nothing of this server."""

import csv
import io
import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from people import mentor
from waiting import written

WORDS = [
    "=HYPERLINK(\"https://x.example\";\"Click\")", "+49 30 1234", "-1+1", "@SUM(A1)", "\uff1d1", "Comma, quote \" and; semicolon \\ slash",
    "BEGIN:VEVENT", "\u6f22\u5b57 " * 60, "\U0001f469\U0001f3fd\u200d\U0001f527" * 40, "a" * 200,
]


@pytest.fixture(scope="module")
def exporter(alfa):
    """Takes sessions along."""
    return alfa.open_account("exporter")


@pytest.fixture(scope="module")
def exported(alfa):
    """A mentor who lives where half hours count."""
    return mentor(alfa.open_account("exported"), zone="Asia/Kathmandu")


@pytest.fixture(scope="module")
def sessions(exporter, exported, times):
    """Sessions with words that are hard to write, in several states; by id."""
    made = {}
    for number, words in enumerate(WORDS):
        session = exporter.ok("POST", "/sessions", {
            "mentor": "exported", "type": "pana_support", "topic": words.strip(), "start": written(times.next()), "minutes": 45,
            "zone": "America/New_York", "place": {"medium": "in_person", "detail": f"{words.strip()[:400]}\nSecond floor"}})
        path = f"/sessions/{session['id']}"
        if number % 3:
            exported.ok("POST", path + "/respond", {"action": "accept"})
        if number % 3 == 2 or number % 3 == 0 and number < 9:
            exporter.ok("PATCH", path, {"status": "cancelled", "reason": "=1+1"})
        made[session["id"]] = exporter.ok("GET", path)
    return made


def table(person, query=""):
    answer = person.call("GET", f"/sessions/export.csv{query}")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv")
    assert answer.content.count(b"\r\n") >= 1 and answer.content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline=""), strict=True))


def calendar(person):
    answer = person.call("GET", "/sessions/export.ics")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    return answer.content


def test_a_table_has_every_session_and_no_formula(exporter, sessions):
    rows = table(exporter)
    assert [row["id"] for row in rows] == list(reversed(sessions)), "the newest first"
    for row in rows:
        session = sessions[row["id"]]
        assert (row["status"], row["role"], row["person"], row["minutes"]) == (session["status"], "mentee", "Exported", "45")
        assert row["topic"].removeprefix("'") == session["topic"]
        for cell in row.values():
            assert cell == "" or cell[0] not in "=+-@\t\r\n\uff1d"


def test_times_stand_in_the_readers_zone_and_in_utc(exporter, exported, sessions):
    for person, query, zone in ((exporter, "", "UTC"), (exporter, "?zone=America/St_Johns", "America/St_Johns"),
                                (exported, "", "Asia/Kathmandu")):
        for row in table(person, query):
            start = datetime.fromisoformat(row["start"])
            assert row["zone"] == zone and written(start) == row["start_utc"] == sessions[row["id"]]["start"]
            local = start.astimezone(ZoneInfo(zone))
            assert (start.replace(tzinfo=None), start.utcoffset()) == (local.replace(tzinfo=None), local.utcoffset())
            assert datetime.fromisoformat(row["end"]) - start == timedelta(minutes=45)
            assert row["role"] == ("mentor" if person is exported else "mentee")


STATES = {"pending": "TENTATIVE", "scheduled": "CONFIRMED", "cancelled": "CANCELLED"}


def test_two_parsers_read_the_same_calendar(exporter, sessions):
    body = calendar(exporter)
    assert all(len(line) <= 75 for line in body.split(b"\r\n")) and b"\n" not in body.replace(b"\r\n", b"")
    one = {str(event["UID"]): (
        str(event["SUMMARY"]), str(event["LOCATION"]), event["DTSTART"].dt, event["DTEND"].dt, str(event["STATUS"]), int(event["SEQUENCE"]))
        for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}
    other = {event.uid.value: (
        event.summary.value, event.location.value, event.dtstart.value, event.dtend.value, event.status.value, int(event.sequence.value))
        for event in vobject.readOne(body.decode()).vevent_list}
    assert one == other and len(one) == len(sessions)
    for session in sessions.values():
        summary, location, start, end, status, sequence = one[session["uri"]]
        assert summary == f"{session['topic']} (Exported)" and location == f"in person, {session['place']['detail']}"
        assert (written(start), written(end)) == (session["start"], session["end"])
        assert (status, sequence) == (STATES[session["status"]], session["revision"])


def test_a_meeting_keeps_its_name_and_counts_its_changes(exporter, exported, times):
    events = lambda person: {str(event["UID"]): event for event in icalendar.Calendar.from_ical(calendar(person)).walk("VEVENT")}
    session = exporter.ok("POST", "/sessions", {
        "mentor": "exported", "type": "pana_support", "topic": "Moves", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    path = f"/sessions/{session['id']}"
    first = events(exporter)[session["uri"]]
    moved = exporter.ok("PATCH", path, {"start": written(times.next())})
    exported.ok("POST", path + "/respond", {"action": "accept"})
    second = events(exporter)[session["uri"]]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"]) and written(second["DTSTART"].dt) == moved["start"]
    room = exporter.ok("GET", path)["place"]["link"]
    assert room in str(second["LOCATION"])
    exporter.ok("PATCH", path, {"status": "cancelled", "reason": "I am ill."})
    third, theirs = events(exporter)[session["uri"]], events(exported)[session["uri"]]
    assert str(third["STATUS"]) == "CANCELLED" and room not in str(third["LOCATION"])
    assert theirs["UID"] == third["UID"] and "(Exporter)" in theirs["SUMMARY"]
    assert third["DTSTAMP"].dt >= second["DTSTAMP"].dt


def test_what_two_people_wrote_to_each_other_stays_behind(exporter, exported, times):
    session = exporter.ok("POST", "/sessions", {
        "mentor": "exported", "type": "pana_support", "topic": "Quiet", "message": "A whispered message", "start": written(times.next()),
        "minutes": 30, "zone": "UTC"})
    exporter.ok("PATCH", f"/sessions/{session['id']}", {"notes": "A hidden note"})
    for person in (exporter, exported):
        text = calendar(person).decode() + str(table(person))
        assert "Quiet" in text and "whispered" not in text and "hidden note" not in text


def test_who_has_no_session_gets_what_can_be_read(alfa):
    nobody = alfa.open_account("sessionless")
    assert table(nobody) == []
    assert icalendar.Calendar.from_ical(calendar(nobody)).walk("VEVENT") == []


def test_a_file_has_ten_thousand_sessions_and_names_the_next(alfa, exporter, exported, times):
    busy, other = alfa.open_account("busiest"), alfa.open_account("busy_other")
    session = exporter.ok("POST", "/sessions", {
        "mentor": "exported", "type": "pana_support", "topic": "Many", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    exporter.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "Enough."})
    columns = [row[0] for row in alfa.sql(
        "select column_name from information_schema.columns where table_name = 'sessions' and is_generated = 'NEVER' "
        "and column_name not in ('number')")]
    new = {"id": "gen_random_uuid()", "uri": "uri || '/' || n", "invite_uri": "invite_uri || '/' || n",
           "mentee_id": "(select actor_id from accounts where email = 'busiest@school.example')",
           "mentor_id": "(select actor_id from accounts where email = 'busy_other@school.example')"}
    alfa.sql(f"insert into sessions ({', '.join(columns)}) select {', '.join(new.get(name, 'sessions.' + name) for name in columns)} "
             f"from sessions, generate_series(1, 10300) as n where id = '{session['id']}'")
    try:
        seen, following = [], "?zone=Etc/GMT%2B2"
        for wanted in (10_000, 300):
            began = datetime.now(timezone.utc)
            answer = busy.call("GET", f"/sessions/export.csv{following}")
            assert datetime.now(timezone.utc) - began < timedelta(seconds=20)
            rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
            assert len(rows) == wanted and {row["zone"] for row in rows} == {"Etc/GMT+2"}
            seen += [row["id"] for row in rows]
            if wanted == 10_000:
                link, = re.findall(r'^</api/mentoring/sessions/export.csv(\\?.*)>; rel="next"$', answer.headers["Link"])
                following = link
        assert "Link" not in answer.headers and len(set(seen)) == 10_300
        assert calendar(busy).count(b"BEGIN:VEVENT") == 10_000
        assert len(table(other)) == 10_000
    finally:
        alfa.sql("delete from sessions where mentee_id = (select actor_id from accounts where email = 'busiest@school.example')")


@pytest.mark.parametrize(
    ("path", "field"), [("csv?zone=Mars/Olympus", "zone"), ("csv?zone=%3E", "zone"), ("csv?before=x", "before"), ("ics?before=0", "before")])
def test_a_wrong_question_is_named(path, field, exporter):
    answer = exporter.call("GET", f"/sessions/export.{path}")
    assert answer.status_code == 422 and [error["field"] for error in answer.json()["fields"]] == [field]


@pytest.mark.parametrize("form", ["csv", "ics"])
def test_only_a_token_for_reading_opens_it(form, alfa, exporter):
    path = f"/sessions/export.{form}"
    assert alfa.api("GET", path).status_code == 401
    assert alfa.api("GET", path, token=alfa.token("exporter", "write", "writer")).status_code == 403
