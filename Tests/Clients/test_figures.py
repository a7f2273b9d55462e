"""What sessions come to in numbers, for a person and for the community, held against a count of one's own."""

import concurrent.futures
import os
import random

import pytest

from community import Community
from conftest import running
from people import mentor
from waiting import written

BOTH_CAME = {"mentee_came": True, "mentor_came": True}
OF_MENTOR = {"session_quality": 5, "helpfulness": 4, "communication": 5, "knowledge_sharing": 4, "availability": 4}
OF_MENTEE = {"engagement": 5, "effort": 5, "communication": 4, "commitment": 5, "responsiveness": 5}
NOTHING = {
    "asked": 0, "answered": 0, "usual_answer_minutes": None, "agreed": 0, "completed": 0, "minutes": 0, "cancelled": 0,
    "late_cancels": 0, "no_shows": 0, "missed": 0, "completed_percent": None, "ratings": {"count": 0, "mean": None}}


@pytest.fixture(scope="module")
def town(place, contracts):
    rules = {"noshows.ladder": "0,0,0", "mentors.notice": "24"}
    with running([Community(os.path.abspath(os.environ["MENTORD"]), "figures", place, contracts, rules)]) as (community,):
        yield community


@pytest.fixture(scope="module")
def people(town):
    mentees = [town.open_account(f"mentee{number}") for number in range(3)]
    mentors = [mentor(town.open_account(f"mentor{number}")) for number in range(3)]
    boss = town.open_account("boss")
    town.sql("update accounts set role = 'administrator' where email like 'boss@%'")
    return mentees, mentors, boss


def test_without_sessions_there_is_nothing_to_count(town):
    fresh = town.open_account("fresh")
    assert fresh.ok("GET", "/figures") == {"as_mentor": NOTHING, "as_mentee": NOTHING}
    assert fresh.call("GET", "/figures/community").status_code == 403


def test_figures_are_right_whatever_happens_at_once(town, people, times):
    mentees, mentors, boss = people
    rng = random.Random(6)
    # Nobody is in two places: what begins soon begins at different times.
    soon = iter(range(60, 1000, 31))
    plans = [(rng.choice(mentees), rng.choice(mentors), fate, written(times.next()))
             for fate in ["completed", "completed", "missed by mentee", "missed by mentor", "cancelled", "late", "ill", "declined", "open", "rated"] * 4]

    def live(plan):
        mentee, guide, fate, start = plan
        session = mentee.ok("POST", "/sessions", {
            "mentor": guide.username, "type": "pana_support", "topic": fate, "start": start, "minutes": 30, "zone": "UTC"})["id"]
        path = f"/sessions/{session}"
        if fate == "open":
            return
        if fate == "declined":
            guide.ok("POST", path + "/respond", {"action": "decline", "reason": "No time."})
            return
        guide.ok("POST", path + "/respond", {"action": "accept"})
        move = lambda when: town.sql(f"update sessions set starts_at = {when} where id = '{session}'")
        if fate in ("cancelled", "late"):
            if fate == "late":
                move(f"now() + interval '{next(soon)} minutes'")
            guide.ok("PATCH", path, {"status": "cancelled", "reason": "Sorry."})
            return
        if fate == "ill":
            move(f"now() + interval '{next(soon)} minutes'")
            mentee.ok("PATCH", path, {"status": "cancelled", "reason": "Sorry.", "code": "illness"})
            return
        move("starts_at - interval '400 days'")
        outcome = {"missed by mentee": {"mentee_came": False, "mentor_came": True},
                   "missed by mentor": {"mentee_came": True, "mentor_came": False}}.get(fate, BOTH_CAME | {"minutes": 50})
        mentee.ok("POST", path + "/outcome", outcome)
        if fate == "missed by mentor":
            guide.ok("POST", path + "/outcome", outcome)
        if fate == "rated":
            mentee.ok("POST", path + "/reviews", {"scores": OF_MENTOR, "overall": 4})
            guide.ok("POST", path + "/reviews", {"scores": OF_MENTEE, "overall": 3})

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        reading = [pool.submit(lambda: boss.ok("GET", "/figures/community")) for _ in range(4)]
        list(pool.map(live, plans))
        [one.result() for one in reading]

    def expected(chosen, role):
        count = lambda *fates: sum(fate in fates for _, _, fate, _ in chosen)
        completed, missed = count("completed", "rated"), count("missed by mentee", "missed by mentor")
        cancelled = count("cancelled", "late", "ill")
        over = completed + missed + cancelled
        rated = count("rated")
        least = 3 if role is None else 1
        return {
            "asked": len(chosen), "answered": len(chosen) - count("open"), "agreed": len(chosen) - count("open", "declined"),
            "completed": completed, "minutes": completed * 50, "cancelled": cancelled,
            "late_cancels": 0 if role == "mentee" else count("late"), "no_shows": missed,
            "missed": missed if role is None else count(f"missed by {role}"),
            "completed_percent": completed * 100 // over if over else None,
            "ratings": {"count": rated, "mean": (3 if role == "mentee" else 4) if rated >= least else None}}

    def counted(figures):
        usual = figures.pop("usual_answer_minutes")
        assert (usual is None) == (figures["answered"] == 0)
        return figures

    for index, role, group in ((0, "mentee", mentees), (1, "mentor", mentors)):
        for person in group:
            mine = [plan for plan in plans if plan[index] is person]
            figures = person.ok("GET", "/figures")
            assert counted(figures[f"as_{role}"]) == expected(mine, role), (person, role)
            assert figures[f"as_{'mentor' if role == 'mentee' else 'mentee'}"] == NOTHING
    assert counted(boss.ok("GET", "/figures/community")) == expected(plans, None)
