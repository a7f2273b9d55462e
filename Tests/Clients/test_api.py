"""The mentoring API within one community: every kind of answer, good and bad."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from refusals import fields
from waiting import written

SESSION = "00000000-0000-4000-8000-000000000000"
READS = ["/sessions", "/sessions/asks", "/sessions/time", "/answers", f"/sessions/{SESSION}", "/profile", "/application", "/discover", "/session-types",
         "/notifications", f"/sessions/{SESSION}/reviews", "/mentors/lena/reviews", "/figures", "/figures/community", "/attendance", "/no-shows",
         "/offers", "/offers/by-link/nothing", "/rules", "/places", f"/sessions/{SESSION}/workspace", f"/sessions/{SESSION}/notes",
         f"/sessions/{SESSION}/notes/versions", f"/sessions/{SESSION}/messages", f"/series/{SESSION}", "/suggestions", "/wishes"]
WRITES = [("POST", "/sessions"), ("PATCH", f"/sessions/{SESSION}"), ("POST", f"/sessions/{SESSION}/respond"),
          ("POST", f"/sessions/{SESSION}/outcome"), ("POST", f"/sessions/{SESSION}/dispute"), ("POST", "/profile"), ("PATCH", "/profile"),
          ("POST", f"/sessions/{SESSION}/start"), ("POST", f"/sessions/{SESSION}/end"), ("POST", f"/sessions/{SESSION}/items"),
          ("PATCH", f"/sessions/{SESSION}/items/{SESSION}"), ("PUT", f"/sessions/{SESSION}/notes"),
          ("PUT", f"/sessions/{SESSION}/private-notes"), ("POST", f"/sessions/{SESSION}/messages"), ("POST", f"/sessions/{SESSION}/follow-up"),
          ("POST", f"/sessions/{SESSION}/reviews"), ("POST", f"/reviews/{SESSION}/report"), ("POST", "/no-shows/1/decide"),
          ("POST", "/application"), ("POST", "/offers"), ("POST", "/mentors/lena/holds"), ("PUT", "/places/online"), ("PUT", "/wishes"),
          ("POST", "/series"), ("POST", "/series/preview"), ("PATCH", f"/series/{SESSION}"), ("POST", f"/series/{SESSION}/respond")]


@pytest.fixture
def request_body(lena, times):
    return {"mentor": "lena", "type": "pana_support", "topic": "My portfolio", "start": written(times.next()), "minutes": 30,
            "zone": "Europe/Berlin"}


@pytest.fixture
def session(mika, request_body):
    asked = mika.ok("POST", "/sessions", request_body)
    del asked["asks"]
    return asked


@pytest.fixture(scope="module")
def reader(alfa, mika):
    return alfa.token("mika", scopes="read", name="reader")


@pytest.fixture(scope="module")
def writer(alfa, mika):
    return alfa.token("mika", scopes="write", name="writer")


@pytest.fixture(scope="module")
def stranger(alfa):
    return alfa.open_account("stranger")


# Who may ask

@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Bearer " + "x" * 43, "Basic bWlrYTp4", "Bearer " + "y" * 2000])
@pytest.mark.parametrize(("method", "path"), [("GET", path) for path in READS] + WRITES)
def test_without_a_valid_token_nothing_is_answered(method, path, header, alfa):
    headers = {} if header is None else {"Authorization": header}
    assert alfa.api(method, path, {} if method != "GET" else None, headers=headers).status_code == 401


def test_a_token_in_the_address_is_none(alfa, mika):
    for name in ("access_token", "token"):
        assert alfa.request("GET", f"/api/mentoring/profile?{name}={mika.token}").status_code == 401


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_token_for_reading_does_not_write(method, path, alfa, reader):
    assert alfa.api(method, path, {}, token=reader).status_code == 403


@pytest.mark.parametrize("path", READS)
def test_a_token_for_writing_does_not_read(path, alfa, writer):
    assert alfa.api("GET", path, token=writer).status_code == 403


def test_a_new_token_of_the_same_name_replaces_the_old_one(alfa, mika):
    first = alfa.token("mika", name="spare")
    second = alfa.token("mika", name="spare")
    assert alfa.api("GET", "/sessions", token=first).status_code == 401
    assert alfa.api("GET", "/sessions", token=second).status_code == 200


# What cannot be read

@pytest.mark.parametrize(
    "body",
    ["", "{", "not json", "{}x", '{"topic": "a", "topic": "b"}', '{"topic": "\\ud800"}', '{"topic": "\\u0000"}', "[" * 40 + "]" * 40,
     '{"minutes": 01}', "\ufeff{}"])
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_that_is_no_json_is_refused(method, path, body, mika):
    response = mika.call(method, path, data=body.encode(), headers={"Content-Type": "application/json"})
    assert response.status_code == 400


@pytest.mark.parametrize("media", [None, "text/plain", "application/x-www-form-urlencoded", "application/activity+json"])
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_of_another_type_is_refused(method, path, media, mika):
    headers = {"Content-Type": media} if media else {}
    assert mika.call(method, path, data=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_that_is_too_large_is_refused(method, path, mika):
    body = b'{"topic": "' + b"a" * 262_144 + b'"}'
    assert mika.call(method, path, data=body, headers={"Content-Type": "application/json"}).status_code == 413


@pytest.mark.parametrize("body", ["[]", "null", "1", '"text"'])
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_that_is_no_object_is_refused(method, path, body, mika):
    response = mika.call(method, path, data=body, headers={"Content-Type": "application/json"})
    assert fields(response) == [""]


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/sessions"), ("PUT", "/profile"), ("POST", "/discover"), ("DELETE", f"/sessions/{SESSION}")])
def test_other_methods_are_not_taken(method, path, alfa, mika):
    response = alfa.request(method, f"/api/mentoring{path}", {"Authorization": f"Bearer {mika.token}"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert set(response.json()) == {"error"}


# Asking for a session

def test_a_request_becomes_a_session_of_both(mika, lena, request_body):
    made = mika.call("POST", "/sessions", request_body | {"message": "First line\nsecond <b>line</b>"})
    assert made.status_code == 201
    session = made.json()
    assert made.headers["Location"] == f"/api/mentoring/sessions/{session['id']}"
    assert session["status"] == "pending" and session["role"] == "mentee" and session["waiting_on"] == "mentor"
    assert session["start"] == request_body["start"] and session["message"] == "First line\nsecond <b>line</b>"
    assert session["mentor"]["handle"] == lena.handle and session["mentee"]["is_local"] and session["rate"] is None
    seen = lena.ok("GET", f"/sessions/{session['id']}")
    assert seen["role"] == "mentor" and seen["uri"] == session["uri"]


def test_what_a_mentor_asks_becomes_the_rate(mika, request_body):
    session = mika.ok("POST", "/sessions", request_body | {"type": "knowledge_transfer"})
    assert session["rate"] == {"amount": "20.00", "currency": "EUR", "per": "hour"}
    stated = {"amount": "20.0", "currency": "EUR", "per": "hour"}
    session = mika.ok("POST", "/sessions", request_body | {"type": "knowledge_transfer", "rate": stated})
    assert session["rate"]["amount"] == "20.00"


def test_a_place_is_kept_and_members_may_be_null(mika, request_body):
    place = {"medium": "phone", "detail": "+49 30 1234", "link": None, "platform": None, "passcode": None}
    session = mika.ok("POST", "/sessions", request_body | {"place": place, "message": None, "rate": None})
    assert session["place"] == place


def later(**distance):
    return written(datetime.now(timezone.utc) + timedelta(**distance))


INVALID = [
    ({"start": later(hours=-1)}, "start"), ({"start": "2026-09-08T16:00:00"}, "start"), ({"start": "soon"}, "start"),
    ({"start": later(days=732)}, "start"), ({"start": 5}, "start"), ({"minutes": 31}, "minutes"), ({"minutes": 0}, "minutes"),
    ({"minutes": 481}, "minutes"), ({"minutes": "30"}, "minutes"), ({"minutes": 30.5}, "minutes"),
    ({"zone": "Europe/Atlantis"}, "zone"), ({"zone": "GMT+2"}, "zone"), ({"zone": "CEST"}, "zone"), ({"zone": ""}, "zone"),
    ({"type": "panamia_planning", "rate": {"amount": "5", "currency": "EUR"}}, "rate"),
    ({"rate": {"amount": "5", "currency": "EUR"}}, "rate"),
    ({"type": "knowledge_transfer", "rate": {"amount": "19", "currency": "EUR", "per": "hour"}}, "rate"),
    ({"type": "knowledge_transfer", "rate": {"amount": "-1", "currency": "EUR"}}, "rate.amount"),
    ({"type": "knowledge_transfer", "rate": {"amount": "20", "currency": "XXX"}}, "rate.currency"),
    ({"type": "knowledge_transfer", "rate": {"amount": "20", "currency": "EUR", "per": "year"}}, "rate.per"),
    ({"type": "knowledge_transfer", "rate": {"currency": "EUR"}}, "rate.amount"),
    ({"type": "magic"}, "type"), ({"type": "artistic"}, "type"), ({"topic": ""}, "topic"), ({"topic": " \n "}, "topic"),
    ({"topic": "a" * 201}, "topic"), ({"topic": "two\nlines"}, "topic"), ({"message": "a" * 5001}, "message"),
    ({"message": "bell \u0007"}, "message"), ({"mentor": "nobody"}, "mentor"), ({"mentor": "mika"}, "mentor"), ({"mentor": ""}, "mentor"),
    ({"mentor": "quite@wrong@here"}, "mentor"), ({"mentor": None}, "mentor"), ({"place": {"medium": "telepathy"}}, "place.medium"),
    ({"place": {"link": "javascript:alert(1)"}}, "place.link"), ({"place": {"detail": "a" * 501}}, "place.detail"),
    ({"place": {"planet": "Mars"}}, "place.planet"), ({"place": "here"}, "place"), ({"urgent": True}, "urgent"),
]


@pytest.mark.parametrize(("change", "field"), INVALID, ids=lambda value: json.dumps(value)[:60])
def test_what_is_not_allowed_is_named_and_changes_nothing(change, field, alfa, mika, request_body):
    before = alfa.row_counts()
    response = mika.call("POST", "/sessions", request_body | change)
    assert fields(response) == [field]
    assert alfa.row_counts() == before


@pytest.mark.parametrize("missing", ["mentor", "type", "topic", "start", "minutes", "zone"])
def test_what_is_missing_is_named(missing, mika, request_body):
    del request_body[missing]
    assert fields(mika.call("POST", "/sessions", request_body)) == [missing]


def test_everything_wrong_is_told_at_once(mika, request_body):
    wrong = request_body | {"minutes": 31, "zone": "Mars/Olympus", "topic": "", "start": later(hours=-1)}
    assert set(fields(mika.call("POST", "/sessions", wrong))) == {"minutes", "zone", "topic", "start"}


def test_who_has_no_published_profile_cannot_be_asked(mika, lena, request_body):
    assert fields(lena.call("POST", "/sessions", request_body | {"mentor": "mika"})) == ["mentor"]


# Answering and changing, both in one community

def test_an_acceptance_brings_a_room_of_the_community(mika, lena, session):
    accepted = lena.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "note": "Gladly."})
    assert accepted["status"] == "scheduled" and accepted["waiting_on"] is None
    assert accepted["place"]["link"].startswith("https://meet.example/")
    assert accepted["history"][-1] | {"at": None} == {"what": "accepted", "by": "mentor", "at": None, "revision": 0, "reason": "Gladly.", "late": False, "despite": None}
    assert mika.ok("GET", f"/sessions/{session['id']}")["place"] == accepted["place"]


def test_a_mentor_can_bring_their_own_place(lena, session):
    place = {"medium": "online", "detail": None, "link": "https://rooms.example/lena", "platform": "Jitsi", "passcode": "4815"}
    accepted = lena.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "place": place})
    assert accepted["place"] == place


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "action"), ({"action": "maybe"}, "action"), ({"action": "decline"}, "reason"), ({"action": "decline", "reason": " "}, "reason"),
     ({"action": "decline", "reason": "a" * 1001}, "reason"), ({"action": "accept", "note": "a" * 1001}, "note"),
     ({"action": "accept", "place": {"link": "nowhere"}}, "place.link"), ({"action": "accept", "why": "so"}, "why"),
     ({"action": "accept", "start": "noon"}, "start")])
def test_an_answer_that_is_not_allowed_is_named(body, field, lena, session):
    assert fields(lena.call("POST", f"/sessions/{session['id']}/respond", body)) == [field]
    assert lena.ok("GET", f"/sessions/{session['id']}")["status"] == "pending"


@pytest.mark.parametrize(
    ("body", "field"),
    [({"status": "scheduled"}, "status"), ({"status": "cancelled"}, "reason"), ({"status": "cancelled", "reason": ""}, "reason"),
     ({"status": "cancelled", "reason": "x", "minutes": 45}, "status"), ({"start": later(hours=-2)}, "start"),
     ({"start": later(days=800)}, "start"), ({"zone": "Mars/Olympus"}, "zone"), ({"minutes": 0}, "minutes"), ({"notes": None}, "notes"),
     ({"notes": "a" * 20_001}, "notes"), ({"topic": "new"}, "topic")])
def test_a_change_that_is_not_allowed_is_named(body, field, mika, session):
    assert fields(mika.call("PATCH", f"/sessions/{session['id']}", body)) == [field]
    assert mika.ok("GET", f"/sessions/{session['id']}") == session


def conflict(response):
    assert response.status_code == 409, response.text
    return response.json()["conflict"], response.json()["status"]


def test_only_what_stands_open_can_be_answered(mika, lena, session):
    path = f"/sessions/{session['id']}"
    assert conflict(mika.call("POST", path + "/respond", {"action": "accept"})) == ("unknown_proposal", "pending")
    assert conflict(mika.call("POST", path + "/respond", {"action": "decline", "reason": "no"})) == ("unknown_proposal", "pending")
    assert conflict(lena.call("PATCH", path, {"status": "cancelled", "reason": "no"})) == ("not_scheduled", "pending")
    lena.ok("POST", path + "/respond", {"action": "accept"})
    assert conflict(lena.call("POST", path + "/respond", {"action": "accept"})) == ("already_answered", "scheduled")
    assert conflict(lena.call("POST", path + "/respond", {"action": "decline", "reason": "no"})) == ("not_pending", "scheduled")
    assert conflict(mika.call("PATCH", path, {"minutes": session["minutes"]})) == ("unchanged", "scheduled")
    mika.ok("PATCH", path, {"status": "cancelled", "reason": "I am ill."})
    for person, method, way, body in [
        (mika, "PATCH", path, {"status": "cancelled", "reason": "again"}), (lena, "PATCH", path, {"status": "cancelled", "reason": "again"}),
        (lena, "POST", path + "/respond", {"action": "accept"}), (lena, "POST", path + "/respond", {"action": "decline", "reason": "no"}),
        (mika, "PATCH", path, {"minutes": 60}), (lena, "PATCH", path, {"minutes": 60, "reason": "longer"}),
    ]:
        assert conflict(person.call(method, way, body)) == ("ended", "cancelled")
    assert mika.ok("GET", path)["ended"] | {"at": None} == {
        "by": "mentee", "reason": "I am ill.", "code": "unspecified", "at": None, "late": False, "suggested": []}


def test_a_declined_request_can_still_be_accepted(lena, session):
    path = f"/sessions/{session['id']}/respond"
    declined = lena.ok("POST", path, {"action": "decline", "reason": "Away."})
    assert declined["status"] == "declined" and declined["ended"]["reason"] == "Away."
    assert conflict(lena.call("POST", path, {"action": "decline", "reason": "Really."})) == ("already_answered", "declined")
    assert lena.ok("POST", path, {"action": "accept"})["status"] == "scheduled"


def test_a_mentor_is_not_booked_twice(mika, lena, request_body):
    first = mika.ok("POST", "/sessions", request_body)
    second = mika.ok("POST", "/sessions", request_body)
    lena.ok("POST", f"/sessions/{first['id']}/respond", {"action": "accept"})
    assert conflict(lena.call("POST", f"/sessions/{second['id']}/respond", {"action": "accept"})) == ("slot_taken", "pending")


def test_a_move_waits_for_a_new_answer(mika, lena, session, times):
    path = f"/sessions/{session['id']}"
    lena.ok("POST", path + "/respond", {"action": "accept"})
    moved = mika.ok("PATCH", path, {"start": written(times.next()), "minutes": 45, "zone": "UTC"})
    assert (moved["status"], moved["revision"], moved["waiting_on"], moved["zone"]) == ("pending", 1, "mentor", "UTC")
    assert lena.ok("POST", path + "/respond", {"action": "accept"})["status"] == "scheduled"


def test_a_mentor_proposes_and_the_mentee_takes_or_leaves(mika, lena, session, times):
    path = f"/sessions/{session['id']}"
    other = written(times.next())
    assert fields(lena.call("PATCH", path, {"start": other})) == ["reason"]
    proposed = lena.ok("PATCH", path, {"start": other, "reason": "I teach then."})
    assert proposed["proposal"]["slots"][0]["start"] == other and proposed["waiting_on"] == "mentee"
    assert fields(mika.call("POST", path + "/respond", {"action": "decline"})) == ["reason"]
    left = mika.ok("POST", path + "/respond", {"action": "decline", "reason": "I cannot."})
    assert left["proposal"] is None and left["status"] == "pending"
    lena.ok("PATCH", path, {"start": other, "reason": "Please."})
    assert fields(mika.call("POST", path + "/respond", {"action": "accept", "start": written(times.next())})) == ["start"]
    taken = mika.ok("POST", path + "/respond", {"action": "accept", "start": other})
    assert (taken["status"], taken["start"], taken["revision"]) == ("scheduled", other, 1)
    assert [entry["what"] for entry in taken["history"]] == ["requested", "proposed", "proposal_declined", "proposed", "rescheduled", "accepted"]


# Reading

def test_notes_are_for_whom_they_belong_to(mika, lena, session):
    path = f"/sessions/{session['id']}"
    assert mika.ok("PATCH", path, {"notes": "Bring the portfolio."})["notes"] == "Bring the portfolio."
    assert lena.ok("GET", path)["notes"] is None
    assert lena.ok("PATCH", path, {"notes": "Was late last time."})["notes"] == "Was late last time."
    assert mika.ok("PATCH", path, {})["notes"] == "Bring the portfolio."
    assert mika.ok("PATCH", path, {"notes": ""})["notes"] is None


def test_a_change_is_whole_or_not_at_all(mika, session):
    path = f"/sessions/{session['id']}"
    assert mika.call("PATCH", path, {"notes": "kept?", "start": later(hours=-1)}).status_code == 422
    assert mika.ok("GET", path)["notes"] is None


@pytest.mark.parametrize("method", ["GET", "PATCH", "POST"])
def test_the_session_of_others_looks_like_none(method, stranger, session):
    way, body = {"GET": ("", None), "PATCH": ("", {"notes": "x"}), "POST": ("/respond", {"action": "accept"})}[method]
    theirs = stranger.call(method, f"/sessions/{session['id']}{way}", body)
    for name in (SESSION, "no-uuid"):
        missing = stranger.call(method, f"/sessions/{name}{way}", body)
        assert missing.status_code == 404 and missing.content == theirs.content


def test_lists_are_read_page_by_page(mika, lena, request_body, times):
    for _ in range(3):
        mika.ok("POST", "/sessions", request_body | {"start": written(times.next())})
    found, following = [], ""
    while True:
        page = mika.ok("GET", f"/sessions?limit=2{following}")
        assert len(page["sessions"]) <= 2
        found += [session["id"] for session in page["sessions"]]
        if page["next"] is None:
            break
        following = f"&before={page['next']}"
    assert len(found) == len(set(found)) >= 3
    newest = mika.ok("GET", "/sessions?limit=40")["sessions"]
    assert [session["id"] for session in newest] == found[:40]


@pytest.mark.parametrize("status", ["pending", "scheduled", "declined", "cancelled", "expired", "completed", "no_show"])
def test_lists_show_what_was_asked_for(status, mika, session):
    for role in ("mentee", "mentor"):
        for found in mika.ok("GET", f"/sessions?role={role}&status={status}")["sessions"]:
            assert (found["role"], found["status"]) == (role, status)


@pytest.mark.parametrize(
    ("path", "field"),
    [("/sessions?limit=0", "limit"), ("/sessions?limit=41", "limit"), ("/sessions?limit=many", "limit"), ("/sessions?before=x", "before"),
     ("/sessions?before=-1", "before"), ("/sessions?before=99999999999999999999", "before"), ("/sessions?role=clock", "role"),
     ("/sessions?status=open", "status"), ("/discover?free=maybe", "free"), ("/discover?language=german", "language"),
     ("/discover?expertise=%3Cb%3E", "expertise"), ("/discover?q=" + "a" * 201, "q"), ("/discover?after=x", "after"),
     ("/discover?limit=0", "limit"), ("/notifications?limit=0", "limit"), ("/offers?limit=0", "limit"), ("/offers?state=new", "state"), ("/notifications?before=x", "before")])
def test_a_parameter_that_is_not_allowed_is_named(path, field, mika):
    assert fields(mika.call("GET", path)) == [field]


def test_the_other_side_is_notified(mika, lena, session):
    lena.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    told = [(n["what"], n["from"]["handle"]) for n in mika.ok("GET", "/notifications")["notifications"] if n["session"] == session["id"]]
    assert told == [("accepted", lena.handle)]
    told = [(n["what"], n["from"]["handle"]) for n in lena.ok("GET", "/notifications")["notifications"] if n["session"] == session["id"]]
    assert told == [("requested", mika.handle)]
    first = lena.ok("GET", "/notifications?limit=1")
    second = lena.ok("GET", f"/notifications?limit=1&before={first['next']}")
    assert int(second["notifications"][0]["id"]) < int(first["notifications"][0]["id"])


# Mentors

def test_who_has_no_profile_has_none(mika):
    assert mika.call("GET", "/profile").status_code == 404


def test_a_profile_is_kept_in_one_spelling(lena):
    profile = lena.ok("GET", "/profile")
    assert profile["expertise"] == ["sql", "data careers"] and profile["languages"] == ["de", "en", "pt-BR"]
    assert profile["offers"][0] == {"type": "knowledge_transfer", "rate": {"amount": "20.00", "currency": "EUR", "per": "hour"}}
    assert profile["offers"][1] == {"type": "pana_support", "rate": None}
    assert profile["accepting"] and profile["published"] and profile["who_may_ask"] == "anyone"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"zone": "Mars/Olympus"}, "zone"), ({"bio": "a" * 5001}, "bio"), ({"expertise": ["a" * 51]}, "expertise[0]"),
     ({"expertise": ["ok", ""]}, "expertise[1]"), ({"expertise": [f"tag {n}" for n in range(31)]}, "expertise"), ({"expertise": "sql"}, "expertise"),
     ({"languages": ["german"]}, "languages[0]"), ({"languages": ["de"] * 21}, "languages"), ({"who_may_ask": "friends"}, "who_may_ask"),
     ({"offers": [{"type": "magic"}]}, "offers[0].type"), ({"offers": [{"type": "pana_support"}] * 2}, "offers[1].type"),
     ({"offers": [{"type": "panamia_planning", "rate": {"amount": "5", "currency": "EUR"}}]}, "offers[0].rate"),
     ({"offers": [{"type": "pana_support", "rate": {"amount": "0", "currency": "EUR"}}]}, "offers[0].rate.amount"),
     ({"offers": [{"type": "pana_support", "rate": {"amount": "1.555", "currency": "EUR"}}]}, "offers[0].rate.amount"),
     ({"offers": [{"type": "pana_support", "rate": {"amount": "1", "currency": "euro"}}]}, "offers[0].rate.currency"),
     ({"offers": [{"type": "pana_support", "fee": 1}]}, "offers[0].fee"), ({"offers": [{}]}, "offers[0].type"),
     ({"published": "yes"}, "published"), ({"published": None}, "published"), ({"accepting": 1}, "accepting"), ({"name": "Lena"}, "name")],
    ids=lambda value: json.dumps(value)[:50])
def test_a_profile_that_is_not_allowed_is_named_and_not_kept(change, field, lena):
    before = lena.ok("GET", "/profile")
    assert fields(lena.call("POST", "/profile", {"zone": "UTC", "published": True} | change)) == [field]
    assert lena.ok("GET", "/profile") == before


@pytest.mark.parametrize(
    ("query", "found"),
    [("", True), ("?expertise=sql", True), ("?expertise=SQL,data%20careers", True), ("?expertise=sql,knots", False), ("?language=pt-br", True),
     ("?language=de,fr", False), ("?free=true", True), ("?free=false", True), ("?q=portfolios", True), ("?q=lena", True), ("?q=submarine", False),
     ("?expertise=sql&language=en&free=true&q=portfolios&limit=40", True), ("?after=7-9223372036854775807", False)])
def test_mentors_are_found_by_what_they_offer(query, found, mika, lena):
    handles = [mentor["person"]["handle"] for mentor in mika.ok("GET", "/discover" + query)["mentors"]]
    assert (lena.handle in handles) == found


def test_mentors_who_pause_or_hide_are_not_found(alfa, mika, lena):
    shy = alfa.open_account("shy")
    for profile in ({"published": False}, {"published": True, "accepting": False}):
        shy.ok("POST", "/profile", {"zone": "UTC", "expertise": ["hiding"]} | profile)
        assert mika.ok("GET", "/discover?expertise=hiding")["mentors"] == []
    shy.ok("POST", "/profile", {"zone": "UTC", "expertise": ["hiding"], "published": True})
    page = mika.ok("GET", "/discover?expertise=hiding&limit=1")
    assert page["mentors"][0]["person"]["handle"] == shy.handle
    assert mika.ok("GET", f"/discover?expertise=hiding&limit=1&after={page['next']}") == {"mentors": [], "next": None}


def test_the_catalogue_has_the_types_of_the_community(mika):
    types = {kind["name"]: kind for kind in mika.ok("GET", "/session-types")["session_types"]}
    assert list(types) == ["artistic", "knowledge_transfer", "panamia_planning", "pana_support"]
    assert types["panamia_planning"]["pricing"] == "always_free"
    assert types["pana_support"]["durations"] == [15, 30, 45, 60]
