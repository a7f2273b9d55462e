"""Free times across communities: what a mentor's community tells to whom, what people elsewhere see of it in their own
zone, and that a request for another time is turned away wherever it comes from."""

import socket
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from activities import activity, event, invite, stub
from actor import ACTIVITY
from community import text_of
from free_time_cases import changes
from people import mentor
from peer import send
from test_peer_mentee import moved, update
from test_peer_mentor import heard
from test_servers import same
from waiting import until, written

EVERY_DAY = [{"weekday": day, "from": "09:00", "to": "12:00"}
             for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]
HOURS = {"zone": "Europe/Berlin", "rules": EVERY_DAY, "limits": [{"type": "pana_support", "furthest_days": 730, "grid": 30}]}
QUESTION = "type=pana_support&minutes=45"
NOBODY = "/users/nobody/availability"


@pytest.fixture(scope="module")
def ilse(beta):
    """A mentor of the other community who has set hours."""
    person = mentor(beta.open_account("ilse"))
    person.ok("PUT", "/availability", HOURS)
    return person


@pytest.fixture(scope="module")
def server(peer):
    """The own actor of the peer, which asks for all of its people."""
    return peer.actor("peer.localhost", kind="Application")


def times_of(person):
    return f"{person.uri}/availability"


def starts(person, query):
    """What the mentor's own community lists."""
    return [start for day in person.ok("GET", f"/mentors/{person.username}/slots?{query}")["days"] for start in day["starts"]]


def read(peer, actor, url, contracts, community):
    response = peer.get(actor, url)
    contracts.answer("GET", url.removeprefix(community.origin), response)
    return response


# What is told

def test_who_cannot_prove_who_they_are_is_told_nothing(beta, ilse, sol, peer, contracts):
    url = times_of(ilse)
    forged = sol.signed_headers("GET", url + "/of-somebody-else")
    response = send("GET", url, {"Accept": ACTIVITY, **forged})
    contracts.answer("GET", url.removeprefix(beta.origin), response)
    assert response.status_code == 401


def test_only_who_has_set_hours_says_where_they_are(beta, ilse, contracts):
    quiet = mentor(beta.open_account("quirin"))
    document = beta.get("/users/quirin", Accept=ACTIVITY).json()
    assert "mnt:availability" not in document
    before = document["updated"]
    quiet.ok("PUT", "/availability", HOURS)
    document = beta.get("/users/quirin", Accept=ACTIVITY).json()
    contracts.document(document, "actor")
    assert document["mnt:availability"] == times_of(quiet)
    assert document["updated"] > before, "others hear that there is something new"


def test_what_is_told_are_the_times_that_can_be_asked_for(peer, server, ilse, beta, contracts):
    first = (date.today() + timedelta(days=3)).isoformat()
    last = (date.today() + timedelta(days=102)).isoformat()
    days = f"from={first}&to={last}"
    listed = starts(ilse, f"{QUESTION}&zone=UTC&{days}")
    assert len(listed) > 400
    for query in (f"{QUESTION}&zone=UTC&{days}", f"{QUESTION}&from={first}T00:00:00Z&to={last}T24:00:00Z".replace("T24:00:00", "T23:59:59")):
        response = read(peer, server, f"{times_of(ilse)}?{query}", contracts, beta)
        assert response.status_code == 200 and response.headers["Cache-Control"] == "private, no-store"
        page = response.json()
        assert page["id"] == f"{times_of(ilse)}?{query}" and page["partOf"] == times_of(ilse)
        assert [thing["startTime"] for thing in page["orderedItems"]] == listed
        for thing in page["orderedItems"]:
            begin, end = (datetime.fromisoformat(thing[name]) for name in ("startTime", "endTime"))
            assert end - begin == timedelta(minutes=45)


def test_who_asks_nothing_is_led_to_what_is_usual(peer, server, ilse, beta, contracts):
    collection = read(peer, server, times_of(ilse), contracts, beta).json()
    assert collection["type"] == "OrderedCollection" and collection["id"] == times_of(ilse)
    assert "type=knowledge_transfer&minutes=30" in collection["first"]
    page = read(peer, server, collection["first"], contracts, beta).json()
    assert len(page["orderedItems"]) > 50


def test_many_times_are_read_page_by_page(peer, server, beta, contracts):
    busy = mentor(beta.open_account("bertrand"))
    rules = [rule | {"from": "00:00", "to": "24:00"} for rule in EVERY_DAY]
    busy.ok("PUT", "/availability", {"zone": "UTC", "rules": rules, "limits": [{"type": "pana_support", "grid": 5, "furthest_days": 730}]})
    first, last = date.today() + timedelta(days=2), date.today() + timedelta(days=21)
    listed = starts(busy, f"{QUESTION}&zone=UTC&from={first}&to={last}")
    found, following = [], f"{times_of(busy)}?{QUESTION}&zone=UTC&from={first}&to={last}"
    pages = 0
    while following:
        page = read(peer, server, following, contracts, beta).json()
        found += [thing["startTime"] for thing in page["orderedItems"]]
        following, pages = page.get("next"), pages + 1
    assert found == listed and pages == 3


def test_a_quarter_of_a_year_is_told_quickly(peer, server, ilse):
    """The bound is for a build that is not optimised."""
    began = datetime.now()
    response = peer.get(server, f"{times_of(ilse)}?{QUESTION}&from={written(now())}&to={written(now() + timedelta(days=92))}")
    assert response.status_code == 200 and datetime.now() - began < timedelta(seconds=2)


def now():
    return datetime.now(timezone.utc)


@pytest.mark.parametrize(
    ("query", "named"),
    [("type=magic&minutes=45", ["type"]), ("type=artistic&minutes=45", ["type"]), ("type=pana_support&minutes=7", ["minutes"]),
     ("type=pana_support&minutes=many", ["minutes"]), (QUESTION + "&from=soon", ["from"]), (QUESTION + "&from=2030-01-01", ["from"]),
     (QUESTION + "&from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z", ["to"]),
     (QUESTION + "&from=2030-01-01T00:00:00Z&to=2030-04-12T00:00:00Z", ["to"]), (QUESTION + "&zone=Mars/Olympus", ["zone"]),
     (QUESTION + "&zone=UTC&from=2030-01-01&to=2031-01-01", ["to"]), ("minutes=0&from=x", ["minutes", "from"])])
def test_a_wrong_question_is_named(query, named, peer, server, ilse, beta, contracts):
    response = read(peer, server, f"{times_of(ilse)}?{query}", contracts, beta)
    assert response.status_code == 422 and [error["field"] for error in response.json()["fields"]] == named


# To whom

@pytest.fixture(scope="module")
def askers(peer, server, beta):
    return {"server": server, "follower": peer.actor("fred"), "stranger": peer.actor("eve", host="eve"),
            "blocked": peer.actor("bill", host="bill"), "nobody": None}


TOLD = {"anyone": {"server", "follower", "stranger"}, "followers": {"follower"}, "known": set(),
        "nobody": {"server", "follower", "stranger"}}


@pytest.mark.parametrize("audience", TOLD)
def test_times_are_told_to_whom_the_mentor_would_listen(audience, askers, peer, beta, contracts):
    wanda = mentor(beta.open_account(f"wanda_{audience}"), who_may_ask=audience)
    wanda.ok("PUT", "/availability", HOURS)
    for name in ("follower", "blocked"):
        peer.tell(askers[name], wanda.uri, activity(askers[name], "Follow", wanda.uri, wanda.uri))
    beta.sql("update follows set state = 'accepted' from actors where actors.id = followed_id "
             f"and actors.uri = '{wanda.uri}'")
    beta.sql("insert into blocks (blocker_id, blocked_id, uri) select m.id, b.id, 'https://b.example/blocks/' || m.id from actors m, actors b "
             f"where m.uri = '{wanda.uri}' and b.uri = '{askers['blocked'].uri}'")
    for query in ("", f"?{QUESTION}", "?type=magic"):
        for name, actor in askers.items():
            response = read(peer, actor, times_of(wanda) + query, contracts, beta)
            if name in TOLD[audience]:
                assert response.status_code == (422 if query == "?type=magic" else 200), name
                if query == f"?{QUESTION}":
                    assert bool(response.json()["orderedItems"]) == (audience != "nobody")
            else:
                assert same(response) == same(peer.get(actor, f"{beta.origin}{NOBODY}{query}")), f"{name} can tell"


def test_who_pauses_hides_or_has_set_nothing_has_no_times_to_tell(peer, server, beta, contracts):
    paul = mentor(beta.open_account("paulo"))
    missing = same(peer.get(server, f"{beta.origin}{NOBODY}?{QUESTION}"))
    assert same(peer.get(server, f"{times_of(paul)}?{QUESTION}")) == missing
    paul.ok("PUT", "/availability", HOURS)
    assert read(peer, server, f"{times_of(paul)}?{QUESTION}", contracts, beta).json()["orderedItems"]
    paul.ok("PATCH", "/profile", {"accepting": False})
    assert read(peer, server, f"{times_of(paul)}?{QUESTION}", contracts, beta).json()["orderedItems"] == []
    paul.ok("PATCH", "/profile", {"accepting": True, "published": False})
    assert same(peer.get(server, f"{times_of(paul)}?{QUESTION}")) == missing


# What people elsewhere see

def slots(person, mentor, query=QUESTION, zone="UTC"):
    return person.ok("GET", f"/mentors/{mentor.handle}/slots?{query}&zone={zone}")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Berlin"])
def test_times_of_a_mentor_elsewhere_are_shown_in_the_zone_of_the_asker(zone, mika, ilse):
    """Over the next change of clocks of the mentor and, where there is one, of the asker."""
    for changing in {"Europe/Berlin", zone} - {"Asia/Kolkata"}:
        change = next(moment for moment in changes(changing) if moment > (now() + timedelta(days=4)).timestamp())
        middle = date.fromtimestamp(change)
        days = f"&from={middle - timedelta(days=4)}&to={middle + timedelta(days=4)}"
        seen = slots(mika, ilse, QUESTION + days, zone)
        own = ilse.ok("GET", f"/mentors/ilse/slots?{QUESTION}{days}&zone={zone}")
        assert seen["days"] == own["days"] and len(seen["days"]) >= 8
        for day in seen["days"]:
            for start in day["starts"]:
                assert datetime.fromisoformat(start).astimezone(ZoneInfo(zone)).date().isoformat() == day["date"]
        assert (seen["known"], seen["any_time"], seen["accepting"], seen["mentor"]["handle"]) == (True, False, True, ilse.handle)


def test_why_a_mentor_elsewhere_has_no_time_is_not_known_here(mika, ilse):
    answer = mika.call("GET", f"/mentors/{ilse.handle}/slots/why?{QUESTION}&zone=UTC")
    assert answer.status_code == 404 and "own community" in answer.json()["error"]


def test_a_mentor_elsewhere_who_tells_no_times_can_be_asked_for_any(mika, rui, noor):
    for person in (rui, noor):
        found = slots(mika, person)
        assert (found["known"], found["any_time"], found["days"]) == (False, True, [])


def test_nobody_is_found_where_nobody_is(alfa, mika, peer):
    plain = peer.actor("plain", speaks_mentoring=False)
    for handle in (plain.handle, f"nobody@{plain.handle.split('@')[1]}"):
        assert mika.call("GET", f"/mentors/{handle}/slots?{QUESTION}&zone=UTC").status_code == 404


def test_a_server_that_does_not_answer_is_no_fault_of_ours(mika):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        answer = mika.call("GET", f"/mentors/gone@gone.localhost:{held.getsockname()[1]}/slots?{QUESTION}&zone=UTC")
    assert answer.status_code == 504 and "Retry-After" in answer.headers


def scripted(peer, name, answer, media=ACTIVITY, status=200, **members):
    """A mentor on the peer whose times are what the script says."""
    actor = peer.actor(name, **{"mnt:mentorStatus": "open"}, **members)
    actor.document["mnt:availability"] = times_of(actor)
    peer.documents[times_of(actor)] = (status, answer, media)
    return actor


def page(actor, *items, **members):
    return {"id": times_of(actor), "type": "OrderedCollectionPage", "orderedItems": list(items), **members}


def free(start, minutes=45):
    return {"type": "Event", "startTime": written(start), "endTime": written(start + timedelta(minutes=minutes))}


def test_only_what_was_asked_for_counts_of_what_another_server_says(mika, peer):
    tess = scripted(peer, "tess", None)
    start = (now() + timedelta(days=5)).replace(microsecond=0)
    peer.documents[times_of(tess)] = (200, page(
        tess, free(start), free(start), free(start, 30), free(start - timedelta(days=9)), free(start + timedelta(days=60)),
        {"type": "Note"}, "https://peer.example/1", None, {"type": "Event", "startTime": "soon", "endTime": "later"},
        next="https://elsewhere.example/more"), ACTIVITY)
    found = slots(mika, tess)
    assert [day["starts"] for day in found["days"]] == [[written(start)]]


@pytest.mark.parametrize(
    ("name", "answer", "media", "status", "expected"),
    [("note", {"type": "Note"}, ACTIVITY, 200, 502), ("plaintext", {"type": "Collection"}, "text/plain", 200, 502),
     ("broken", None, ACTIVITY, 500, 504), ("tired", None, ACTIVITY, 429, 504), ("strict", None, ACTIVITY, 422, 422),
     ("shut", None, ACTIVITY, 404, 200), ("ended", None, ACTIVITY, 410, 200)])
def test_what_another_server_answers_badly_is_told_clearly(name, answer, media, status, expected, mika, peer):
    actor = scripted(peer, name, answer, media, status)
    response = mika.call("GET", f"/mentors/{actor.handle}/slots?{QUESTION}&zone=UTC")
    assert response.status_code == expected, response.text
    if expected == 200:
        assert (response.json()["known"], response.json()["any_time"]) == (False, True)


def test_pages_without_end_are_not_read_to_the_end(mika, peer):
    actor = scripted(peer, "endless", None)
    peer.documents[times_of(actor)] = (200, page(actor, free(now() + timedelta(days=5)), next=f"{times_of(actor)}?more"), ACTIVITY)
    assert mika.call("GET", f"/mentors/{actor.handle}/slots?{QUESTION}&zone=UTC").status_code == 502
    assert len([fetch for fetch in peer.fetches if fetch.target.startswith(times_of(actor))]) == 15


def test_an_address_at_another_origin_is_not_asked(mika, peer):
    actor = peer.actor("lure", **{"mnt:mentorStatus": "open"})
    actor.document["mnt:availability"] = f"{peer.origin('victim')}/times"
    assert slots(mika, actor)["known"] is False
    assert not [fetch for fetch in peer.fetches if "victim" in fetch.target]


def test_the_server_asks_for_all_and_a_person_only_where_not_everybody_may(alfa, mika, peer):
    everybodys = scripted(peer, "open_house", None)
    followers = scripted(peer, "for_friends", None, **{"mnt:acceptsRequestsFrom": "followers"})
    for actor in (everybodys, followers):
        peer.documents[times_of(actor)] = (200, page(actor), ACTIVITY)
        slots(mika, actor)
        slots(mika, actor)
    signers = {actor.name: [fetch.signer for fetch in peer.fetches if fetch.target.startswith(times_of(actor))]
               for actor in (everybodys, followers)}
    assert signers == {"open_house": [f"{alfa.origin}/actor"], "for_friends": [mika.uri]}, "and once in a minute"


def test_a_mentor_for_followers_tells_those_of_other_communities(mika, alfa, beta):
    flora = mentor(beta.open_account("florian"), who_may_ask="followers")
    flora.ok("PUT", "/availability", HOURS)
    assert slots(mika, flora)["known"] is False
    alfa.act(mika, "follow", flora.handle)
    look = f"select state from follows join actors on actors.id = followed_id where actors.uri = '{flora.uri}'"
    until(lambda: beta.sql(look), "the follow")
    beta.sql(f"update follows set state = 'accepted' from actors where actors.id = followed_id and actors.uri = '{flora.uri}'")
    assert slots(mika, flora)["days"], "and who was not told is not believed to know nothing for a minute"


# The gate

def offered(person, days=20):
    """A time that the mentor offers, and one that the mentor does not: half an hour after the hours end."""
    first = (date.today() + timedelta(days=days)).isoformat()
    listed = starts(person, f"{QUESTION}&zone=UTC&from={first}&to={first}")
    last = datetime.fromisoformat(listed[-1])
    return datetime.fromisoformat(listed[0]), last + timedelta(hours=1)


def rejected(peer, sol, person, contracts, thing, reason="scheduleConflict"):
    answer = heard(peer.awaits(sol, "Reject", thing["id"]), person, contracts, "reject")
    assert answer["mnt:reason"] == reason and "content" not in answer
    view = person.session(thing["id"])
    assert view["status"] == "declined" and view["ended"]["code"] == reason and view["ended"]["by"] == "clock"
    return answer


def mentions(person, uri):
    """What the community told somebody about a session."""
    page = f"{person.community.origin}/sessions/{person.session(uri)['id']}"
    told = person.community.mastodon(person.username).notifications(types=["mention"])
    return [text_of(one.status.content) for one in told if page in one.status.content]


@pytest.mark.parametrize("form", ["Invite", "Update"])
def test_a_request_from_elsewhere_for_a_time_that_is_not_offered_is_rejected(form, ilse, sol, peer, contracts):
    good, bad = offered(ilse, 20 if form == "Invite" else 21)
    thing = event(sol, ilse.uri, bad, 45, mnt__sessionKind="pana_support")
    sent = invite(sol, ilse.uri, thing) if form == "Invite" else activity(sol, "Update", ilse.uri, thing, mnt__revision=0)
    peer.tell(sol, ilse.uri, sent)
    answer = rejected(peer, sol, ilse, contracts, thing)
    if form == "Invite":
        assert answer["object"] == stub(sent)
    assert mentions(ilse, thing["id"]) == [], "a mentor hears nothing of what their own hours turn away"
    thing = event(sol, ilse.uri, good, 45, mnt__sessionKind="pana_support")
    peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing))
    assert ilse.session(thing["id"])["status"] == "pending"


CRAFTED = {
    "a second beside the grid": timedelta(seconds=1), "between two starts": timedelta(minutes=5), "a year too far": timedelta(days=730)}


@pytest.mark.parametrize("shift", CRAFTED)
def test_a_crafted_time_is_rejected(shift, ilse, sol, peer, contracts):
    good, _ = offered(ilse, 22)
    thing = event(sol, ilse.uri, good + CRAFTED[shift], 45, mnt__sessionKind="pana_support")
    peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing))
    rejected(peer, sol, ilse, contracts, thing)


def test_a_time_that_somebody_has_is_rejected(ilse, sol, peer, mika, contracts):
    good, _ = offered(ilse, 23)
    session = mika.ok("POST", "/sessions", {"mentor": ilse.handle, "type": "pana_support", "topic": "First", "start": written(good),
                                            "minutes": 45, "zone": "UTC"})
    mirror = ilse.awaits(session["uri"], "pending")
    ilse.ok("POST", f"/sessions/{mirror['id']}/respond", {"action": "accept"})
    thing = event(sol, ilse.uri, good + timedelta(minutes=30), 45, mnt__sessionKind="pana_support")
    peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing))
    rejected(peer, sol, ilse, contracts, thing, "taken")


@pytest.mark.parametrize("form", ["Update", "Invite"])
@pytest.mark.parametrize("state", ["pending", "scheduled"])
def test_a_move_to_a_time_that_is_not_offered_is_rejected(state, form, ilse, sol, peer, contracts):
    good, bad = offered(ilse, 25 + ["pending", "scheduled"].index(state) + 2 * ["Update", "Invite"].index(form))
    thing = event(sol, ilse.uri, good, 45, mnt__sessionKind="pana_support")
    invitation = peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing))
    session = ilse.session(thing["id"])
    if state == "scheduled":
        ilse.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
        peer.awaits(sol, "Accept", thing["id"])
    if form == "Update":
        peer.tell(sol, ilse.uri, update(sol, ilse, invitation, "requested", 1, moved(bad)))
    else:
        peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing | moved(bad) | {"mnt:revision": 1}) | {"mnt:revision": 1})
    rejected(peer, sol, ilse, contracts, thing)
    told = until(lambda: mentions(ilse, thing["id"]), "news")
    assert "to a time that you do not offer" in told[0], "who knew of the session hears how it ended"
    free_again = event(sol, ilse.uri, good, 45, mnt__sessionKind="pana_support")
    peer.tell(sol, ilse.uri, invite(sol, ilse.uri, free_again))
    assert ilse.session(free_again["id"])["status"] == "pending"


def test_a_time_that_the_mentor_proposed_needs_no_hours(ilse, sol, peer, contracts):
    good, bad = offered(ilse, 30)
    thing = event(sol, ilse.uri, good, 45, mnt__sessionKind="pana_support")
    invitation = peer.tell(sol, ilse.uri, invite(sol, ilse.uri, thing))
    session = ilse.session(thing["id"])
    ilse.ok("PATCH", f"/sessions/{session['id']}", {"start": written(bad), "reason": "I teach then."})
    offer = peer.awaits(sol, "Offer", thing["id"]).activity
    peer.tell(sol, ilse.uri, update(sol, ilse, invitation, "requested", 1, moved(bad), inReplyTo=offer["id"]))
    heard(peer.awaits(sol, "Accept", thing["id"]), ilse, contracts, "accept")


def test_between_two_communities_the_answer_comes_by_itself(mika, ilse):
    good, bad = offered(ilse, 31)
    asked = {"mentor": ilse.handle, "type": "pana_support", "topic": "Late", "start": written(bad), "minutes": 45, "zone": "UTC"}
    declined = mika.awaits(mika.ok("POST", "/sessions", asked)["uri"], "declined")
    assert declined["ended"]["code"] == "scheduleConflict" and declined["ended"]["by"] == "mentor"
    listed = [start for day in slots(mika, ilse, f"{QUESTION}&from={good.date()}&to={good.date()}")["days"] for start in day["starts"]]
    assert written(good) in listed and written(bad) not in listed
    session = mika.ok("POST", "/sessions", asked | {"start": written(good)})
    assert ilse.awaits(session["uri"], "pending")
