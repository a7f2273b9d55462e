"""Who suits whom: wishes, and mentors suggested by them, each with reasons."""

import os
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

from community import Community
from people import mentor
from refusals import fields
from waiting import until, written

EVERY_DAY = {"zone": "UTC", "rules": [
    {"weekday": day, "from": "09:00", "to": "12:00"}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]}

WISHES = {"goals": "Weave a tapestry", "expertise": ["looms"], "languages": ["es", "en"], "styles": ["scheduled"], "free_only": False,
          "most_rate": {"amount": "25.00", "currency": "EUR", "per": "session"}, "zone": "UTC",
          "rules": [{"weekday": "tuesday", "from": "08:00", "to": "11:00"}]}


def request(mentor):
    start = (datetime.now(timezone.utc) + timedelta(days=5)).replace(hour=16, minute=0, second=0)
    return {"mentor": mentor, "type": "pana_support", "topic": "My portfolio", "start": written(start), "minutes": 30, "zone": "UTC"}


def names(page):
    return [one["person"]["handle"].split("@")[0] for one in page["suggestions"]]


def suggested(person, query=""):
    return person.ok("GET", f"/suggestions?{query}")


def test_wishes_are_kept_and_read_by_nobody_else(alfa):
    eleni, fyodor = alfa.open_account("eleni"), alfa.open_account("fyodor")
    assert eleni.call("GET", "/wishes").status_code == 404
    assert eleni.ok("PUT", "/wishes", WISHES) == WISHES == eleni.ok("GET", "/wishes")
    assert fyodor.call("GET", "/wishes").status_code == 404
    bare = eleni.ok("PUT", "/wishes", {})
    assert bare == {"goals": "", "expertise": [], "languages": [], "styles": [], "free_only": False, "most_rate": None, "zone": None, "rules": []}
    assert eleni.ok("GET", "/wishes") == bare


@pytest.mark.parametrize(("change", "named"), [
    ({"goals": "a" * 1001}, "goals"), ({"expertise": ["<b>"]}, "expertise[0]"), ({"expertise": ["x"] * 101}, "expertise"),
    ({"languages": ["german"]}, "languages[0]"), ({"styles": ["loud"]}, "styles[0]"), ({"zone": "Mars/Olympus"}, "zone"),
    ({"zone": None}, "zone"), ({"free_only": True}, "most_rate"), ({"most_rate": {"amount": "0", "currency": "EUR"}}, "most_rate.amount"),
    ({"most_rate": {"amount": "5", "currency": "EEK"}}, "most_rate.currency"), ({"rules": [{"weekday": "tuesday", "from": "9:00", "to": "10:00"}]}, "rules[0].from"),
    ({"rules": WISHES["rules"] * 2}, "rules[1]"), ({"notes": "hello"}, "notes")])
def test_a_wish_that_cannot_be_is_named_and_nothing_changes(change, named, alfa, mika):
    kept = mika.ok("PUT", "/wishes", WISHES)
    answer = mika.call("PUT", "/wishes", WISHES | change)
    assert fields(answer) == [named]
    assert mika.ok("GET", "/wishes") == kept


@pytest.mark.parametrize(("query", "named"), [
    ("limit=0", "limit"), ("free=maybe", "free"), ("goals=" + "a" * 1001, "goals"), ("expertise=%3Cb%3E", "expertise"),
    ("expertise=" + ",".join(f"t{n}" for n in range(11)), "expertise"), ("language=german", "language"), ("style=loud", "style"),
    ("zone=Mars", "zone"), ("most_rate=free", "currency"), ("most_rate=0&currency=EUR", "most_rate"), ("most_rate=1&currency=EUR&per=year", "per"),
    ("type=zumba", "type")])
def test_a_question_that_cannot_be_is_named(query, named, mika):
    assert named in fields(mika.call("GET", f"/suggestions?{query}"))


def test_who_suits_comes_first_with_reasons_in_words(alfa):
    giulia = alfa.open_account("giulia")
    hamid = mentor(alfa.open_account("hamid"), expertise=["looms"], languages=["es"], styles=["scheduled"], goals=["a first tapestry"])
    mentor(alfa.open_account("ingrid"), expertise=["looms"], languages=["tr"])
    mentor(alfa.open_account("joonas"), expertise=["juggling"], languages=["es"])
    hamid.ok("PUT", "/availability", EVERY_DAY)
    giulia.ok("PUT", "/wishes", WISHES)
    page = suggested(giulia, "limit=40")
    assert not page["guessed"] and page["wishes"] == WISHES
    assert names(page)[0] == "hamid" and "ingrid" in names(page)
    best = page["suggestions"][0]
    assert best["reasons"][0] == "Knows looms and tapestry"
    assert {"Free on Tuesday morning, when you are", "Speaks Spanish, as you do"} <= set(best["reasons"])
    assert "Mentors at agreed times, as you wish" in best["reasons"]
    assert {part["name"] for part in best["parts"]} == {"expertise", "time", "language", "responsiveness", "load", "style", "rate"}
    weights = sum(part["weight"] for part in best["parts"])
    assert abs(best["score"] - sum(part["value"] * part["weight"] for part in best["parts"]) / weights) < 0.02
    assert [one["score"] for one in page["suggestions"]] == sorted((one["score"] for one in page["suggestions"]), reverse=True)
    starts = [datetime.fromisoformat(time) for time in best["times"]]
    assert starts and all(start.weekday() == 1 and 9 <= start.hour < 11 for start in starts) and best["times_known"]
    assert suggested(giulia, "limit=40") == page
    # For once somebody asks for something else.
    other = suggested(giulia, "expertise=juggling&language=tr,es")
    assert names(other)[0] == "joonas" and other["wishes"]["goals"] == "" and other["wishes"]["rules"] == WISHES["rules"]
    assert "Knows juggling" in other["suggestions"][0]["reasons"]


def test_whoever_is_not_open_never_appears(alfa):
    kasimir = alfa.open_account("kasimir")
    people = {name: mentor(alfa.open_account(name), expertise=["glassware"], **more) for name, more in {
        "lorena": {}, "magnus": {}, "nadja": {}, "octavio": {"who_may_ask": "nobody"}, "pavel": {"accepting": False},
        "quirin": {"most_mentees": 1}, "rosalba": {}}.items()}
    query = "expertise=glassware&limit=40"

    def found():
        return {one["person"]["handle"].split("@")[0] for one in suggested(kasimir, query)["suggestions"]} & set(people)

    assert found() == {"lorena", "magnus", "nadja", "quirin", "rosalba"}
    session = alfa.open_account("severin").ok("POST", "/sessions", request("quirin"))
    people["quirin"].ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    assert found() == {"lorena", "magnus", "nadja", "rosalba"}
    client = alfa.mastodon("kasimir", name="matching")
    client.account_block(client.account_lookup("lorena")["id"])
    client.account_mute(client.account_lookup("magnus")["id"])
    other = alfa.mastodon("nadja", name="matching")
    other.account_block(other.account_lookup("kasimir")["id"])
    kasimir.ok("POST", "/sessions", request("rosalba"))
    assert found() == set()


def test_what_costs_too_much_is_not_suggested(alfa):
    tadeas = alfa.open_account("tadeas")
    rate = {"amount": "30", "currency": "EUR", "per": "session"}
    mentor(alfa.open_account("ulrika"), expertise=["bellows"], offers=[{"type": "artistic", "rate": rate}])
    mentor(alfa.open_account("vasil"), expertise=["bellows"], offers=[{"type": "artistic"}])
    for query, people in (("", {"ulrika", "vasil"}), ("free=true", {"vasil"}), ("most_rate=29.99&currency=EUR", {"vasil"}),
                          ("most_rate=30&currency=EUR", {"ulrika", "vasil"}), ("most_rate=1&currency=USD", {"ulrika", "vasil"}),
                          ("type=pana_support", set())):
        page = suggested(tadeas, "&".join(filter(None, ["expertise=bellows&limit=40", query])))
        assert set(names(page)) & {"ulrika", "vasil"} == people, query
    best = suggested(tadeas, "expertise=bellows&free=true")["suggestions"][0]
    assert "Free of charge" in best["reasons"] and best["session"] == {"type": "artistic", "minutes": 30, "rate": None}


def test_who_has_said_nothing_is_suggested_what_they_follow(alfa):
    walburga = alfa.open_account("walburga")
    mentor(alfa.open_account("xaver"), expertise=["beekeeping"])
    alfa.mastodon("walburga", name="matching").tag_follow("beekeeping")
    page = suggested(walburga)
    assert page["guessed"] and page["wishes"]["expertise"] == ["beekeeping"]
    assert names(page)[0] == "xaver" and page["suggestions"][0]["reasons"][0] == "Knows beekeeping"


def test_a_subject_is_found_by_its_other_names(alfa):
    yolanda = alfa.open_account("yolanda")
    mentor(alfa.open_account("zdenka"), expertise=["kubernetes"])
    best = suggested(yolanda, "expertise=k8s")["suggestions"][0]
    assert best["person"]["handle"].startswith("zdenka@") and "Knows kubernetes (you wrote k8s)" in best["reasons"]


def test_a_community_adds_names_of_its_own(contracts, place):
    file = os.path.join(place, "names.txt")
    with open(file, "w", encoding="utf-8") as names_of_subjects:
        names_of_subjects.write("# Ours\npana, barrio work\n")
    community = Community(os.path.abspath(os.environ["MENTORD"]), "named", place, contracts, {"matching.synonyms": file})
    try:
        community.await_listening()
        ana, bo = community.open_account("ana"), mentor(community.open_account("bo"), expertise=["barrio work"])
        best = suggested(ana, "expertise=pana")["suggestions"][0]
        assert best["person"]["handle"] == bo.handle
        assert "Knows barrio work (you wrote pana)" in best["reasons"]
    finally:
        assert community.stop() == 0


@pytest.mark.parametrize(("text", "told"), [(b"pana, barrio work\nalone\n", "line 2"), (b"js, \xff\n", "UTF-8"), (None, "can be read")])
def test_a_file_of_names_that_cannot_be_used_keeps_the_server_from_starting(place, text, told):
    file = os.path.join(place, "wrong.txt")
    if text is None:
        file += ".missing"
    else:
        with open(file, "wb") as names_of_subjects:
            names_of_subjects.write(text)
    ended = subprocess.run(
        [os.path.abspath(os.environ["MENTORD"]), "serve", "--set", f"data={place}/unused", "--set", f"matching.synonyms={file}"],
        capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0 and "matching.synonyms" in ended.stderr and told in ended.stderr
    assert not os.path.exists(f"{place}/unused"), "nothing was begun"


def test_a_mentor_elsewhere_is_suggested_with_the_times_that_are_remembered(alfa, beta):
    anselm = alfa.open_account("anselm")
    brid = mentor(beta.open_account("brid"), expertise=["falconry"], offers=[{"type": "pana_support"}])
    brid.ok("PUT", "/availability", EVERY_DAY)
    handle = f"brid@{beta.authority}"
    # Asking for the times makes the mentor known here, and lets them be remembered for a moment.
    anselm.ok("GET", f"/mentors/{handle}/slots?type=pana_support&minutes=30&zone=UTC")

    def found():
        page = suggested(anselm, "expertise=falconry&zone=UTC")["suggestions"]
        return next((one for one in page if one["person"]["handle"] == handle), None)

    until(found, "the mentor elsewhere")
    one = found()
    assert not one["person"]["is_local"] and "Knows falconry" in one["reasons"]
    if one["session"]["minutes"] <= 30:
        assert one["times_known"] and one["times"]
        assert any(reason.startswith("Free on ") for reason in one["reasons"])
