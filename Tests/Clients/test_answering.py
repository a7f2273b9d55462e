"""What a mentor can answer besides yes and no, where they meet, what is late, and who is reminded."""

from datetime import timedelta

import pytest

from people import mentor
from waiting import now, until, written

PLACE = {"link": "https://rooms.example/own", "platform": "Big Blue Button", "passcode": "4815", "detail": None}


@pytest.fixture(scope="module")
def olga(alfa):
    return mentor(alfa.open_account("ottilie"))


@pytest.fixture(scope="module")
def pere(beta):
    return mentor(beta.open_account("perpetua"))


def ask(mentee, teacher, times, **more):
    """A request, and both views of it."""
    asked = mentee.ok("POST", "/sessions", {
        "mentor": teacher.handle, "type": "pana_support", "topic": "My portfolio", "start": written(times.next()), "minutes": 30,
        "zone": "Europe/Berlin"} | more)
    return asked, teacher.awaits(asked["uri"], "pending")


def respond(person, session, **answer):
    return person.ok("POST", f"/sessions/{session['id']}/respond", answer)


def refused(person, session, status=422, **answer):
    reply = person.call("POST", f"/sessions/{session['id']}/respond", answer)
    assert reply.status_code == status, reply.text
    return [error["field"] for error in reply.json().get("fields", [])]


def direct_posts(person, uri):
    """What the community has told somebody about a session, oldest first."""
    rows = person.community.sql(
        f"select source from posts join session_messages on post_id = posts.id join sessions on sessions.id = session_id "
        f"join accounts on accounts.actor_id = reader_id join actors on actors.id = accounts.actor_id "
        f"where sessions.uri = '{uri}' and actors.uri = '{person.uri}' order by posts.id")
    return [row[0] for row in rows]


# Where they meet

@pytest.fixture(params=["here", "elsewhere"])
def pair(request, mika, olga, pere):
    return mika, olga if request.param == "here" else pere


def test_the_number_and_the_passcode_reach_the_mentee_with_the_acceptance(pair, times):
    mika, teacher = pair
    phone = {"medium": "phone", "detail": "+34 600 000 000", "link": None, "platform": None, "passcode": None}
    room = {"medium": "online"} | PLACE
    for place in (phone, room):
        asked, mirror = ask(mika, teacher, times)
        respond(teacher, mirror, action="accept", place=place)
        assert mika.awaits(asked["uri"], "scheduled")["place"] == place


def test_an_acceptance_without_a_place_takes_the_usual_one(pair, times):
    mika, teacher = pair
    teacher.ok("PUT", "/places/online", PLACE)
    assert teacher.ok("GET", "/places")["places"] == [{"medium": "online"} | PLACE]
    asked, mirror = ask(mika, teacher, times)
    respond(teacher, mirror, action="accept")
    assert mika.awaits(asked["uri"], "scheduled")["place"] == {"medium": "online"} | PLACE
    assert teacher.call("DELETE", "/places/online").status_code == 204
    assert teacher.call("DELETE", "/places/online").status_code == 404
    asked, mirror = ask(mika, teacher, times)
    respond(teacher, mirror, action="accept")
    assert mika.awaits(asked["uri"], "scheduled")["place"]["link"].startswith("https://meet.example/")


@pytest.mark.parametrize(("medium", "body", "field"), [
    ("online", {}, "link"), ("online", {"link": "javascript:alert(1)"}, "link"), ("phone", {"detail": " "}, "detail"),
    ("online", {"link": "https://a.example", "passcode": "x" * 61}, "passcode"),
    ("online", {"link": "https://a.example", "platform": "two\nlines"}, "platform")])
def test_a_place_where_nobody_can_meet_is_refused(olga, medium, body, field):
    rows = olga.community.row_counts()
    reply = olga.call("PUT", f"/places/{medium}", body)
    assert reply.status_code == 422 and [error["field"] for error in reply.json()["fields"]] == [field]
    assert olga.call("PUT", "/places/by_pigeon", {"link": "https://a.example"}).status_code == 404
    assert olga.community.row_counts() == rows


# Answers besides yes and no

def test_a_mentor_who_declines_can_suggest_others(pair, times, lena, noor):
    mika, teacher = pair
    asked, mirror = ask(mika, teacher, times)
    respond(teacher, mirror, action="decline", reason="I know nothing of SQL.", suggest=[lena.handle, noor.uri, lena.handle])
    ended = mika.awaits(asked["uri"], "declined")["ended"]
    assert ended["suggested"] == [lena.uri, noor.uri]
    said = direct_posts(mika, asked["uri"])[-1]
    assert f"@{lena.handle}" in said and "suggests to ask" in said


def test_suggestions_that_help_nobody_are_refused(mika, olga, lena, times):
    asked, mirror = ask(mika, olga, times)
    for names, field in ((["nobody-there"], "suggest[0]"), ([olga.handle], "suggest[0]"), ([lena.handle, mika.handle], "suggest"),
                         (["a"] * 6, "suggest")):
        assert refused(olga, mirror, action="decline", reason="No.", suggest=names) == [field], names
    assert refused(olga, mirror, action="accept", suggest=[lena.handle]) == ["suggest"]
    assert mika.ok("GET", f"/sessions/{asked['id']}")["status"] == "pending"


def test_a_mentor_proposes_several_times_at_once_and_the_mentee_takes_one(pair, times):
    mika, teacher = pair
    asked, mirror = ask(mika, teacher, times)
    starts = [written(times.next()) for _ in range(3)]
    respond(teacher, mirror, action="propose", times=starts, reason="I teach then.")
    offered = mika.awaits(asked["uri"], "pending", waiting_on="mentee")
    assert [slot["start"] for slot in offered["proposal"]["slots"]] == starts
    assert offered["waiting"]["otherwise"] == "expires" and offered["waiting"]["until"] == offered["answer_by"]
    respond(mika, asked, action="accept", start=starts[1])
    assert mika.awaits(asked["uri"], "scheduled")["start"] == starts[1] == teacher.awaits(asked["uri"], "scheduled")["start"]


def test_a_mentor_asks_to_choose_again_while_the_agreed_time_stands(pair, times):
    mika, teacher = pair
    asked, mirror = ask(mika, teacher, times)
    respond(teacher, mirror, action="accept")
    mika.awaits(asked["uri"], "scheduled")
    respond(teacher, mirror, action="pick_again", reason="The school is closed that day.")
    wished = mika.awaits(asked["uri"], "scheduled", waiting_on="mentee")
    assert wished["proposal"] == {"slots": [], "reason": "The school is closed that day."} and wished["start"] == asked["start"]
    assert wished["waiting"]["otherwise"] == "agreed_time_stands"
    assert "asks you to choose another time" in direct_posts(mika, asked["uri"])[-1]
    assert refused(mika, asked, status=409, action="accept") == []
    other = written(times.next())
    mika.ok("PATCH", f"/sessions/{asked['id']}", {"start": other})
    respond(teacher, teacher.awaits(asked["uri"], "pending", revision=1), action="accept")
    assert mika.awaits(asked["uri"], "scheduled")["start"] == other


def test_a_mentor_asks_before_they_answer_and_the_mentee_tells(pair, times):
    mika, teacher = pair
    asked, mirror = ask(mika, teacher, times)
    assert refused(mika, asked, status=409, action="tell", answer="Pencils.") == []
    respond(teacher, mirror, action="ask", question="Which tools do you use?")
    wondered = mika.awaits(asked["uri"], "pending", waiting_on="mentee")
    assert wondered["question"] == "Which tools do you use?" and "wants to know more" in direct_posts(mika, asked["uri"])[-1]
    respond(mika, asked, action="tell", answer="Pencils,\nand a ruler.")
    told = teacher.awaits(asked["uri"], "pending", waiting_on="mentor")
    assert told["question"] is None
    for view in (told, mika.awaits(asked["uri"], "pending")):
        assert view["answers"] == [{"question": "Which tools do you use?", "text": "Pencils,\nand a ruler."}]
        assert [event["what"] for event in view["history"]] == ["requested", "inquired", "told"]
    assert "a ruler" in direct_posts(teacher, asked["uri"])[-1]
    respond(teacher, mirror, action="accept")
    assert mika.awaits(asked["uri"], "scheduled")["question"] is None
    assert refused(teacher, mirror, status=409, action="ask", question="Why?") == []


@pytest.mark.parametrize(("answer", "field"), [
    ({"action": "ask"}, "question"), ({"action": "ask", "question": "x" * 301}, "question"),
    ({"action": "ask", "question": "two\nlines"}, "question"), ({"action": "tell", "answer": " "}, "answer"),
    ({"action": "propose", "reason": "No."}, "times"), ({"action": "propose", "times": [], "reason": "No."}, "times"),
    ({"action": "propose", "times": ["2020-01-01T10:00:00Z"], "reason": "No."}, "start"),
    ({"action": "pick_again"}, "reason"), ({"action": "decline", "reason": "No.", "code": "taken"}, "code"),
    ({"action": "perhaps"}, "action")])
def test_an_answer_that_says_too_little_names_its_field(mika, olga, times, answer, field):
    asked, mirror = ask(mika, olga, times)
    assert refused(olga, mirror, **answer) == [field]
    assert mika.ok("GET", f"/sessions/{asked['id']}")["waiting_on"] == "mentor"


def test_only_the_mentor_proposes(mika, olga, times):
    asked, _ = ask(mika, olga, times)
    assert refused(mika, asked, status=403, action="pick_again", reason="Please.") == []
    assert refused(mika, asked, status=403, action="propose", times=[written(times.next())], reason="Please.") == []


# Late, and reminded

def soon(session, person, hours):
    """Puts an agreed session near, which nobody could book."""
    start = written((now() + timedelta(hours=hours)).replace(microsecond=0))
    person.community.sql(f"update sessions set starts_at = '{start}' where uri = '{session['uri']}'")


@pytest.mark.parametrize(("hours", "code", "late"), [(30, None, False), (20, None, True), (20, "illness", False)])
def test_who_cancels_late_can_and_sees_it_before_and_after(mika, olga, times, hours, code, late):
    assert mika.ok("GET", "/rules")["notice_hours"] == {"mentee": 24, "mentor": 2}
    asked, mirror = ask(mika, olga, times)
    assert asked["late_from"] is None
    respond(olga, mirror, action="accept")
    assert "from then on it is noted as late" in direct_posts(mika, asked["uri"])[-1]
    soon(asked, mika, hours)
    path = f"/sessions/{asked['id']}"
    border = mika.ok("GET", path)["late_from"]
    assert (border <= written(now())) == (hours < 24)
    assert olga.ok("GET", f"/sessions/{mirror['id']}")["late_from"] > border
    gone = mika.ok("PATCH", path, {"status": "cancelled", "reason": "I cannot come."} | ({"code": code} if code else {}))
    assert gone["ended"]["late"] == late and gone["history"][-1]["late"] == late
    assert gone["ended"]["code"] == (code or "unspecified")
    assert olga.ok("GET", f"/sessions/{mirror['id']}")["ended"]["late"] == late


def test_who_has_to_answer_is_reminded_once_where_they_are_at_home(mika, pere, times):
    asked, mirror = ask(mika, pere, times)
    assert mirror["waiting"]["who"] == "mentor"
    before = len(direct_posts(pere, asked["uri"]))
    # A day before its end, as the clock will find it.
    pere.community.sql(
        f"update sessions set revised_at = now() - interval '6 days', answer_by = now() + interval '23 hours' where uri = '{asked['uri']}'")
    pere.community.sql(
        f"update jobs set payload = jsonb_set(payload, '{{at}}', to_jsonb('2020-01-01T00:00:00Z'::text)), due_at = now() "
        f"where kind = 'session.timer' and payload->>'session' = '{mirror['id']}'")
    pere.community.sql("select pg_notify('mentord_jobs', '')")
    until(lambda: len(direct_posts(pere, asked["uri"])) == before + 1, "reminder")
    assert "still waits for your answer" in direct_posts(pere, asked["uri"])[-1]
    told = [n["what"] for n in pere.ok("GET", "/notifications")["notifications"] if n["session"] == mirror["id"]]
    assert told == ["reminded", "requested"]
    assert [event["what"] for event in pere.ok("GET", f"/sessions/{mirror['id']}")["history"]] == ["requested", "reminded"]
    assert len(direct_posts(mika, asked["uri"])) == 0
    respond(pere, mirror, action="accept")
    mika.awaits(asked["uri"], "scheduled")
