"""How a meeting went, as each of the two tells it: within a community and between two."""

import pytest

from waiting import until

BOTH_CAME = {"mentee_came": True, "mentor_came": True}
NO_MENTEE = {"mentee_came": False, "mentor_came": True}
NO_MENTOR = {"mentee_came": True, "mentor_came": False}


def begin(uri, *people, minutes=20):
    """Puts the start so many minutes into the past, wherever the session is held."""
    for community in {person.community for person in people}:
        community.sql(f"update sessions set starts_at = now() - interval '{minutes} minutes' where uri = '{uri}'")


def refusal(response):
    assert response.status_code == 409, response.text
    return response.json()["conflict"]


@pytest.mark.parametrize("away", [False, True])
def test_the_mentees_word_completes_a_session_and_the_mentors_stands_beside_it(mika, lena, noor, agreed, away):
    mentor = noor if away else lena
    uri, path, mentors_path = agreed(mentor)
    begin(uri, mika, mentor)
    done = mika.ok("POST", path + "/outcome", BOTH_CAME | {"minutes": 25})
    assert done["status"] == "completed" and done["history"][-1]["what"] == "reported"
    assert [(one["by"], one["minutes"]) for one in done["reports"]] == [("mentee", 25)]
    seen = mentor.awaits(uri, "completed")
    assert seen["reports"][0] | {"at": None} == done["reports"][0] | {"at": None}
    mentor.ok("POST", mentors_path + "/outcome", BOTH_CAME | {"minutes": 28})
    until(lambda: [one["minutes"] for one in mika.ok("GET", path)["reports"]] == [25, 28], "the mentor's word")
    for person, where in ((mika, path), (mentor, mentors_path)):
        assert refusal(person.call("POST", where + "/outcome", BOTH_CAME)) == "already_reported"


@pytest.mark.parametrize("away", [False, True])
def test_a_mentor_objects_once_to_what_the_mentee_told(mika, lena, noor, agreed, away):
    mentor = noor if away else lena
    uri, path, mentors_path = agreed(mentor)
    begin(uri, mika, mentor)
    assert refusal(mentor.call("POST", mentors_path + "/dispute", {"reason": "No."})) == "nothing_to_dispute"
    assert mika.ok("POST", path + "/outcome", NO_MENTOR)["status"] == "no_show"
    mentor.awaits(uri, "no_show")
    mentor.ok("POST", mentors_path + "/dispute", {"reason": "I waited until half past."})
    (told,) = until(lambda: mika.ok("GET", path)["disputes"], "the objection")
    assert (told["by"], told["reason"]) == ("mentor", "I waited until half past.")
    assert mika.ok("GET", path)["status"] == "no_show"
    assert refusal(mentor.call("POST", mentors_path + "/dispute", {"reason": "Really."})) == "already_reported"
    assert refusal(mika.call("POST", path + "/dispute", {"reason": "No."})) == "nothing_to_dispute"


@pytest.mark.parametrize("away", [False, True])
def test_a_mentee_objects_once_to_what_the_mentor_told(mika, lena, noor, agreed, away):
    mentor = noor if away else lena
    uri, path, mentors_path = agreed(mentor)
    begin(uri, mika, mentor)
    assert refusal(mika.call("POST", path + "/dispute", {"reason": "No."})) == "nothing_to_dispute"
    mentor.ok("POST", mentors_path + "/outcome", NO_MENTEE)
    mika.awaits(uri, "scheduled", waiting_on="mentee")
    assert mika.ok("POST", path + "/dispute", {"reason": "The room was locked."})["status"] == "scheduled"
    (told,) = until(lambda: mentor.ok("GET", mentors_path)["disputes"], "the objection")
    assert (told["by"], told["reason"]) == ("mentee", "The room was locked.")
    assert refusal(mika.call("POST", path + "/dispute", {"reason": "Really."})) == "already_reported"
    assert mika.ok("POST", path + "/outcome", BOTH_CAME)["status"] == "completed", "who objects can still report"
    mentor.awaits(uri, "completed")


def test_before_the_start_nobody_can_say_how_it_went(mika, lena, agreed):
    _, path, mentors_path = agreed(lena)
    for person, where in ((mika, path), (lena, mentors_path)):
        assert refusal(person.call("POST", where + "/outcome", BOTH_CAME)) == "not_started"
    assert mika.ok("GET", path)["status"] == "scheduled" and mika.ok("GET", path)["reports"] == []


def test_ten_minutes_pass_before_somebody_can_be_said_to_be_missing(mika, lena, agreed):
    uri, path, mentors_path = agreed(lena)
    begin(uri, mika, minutes=5)
    assert refusal(lena.call("POST", mentors_path + "/outcome", NO_MENTEE)) == "within_grace"
    assert refusal(mika.call("POST", path + "/outcome", NO_MENTOR)) == "within_grace"
    begin(uri, mika, minutes=11)
    assert lena.ok("POST", mentors_path + "/outcome", NO_MENTEE)["status"] == "scheduled", "the mentee has not spoken"
    assert mika.ok("POST", path + "/outcome", BOTH_CAME)["status"] == "completed"
    assert [(one["by"], one["mentee_came"]) for one in mika.ok("GET", path)["reports"]] == [("mentee", True), ("mentor", False)]


def test_an_outcome_that_cannot_be_read_names_its_field_and_changes_nothing(mika, lena, agreed):
    uri, path, _ = agreed(lena)
    begin(uri, mika)
    for body, field in [
            ({"mentor_came": True}, "mentee_came"), ({"mentee_came": "yes", "mentor_came": True}, "mentee_came"),
            (BOTH_CAME | {"minutes": 1441}, "minutes"), (BOTH_CAME | {"minutes": -1}, "minutes")]:
        response = mika.call("POST", path + "/outcome", body)
        assert response.status_code == 422 and [one["field"] for one in response.json()["fields"]] == [field]
        assert mika.ok("GET", path)["status"] == "scheduled"
    assert mika.ok("POST", path + "/outcome", BOTH_CAME)["status"] == "completed"


def test_strangers_and_sessions_that_are_over_take_no_outcome(mika, lena, noor, agreed, times):
    _, path, _ = agreed(lena)
    mika.ok("PATCH", path, {"status": "cancelled", "reason": "Found it."})
    assert refusal(mika.call("POST", path + "/outcome", BOTH_CAME)) == "ended"
    for step, body in (("outcome", BOTH_CAME), ("dispute", {"reason": "No."})):
        assert noor.call("POST", f"{path}/{step}", body).status_code == 404
