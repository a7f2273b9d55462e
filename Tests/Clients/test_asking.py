"""Asking mentors: how often at a time, what they want to know first, how many mentees they take, and when they are free."""

import json
import os
import threading
from datetime import datetime, timedelta, timezone

import pytest

from activities import event, invite
from community import Community
from people import mentor
from refusals import fields
from waiting import until, written

TRIED = "What have you tried already?"
QUESTIONS = [{"text": TRIED, "required": True, "least_length": 10}, {"text": "Why me?"}]
EVERY_DAY = {"zone": "UTC", "caps": {}, "rules": [
    {"weekday": day, "from": "09:00", "to": "12:00"}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]}


@pytest.fixture(scope="module")
def strict(contracts, place):
    """A community in which two requests of one person may wait."""
    community = Community(os.path.abspath(os.environ["MENTORD"]), "strict", place, contracts, {"mentees.asks": "2"})
    try:
        community.await_listening()
        yield community
    finally:
        code = community.stop()
    assert code == 0


def in_days(days, hour=16):
    day = datetime.now(timezone.utc) + timedelta(days=days)
    return written(day.replace(hour=hour, minute=0, second=0))


def request(mentor, days=5, **members):
    return {"mentor": mentor, "type": "pana_support", "topic": "My portfolio", "start": in_days(days), "minutes": 30,
            "zone": "UTC"} | members


def answers(text="I asked two friends.", question=TRIED):
    return [{"question": question, "text": text}]


# How often at a time

def test_nobody_has_more_requests_waiting_than_the_community_allows(strict):
    ana, bo = strict.open_account("ana"), mentor(strict.open_account("bo"))
    assert ana.ok("GET", "/sessions/asks") == {"open": 0, "most": 2, "left": 2}
    first = ana.ok("POST", "/sessions", request("bo"))
    assert first["asks"] == {"open": 1, "most": 2, "left": 1}
    assert ana.ok("POST", "/sessions", request("bo", 6))["asks"]["left"] == 0
    refused = ana.call("POST", "/sessions", request("bo", 7))
    assert fields(refused) == ["mentor"] and "2 requests of yours wait" in refused.text
    bo.ok("POST", f"/sessions/{first['id']}/respond", {"action": "accept"})
    assert ana.ok("GET", "/sessions/asks")["left"] == 1
    ana.ok("PATCH", f"/sessions/{first['id']}", {"start": in_days(8)})
    assert ana.ok("GET", "/sessions/asks")["left"] == 1, "a move is no new request"


def test_of_two_requests_at_once_at_the_limit_one_passes(strict):
    cy = strict.open_account("cy")
    mentor(strict.open_account("di"))
    cy.ok("POST", "/sessions", request("di"))
    statuses = []
    racers = [threading.Thread(target=lambda day=day: statuses.append(
        strict.request("POST", "/api/mentoring/sessions", {
            "Authorization": f"Bearer {cy.token}", "Content-Type": "application/json"},
            json.dumps(request("di", day))).status_code)) for day in range(6, 10)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(statuses) == [201, 422, 422, 422]


def test_somebody_elsewhere_hears_that_they_wait_for_enough_already(strict, peer):
    noalia, ed = peer.actor("noalia"), mentor(strict.open_account("ed"))
    start = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=5)
    asked = []
    for number in range(3):
        asked.append(event(noalia, ed.uri, start + timedelta(hours=number)))
        peer.tell(noalia, ed.uri, invite(noalia, ed.uri, asked[-1]))
    reject = peer.awaits(noalia, "Reject", asked[-1]["id"]).activity
    assert reject["mnt:reason"] == "policy" and "2 requests of yours wait" in reject["content"]
    assert [ed.session(one["id"])["status"] for one in asked] == ["pending", "pending", "declined"]


# What mentors want to know first

def test_who_asks_answers_the_mentors_questions_and_only_the_two_see_it(alfa):
    fayruz, halima = alfa.open_account("fayruz"), alfa.open_account("halima")
    gustavo = mentor(alfa.open_account("gustavo"), questions=QUESTIONS)
    for given, named in [
            (None, ["answers"]), ([], ["answers"]), (answers("too short"), ["answers[0].text"]),
            (answers(" \n "), ["answers[0].text"]), (answers(question="What did you try?"), ["answers[0].question", "answers"]),
            (answers() + answers(), ["answers[1].question"]), (answers() * 21, ["answers"]),
            ([{"question": TRIED}], ["answers[0].text"]), ([{"text": "I asked two friends."}], ["answers[0].question"])]:
        before = alfa.row_counts()
        assert fields(fayruz.call("POST", "/sessions", request("gustavo", answers=given))) == named
        assert alfa.row_counts() == before
    session = fayruz.ok("POST", "/sessions", request("gustavo", answers=answers("Sentinel: two friends.")))
    kept = [{"question": TRIED, "text": "Sentinel: two friends."}]
    for person in (fayruz, gustavo):
        assert person.ok("GET", f"/sessions/{session['id']}")["answers"] == kept
    assert halima.call("GET", f"/sessions/{session['id']}").status_code == 404
    again, = fayruz.ok("GET", "/answers")["answers"]
    assert (again["question"], again["text"], again["answered_at"]) == (TRIED, "Sentinel: two friends.", session["requested_at"])
    for person in (gustavo, halima):
        assert person.ok("GET", "/answers") == {"answers": []}
    assert "Sentinel" not in "".join(alfa.log)


def test_questions_that_changed_meanwhile_are_not_answered_by_chance(alfa):
    ivette, waldemar = alfa.open_account("ivette"), mentor(alfa.open_account("waldemar"), questions=QUESTIONS)
    read = ivette.ok("GET", "/discover?q=waldemar")["mentors"][0]["profile"]["questions"]
    waldemar.ok("PATCH", "/profile", {"questions": [{"text": "What have you read already?", "required": True}]})
    named = fields(ivette.call("POST", "/sessions", request("waldemar", answers=answers(question=read[0]["text"]))))
    assert named == ["answers[0].question", "answers"]


def test_answers_reach_a_mentor_of_another_community(alfa, beta, contracts):
    kimiko, lourdes = alfa.open_account("kimiko"), mentor(beta.open_account("lourdes"), questions=QUESTIONS)
    assert fields(kimiko.call("POST", "/sessions", request(lourdes.handle))) == ["answers"]
    session = kimiko.ok("POST", "/sessions", request(lourdes.handle, answers=answers("Books,\nand <b>friends</b>.")))
    mirror = lourdes.awaits(session["uri"], "pending")
    assert mirror["answers"] == session["answers"] == answers("Books,\nand <b>friends</b>.")
    sent = next(one for one in alfa.sent_activities() if one["type"] == "Invite" and one["object"]["id"] == session["uri"])
    assert contracts.activity(sent) == "invite"
    assert sent["mnt:answers"] == [{"mnt:question": TRIED, "mnt:text": "Books,\nand <b>friends</b>."}]
    lourdes.ok("POST", f"/sessions/{mirror['id']}/respond", {"action": "accept"})
    kimiko.awaits(session["uri"], "scheduled")
    rest = [one for one in alfa.sent_activities() + beta.sent_activities()
            if one["type"] != "Invite" and session["uri"] in str(one)]
    assert rest and "friends" not in str(rest)


def test_a_request_of_a_server_that_knows_no_questions_is_taken_and_shows_what_is_missing(alfa, peer):
    olivar, mohana = peer.actor("olivar"), mentor(alfa.open_account("mohana"), questions=QUESTIONS)
    start = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=5)
    plain, full, odd = (event(olivar, mohana.uri, start + timedelta(hours=number)) for number in range(3))
    given = [{"mnt:question": "Why me?", "mnt:text": "a\u0007b" + "c" * 6000}, {"mnt:question": 5}, "x", {"mnt:text": "x"},
             {"mnt:question": TRIED, "mnt:text": " \u200b "}] + [{"mnt:question": f"{n}?", "mnt:text": "x"} for n in range(30)]
    peer.tell(olivar, mohana.uri, invite(olivar, mohana.uri, plain))
    peer.tell(olivar, mohana.uri, invite(olivar, mohana.uri, full, mnt__answers={"mnt:question": TRIED, "mnt:text": "All of it."}))
    peer.tell(olivar, mohana.uri, invite(olivar, mohana.uri, odd, mnt__answers=given))
    assert mohana.session(plain["id"])["answers"] == [{"question": TRIED, "text": None}]
    assert mohana.session(full["id"])["answers"] == [{"question": TRIED, "text": "All of it."}]
    found = mohana.session(odd["id"])["answers"]
    assert found[0] == {"question": "Why me?", "text": "ab" + "c" * 4998}
    assert found[-1] == {"question": TRIED, "text": None} and len(found) <= 21


# How many mentees a mentor takes

def test_a_full_mentor_is_shown_as_full_and_asked_by_their_mentees_alone(alfa):
    piedad, quintus = alfa.open_account("piedad"), alfa.open_account("quintus")
    riamoor = mentor(alfa.open_account("riamoor"), most_mentees=1, expertise=["weaving"])
    sessions = [person.ok("POST", "/sessions", request("riamoor", days)) for person, days in ((piedad, 5), (quintus, 6))]
    respond = [f"/sessions/{session['id']}/respond" for session in sessions]
    riamoor.ok("POST", respond[0], {"action": "accept"})
    late = riamoor.call("POST", respond[1], {"action": "accept"})
    assert late.status_code == 409 and late.json()["conflict"] == "mentor_full"
    assert quintus.ok("GET", f"/sessions/{sessions[1]['id']}")["status"] == "pending"
    assert quintus.ok("GET", "/discover?expertise=weaving")["mentors"] == []
    found, = quintus.ok("GET", "/discover?expertise=weaving&full=true")["mentors"]
    assert found["is_full"] and found["next_free_at"] is None and riamoor.ok("GET", "/profile")["is_full"]
    assert fields(quintus.call("POST", "/sessions", request("riamoor", 7))) == ["mentor"]
    slots = "/mentors/riamoor/slots?type=pana_support&minutes=30&zone=UTC"
    assert not quintus.ok("GET", slots)["accepting"] and piedad.ok("GET", slots)["accepting"]
    again = piedad.ok("POST", "/sessions", request("riamoor", 8))
    riamoor.ok("POST", f"/sessions/{again['id']}/respond", {"action": "accept"})
    status = lambda: alfa.get("/users/riamoor", Accept="application/activity+json").json()["mnt:mentorStatus"]
    assert status() == "closed"
    for session in (sessions[0], again):
        piedad.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I am done."})
    assert status() == "open"
    riamoor.ok("POST", respond[1], {"action": "accept"})


def test_followers_elsewhere_hear_when_there_is_no_room_any_more(alfa, beta):
    """A mentor elsewhere who is full is refused at home already, but for those whom they have."""
    samira, teadora = beta.open_account("samira"), beta.open_account("teadora")
    ulises = mentor(alfa.open_account("ulises"), most_mentees=1, expertise=["glass"])
    client = beta.mastodon("teadora")
    client.account_follow(client.account_search(f"@{ulises.handle}", resolve=True)[0])
    until(lambda: alfa.sql("select 1 from follows join actors on actors.id = followed_id "
                           f"where actors.uri = '{ulises.uri}' and state = 'accepted'"), "the follow")
    session = samira.ok("POST", "/sessions", request(ulises.handle))
    mirror = ulises.awaits(session["uri"], "pending")
    ulises.ok("POST", f"/sessions/{mirror['id']}/respond", {"action": "accept"})
    samira.awaits(session["uri"], "scheduled")
    until(lambda: teadora.ok("GET", "/discover?expertise=glass&paused=true&full=true")["mentors"][0]["profile"]["accepting"] is False,
          "the news of no room")
    assert fields(teadora.call("POST", "/sessions", request(ulises.handle, 6))) == ["mentor"]
    again = samira.ok("POST", "/sessions", request(ulises.handle, 7))
    ulises.awaits(again["uri"], "pending")


def test_a_request_from_elsewhere_to_a_full_mentor_is_answered_so(alfa, peer):
    vantar, wesley = peer.actor("vantar"), alfa.open_account("wesley")
    xiaoli = mentor(alfa.open_account("xiaoli"), most_mentees=1)
    session = wesley.ok("POST", "/sessions", request("xiaoli"))
    xiaoli.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    asked = event(vantar, xiaoli.uri, datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=6))
    peer.tell(vantar, xiaoli.uri, invite(vantar, xiaoli.uri, asked))
    reject = peer.awaits(vantar, "Reject", asked["id"]).activity
    assert reject["mnt:reason"] == "capacity" and "as many mentees" in reject["content"]


# When they are free

def test_mentors_are_found_by_the_time_at_which_they_are_free_next(alfa):
    yannis = alfa.open_account("yannis")
    people = {name: mentor(alfa.open_account(name), expertise=["kites"]) for name in ("zoelle", "abelard", "beatriu", "calixto")}
    kinds = ("pana_support", "panamia_planning", "knowledge_transfer")
    later = EVERY_DAY | {"limits": [{"type": kind, "notice": 20 * 1440} for kind in kinds]}
    people["zoelle"].ok("PUT", "/availability", later)
    people["abelard"].ok("PUT", "/availability", EVERY_DAY)
    people["beatriu"].ok("PUT", "/availability", EVERY_DAY | {"zone": "Pacific/Kiritimati"})

    def found(query=""):
        page = yannis.ok("GET", f"/discover?expertise=kites{query}")["mentors"]
        return {one["profile"] and one["person"]["handle"].split("@")[0]: one["next_free_at"] for one in page}

    until(lambda: all(found()[name] for name in ("zoelle", "abelard", "beatriu")), "their free times")
    assert found()["calixto"] is None
    slots = {name: yannis.ok("GET", f"/mentors/{name}/slots?type=pana_support&minutes=15&zone=UTC")["days"][0]["starts"][0]
             for name in ("zoelle", "abelard", "beatriu")}
    assert found("&sort=soonest") == slots
    assert list(found("&sort=soonest")) == sorted(slots, key=lambda name: slots[name])
    assert set(found("&free_within_days=7")) == {"abelard", "beatriu"}
    assert set(found("&free_within_days=30")) == {"abelard", "beatriu", "zoelle"}
    pages, query = [], ""
    while query is not None:
        page = yannis.ok("GET", f"/discover?expertise=kites&sort=soonest&limit=1{query}")
        pages += [one["next_free_at"] for one in page["mentors"]]
        query = page["next"] and f"&after={page['next']}"
    assert pages == sorted(slots.values())
    # What is booked is free no more.
    session = yannis.ok("POST", "/sessions", request("abelard", start=slots["abelard"]))
    people["abelard"].ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    until(lambda: found()["abelard"] != slots["abelard"], "another free time")
    people["abelard"].ok("PATCH", "/profile", {"accepting": False})
    until(lambda: found("&paused=true")["abelard"] is None, "no free time")


@pytest.mark.parametrize(("query", "field"), [
    ("free_within_days=0", "free_within_days"), ("free_within_days=101", "free_within_days"),
    ("free_within_days=soon", "free_within_days"), ("sort=price", "sort"), ("sort=soonest&after=1-1-1", "after"),
    ("after=1772380800-1", "after")])
def test_a_wrong_wish_is_named(query, field, alfa, mika):
    assert fields(mika.call("GET", f"/discover?{query}")) == [field]
