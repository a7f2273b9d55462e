"""Sessions that are repeated: looked at date by date, asked for, answered and changed as one, within a community and
between two."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from activities import activity, event, invite, stub
from community import text_of
from people import mentor
from refusals import fields
from waiting import now, until, written

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HOURS = {
    "zone": "Europe/Berlin", "rules": [{"weekday": day, "from": "09:00", "to": "14:00"} for day in WEEK],
    "limits": [{"type": "pana_support", "notice": 0, "furthest_days": 30, "buffer_after": 0, "grid": 30}],
    "holding": {"requests": "never"},
}
NOTHING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def sera(alfa):
    """Asks for series."""
    return alfa.open_account("sera")


@pytest.fixture(scope="module")
def rival(alfa):
    """Wants the same times."""
    return alfa.open_account("rival")


@pytest.fixture
def sven(alfa, svens):
    """A mentor of sera's community, with hours and nothing else in them."""
    return svens()


@pytest.fixture(scope="module")
def svens(alfa):
    numbers = iter(range(100))

    def make():
        person = mentor(alfa.open_account(f"sven{next(numbers)}"))
        person.ok("PUT", "/availability", HOURS)
        return person

    return make


@pytest.fixture(scope="module")
def selma(alfa):
    """A mentor of sera's community who has set no hours."""
    return mentor(alfa.open_account("selma"))


@pytest.fixture(scope="module")
def sonja(beta):
    """A mentor of the other community."""
    person = mentor(beta.open_account("sonja"))
    person.ok("PUT", "/availability", HOURS)
    return person


def first_date(days=9, hour=10, minute=0):
    day = now().astimezone(BERLIN).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def question(of, start, frequency="weekly", count=5, minutes=60, **repeat):
    members = {"frequency": frequency, **({"count": count} if count else {}), **repeat}
    return {"mentor": of if isinstance(of, str) else of.handle, "type": "pana_support", "start": start.isoformat(),
            "minutes": minutes, "zone": "Europe/Berlin", "repeat": members}


def wish(*arguments, topic="Reading code", **members):
    return question(*arguments, **members) | {"topic": topic}


def ask(mentee, *arguments, **members):
    return mentee.ok("POST", "/series", wish(*arguments, **members))


def single(mentee, of, start, minutes=60):
    return mentee.ok("POST", "/sessions", {
        "mentor": of.handle, "type": "pana_support", "topic": "Something else", "start": start.isoformat(),
        "minutes": minutes, "zone": "UTC"})


def answer(person, thing, action="accept", kind="series", **members):
    return person.ok("POST", f"/{kind}/{thing['id']}/respond", {"action": action, **members})


def seen(person, series):
    return person.ok("GET", f"/series/{series['id']}")


def starts(series):
    return [session["start"] for session in series["dates"]]


def statuses(series):
    return [session["status"] for session in series["dates"]]


def weekly(start, count=5, days=7):
    """The dates of a rhythm by the wall clock, as Python counts it."""
    return [written(start + timedelta(days=days * number)) for number in range(count)]


def conflict(response):
    assert response.status_code == 409, response.text
    return response.json()


def told(person, series):
    """What the reader's notifications tell of the dates of a series, newest first."""
    ids = {session["id"] for session in seen(person, series)["dates"]}
    listed = person.ok("GET", "/notifications?limit=40")["notifications"]
    return [notification["what"] for notification in listed if notification["session"] in ids]


def messages(person, series):
    """The direct posts about the dates of a series, newest first."""
    pages = [f"{person.community.origin}/sessions/{session['id']}" for session in seen(person, series)["dates"]]
    mentions = person.community.mastodon(person.username).notifications(types=["mention"], limit=80)
    return [text_of(mention.status.content) for mention in mentions
            if any(page in mention.status.content for page in pages)]


# Looking first

def test_a_preview_tells_every_date_and_changes_nothing(alfa, sera, sven):
    start = first_date()
    before = alfa.row_counts()
    response = sera.call("POST", "/series/preview", question(sven, start, count=52))
    assert response.status_code == 200
    shown = response.json()
    assert alfa.row_counts() == before
    assert [found["planned"] for found in shown["dates"]] == weekly(start, 52)
    assert {found["verdict"] for found in shown["dates"]} == {"free"} and shown["conflicts"] == 0, (
        "how far ahead the mentor can be asked holds for the first date")
    late = sera.ok("POST", "/series/preview", question(sven, first_date(40), count=2))["dates"]
    assert [found["rule"] for found in late] == ["furthest", None]


def test_a_preview_says_what_is_in_the_way_and_what_could_be_done(sera, rival, sven):
    start = first_date()
    days = [(start + timedelta(days=7 * number)).date().isoformat() for number in range(5)]
    sven.ok("PUT", "/availability", HOURS | {"exceptions": [
        {"date": days[1], "hours": [{"from": "09:00", "to": "10:30"}]}, {"date": days[3], "hours": []}]})
    taken = single(rival, sven, start + timedelta(days=14))
    answer(sven, taken, kind="sessions")
    found = sera.ok("POST", "/series/preview", question(sven, start))
    assert found["conflicts"] == 3
    dates = found["dates"]
    assert [one["verdict"] for one in dates] == ["free", "not_free", "not_free", "not_free", "free"]
    assert [one["rule"] for one in dates] == [None, "hours_end", "busy", "exception", None]
    assert dates[1]["shorter"] == [30, 15] and dates[1]["same_day"] == [
        written(start + timedelta(days=7, minutes=minutes)) for minutes in (-30, -60)]
    assert dates[2]["shorter"] == [] and dates[2]["same_day"] == [
        written(start + timedelta(days=14, minutes=minutes)) for minutes in (-60, 60, 90)]
    assert dates[3]["same_day"] == [] and len(dates[3]["same_week"]) == 5
    assert all(abs(datetime.fromisoformat(time) - start - timedelta(days=21)) < timedelta(days=7)
               for time in dates[3]["same_week"])
    choices = [{"position": 2, "minutes": 30}, {"position": 3, "start": dates[2]["same_day"][0]},
               {"position": 4, "skip": True}]
    again = sera.ok("POST", "/series/preview", question(sven, start, choices=choices))
    assert [one["verdict"] for one in again["dates"]] == ["free", "free", "free", "skipped", "free"]
    made = ask(sera, sven, start, choices=choices)
    expected = weekly(start)
    assert starts(made) == [expected[0], expected[1], dates[2]["same_day"][0], expected[4]]
    assert [session["minutes"] for session in made["dates"]] == [60, 30, 60, 60]
    assert [session["series"]["position"] for session in made["dates"]] == [1, 2, 3, 4] and made["count"] == 4


def test_a_cap_counts_the_dates_of_the_series_itself(sera, sven):
    sven.ok("PUT", "/availability", HOURS | {"caps": {"a_week": 1}})
    start = first_date(9 + (2 - first_date().weekday()) % 7)
    choices = [{"position": 2, "start": written(start + timedelta(days=1))}]
    dates = sera.ok("POST", "/series/preview", question(sven, start, choices=choices))["dates"]
    assert start.weekday() == 2 and [one["rule"] for one in dates] == [None, "full", None, None, None]


def test_a_request_for_dates_that_are_not_free_changes_nothing_and_shows_them(alfa, sera, rival, sven):
    start = first_date()
    answer(sven, single(rival, sven, start + timedelta(days=14)), kind="sessions")
    before = alfa.row_counts()
    refused = conflict(sera.call("POST", "/series", wish(sven, start)))
    assert refused["conflict"] == "dates_not_free"
    assert [one["verdict"] for one in refused["dates"]] == ["free", "free", "not_free", "free", "free"]
    assert alfa.row_counts() == before


def test_a_mentor_without_hours_has_every_time_that_nobody_else_has(sera, rival, selma):
    start = first_date(hour=3)
    answer(selma, single(rival, selma, start + timedelta(days=28)), kind="sessions")
    found = sera.ok("POST", "/series/preview", question(selma, start))
    assert [one["rule"] for one in found["dates"]] == [None, None, None, None, "busy"]
    assert conflict(sera.call("POST", "/series", wish(selma, start)))["conflict"] == "dates_not_free"


# Asking

def test_one_request_makes_all_dates_and_counts_once(sera, sven):
    start = first_date()
    before = sera.ok("GET", "/sessions/asks")["open"]
    response = sera.call("POST", "/series", wish(sven, start, "every_two_weeks", 6))
    assert response.status_code == 201
    made = response.json()
    assert response.headers["Location"] == f"/api/mentoring/series/{made['id']}"
    assert starts(made) == weekly(start, 6, 14) and statuses(made) == ["pending"] * 6
    assert made["asks"]["open"] == before + 1
    assert len({session["answer_by"] for session in made["dates"]}) == 1, "all are answered at once"
    for position, session in enumerate(made["dates"], 1):
        one = sven.ok("GET", f"/sessions/{session['id']}")
        assert one["series"] == {"id": made["id"], "position": position, "count": 6, "frequency": "every_two_weeks"}
    assert told(sven, made) == ["requested"]
    message, = messages(sven, made)
    assert "asks you for a series of 6 sessions, every two weeks" in message and message.count("When:") == 6
    assert single(sera, sven, start + timedelta(days=1))["series"] is None


def test_a_month_is_counted_by_its_weekday(sera, sven):
    start = first_date(20)
    made = ask(sera, sven, start, "monthly", 8)
    days = [datetime.fromisoformat(time).astimezone(BERLIN) for time in starts(made)]
    assert {(day.hour, day.weekday()) for day in days} == {(10, start.weekday())}
    assert [(day.year * 12 + day.month) - (start.year * 12 + start.month) for day in days] == list(range(8))
    week = (start.day - 1) // 7
    if week < 4:
        assert {(day.day - 1) // 7 for day in days} == {week}
    else:
        assert all((day + timedelta(days=7)).month != day.month for day in days)


def test_the_last_day_ends_a_series_and_is_one_of_it(sera, sven):
    start = first_date()
    last = (start + timedelta(days=21)).date()
    made = ask(sera, sven, start, count=None, until=last.isoformat())
    assert starts(made) == weekly(start, 4)
    earlier = (last - timedelta(days=1)).isoformat()
    assert len(ask(sera, sven, start + timedelta(hours=2), count=None, until=earlier)["dates"]) == 3


SOON = first_date().date()
WRONG = [
    ({"count": None}, "repeat.count"), ({"count": 0}, "repeat.count"), ({"count": 1}, "repeat.count"),
    ({"count": 53}, "repeat.count"), ({"count": "many"}, "repeat.count"),
    ({"frequency": "monthly", "count": 30}, "repeat.count"),
    ({"count": None, "until": (SOON - timedelta(days=1)).isoformat()}, "repeat.until"),
    ({"count": None, "until": SOON.isoformat()}, "repeat.until"), ({"count": None, "until": "9999-12-31"}, "repeat.until"),
    ({"count": None, "until": (SOON + timedelta(days=400)).isoformat()}, "repeat.until"),
    ({"count": None, "until": "2026-02-30"}, "repeat.until"), ({"until": SOON.isoformat()}, "repeat.until"),
    ({"frequency": "daily"}, "repeat.frequency"), ({"frequency": None}, "repeat.frequency"),
    ({"choices": [{"position": 6, "skip": True}]}, "repeat.choices[0].position"),
    ({"choices": [{"position": 0, "skip": True}]}, "repeat.choices[0].position"),
    ({"choices": [{"position": 2}]}, "repeat.choices[0].skip"),
    ({"choices": [{"position": 2, "skip": True, "minutes": 30}]}, "repeat.choices[0].skip"),
    ({"choices": [{"position": 2, "skip": True}, {"position": 2, "minutes": 30}]}, "repeat.choices[1].position"),
    ({"choices": [{"position": 2, "minutes": 31}]}, "repeat.choices[0].minutes"),
    ({"choices": [{"position": 2, "start": "2020-01-01T10:00:00Z"}]}, "repeat.choices[0].start"),
    ({"choices": [{"position": 2, "start": "2060-01-01T10:00:00Z"}]}, "repeat.choices[0].start"),
    ({"choices": [{"position": 2, "start": first_date(60).isoformat()}]}, "repeat.choices[0].start"),
    ({"choices": [{"position": number, "skip": True} for number in (1, 2, 3, 4)]}, "repeat.choices"),
    ({"choices": [{"position": number, "skip": True} for number in (1, 2, 3, 4, 5)]}, "repeat.choices"),
    ({"byday": "TU"}, "repeat.byday"),
]


@pytest.mark.parametrize(("change", "field"), WRONG, ids=str)
@pytest.mark.parametrize("path", ["/series", "/series/preview"])
def test_a_series_that_cannot_be_is_named_and_changes_nothing(path, change, field, alfa, sera, selma):
    body = (wish if path == "/series" else question)(selma, first_date())
    body["repeat"] = {name: value for name, value in (body["repeat"] | change).items()
                      if value is not None or name == "frequency"}
    before = alfa.row_counts()
    assert fields(sera.call("POST", path, body)) == [field]
    assert alfa.row_counts() == before


@pytest.mark.parametrize("path", ["/series", "/series/preview"])
def test_what_is_wrong_with_the_first_date_is_told_as_for_a_session(path, sera, selma):
    body = (wish if path == "/series" else question)(selma, first_date()) | {"minutes": 31, "zone": "Mars/Olympus"}
    assert set(fields(sera.call("POST", path, body))) == {"minutes", "zone"}
    body = (wish if path == "/series" else question)("sera", first_date())
    assert fields(sera.call("POST", path, body)) == ["mentor"]
    del body["repeat"]
    assert fields(sera.call("POST", path, body)) == ["repeat"]


# Answering

def test_one_answer_agrees_all_dates(sera, sven):
    made = ask(sera, sven, first_date())
    accepted = answer(sven, made, note="Gladly.")
    assert statuses(accepted) == ["scheduled"] * 5
    rooms = {session["place"]["link"] for session in seen(sera, made)["dates"]}
    assert len(rooms) == 1 and rooms.pop().startswith("https://meet.example/")
    assert told(sera, made) == ["accepted"]
    message, = messages(sera, made)
    assert "has accepted all 5 dates of a series" in message and "Gladly." in message
    assert conflict(sven.call("POST", f"/series/{made['id']}/respond", {"action": "accept"}))["conflict"] == "no_dates"


def test_a_date_that_was_taken_meanwhile_keeps_all_from_being_agreed(alfa, sera, rival, sven):
    start = first_date()
    made = ask(sera, sven, start)
    answer(sven, single(rival, sven, start + timedelta(days=14)), kind="sessions")
    before = alfa.row_counts()
    refused = conflict(sven.call("POST", f"/series/{made['id']}/respond", {"action": "accept"}))
    assert refused["conflict"] == "series_dates"
    assert [(one["position"], one["start"], one["conflict"]) for one in refused["dates"]] == [
        (3, starts(made)[2], "slot_taken")]
    assert alfa.row_counts() == before and statuses(seen(sera, made)) == ["pending"] * 5
    accepted = answer(sven, made, **{"except": [3]})
    assert statuses(accepted) == ["scheduled", "scheduled", "declined", "scheduled", "scheduled"]
    assert sorted(told(sera, made)) == ["accepted", "declined"]


def test_a_mentor_accepts_in_spite_of_what_is_near_only_knowingly(sera, rival, sven):
    hours = HOURS | {"limits": [HOURS["limits"][0] | {"buffer_after": 30}]}
    start = first_date()
    made = ask(sera, sven, start)
    answer(sven, single(rival, sven, start + timedelta(days=7, hours=1)), kind="sessions")
    sven.ok("PUT", "/availability", hours)
    refused = conflict(sven.call("POST", f"/series/{made['id']}/respond", {"action": "accept"}))
    assert [(one["position"], one["conflict"]) for one in refused["dates"]] == [(2, "too_near")]
    assert statuses(answer(sven, made, override=True)) == ["scheduled"] * 5


def test_a_series_is_declined_as_one(sera, sven):
    made = ask(sera, sven, first_date())
    path = f"/series/{made['id']}/respond"
    assert fields(sven.call("POST", path, {"action": "decline"})) == ["reason"]
    assert fields(sven.call("POST", path, {"action": "accept", "except": [7]})) == ["except"]
    assert fields(sven.call("POST", path, {"action": "accept", "except": [1, 2, 3, 4, 5]})) == ["except"]
    assert statuses(seen(sven, made)) == ["pending"] * 5
    assert statuses(answer(sven, made, "decline", reason="I am away for a year.")) == ["declined"] * 5
    assert told(sera, made) == ["declined"] and len(messages(sera, made)) == 1
    assert "I am away for a year." in messages(sera, made)[0]


def test_a_series_that_nobody_answers_expires_as_one(alfa, sera, sven):
    made = ask(sera, sven, first_date())
    alfa.end_waits([session["id"] for session in made["dates"]])
    until(lambda: statuses(seen(sera, made)) == ["expired"] * 5, "the end of the series")
    alfa.row_counts()
    assert told(sera, made) == ["expired"] and told(sven, made)[0] == "expired"
    assert len(messages(sera, made)) == 1
    assert sven.ok("GET", "/profile")["paused_by"] is None, "one silence, not five"


def test_strangers_learn_nothing_of_a_series(sera, rival, sven):
    made = ask(sera, sven, first_date())
    for method, path, body in [
        ("GET", "", None), ("PATCH", "", {"status": "cancelled", "reason": "Mine."}), ("POST", "/respond", {"action": "accept"}),
    ]:
        for one in (made["id"], NOTHING, "nothing"):
            assert rival.call(method, f"/series/{one}{path}", body).status_code == 404
    assert conflict(sera.call("POST", f"/series/{made['id']}/respond", {"action": "accept"}))["conflict"] == "no_dates"
    assert statuses(seen(sera, made)) == ["pending"] * 5


# Changing

def change(person, series, **members):
    return person.ok("PATCH", f"/series/{series['id']}", members)


def test_one_date_or_this_and_later_or_all_are_cancelled(sera, sven):
    made = ask(sera, sven, first_date())
    answer(sven, made)
    second = made["dates"][1]
    sera.ok("PATCH", f"/sessions/{second['id']}", {"status": "cancelled", "reason": "I am ill."})
    assert statuses(seen(sven, made)) == ["scheduled", "cancelled", "scheduled", "scheduled", "scheduled"]
    assert fields(sera.call("PATCH", f"/series/{made['id']}", {"status": "cancelled", "from": 4})) == ["reason"]
    change(sera, made, status="cancelled", reason="I have found work.", **{"from": 4})
    assert statuses(seen(sven, made)) == ["scheduled", "cancelled", "scheduled", "cancelled", "cancelled"]
    change(sven, made, status="cancelled", reason="I move away.")
    assert statuses(seen(sera, made)) == ["cancelled"] * 5
    assert told(sven, made)[:2] == ["cancelled", "cancelled"] and told(sera, made)[0] == "cancelled"
    assert "has cancelled 2 dates of a series" in messages(sera, made)[0]
    gone = sera.call("PATCH", f"/series/{made['id']}", {"status": "cancelled", "reason": "Again."})
    assert conflict(gone) == gone.json() and gone.json()["conflict"] == "no_dates"


def test_a_move_of_this_and_later_keeps_the_wall_clock(sera, sven):
    start = first_date()
    made = ask(sera, sven, start, count=40)
    answer(sven, made)
    to = start + timedelta(days=21 + 1, hours=1)
    moved = change(sera, made, start=to.isoformat(), **{"from": 4})
    expected = weekly(start, 40)[:3] + weekly(to, 37)
    assert starts(moved) == expected
    assert statuses(moved) == ["scheduled"] * 3 + ["pending"] * 37
    assert told(sven, made)[0] == "rescheduled" and len(told(sven, made)) == 2
    assert statuses(answer(sven, made)) == ["scheduled"] * 40
    back = change(sera, made, start=(start + timedelta(hours=1)).isoformat(), minutes=45)
    assert {session["minutes"] for session in back["dates"]} == {45}
    assert starts(back)[:3] == weekly(start + timedelta(hours=1), 3)


def test_a_move_to_what_is_not_free_moves_nothing(alfa, sera, rival, sven):
    start = first_date()
    made = ask(sera, sven, start)
    answer(sven, single(rival, sven, start + timedelta(days=14, hours=2)), kind="sessions")
    before = alfa.row_counts()
    path, to = f"/series/{made['id']}", start + timedelta(hours=2)
    refused = conflict(sera.call("PATCH", path, {"start": to.isoformat()}))
    assert [(one["position"], one["conflict"]) for one in refused["dates"]] == [(3, "time_not_free")]
    for body, field in [
        ({"start": "2020-01-01T10:00:00Z"}, "start"), ({"start": "2090-01-01T10:00:00Z"}, "start"),
        ({"start": "noon"}, "start"), ({}, "start"), ({"minutes": 30}, "start"), ({"status": "scheduled"}, "status"),
        ({"status": "cancelled", "reason": "x", "start": to.isoformat()}, "status"), ({"start": to.isoformat(), "from": 0}, "from"),
    ]:
        assert fields(sera.call("PATCH", path, body)) == [field], body
    assert alfa.row_counts() == before and starts(seen(sera, made)) == weekly(start)


def test_a_mentor_puts_other_times_forward_and_the_mentee_takes_them_all(sera, sven):
    start = first_date()
    made = ask(sera, sven, start)
    to = start + timedelta(minutes=90)
    change(sven, made, start=to.isoformat(), reason="I teach at ten.")
    assert starts(seen(sera, made)) == weekly(start) and told(sera, made) == ["proposed"]
    taken = answer(sera, made)
    assert starts(taken) == weekly(to) and statuses(taken) == ["scheduled"] * 5
    change(sven, made, start=(to - timedelta(minutes=60)).isoformat(), reason="Earlier is better.")
    refused = answer(sera, made, "decline", reason="Not for me.")
    assert starts(refused) == weekly(to) and {session["proposal"] is None for session in refused["dates"]} == {True}


# Between communities

def arrived(person, series):
    """The series as somebody elsewhere has it, once it has arrived whole."""
    first = person.awaits(series["dates"][0]["uri"], "pending")
    return until(
        lambda: (found := seen(person, first["series"]))["dates"][-1]["series"]["position"] == series["count"]
        and len(found["dates"]) == series["count"] and found, "the whole series")


def test_a_series_is_agreed_and_ended_between_communities(sera, sonja):
    start = first_date()
    preview = sera.ok("POST", "/series/preview", question(sonja, start, count=8))
    assert [one["verdict"] for one in preview["dates"]] == ["free"] * 4 + ["unknown"] * 4, "after 30 days nothing is told"
    made = ask(sera, sonja, start, count=8)
    mirror = arrived(sonja, made)
    assert starts(mirror) == starts(made) == weekly(start, 8) and mirror["uri"] == made["uri"]
    assert told(sonja, mirror) == ["requested"] and "a series of 8 sessions, every week" in messages(sonja, mirror)[0]
    answer(sonja, mirror, **{"except": [5]})
    expected = ["scheduled"] * 4 + ["declined"] + ["scheduled"] * 3
    until(lambda: statuses(seen(sera, made)) == expected, "the answer")
    assert statuses(seen(sonja, mirror)) == expected
    assert sorted(told(sera, made)) == ["accepted", "declined"]
    change(sera, made, start=(start + timedelta(days=7, minutes=30)).isoformat(), **{"from": 2})
    until(lambda: statuses(seen(sonja, mirror)).count("pending") == 6, "the move")
    assert told(sonja, mirror)[0] == "rescheduled" and len(told(sonja, mirror)) == 2
    answer(sonja, mirror)
    until(lambda: statuses(seen(sera, made)) == expected, "the second answer")
    assert starts(seen(sera, made)) == starts(seen(sonja, mirror))
    change(sonja, mirror, status="cancelled", reason="I move away.", **{"from": 3})
    ended = ["scheduled"] * 2 + ["cancelled"] * 2 + ["declined"] + ["cancelled"] * 3
    until(lambda: statuses(seen(sera, made)) == ended, "the end")
    assert statuses(seen(sonja, mirror)) == ended
    assert told(sera, made).count("cancelled") == 1


def test_a_date_that_the_other_community_does_not_have_is_turned_away_alone(beta, sera, sonja):
    start = first_date(hour=12)
    neighbour = beta.open_account("sonjas_neighbour")
    answer(sonja, single(neighbour, sonja, start + timedelta(days=14)), kind="sessions")
    preview = sera.ok("POST", "/series/preview", question(sonja, start, count=3))["dates"]
    assert preview[2]["verdict"] == "not_free" and preview[2]["rule"] is None
    assert written(start + timedelta(days=14, hours=1)) in preview[2]["same_day"]
    made = ask(sera, sonja, start, count=3)
    mirror = arrived(sonja, made)
    until(lambda: statuses(seen(sera, made)) == ["pending", "pending", "declined"], "the one refusal")
    answer(sonja, mirror)
    until(lambda: statuses(seen(sera, made)) == ["scheduled", "scheduled", "declined"], "the answer")
    assert statuses(seen(sonja, mirror)) == statuses(seen(sera, made))


def test_a_server_that_knows_no_series_sees_requests_like_every_other(sera, peer):
    actor = peer.actor("seriesless")
    start = first_date()
    made = ask(sera, actor, start, count=3)
    invitations = [peer.awaits(actor, "Invite", session["uri"]).activity for session in made["dates"]]
    for position, invitation in enumerate(invitations, 1):
        assert invitation["object"]["mnt:series"] == {
            "id": made["uri"], "mnt:position": position, "mnt:count": 3, "mnt:frequency": "weekly"}
        assert invitation["mnt:act"] == {"id": invitations[0]["id"], "mnt:parts": 3}
    peer.tell(actor, sera.uri, activity(actor, "Accept", sera.uri, stub(invitations[1]), mnt__revision=0))
    until(lambda: statuses(seen(sera, made)) == ["pending", "scheduled", "pending"], "the acceptance")
    peer.tell(actor, sera.uri, activity(actor, "Reject", sera.uri, stub(invitations[0]), mnt__revision=0))
    until(lambda: statuses(seen(sera, made)) == ["declined", "scheduled", "pending"], "the refusal")
    assert sorted(told(sera, made)) == ["accepted", "declined"]


def test_what_another_server_says_of_a_series_is_believed_only_where_it_can_be(beta, sonja, peer):
    actor, other = peer.actor("serial"), peer.actor("copycat", "elsewhere")
    start = first_date(11)
    series = actor.new_id("series")

    def tell(who, position, number, uri=series, count=3, frequency="weekly", **members):
        thing = event(who, sonja.uri, start + timedelta(days=number), 30, mnt__series={
            "id": uri, "mnt:position": position, "mnt:count": count, "mnt:frequency": frequency})
        peer.tell(who, sonja.uri, invite(who, sonja.uri, thing, **members))
        return until(lambda: sonja.session(thing["id"]), "the request")

    act = {"id": actor.new_id(), "mnt:parts": 2}
    first, second = (tell(actor, number + 1, number, mnt__act=act) for number in (0, 1))
    assert [one["series"]["position"] for one in (first, second)] == [1, 2]
    assert first["series"]["id"] == second["series"]["id"]
    assert told(sonja, first["series"]) == ["requested"]
    for who, position, number, members in [
        (actor, 2, 2, {}), (actor, 4, 3, {}), (actor, 0, 4, {}), (actor, 3, 5, {"frequency": "daily"}), (actor, 3, 6, {"count": 1}),
        (actor, 3, 7, {"count": 500}), (actor, "three", 8, {}), (other, 3, 9, {}), (actor, 3, 10, {"uri": "javascript:alert(1)"}),
        (actor, 3, 11, {"uri": other.new_id("series")}),
    ]:
        assert tell(who, position, number, **members)["series"] is None, (position, members)
    third = tell(actor, 3, 12, mnt__act=act)
    assert third["series"]["position"] == 3
    assert told(sonja, first["series"]).count("requested") == 2, "an act tells for no more parts than it said"
