"""What people who use booking systems complain of most often, each made impossible here."""

import json
import re
import subprocess
from datetime import datetime, timedelta, timezone
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from activities import event, invite
from browser import Browser
from community import text_of
from free_time_cases import changes
from people import PROFILE, Person, mentor
from waiting import until, written

PASSWORD = "a long enough password"
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
# A mentor who takes sessions around the clock, and has set nothing else.
ALL_DAY = {"zone": "UTC", "rules": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in WEEK]}
QUESTION = "type=pana_support&minutes=30&zone=UTC"


@pytest.fixture(scope="module")
def tula(alfa):
    """Asks for sessions."""
    alfa.open_account("tula")
    return with_password(alfa, "tula")


@pytest.fixture(scope="module")
def tomi(alfa):
    """A mentor of tula's community who has set no hours."""
    return mentor(alfa.open_account("tomi"))


@pytest.fixture(scope="module")
def tove(alfa):
    """A mentor of tula's community who takes sessions around the clock."""
    return mentor(alfa.open_account("tove"))


@pytest.fixture(scope="module")
def tess(beta):
    """A mentor of the other community, who lives elsewhere than tula asks from."""
    beta.open_account("tess")
    return mentor(with_password(beta, "tess"), zone="America/New_York")


@pytest.fixture(scope="module")
def tilo(beta):
    """A mentor of the other community who takes sessions around the clock."""
    return mentor(beta.open_account("tilo"))


def with_password(community, name):
    """Setting a password ends what was open before."""
    community.set_password(name, PASSWORD)
    return Person(community, name)


def request(of, start, **members):
    return {"mentor": of.handle, "type": "pana_support", "topic": "Reading code", "start": start, "minutes": 30,
            "zone": "Europe/Berlin", **members}


def ask(mentee, of, start, **members):
    return mentee.ok("POST", "/sessions", request(of, start, **members))


def answer(person, session, action, **members):
    return person.ok("POST", f"/sessions/{session['id']}/respond", {"action": action, **members})


def agree(mentee, of, start):
    """A session of two people of one community, agreed."""
    return answer(of, ask(mentee, of, start), "accept")


def cancel(person, session):
    return person.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I have fallen ill."})


def half_hours(**ahead):
    """A time at which sessions can start."""
    soon = datetime.now(timezone.utc) + timedelta(**ahead)
    return soon.replace(minute=soon.minute // 30 * 30, second=0, microsecond=0) + timedelta(minutes=30)


def free(person, of):
    """The times at which somebody of the same community finds a mentor free."""
    return [start for day in person.ok("GET", f"/mentors/{of.username}/slots?{QUESTION}")["days"] for start in day["starts"]]


def told(person, session):
    """The direct posts about a session that somebody got, newest first."""
    page = f"{person.community.origin}/sessions/{session['id']}"
    mentions = person.community.mastodon(person.username).notifications(types=["mention"], limit=80)
    return [unescape(text_of(mention.status.content)) for mention in mentions if page in mention.status.content]


def conflict(response):
    assert response.status_code == 409, response.text
    return response.json()


def refused_field(response):
    assert response.status_code == 422, response.text
    return [error["field"] for error in response.json()["fields"]]


# 1. The wrong local time in one channel

TIME = re.compile(r"\w{3} (\d+ \w{3} \d{4}), (\d\d:\d\d)-(\d\d:\d\d) \(([\w/+-]+)(?:, ([^)]*))?\)")


def instants(text):
    """Each time that a text tells, as the instants of its start and end: they must be told without doubt."""
    found = []
    for day, start, end, name, offsets in TIME.findall(text):
        zone = ZoneInfo(name)
        given = [timedelta(hours=int(hours), minutes=int(hours[0] + (minutes or "0")))
                 for hours, minutes in re.findall(r"UTC([+-]\d+)(?::(\d+))?", offsets)]
        pair = []
        for clock, offset in zip((start, end), given * 2 if len(given) == 1 else given or [None, None]):
            shown = datetime.strptime(f"{day} {clock}", "%d %b %Y %H:%M")
            readings = {shown.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc) for fold in (0, 1)}
            readings = {moment for moment in readings if moment.astimezone(zone).replace(tzinfo=None) == shown and
                        offset in (None, moment.astimezone(zone).utcoffset())}
            assert len(readings) == 1, f"{shown} in {name} is {readings or 'skipped by clocks'}"
            pair += readings
        found.append(tuple(pair))
    return found


def around_changes():
    """Half an hour before and after the next changes of clocks of both sides."""
    now = datetime.now(timezone.utc).timestamp()
    for zone in ("Europe/Berlin", "America/New_York"):
        following = [change for change in changes(zone) if now + 14 * 86_400 < change < now + 700 * 86_400]
        for change in following[:2]:
            yield from (datetime.fromtimestamp(change + shift, timezone.utc) for shift in (-1800, 0, 1800))


def test_1_every_channel_tells_the_same_instant_over_a_change_of_clocks(alfa, beta, tula, tess):
    readers = {}
    for person in (tula, tess):
        browser = readers[person] = Browser(person.community)
        session = ask(tula, tess, written(half_hours(days=20)))
        there = tess.awaits(session["uri"], "pending")
        browser.open(f"/sessions/{(session if person is tula else there)['id']}")
        browser.sign_in(person.username, PASSWORD)
        cancel(tula, session)
    starts = list(around_changes())
    assert len(starts) >= 9
    for start in starts:
        expected = (start, start + timedelta(minutes=30))
        session = ask(tula, tess, written(start))
        mirror = tess.awaits(session["uri"], "pending")
        answer(tess, mirror, "accept")
        session = tula.awaits(session["uri"], "scheduled")
        until(lambda: told(tula, session), "the message about the answer")
        for view in (session, mirror):
            assert (datetime.fromisoformat(view["start"]), datetime.fromisoformat(view["end"])) == expected
            assert view["zone"] == "Europe/Berlin"
        shown = {"the message to the mentor": instants(told(tess, mirror)[0]), "the message to the mentee": instants(told(tula, session)[0])}
        for person, view in ((tula, session), (tess, mirror)):
            browser = readers[person]
            browser.open(f"/sessions/{view['id']}")
            shown[f"the page for {person.username}"] = instants(unescape(text_of(browser.answer.text)))
            machine, = re.findall(r'<time datetime="([^"]*)"', browser.answer.text)
            assert datetime.fromisoformat(machine) == start
        sent, = [one for one in alfa.sent_activities() if one["type"] == "Invite" and one["object"]["id"] == session["uri"]]
        shown["the summary for other servers"] = instants(sent["object"]["summary"])
        assert datetime.fromisoformat(sent["object"]["startTime"]) == start and sent["object"]["timezone"] == "Europe/Berlin"
        for channel, times in shown.items():
            assert set(times) == {expected}, f"{channel} tells {start} as {times}"
        assert len(shown["the message to the mentor"]) == len(shown["the page for tess"]) == 2, "in the reader's zone, too"
        cancel(tula, session)


# 2. Two sessions at once

def test_2_the_database_itself_refuses_a_second_session_at_the_same_time(alfa, tula, tomi, times):
    start = times.next()
    first, second = (agree(tula, tomi, written(moment)) for moment in (start, times.next()))
    for shift in (-15, 0, 29):
        with pytest.raises(subprocess.CalledProcessError) as refusal:
            alfa.sql(f"update sessions set starts_at = '{written(start + timedelta(minutes=shift))}' where id = '{second['id']}'")
        assert "sessions_no_double_booking" in refusal.value.stderr
    alfa.sql(f"update sessions set starts_at = '{written(start + timedelta(minutes=30))}' where id = '{second['id']}'")
    for session in (first, second):
        cancel(tula, session)


# 3. Requests that nobody answers

def test_3_a_request_without_an_answer_ends_and_whoever_stays_silent_is_paused(alfa, tula, tove):
    tove.ok("PUT", "/availability", ALL_DAY)
    starts = free(tula, tove)[::9][:3]
    sessions = [ask(tula, tove, start) for start in starts]
    for session in sessions:
        due = datetime.fromisoformat(session["answer_by"])
        assert datetime.now(timezone.utc) < due <= datetime.fromisoformat(session["start"])
        seen = tove.ok("GET", f"/sessions/{session['id']}")
        assert seen["answer_by"] == session["answer_by"] and seen["waiting_on"] == "mentor"
        clock = due.astimezone(ZoneInfo(PROFILE["zone"])).strftime("%H:%M")
        message, = told(tove, session)
        assert re.search(rf"until .*, {clock} \(Europe/Berlin\)", message)
    alfa.end_waits([session["id"] for session in sessions])
    for session in sessions:
        for person in (tula, tove):
            assert person.awaits(session["uri"], "expired")["waiting_on"] is None
        assert "did not answer in time" in told(tula, session)[0] and "You did not answer in time" in told(tove, session)[0]
    until(lambda: tove.ok("GET", "/profile")["paused_by"] == "silence", "the pause")
    assert free(tula, tove) == []
    tove.ok("POST", "/profile/resume")
    assert set(starts) <= set(free(tula, tove)), "the times are free again"
    cancel(tula, ask(tula, tove, starts[0]))


# 4. What outlives a session

def timers(community, session):
    return {row[0] for row in community.sql(f"select id from jobs where payload::text like '%{session['id']}%'")}


def said(community, session):
    """All that was ever told about a session, and how it stands."""
    one = session["id"]
    return community.sql(f"""
        select status, starts_at, revision, (select count(*) from session_events where session_id = '{one}'),
            (select count(*) from session_messages where session_id = '{one}'),
            (select count(*) from notifications where session_id = '{one}'), (select count(*) from activities)
        from sessions where id = '{one}'""")


def run(community, jobs):
    """Lets jobs run now as if their time had come."""
    community.sql(f"update jobs set due_at = now() where id in ({', '.join(jobs)})")
    community.row_counts()
    left = community.sql(f"select id from jobs where id in ({', '.join(jobs)})")
    assert left == [], "they ran"


def test_4_nothing_is_told_of_a_session_that_was_cancelled(alfa, tula, tomi, times):
    session = agree(tula, tomi, written(times.next()))
    jobs = timers(alfa, session)
    cancel(tula, session)
    alfa.row_counts()
    before = said(alfa, session)
    assert jobs and before[0][0] == "cancelled"
    run(alfa, jobs | timers(alfa, session))
    assert said(alfa, session) == before


def test_4_nothing_is_told_of_the_time_before_a_move(alfa, tula, tomi, times):
    session = agree(tula, tomi, written(times.next()))
    jobs = timers(alfa, session)
    later = written(times.next() + timedelta(days=60))
    tula.ok("PATCH", f"/sessions/{session['id']}", {"start": later})
    jobs |= timers(alfa, session)
    answer(tomi, session, "accept")
    alfa.row_counts()
    before = said(alfa, session)
    kept = timers(alfa, session) - jobs
    run(alfa, jobs)
    assert said(alfa, session) == before and before[0][0] == "scheduled"
    assert kept <= timers(alfa, session), "what was set for the new time stands"
    assert tomi.ok("GET", f"/sessions/{session['id']}")["start"] == later
    cancel(tula, session)


# 5. Limits that come years later

def test_5_limits_hold_for_a_mentor_who_has_set_none(tula, tove):
    tove.ok("PUT", "/availability", ALL_DAY)
    near, far = half_hours(hours=3), half_hours(days=70)
    for start, rule in ((near, "notice"), (far, "furthest")):
        assert conflict(tula.call("POST", "/sessions", request(tove, written(start))))["rule"] == rule
    day = far.date().isoformat()
    why = tula.ok("GET", f"/mentors/tove/slots/why?{QUESTION}&from={day}&to={day}")["days"][0]
    assert not why["starts"] and {removed["rule"] for removed in why["removed"]} == {"furthest"}
    start = half_hours(days=5)
    session = agree(tula, tove, written(start))
    for minutes in (-30, 0, 30):
        crafted = tula.call("POST", "/sessions", request(tove, written(start + timedelta(minutes=minutes))))
        assert conflict(crafted)["rule"] == "busy", "the session, and the time to breathe after each"
    cancel(tula, session)


def test_5_every_cap_is_there_from_the_start(tula, tove):
    for caps in ({"a_day": 1}, {"a_week": 1}, {"hours_a_month": 1}):
        tove.ok("PUT", "/availability", ALL_DAY | {"caps": caps})
        start = half_hours(days=8)
        minutes = 60 if "hours_a_month" in caps else 30
        session = answer(tove, ask(tula, tove, written(start), minutes=minutes), "accept")
        crafted = tula.call("POST", "/sessions", request(tove, written(start + timedelta(hours=2))))
        same = (start + timedelta(hours=2)).date() == start.date()
        assert "a_day" in caps and not same or conflict(crafted)["rule"] == "full"
        cancel(tula, session)
        if crafted.ok:
            cancel(tula, crafted.json())


# 6. Only yes or no

def test_6_there_is_more_to_say_than_yes_and_no(tula, tomi, times):
    session = ask(tula, tomi, written(times.next()))
    other = written(times.next())
    path = f"/sessions/{session['id']}"
    assert refused_field(tomi.call("PATCH", path, {"start": other})) == ["reason"]
    tomi.ok("PATCH", path, {"start": other, "reason": "I teach then."})
    assert "proposes another time" in told(tula, session)[0] and "I teach then." in told(tula, session)[0]
    answer(tula, session, "decline", reason="Only Tuesdays.")
    assert "Only Tuesdays." in told(tomi, session)[0], "the request stands, and words go on"
    tomi.ok("PATCH", path, {"start": other, "reason": "A Tuesday."})
    assert answer(tula, session, "accept")["status"] == "scheduled"
    third = written(times.next())
    assert tula.ok("PATCH", path, {"start": third})["status"] == "pending"
    accepted = answer(tomi, session, "accept", note="See you there.")
    assert (accepted["status"], accepted["start"]) == ("scheduled", third)
    assert "See you there." in told(tula, session)[0]
    assert cancel(tula, session)["status"] == "cancelled", "whoever asked can cancel"
    assert "I have fallen ill." in told(tomi, session)[0]


def test_6_a_no_comes_with_a_reason_and_can_become_a_yes(tula, tomi, times):
    session = ask(tula, tomi, written(times.next()))
    assert refused_field(tomi.call("POST", f"/sessions/{session['id']}/respond", {"action": "decline"})) == ["reason"]
    answer(tomi, session, "decline", reason="I am away that week.")
    assert "I am away that week." in told(tula, session)[0]
    assert answer(tomi, session, "accept")["status"] == "scheduled"
    cancel(tula, session)


# 7. Series as an afterthought

def repeated(of, start, count=20, **members):
    return request(of, start, repeat={"frequency": "weekly", "count": count}, **members)


def became(person, series):
    """What became of each date."""
    found = person.ok("GET", f"/series/{series['id']}")["dates"]
    return [session["status"] for session in found]


@pytest.fixture
def theo(alfa, tula):
    """A mentor of tula's community who takes sessions around the clock, and has none."""
    theo = mentor(alfa.open_account(f"theo{alfa.sql('select count(*) from accounts')[0][0]}"))
    theo.ok("PUT", "/availability", ALL_DAY | {"holding": {"requests": "never"}})
    return theo


def test_7_every_date_is_looked_at_and_not_only_the_first(alfa, tula, theo):
    start = half_hours(days=10)
    other = alfa.open_account(f"rival{alfa.sql('select count(*) from accounts')[0][0]}")
    # The last date, far beyond what can be asked for alone, is agreed with somebody else by a series of theirs.
    far = other.ok("POST", "/series", repeated(theo, written(start + timedelta(days=7)), 19, zone="UTC"))
    theo.ok("POST", f"/series/{far['id']}/respond", {"action": "accept"})
    for session in far["dates"][:-1]:
        theo.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I am away."})
    shown = tula.ok("POST", "/series/preview", {
        name: value for name, value in repeated(theo, written(start), zone="UTC").items() if name != "topic"})
    assert [found["verdict"] for found in shown["dates"]] == ["free"] * 19 + ["not_free"]
    assert shown["dates"][-1]["same_day"], "and what could be done instead"
    before = alfa.row_counts()
    refused = tula.call("POST", "/series", repeated(theo, written(start), zone="UTC"))
    assert conflict(refused)["dates"][-1]["rule"] == "busy"
    assert alfa.row_counts() == before


def test_7_all_dates_are_agreed_or_none(alfa, tula, theo):
    start = half_hours(days=10)
    series = tula.ok("POST", "/series", repeated(theo, written(start), zone="UTC"))
    other = alfa.open_account(f"rival{alfa.sql('select count(*) from accounts')[0][0]}")
    answer(theo, ask(other, theo, written(start + timedelta(days=14))), "accept")
    refused = theo.call("POST", f"/series/{series['id']}/respond", {"action": "accept"})
    assert [date["position"] for date in conflict(refused)["dates"]] == [3]
    assert became(tula, series) == ["pending"] * 20
    theo.ok("POST", f"/series/{series['id']}/respond", {"action": "accept", "except": [3]})
    assert became(tula, series) == ["scheduled"] * 2 + ["declined"] + ["scheduled"] * 17


def test_7_a_cancel_of_one_date_leaves_the_others(tula, theo):
    series = tula.ok("POST", "/series", repeated(theo, written(half_hours(days=10)), zone="UTC"))
    theo.ok("POST", f"/series/{series['id']}/respond", {"action": "accept"})
    cancel(tula, series["dates"][4])
    assert became(theo, series) == ["scheduled"] * 4 + ["cancelled"] + ["scheduled"] * 15
    theo.ok("PATCH", f"/series/{series['id']}", {"status": "cancelled", "reason": "I move away.", "from": 18})
    assert became(tula, series) == ["scheduled"] * 4 + ["cancelled"] + ["scheduled"] * 12 + ["cancelled"] * 3


# 8. Supply that is not there

def supply(alfa, tula, tag):
    listed = tula.ok("GET", f"/discover?expertise={tag}")["mentors"]
    return {one["person"]["handle"].split("@")[0] for one in listed}


@pytest.fixture(scope="module")
def shelf(alfa, tula, times):
    """Mentors in every state in which they cannot be asked, and one who can."""
    people = {name: mentor(alfa.open_account(f"shelf_{name}"), expertise=["empty shelves"], **members) for name, members in {
        "open": {}, "paused": {"accepting": False}, "silent": {}, "hidden": {"published": False}, "full": {"most_mentees": 1},
    }.items()}
    alfa.sql("update mentor_profiles set is_accepting = false, paused_by = 'silence' where actor_id in "
             "(select actor_id from accounts where email = 'shelf_silent@school.example')")
    asker = alfa.open_account("shelf_asker")
    agree(asker, people["full"], written(times.next()))
    for person in people.values():
        person.ok("PUT", "/availability", ALL_DAY)
    return people


def test_8_only_mentors_who_can_be_asked_are_found(alfa, tula, shelf):
    assert supply(alfa, tula, "empty%20shelves") == {"shelf_open"}


@pytest.mark.parametrize("name", ["paused", "silent", "hidden"])
def test_8_who_cannot_be_asked_offers_no_time_and_takes_no_request(name, tula, shelf):
    person = shelf[name]
    times = tula.call("GET", f"/mentors/{person.username}/slots?{QUESTION}")
    assert times.status_code == 404 if name == "hidden" else times.json()["days"] == [] and not times.json()["any_time"]
    assert refused_field(tula.call("POST", "/sessions", request(person, written(half_hours(days=3))))) == ["mentor"]


def test_8_a_full_mentor_takes_no_request(tula, shelf):
    assert refused_field(tula.call("POST", "/sessions", request(shelf["full"], written(half_hours(days=3))))) == ["mentor"]


# 9. Leaks

def test_9_whose_session_takes_a_time_is_told_to_nobody(alfa, tula, tove):
    tove.ok("PUT", "/availability", ALL_DAY)
    start = half_hours(days=9)
    session = agree(tula, tove, written(start))
    passer = alfa.open_account("passer")
    day = start.date().isoformat()
    answers = [passer.call("GET", path) for path in (
        f"/mentors/tove/slots?{QUESTION}", f"/mentors/tove/slots/why?{QUESTION}&from={day}&to={day}", "/discover?q=tove",
        "/sessions", "/notifications")]
    answers.append(passer.call("POST", "/sessions", request(tove, written(start))))
    text = "".join(answer.text for answer in answers)
    for private in ("tula", "Tula", session["id"], "Reading code", "@school.example"):
        assert private not in text
    assert conflict(answers[-1])["rule"] == "busy"
    cancel(tula, session)


def test_9_no_address_of_mail_leaves_the_community(alfa, beta):
    for community in (alfa, beta):
        assert "@school.example" not in json.dumps(community.sent_activities())
        assert community.sql("select count(*) from posts where content like '%@school.example%'") == [["0"]]


# 10. Two truths between systems

def test_10_a_time_that_is_freed_elsewhere_is_free_here(alfa, beta, tula, tilo):
    tilo.ok("PUT", "/availability", ALL_DAY)
    neighbour = beta.open_account("neighbour")
    start, other = free(neighbour, tilo)[5], free(neighbour, tilo)[15]
    session = ask(tula, tilo, start)
    mirror = tilo.awaits(session["uri"], "pending")
    answer(tilo, mirror, "accept")
    tula.awaits(session["uri"], "scheduled")
    assert start not in free(neighbour, tilo)
    tula.ok("PATCH", f"/sessions/{session['id']}", {"start": other})
    tilo.awaits(session["uri"], "pending", start=other)
    answer(tilo, mirror, "accept")
    tula.awaits(session["uri"], "scheduled", start=other)
    assert start in free(neighbour, tilo) and other not in free(neighbour, tilo)
    cancel(tula, session)
    tilo.awaits(session["uri"], "cancelled")
    assert {start, other} <= set(free(neighbour, tilo))


@pytest.mark.parametrize("rule", ["outside of the hours", "off the grid", "within the notice", "beyond the cap", "with no room"])
def test_10_what_a_mentor_has_set_holds_for_requests_from_elsewhere(rule, beta, tilo, peer):
    asker = peer.actor("distant_" + rule.replace(" ", "_"))
    first = peer.actor("first_" + rule.replace(" ", "_"))
    start = half_hours(days=12)
    hours, members = dict(ALL_DAY), {}
    if rule == "outside of the hours":
        hours["exceptions"] = [{"date": start.date().isoformat(), "hours": []}]
    if rule == "off the grid":
        start += timedelta(minutes=7)
    if rule == "within the notice":
        start = half_hours(hours=3)
    if rule == "beyond the cap":
        hours["caps"] = {"a_day": 1}
    if rule == "with no room":
        members["most_mentees"] = 1
    tilo.ok("PUT", "/availability", hours)
    mentor(tilo, **members)
    taken = None
    if rule in ("beyond the cap", "with no room"):
        thing = event(first, tilo.uri, start.replace(hour=6, minute=0), 30)
        peer.tell(first, tilo.uri, invite(first, tilo.uri, thing))
        taken = answer(tilo, tilo.session(thing["id"]), "accept")
        start = start.replace(hour=12, minute=0)
    try:
        thing = event(asker, tilo.uri, start, 30)
        peer.tell(asker, tilo.uri, invite(asker, tilo.uri, thing))
        reject = peer.awaits(asker, "Reject", thing["id"], patience=5).activity
        assert reject["mnt:reason"] in ("scheduleConflict", "taken", "capacity", "policy")
        assert tilo.session(thing["id"])["status"] == "declined"
    finally:
        mentor(tilo, most_mentees=None)
        if taken:
            cancel(tilo, taken)
