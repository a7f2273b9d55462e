"""Calendars that mentors have elsewhere: added, read by the running server, and what follows for whoever looks for a time."""

import itertools
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from people import mentor
from waiting import until

QUESTION = "type=pana_support&minutes=30&zone=UTC"
HOURS = {"zone": "UTC", "rules": [{"weekday": day, "from": "09:00", "to": "12:00"} for day in
         ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]]}


class CalendarServer:
    """Serves texts at paths of `calendar.localhost`, and knows who asked for them."""

    def __init__(self):
        server = self
        self.answers = {}
        self.asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                status, fields, body = server.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in {"Content-Type": "text/calendar", **fields, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def serve(self, path, body, status=200, **fields):
        self.answers[path] = status, fields, body if isinstance(body, bytes) else body.encode()
        return f"http://calendar.localhost:{self.server.server_address[1]}{path}"


@pytest.fixture(scope="module")
def numbers():
    return itertools.count(100)


@pytest.fixture(scope="module")
def server():
    server = CalendarServer()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def paula(alfa, numbers):
    """A mentor with hours and no calendar, another one for each test."""
    paula = mentor(alfa.open_account(f"paula{next(numbers)}"))
    paula.ok("PUT", "/availability", HOURS)
    return paula


def calendar(*events):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *(line for event in events for line in ["BEGIN:VEVENT", *event, "END:VEVENT"]),
                        "END:VCALENDAR", ""])


def day(shift):
    return datetime.now(timezone.utc).date() + timedelta(days=shift)


def settled(person, calendar, state="good"):
    def look():
        found = [one for one in person.ok("GET", "/calendars")["calendars"] if one["id"] == calendar["id"]]
        return found[0] if found and found[0]["state"] == state else None

    return until(look, f"{state} calendar")


def test_what_a_calendar_says_is_not_offered_and_nobody_learns_why(mika, paula, server):
    busy = calendar(
        ["UID:1", f"DTSTART:{day(3):%Y%m%d}T093000Z", "DURATION:PT1H", "SUMMARY:Dentist"],
        ["UID:2", f"DTSTART;VALUE=DATE:{day(4):%Y%m%d}", "SUMMARY:Holiday"],
        ["UID:3", f"DTSTART:{day(5):%Y%m%d}T090000Z", "DURATION:PT3H", "TRANSP:TRANSPARENT"])
    address = server.serve("/private-key-1/busy.ics", busy)
    made = paula.call("POST", "/calendars", {"name": "Home", "address": address})
    assert made.status_code == 201 and made.json()["state"] == "waiting" and made.json()["last_tried_at"] is None
    good = settled(paula, made.json())
    assert (good["name"], good["address"], good["host"], good["busy"]) == ("Home", address, "calendar.localhost", 2)
    assert good["problem"] is None and good["last_good_at"] == good["last_tried_at"]
    question = f"{QUESTION}&from={day(3)}&to={day(5)}"
    days = {found["date"]: found["starts"] for found in mika.ok("GET", f"/mentors/{paula.username}/slots?{question}")["days"]}
    assert [start[11:16] for start in days[str(day(3))]] == ["10:30", "11:00", "11:30"]
    assert str(day(4)) not in days and len(days[str(day(5))]) == 6
    path = f"/mentors/{paula.username}/slots/why?{question}"
    rules = lambda person: {removed["rule"] for found in person.ok("GET", path)["days"] for removed in found["removed"]}
    assert rules(paula) == {"taken_by_calendar"} and rules(mika) == {"busy"}
    assert "Dentist" not in "".join(str(row) for row in paula.community.sql("select * from calendars") + paula.community.sql("select * from calendar_times"))
    asked = {"mentor": paula.username, "type": "pana_support", "topic": "Plans", "start": f"{day(4)}T09:00:00Z", "minutes": 30, "zone": "UTC"}
    refused = mika.call("POST", "/sessions", asked)
    assert refused.status_code == 409 and refused.json()["rule"] == "busy" and refused.json()["nearest"]
    headers = [headers for path, headers in server.asked if path == "/private-key-1/busy.ics"]
    assert headers[0]["accept"] == "text/calendar" and "signature" not in headers[0]
    # The address is in no log, and neither is what it gave.
    assert "private-key-1" not in "".join(paula.community.log)


BAD = [
    ("page", "<!doctype html><title>Sign in</title>", 200, {}, "page for people"),
    ("part", calendar(["UID:1"])[:30], 200, {}, "middle"),
    ("wide", calendar(["UID:1"]).encode("utf-16"), 200, {}, "no calendar"),
    ("large", b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 7_500_000, 200, {}, "larger than 5 MiB"),
    ("inside", "", 302, {"Location": "http://192.168.0.1/calendar.ics"}, "none that this server reads"),
    ("often", calendar(["UID:1", "DTSTART:20260101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"]), 200, {}, "repeats too often"),
    ("search", calendar(["UID:1", "DTSTART:20260101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"]), 200, {}, "too long"),
]


@pytest.mark.parametrize(("path", "body", "status", "fields", "words"), BAD, ids=[bad[0] for bad in BAD])
def test_a_calendar_that_cannot_be_read_is_told_and_changes_nothing(path, body, status, fields, words, paula, server):
    address = server.serve(f"/secret-2/{path}", body, status, **fields)
    before = paula.ok("GET", f"/mentors/{paula.username}/slots?{QUESTION}")
    failing = settled(paula, paula.ok("POST", "/calendars", {"name": "Work", "address": address}), "failing")
    assert words in failing["problem"] and failing["last_good_at"] is None and failing["busy"] == 0
    assert paula.ok("GET", f"/mentors/{paula.username}/slots?{QUESTION}") == before
    told = paula.community.sql(
        f"select source from posts where source like '%@{paula.username} %' and source like '%cannot be read%'")
    # What may pass by itself is told only after some tries.
    assert len(told) == (path != "part") and all("never been read" in words and "secret-2" not in words for words, in told)


def test_a_calendar_is_read_again_when_asked_but_not_all_the_time(paula, server):
    address = server.serve("/again.ics", calendar(), **{"ETag": '"1"'})
    made = paula.ok("POST", "/calendars", {"name": "Work", "address": address})
    settled(paula, made)
    path = f"/calendars/{made['id']}/refresh"
    soon = paula.call("POST", path)
    assert soon.status_code == 429 and 0 < int(soon.headers["Retry-After"]) <= 60
    paula.community.sql(f"update calendars set last_tried_at = now() - interval '2 minutes' where id = {made['id']}")
    assert paula.call("POST", path).status_code == 202
    until(lambda: [one for one in server.asked if one[0] == "/again.ics"][1:], "second look")
    assert paula.call("POST", "/calendars/1/refresh").status_code == 404


def test_five_calendars_each_once_and_gone_when_removed(paula, mika, server):
    address = lambda number: server.serve(f"/many/{number}", calendar())
    made = [paula.ok("POST", "/calendars", {"name": f"{number}", "address": address(number)}) for number in range(5)]
    for name, number, conflict in [("Again", 0, "known"), ("Sixth", 5, "too_many")]:
        refused = paula.call("POST", "/calendars", {"name": name, "address": address(number)})
        assert refused.status_code == 409 and refused.json()["conflict"] == conflict
    listed = paula.ok("GET", "/calendars")
    assert [one["id"] for one in listed["calendars"]] == [one["id"] for one in made] and listed["most"] == 5
    assert mika.ok("GET", "/calendars")["calendars"] == []
    for person, status in [(mika, 404), (paula, 204), (paula, 404)]:
        assert person.call("DELETE", f"/calendars/{made[0]['id']}").status_code == status
    assert mika.call("POST", f"/calendars/{made[1]['id']}/refresh").status_code == 404


@pytest.mark.parametrize(
    ("body", "named"),
    [({}, ["name", "address"]), ({"name": "", "address": "https://calendar.example/a"}, ["name"]),
     ({"name": "Work", "address": "http://calendar.example/a"}, ["address"]),
     ({"name": "Work", "address": "https://me:secret@calendar.example/a"}, ["address"]),
     ({"name": "Work", "address": "file:///etc/passwd"}, ["address"]), ({"name": "Work", "address": 5}, ["address"])])
def test_what_is_no_calendar_is_named(body, named, alfa, paula):
    rows = alfa.row_counts()
    refused = paula.call("POST", "/calendars", body)
    assert refused.status_code == 422 and [error["field"] for error in refused.json()["fields"]] == named
    assert alfa.row_counts() == rows


def test_who_may_do_what(alfa, paula):
    reader, writer = (alfa.token(paula.username, scopes=scope, name=scope) for scope in ("read", "write"))
    body = {"name": "Work", "address": "https://calendar.example/a"}
    writes = [("POST", "/calendars", body), ("DELETE", "/calendars/1", None), ("POST", "/calendars/1/refresh", None)]
    for method, path, body in [("GET", "/calendars", None), *writes]:
        assert alfa.api(method, path, body).status_code == 401
    for method, path, body in writes:
        assert alfa.api(method, path, body, token=reader).status_code == 403
    assert alfa.api("GET", "/calendars", token=writer).status_code == 403
    assert paula.ok("GET", "/calendars")["calendars"] == []
    headers = {"Content-Type": "application/json"}
    assert paula.call("POST", "/calendars", data=b"{", headers=headers).status_code == 400
    assert paula.call("POST", "/calendars", data=b"{}").status_code == 415
    assert paula.call("POST", "/calendars", data=b" " * 300_000 + b"{}", headers=headers).status_code == 413
