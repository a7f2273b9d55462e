"""Mentors of other communities, found here because both operators want it: exchanged, kept fresh, and gone when they
withdraw, when the community is unfollowed, and when it is shut out."""

import json
import os
import subprocess
import time

import pytest

from actor import ACTIVITY
from community import Community
from conftest import new_folder, running
from people import mentor
from waiting import PATIENCE, until

# Who withdraws is gone everywhere by then.
A_MINUTE = 60


@pytest.fixture(scope="module")
def three(contracts):
    """Oak looks for mentors; elm shows its own to whoever asks, ash to whom its operator says so."""
    program = os.path.abspath(os.environ["MENTORD"])
    with new_folder() as folder:
        opened = [Community(program, name, folder, contracts, settings) for name, settings in (
            ("oak", {}), ("elm", {}), ("ash", {"communities.admission": "approval"}))]
        with running(opened):
            yield opened


@pytest.fixture(scope="module")
def oak(three):
    return three[0]


@pytest.fixture(scope="module")
def elm(three):
    return three[1]


@pytest.fixture(scope="module")
def ash(three):
    return three[2]


@pytest.fixture(scope="module")
def mia(oak):
    """Looks for mentors."""
    return oak.open_account("mia")


@pytest.fixture(scope="module")
def otto(oak):
    """A mentor of oak itself."""
    return mentor(oak.open_account("otto"))


@pytest.fixture(scope="module")
def edda(elm):
    return mentor(elm.open_account("edda"))


@pytest.fixture(scope="module")
def erik(elm):
    return mentor(elm.open_account("erik"))


class Welcoming(Community):
    starts_with = ["serve", "--welcome"]


def test_the_first_mentor_of_a_new_community_is_listed_as_all_are(place, contracts):
    community = Welcoming(os.path.abspath(os.environ["MENTORD"]), "fir", place, contracts)
    with running([community]):
        page = community.request("GET", "/actor/directory?page=true", {"Accept": ACTIVITY}).json()
        assert [one["id"] for one in page["orderedItems"]] == [f"{community.origin}/users/noor"]


@pytest.fixture(scope="module")
def exchanged(oak, elm, mia, edda, erik):
    """Oak follows elm, and knows its mentors."""
    oak.command("community", "follow", elm.authority)
    until(lambda: {"edda", "erik"} <= found(mia, f"community={elm.authority}"), "elm's mentors")


def mentors(person, query=""):
    return person.ok("GET", "/discover?limit=40" + (f"&{query}" if query else ""))["mentors"]


def found(person, query=""):
    return {one["person"]["handle"].split("@")[0] for one in mentors(person, query)}


def exchange(community, other):
    """What the operator sees of another community; None where it is not known."""
    lines = [json.loads(line) for line in community.command("community", "list", "--json").splitlines()]
    return next((line for line in lines if line["host"] == other.authority), None)


def directory(community):
    collection = community.get("/actor/directory", Accept=ACTIVITY).json()
    items, target = [], collection["first"].removeprefix(community.origin)
    while target:
        page = community.get(target, Accept=ACTIVITY).json()
        items += page["orderedItems"]
        target = page.get("next", "").removeprefix(community.origin)
    assert len(items) == collection["totalItems"]
    return [item["id"] for item in items]


def test_a_community_lists_those_who_publish_a_profile(elm, edda, erik):
    quiet = elm.open_account("quiet")
    quiet.ok("POST", "/profile", {"zone": "UTC", "published": False, "bio": "Not yet"})
    paused = mentor(elm.open_account("paused"), accepting=False)
    assert elm.get("/actor", Accept=ACTIVITY).json()["mnt:directory"] == f"{elm.origin}/actor/directory"
    listed = directory(elm)
    assert {edda.uri, erik.uri, paused.uri} <= set(listed) and quiet.uri not in listed
    answer = elm.get("/actor/directory", Accept=ACTIVITY)
    assert "max-age=30" in answer.headers["Cache-Control"]
    assert elm.get("/actor/directory", Accept=ACTIVITY, If_None_Match=answer.headers["ETag"]).status_code == 304


def test_mentors_of_a_followed_community_are_found_like_those_of_ones_own(oak, elm, mia, otto, edda, exchanged):
    every = {one["person"]["handle"]: one["community"] for one in mentors(mia)}
    assert every[otto.handle] == {"host": oak.authority, "name": "Oak", "is_here": True}
    assert every[edda.handle] == {"host": elm.authority, "name": "Elm", "is_here": False}
    assert "otto" in found(mia, "community=here") and "edda" not in found(mia, "community=here")
    assert "edda" in found(mia, "community=elsewhere") and "otto" not in found(mia, "community=elsewhere")
    assert "edda" in found(mia, f"community={elm.authority}") and "otto" not in found(mia, f"community={elm.authority}")
    assert "otto" in found(mia, f"community={oak.authority}") and found(mia, "community=nowhere.example") == set()
    assert mia.call("GET", "/discover?community=%3Cb%3E").status_code == 422
    suggested = mia.ok("GET", f"/suggestions?expertise=sql&community={elm.authority}")["suggestions"]
    assert {one["community"]["name"] for one in suggested} == {"Elm"}
    assert mia.call("GET", "/suggestions?community=%3Cb%3E").status_code == 422


def test_the_operators_see_what_is_exchanged(oak, elm, exchanged):
    ours, theirs = exchange(oak, elm), exchange(elm, oak)
    assert (ours["followed"], ours["following"], ours["name"]) == ("accepted", "no", "Elm")
    assert ours["known"] >= 2 and ours["listed"] >= ours["known"] and ours["read_at"] and ours["failure"] is None
    assert (theirs["followed"], theirs["following"], theirs["listed"]) == ("no", "accepted", 0)
    assert elm.authority in oak.command("community", "list")


def test_who_becomes_a_mentor_changes_and_withdraws_is_so_there_within_a_minute(oak, elm, mia, exchanged):
    started = time.monotonic()
    fia = mentor(elm.open_account("fia"), expertise=["kites"])
    until(lambda: found(mia, "expertise=kites") == {"fia"}, "fia", A_MINUTE)
    fia.ok("PATCH", "/profile", {"expertise": ["bees"]})
    until(lambda: found(mia, "expertise=bees") == {"fia"}, "what fia knows now", A_MINUTE)
    fia.ok("PATCH", "/profile", {"accepting": False})
    until(lambda: "fia" not in found(mia), "fia's pause", A_MINUTE)
    assert "fia" in found(mia, "paused=true")
    fia.ok("PATCH", "/profile", {"accepting": True})
    until(lambda: "fia" in found(mia), "fia's return", A_MINUTE)
    fia.ok("PATCH", "/profile", {"published": False})
    until(lambda: "fia" not in found(mia, "paused=true&full=true"), "fia's absence", A_MINUTE)
    assert fia.uri not in directory(elm)
    fia.ok("PATCH", "/profile", {"published": True})
    until(lambda: "fia" in found(mia), "fia", A_MINUTE)
    elm.act(fia, "delete-account")
    until(lambda: "fia" not in found(mia, "paused=true&full=true"), "fia's absence", A_MINUTE)
    assert time.monotonic() - started < 6 * A_MINUTE
    assert exchange(oak, elm)["failure"] is None


def test_who_withdraws_is_told_to_those_too_with_whom_they_had_sessions(oak, elm, mia, times):
    """Though nobody follows them, and whatever is exchanged."""
    gro = mentor(elm.open_account("gro"), expertise=["glaciers"])
    asked = mia.ok("POST", "/sessions", {
        "mentor": gro.handle, "type": "pana_support", "topic": "Ice", "minutes": 30, "zone": "UTC",
        "start": times.next().strftime("%Y-%m-%dT%H:%M:%SZ")})
    until(lambda: gro.session(asked["uri"]), "the request")
    assert "gro" in found(mia, "expertise=glaciers")
    gro.ok("PATCH", "/profile", {"published": False})
    until(lambda: found(mia, "expertise=glaciers&paused=true&full=true") == set(), "gro's absence", A_MINUTE)


def test_whatever_was_missed_is_noticed_and_read_anew(oak, elm, mia, edda, exchanged):
    """A change that never arrives shows in the count of the next one."""
    hal = mentor(elm.open_account("hal"), expertise=["gaps"])
    until(lambda: found(mia, "expertise=gaps") == {"hal"}, "hal")
    # As after a loss: hal is not in the directory any more, and nobody was told.
    elm.sql(f"delete from directory_entries where actor_id = (select id from actors where uri = '{hal.uri}')")
    elm.sql("update directory_revision set revision = revision + 1")
    edda.ok("PATCH", "/profile", {"bio": "Something else"})
    until(lambda: found(mia, "expertise=gaps") == set(), "hal's absence")


def test_an_operator_may_want_to_be_asked(oak, ash, mia):
    aino = mentor(ash.open_account("aino"))
    oak.command("community", "follow", ash.authority)
    until(lambda: (exchange(ash, oak) or {}).get("following") == "pending", "the question")
    assert exchange(oak, ash)["followed"] == "pending" and "aino" not in found(mia)
    ash.command("community", "accept", oak.authority)
    until(lambda: "aino" in found(mia), "aino")
    ash.command("community", "refuse", oak.authority)
    until(lambda: "aino" not in found(mia), "aino's absence")
    assert exchange(oak, ash)["followed"] == "refused" and exchange(ash, oak) is None
    aino.ok("PATCH", "/profile", {"bio": "Something else"})
    assert "has not asked" in refusal(ash, "community", "accept", oak.authority)


def refusal(community, *words):
    """What a command that is refused says."""
    done = subprocess.run([community.program, *words, *community.settings], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode != 0
    return done.stderr


def test_only_communities_can_be_followed(oak, elm, otto):
    assert "is no host" in refusal(oak, "community", "follow", "a b")
    assert "not found" in refusal(oak, "community", "follow", f"nowhere.localhost:{elm.port}")
    assert "is not followed" in refusal(oak, "community", "unfollow", "nowhere.localhost")


def test_after_unfollowing_only_those_stay_whom_somebody_knows(oak, elm, mia, edda, erik, exchanged):
    oak.act(mia, "follow", edda.handle)
    oak.command("community", "unfollow", elm.authority)
    until(lambda: "erik" not in found(mia), "erik's absence")
    assert "edda" in found(mia) and exchange(oak, elm) is None
    until(lambda: exchange(elm, oak) is None, "the end of the exchange")
    oak.command("community", "follow", elm.authority)
    until(lambda: {"edda", "erik"} <= found(mia), "elm's mentors")


def test_of_a_community_that_is_shut_out_nobody_is_found_at_once(oak, elm, mia, edda, erik, exchanged):
    until(lambda: {"edda", "erik"} <= found(mia), "elm's mentors")
    oak.command("domain", "block", "elm.localhost")
    assert not {"edda", "erik"} & found(mia), "neither whom somebody follows nor anybody else"
    assert exchange(oak, elm) is None
    until(lambda: elm.request("GET", "/health/live").ok, "elm itself")
    oak.command("domain", "remove", "elm.localhost")
    assert "erik" not in found(mia)
    oak.command("community", "follow", elm.authority)
    until(lambda: "erik" in found(mia), "erik")


def test_when_they_have_time_next_is_asked_for_and_shown(oak, elm, mia, exchanged):
    """Of those who tell everybody; and it can be searched for like that of mentors here."""
    until(lambda: (exchange(oak, elm) or {}).get("followed") == "accepted", "the exchange")
    tide = mentor(elm.open_account("tide"), expertise=["tides"])
    coy = mentor(elm.open_account("coy"), expertise=["tides"], who_may_ask="followers")
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    hours = {"zone": "UTC", "rules": [{"weekday": day, "from": "08:00", "to": "20:00"} for day in days]}
    for person in (tide, coy):
        person.ok("PUT", "/availability", hours)

    def soon():
        oak.sql("update jobs set due_at = now() where kind = 'directories.watch' and lease is null")
        oak.sql("select pg_notify('mentord_jobs', '')")
        return mentors(mia, "expertise=tides&sort=soonest&free_within_days=3")

    only, = until(soon, "tide's next time")
    own = until(lambda: next(one["next_free_at"] for one in mentors(tide, "expertise=tides&community=here")
                             if one["person"]["handle"] == tide.handle), "the own knowledge of it")
    assert only["person"]["handle"] == tide.handle and only["next_free_at"][:10] == own[:10]
    assert {one["next_free_at"] is None for one in mentors(mia, "expertise=tides")} == {True, False}


def test_what_was_told_is_as_the_schemas_say(oak, elm, contracts, exchanged):
    told = {contracts.activity(activity) for activity in elm.sent_activities()}
    assert {"directory/add", "directory/update", "directory/remove", "follow/accept"} <= told
    asked = {contracts.activity(activity) for activity in oak.sent_activities()}
    assert {"follow/follow", "follow/undo"} <= asked
