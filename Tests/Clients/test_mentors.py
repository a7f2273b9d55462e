"""Being a mentor: what others see of it, elsewhere too, and the community's yes where it wants to know its mentors first."""

import os
import shutil
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone

import pytest

from community import Community, text_of
from people import PROFILE, mentor
from waiting import until, written

FULL = {
    "goals": ["a first job", "R&D"], "styles": ["scheduled", "async"], "hours_a_month": 6, "most_mentees": 3,
    "video": "https://video.example/noor",
    "questions": [{"text": "What have you tried already?", "required": True, "least_length": 40}],
}


@pytest.fixture(scope="module")
def choosy(contracts):
    """A community that approves its mentors."""
    folder = tempfile.mkdtemp(prefix="mentord-mentors-")
    os.chmod(folder, 0o755)
    community = Community(
        os.path.abspath(os.environ["MENTORD"]), "choosy", folder, contracts, {"mentors.admission": "approval"})
    try:
        community.await_listening()
        yield community
    finally:
        code = community.stop()
        shutil.rmtree(folder)
    assert code == 0


def in_days(days):
    return (datetime.now(timezone.utc) + timedelta(days=days)).date().isoformat()


def test_a_full_profile_is_read_by_others_as_it_was_written(alfa, beta, mika):
    ines = mentor(alfa.open_account("ines"), **FULL)
    away = ines.ok("PATCH", "/profile", {"accepting": False, "returns_on": in_days(30)})
    assert away["goals"] == FULL["goals"] and away["returns_on"] == in_days(30)
    document = alfa.get("/users/ines", Accept="application/activity+json").json()
    assert document["mnt:returnsOn"] == in_days(30) and document["mnt:video"] == FULL["video"]
    rows = {row["name"]: text_of(row["value"]) for row in document["attachment"]}
    assert list(rows) == ["Mentor for", "Sessions", "Requests", "Video"]
    assert rows["Requests"].startswith(f"not at present, again from {in_days(30)}; German, English, Portuguese (Brazil)")
    beta.open_account("reader")
    found = beta.mastodon("reader").account_search(f"@{ines.handle}", resolve=True)
    assert [field.name for field in found[0].fields] == list(rows)


def test_a_mentor_who_stays_silent_is_paused_and_comes_back_with_one_call(alfa):
    uma, vic = mentor(alfa.open_account("uma")), alfa.open_account("vic")
    ids = [vic.ok("POST", "/sessions", {
        "mentor": "uma", "type": "pana_support", "topic": f"Ask {number}", "minutes": 30, "zone": "UTC",
        "start": written(datetime.now(timezone.utc) + timedelta(days=5 + number))})["id"] for number in range(3)]
    assert uma.ok("GET", "/profile")["responsiveness"] is None
    alfa.end_waits(ids)
    paused = until(lambda: (lambda one: one if one["paused_by"] else None)(uma.ok("GET", "/profile")), "the pause")
    assert paused["paused_by"] == "silence" and not paused["accepting"]
    assert paused["responsiveness"] == {"active": None, "usual_hours": None, "answered_percent": 0}
    assert any("3 requests in a row" in text_of(one.last_status.content) for one in alfa.mastodon("uma").conversations())
    assert alfa.get("/users/uma", Accept="application/activity+json").json()["mnt:mentorStatus"] == "closed"
    assert vic.call("POST", "/profile/resume").status_code == 404
    for _ in range(2):
        assert uma.ok("POST", "/profile/resume")["paused_by"] is None
    assert alfa.get("/users/uma", Accept="application/activity+json").json()["mnt:mentorStatus"] == "open"


def apply(person, text):
    return person.ok("POST", "/application", {"text": text})


def test_a_mentor_is_shown_and_asked_after_the_communitys_yes(choosy):
    ada = choosy.open_account("ada")
    bob = choosy.open_account("bob")
    profile = mentor(ada, **FULL).ok("GET", "/profile")
    assert profile["published"] and not profile["approved"]
    request = {"mentor": "ada", "type": "pana_support", "topic": "SQL", "minutes": 30, "zone": "UTC",
               "answers": [{"question": FULL["questions"][0]["text"], "text": "I read three books and asked all of my friends about it."}],
               "start": written(datetime.now(timezone.utc) + timedelta(days=5))}

    def seen():
        document = choosy.get("/users/ada", Accept="application/activity+json").json()
        assert ("mnt:mentorStatus" in document) == bool(bob.ok("GET", "/discover")["mentors"])
        return "mnt:mentorStatus" in document

    assert not seen()
    assert bob.call("POST", "/sessions", request).status_code == 422
    first = apply(ada, "Hi")
    assert "ada" in choosy.command("mentor", "list") and first["state"] == "waiting"
    choosy.command("mentor", "refuse", "ada", "--reason", "Please say more.")
    told = choosy.mastodon("ada").conversations()[0].last_status.content
    assert "Please say more." in text_of(told)
    assert ada.call("POST", "/application", {"text": " Hi "}).json()["conflict"] == "unchanged"
    assert not seen()
    apply(ada, "I teach SQL since 1999.")
    assert choosy.command("mentor", "approve", "ada") == "@ada: approved.\n"
    with pytest.raises(subprocess.CalledProcessError) as again:
        choosy.command("mentor", "refuse", "ada", "--reason", "No.")
    assert "is approved already" in again.value.stderr
    assert seen() and ada.ok("GET", "/application")["needed"] is False
    assert bob.call("POST", "/sessions", request).status_code == 201


def test_moderators_answer_by_the_api_and_nobody_else(choosy):
    cara, dan = choosy.open_account("cara"), choosy.open_account("dan")
    application = apply(cara, "I paint.")
    path = f"/applications/{application['id']}/approve"
    for person in (cara, dan):
        assert person.call("GET", "/applications").status_code == 403
        assert person.call("POST", path).status_code == 403
    choosy.sql("update accounts set role = 'moderator' where email = 'dan@school.example'")
    assert [one["id"] for one in dan.ok("GET", "/applications?state=waiting")["applications"]] == [application["id"]]
    assert dan.ok("POST", path)["decided_by"]["name"] == "Dan"
    assert dan.call("POST", path).json()["state"] == "approved"
    assert mentor(cara).ok("GET", "/profile")["approved"]
    until(lambda: "Publish your profile" in text_of(choosy.mastodon("cara").conversations()[0].last_status.content),
          "the message to Cara")


def test_what_is_wrong_with_a_call_about_applications_is_told_and_changes_nothing(choosy):
    eli, judge = choosy.open_account("eli"), choosy.open_account("judge")
    choosy.sql("update accounts set role = 'moderator' where email = 'judge@school.example'")
    application = apply(eli, "I weave.")
    refuse, approve = (f"/applications/{application['id']}/{verb}" for verb in ("refuse", "approve"))
    reader, writer = choosy.token("judge", "read", "reader"), choosy.token("judge", "write", "writer")
    json = {"Content-Type": "application/json"}
    before = choosy.row_counts()
    for method, path, token in (
            ("GET", "/applications", writer), ("POST", approve, reader), ("POST", refuse, reader),
            ("POST", "/profile/resume", reader)):
        body = {"reason": "No."} if path == refuse else None
        assert choosy.api(method, path, body).status_code == 401
        assert choosy.api(method, path, body, token=token).status_code == 403
    assert judge.call("GET", "/applications?state=perhaps").status_code == 422
    for path in (refuse, approve):
        assert judge.call("POST", path.replace(str(application["id"]), "1"), {"reason": "No."}).status_code == 404
    for method, path, body in (("POST", "/profile/resume", None), ("PATCH", "/profile", {"bio": "I judge."})):
        assert judge.call(method, path, body).status_code == 404, "there is no profile"
    assert judge.call("POST", refuse, data=b"{", headers=json).status_code == 400
    assert judge.call("POST", refuse, data=b"{}").status_code == 415
    assert judge.call("POST", refuse, data=b'{"reason": "' + b"a" * 262_144 + b'"}', headers=json).status_code == 413
    assert [error["field"] for error in judge.call("POST", refuse, {}).json()["fields"]] == ["reason"]
    assert choosy.row_counts() == before
    assert judge.ok("POST", refuse, {"reason": "We have weavers."})["state"] == "refused"
    assert judge.call("POST", refuse, {"reason": "Again."}).status_code == 409
