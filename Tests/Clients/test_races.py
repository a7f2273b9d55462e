"""Fifty people race for one time, with two servers over one database: one of them gets it, every time.

How many times is said by RACES; otherwise as many as there is time for."""

import hashlib
import json
import os
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from community import Community
from people import mentor
from waiting import now, written

PEOPLE = 50
ROUNDS = int(os.environ.get("RACES", "0"))
# Where nothing is said: at least so many rounds, and no new one after so many seconds.
LEAST, SECONDS = 2, 15
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
HOURS = {
    "zone": "UTC", "rules": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in WEEK],
    "limits": [{"type": "pana_support", "notice": 0, "buffer_after": 0, "grid": 30}],
}
OVERLAPS = {
    "sessions": """
        select count(*) from sessions a join sessions b on a.mentor_id = b.mentor_id and a.id < b.id
        where a.status = 'scheduled' and b.status = 'scheduled' and a.starts_at < b.starts_at + make_interval(mins => b.minutes)
            and b.starts_at < a.starts_at + make_interval(mins => a.minutes)""",
    "held times": """
        select count(*) from held_times a join held_times b on a.mentor_id = b.mentor_id and a.id < b.id
        where a.starts_at < b.starts_at + make_interval(mins => b.minutes)
            and b.starts_at < a.starts_at + make_interval(mins => a.minutes)""",
}


@pytest.fixture(scope="module")
def servers(alfa, contracts, tmp_path_factory):
    """Alfa, and another server of its community over the same database."""
    folder = tmp_path_factory.mktemp("racing")
    os.chmod(folder, 0o755)
    other = Community(
        alfa.program, "racing", str(folder), contracts,
        {"origin": alfa.origin, "database.url": f"postgresql://mentord@/mentord?host={alfa.data}/postgresql/socket"})
    other.authority, other.origin = alfa.authority, alfa.origin
    other.http = other.session()
    try:
        other.await_listening()
        yield [alfa, other]
    finally:
        code = other.stop()
    assert code == 0, "the second server did not end cleanly"


@pytest.fixture(scope="module")
def tokens(alfa):
    """Fifty people, written straight into the database: opening accounts is not what is tried here."""
    tokens = [f"token-of-racer-{number:020}" for number in range(PEOPLE)]
    values = ", ".join(
        f"({number}, '{alfa.origin}/users/racer{number}', '\\x{hashlib.sha256(token.encode()).hexdigest()}'::bytea)"
        for number, token in enumerate(tokens))
    alfa.sql(f"""
        with given (number, uri, hash) as (values {values}),
            people as (
                insert into actors (uri, kind, username, name, url, inbox)
                select uri, 'Person', 'racer' || number, 'Racer ' || number, uri, uri || '/inbox' from given
                returning id, uri),
            opened as (
                insert into accounts (actor_id, email, password_hash)
                select id, id || '@racers.example', 'none' from people)
        select count(*) from people""")
    alfa.sql(f"""
        insert into tokens (actor_id, hash, name, scopes)
        select id, hash, 'race', '{{read,write}}' from (values {values}) given (number, uri, hash) join actors using (uri)""")
    return tokens


class Race:
    """Who all call at the same moment, each by a connection of their own, at one server and the other in turn."""

    def __init__(self, servers):
        self.servers = servers
        self.lines = [servers[number % len(servers)].session() for number in range(PEOPLE)]

    def run(self, calls):
        """The answers to (path, token, body), as (status, JSON)."""
        start, answers = threading.Barrier(len(calls)), [None] * len(calls)

        def call(number, path, token, body):
            start.wait(60)
            answer = self.lines[number].post(
                f"{self.servers[number % len(self.servers)].reached}/api/mentoring{path}", json.dumps(body), timeout=120,
                headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            answers[number] = (answer.status_code, answer.json())

        threads = [threading.Thread(target=call, args=(number, *given)) for number, given in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


def rounds():
    """A start time for each round."""
    first = now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    began = time.monotonic()
    number = 0
    while number < (ROUNDS or LEAST) or (not ROUNDS and number < 100 and time.monotonic() - began < SECONDS):
        yield written(first + timedelta(minutes=30 * number))
        number += 1
    print(f"{number} rounds of {PEOPLE} in {time.monotonic() - began:.1f} s")


def asked(name, start):
    return {"mentor": name, "type": "pana_support", "topic": "Me first", "start": start, "minutes": 30, "zone": "UTC"}


def assert_nothing_overlaps(alfa):
    for what, query in OVERLAPS.items():
        assert alfa.sql(query) == [["0"]], f"{what} overlap"


def test_of_fifty_who_ask_for_a_time_one_gets_it(alfa, servers, tokens):
    tess = mentor(alfa.open_account("tess"))
    tess.ok("PUT", "/availability", HOURS | {"holding": {"requests": "always"}})
    race = Race(servers)
    for start in rounds():
        answers = race.run([("/sessions", token, asked("tess", start)) for token in tokens])
        assert Counter(status for status, _ in answers) == {201: 1, 409: PEOPLE - 1}
        for status, answer in answers:
            if status == 409:
                assert (answer["conflict"], answer["rule"]) == ("time_not_free", "busy")
                assert answer["nearest"] and start not in answer["nearest"]
        won = next(answer for status, answer in answers if status == 201)
        assert_nothing_overlaps(alfa)
        # So that nobody has more requests waiting than one may.
        tess.ok("POST", f"/sessions/{won['id']}/respond", {"action": "decline", "reason": "Only a race."})


def test_of_fifty_requests_for_a_time_that_are_accepted_at_once_one_is(alfa, servers, tokens):
    theo = mentor(alfa.open_account("theo"))
    theo.ok("PUT", "/availability", HOURS | {"holding": {"requests": "never"}})
    race = Race(servers)
    for start in rounds():
        answers = race.run([("/sessions", token, asked("theo", start)) for token in tokens])
        assert Counter(status for status, _ in answers) == {201: PEOPLE}
        paths = [f"/sessions/{session['id']}/respond" for _, session in answers]
        answers = race.run([(path, theo.token, {"action": "accept"}) for path in paths])
        assert Counter(status for status, _ in answers) == {200: 1, 409: PEOPLE - 1}
        assert {answer["conflict"] for status, answer in answers if status == 409} == {"slot_taken"}
        assert all(answer["nearest"] for status, answer in answers if status == 409)
        assert_nothing_overlaps(alfa)
        lost = [path for path, (status, _) in zip(paths, answers) if status == 409]
        answers = race.run([(path, theo.token, {"action": "decline", "reason": "Only a race."}) for path in lost])
        assert {status for status, _ in answers} == {200}
