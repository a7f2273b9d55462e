"""K07-K10, H04, H05, and what one domain or address may bring: section 4 of the reference, on a server that counts."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from actor import parameter
from bench.hostile import body_of
from bench.keys import SHARED
from bench.notes import marker, note, to_person, wrapped
from waiting import soon

NEW, NEW_BURST, FOLLOWS, BAD_SIGNATURES = 60, 20, 5, 30
READS = 100


@pytest.fixture(scope="module")
def pia(counting):
    return counting.open_account("pia")


def known_for(server, host, days):
    server.sql(f"insert into hosts (host, known_since) values ('{host}', now() - interval '{days} days') "
               "on conflict (host) do update set known_since = excluded.known_since")


def follow(client, host, name, person):
    actor = host.actors.get(name) or host.actor(name, key=SHARED)
    return client.post(actor, f"{person.uri}/inbox", wrapped(actor, "Follow", person.uri, to=[person.uri]))


def test_k07_a_new_domain_brings_five_followers_a_day(client, counting, e, b, pia):
    known_for(counting, "b.test", 8)
    replies = [follow(client, e, f"keen{number}", pia) for number in range(12)]
    assert [reply.status_code for reply in replies] == [202] * FOLLOWS + [429] * 7
    assert all(0 < int(reply.headers["Retry-After"]) <= 86_400 for reply in replies[FOLLOWS:])
    assert follow(client, e, "keen0", pia).status_code == 202, "what stands may be said again"
    with ThreadPoolExecutor(8) as pool:
        flood = pool.map(lambda number: follow(client, e, f"keen{number}", pia).status_code, range(12, 1_000))
        assert {*flood} == {429}
    assert {follow(client, b, f"old{number}", pia).status_code for number in range(10)} == {202}
    counting.row_counts()
    assert counting.sql("select count(*) from follows") == [[str(FOLLOWS + 10)]]


def test_h04_what_one_new_domain_brings_is_counted_and_takes_nothing_from_others(client, counting, e2, b, pia):
    """Whatever the name below the domain, and whoever says it."""
    known_for(counting, "b.test", 8)
    senders = [e2.actor(f"flood{number}", key=SHARED) for number in range(4)]

    def bring(actor):
        return client.post(actor, f"{pia.uri}/inbox", wrapped(actor, "Listen", pia.uri))

    replies = [bring(senders[number % 4]) for number in range(NEW)]
    refused = [reply for reply in replies if reply.status_code == 429]
    assert NEW_BURST <= len(replies) - len(refused) < NEW and refused
    assert all(0 < int(reply.headers["Retry-After"]) <= 5 for reply in refused)
    honest = b.actor("steady04")
    assert {bring(honest).status_code for _ in range(NEW)} == {202}


def test_h04_what_a_domain_reads_is_counted_and_takes_nothing_from_others(client, counting, e2, b, pia):
    """By whoever signs, and apart from what it brings."""
    known_for(counting, "b.test", 8)
    readers = [b.actor("reader04"), b.actor("reader04too")]
    replies = [client.get(readers[number % 2], pia.uri) for number in range(2 * READS)]
    refused = [reply for reply in replies if reply.status_code == 429]
    assert READS <= len(replies) - len(refused) < 2 * READS and refused
    assert {reply.status_code for reply in replies} == {200, 429}
    assert all(0 < int(reply.headers["Retry-After"]) <= 5 for reply in refused)
    assert client.get(e2.actor("other04"), pia.uri).status_code == 200
    assert client.get(None, pia.uri).status_code == 200
    assert client.post(readers[0], f"{pia.uri}/inbox", wrapped(readers[0], "Listen", pia.uri)).status_code == 202


def test_h05_after_thirty_wrong_signatures_an_address_is_not_listened_to(bench, counting, b, pia):
    known_for(counting, "b.test", 8)
    sender, client, other = b.actor("sender05"), bench.client(), bench.client()
    inbox = f"{pia.uri}/inbox"
    assert client.post(sender, inbox, wrapped(sender, "Listen", pia.uri)).status_code == 202
    body = body_of(wrapped(sender, "Listen", pia.uri))
    wrong = parameter(sender.signed_headers("POST", inbox, body), "signature", sender.sign("something else"))
    asked = len(b.requests)
    statuses = [client.call("POST", inbox, wrong, body).status_code for _ in range(3 * BAD_SIGNATURES)]
    assert statuses[:BAD_SIGNATURES] == [401] * BAD_SIGNATURES and 429 in statuses
    reply = client.post(sender, inbox, wrapped(sender, "Listen", pia.uri))
    assert reply.status_code == 429 and int(reply.headers["Retry-After"]) > 0
    assert other.post(sender, inbox, wrapped(sender, "Listen", pia.uri)).status_code == 202
    assert len(b.asked(asked)) <= 1


# On the server without limits

def test_k08_many_reports_of_one_domain_are_one_case(client, server, e, eve, max, zed, sees):
    before = sees(zed).notifications()
    others = [e.actor(f"reporter{number}", key=SHARED) for number in range(20)]
    for number in range(500):
        reporter = eve if number % 2 else others[number // 2 % len(others)]
        client.tell(reporter, zed.uri, wrapped(reporter, "Flag", [zed.uri], content=f"bad {number}", to=[zed.uri]))
    server.row_counts()
    cases = [line for line in server.command("report", "list").splitlines() if f"@{zed.handle}" in line]
    assert len(cases) == 1
    assert sees(zed).notifications() == before, "who is reported does not learn by whom"
    assert client.get(None, zed.uri).status_code == 200, "a report decides nothing"


def test_k09_what_comes_ends_only_what_its_sender_is_part_of(client, server, sees, eve, bob, max, ann):
    client.tell(bob, max.uri, wrapped(bob, "Follow", max.uri, to=[max.uri]))
    client.tell(eve, max.uri, wrapped(eve, "Follow", max.uri, to=[max.uri]))
    for thing in (max.uri, bob.uri, f"{server.origin}/actor"):
        client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Block", thing, to=[max.uri]))
    client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Block", max.uri, to=[max.uri]) | {"actor": bob.uri})
    client.post(eve, f"{max.uri}/inbox", wrapped(eve, "Move", bob.uri, target=eve.uri, to=[max.uri]))
    server.row_counts()
    assert sees(max).relation(eve.handle).is_blocked and not sees(max).relation(eve.handle).is_followed
    relation = sees(max).relation(bob.handle)
    assert relation.is_followed and not relation.is_blocked
    assert client.get(None, max.uri).status_code == 200
    for actor, kind in ((eve, "Block"), (bob, "Follow")):
        taken_back = {"type": kind, "actor": actor.uri, "object": max.uri}
        client.tell(actor, max.uri, wrapped(actor, "Undo", taken_back, to=[max.uri]))


NAMES = {
    "gar\u202enam": "garnam", "a\u200b\u200bb\u2060c": "abc", "x\u2066y\u2069z": "xyz",
    "two\nlines\tand\u0007more": "two lines andmore",
    "z" + "\u0301" * 50: "z" + "\u0301" * 4, "n" * 400: None, "  spaces   ": "spaces",
}


@pytest.mark.parametrize("name", NAMES)
def test_k10_a_name_cannot_be_seen_as_something_else(name, client, server, e, max):
    liar = e.actor(f"named{[*NAMES].index(name)}", key=SHARED)
    liar.document["name"] = name
    client.tell(liar, max.uri, wrapped(liar, "Create", to_person(liar, marker(), max)))
    ((shown,),) = server.sql(f"select name from actors where uri = '{liar.uri}'")
    assert len(shown) <= 100
    if NAMES[name] is not None:
        assert shown == NAMES[name]


def test_k10_a_handle_ends_in_the_host_that_it_comes_from(client, server, e, max):
    """A user name that looks like a handle of ours, or pushes its host out of sight."""
    for number, name in enumerate(["max@s.test", "s.test/max", "a" * 300, "mod\u3000\u3000", "adm in", "\u202exam"]):
        liar = e.actor(f"handle10x{number}", key=SHARED, preferredUsername=name)
        client.post(liar, f"{max.uri}/inbox", wrapped(liar, "Create", to_person(liar, marker(), max)))
        server.row_counts()
        rows = server.sql(f"select username, domain from actors where uri = '{liar.uri}'")
        for username, domain in rows:
            assert domain == "e.test" and username.isascii() and not {*"@/ "} & {*username}, rows
