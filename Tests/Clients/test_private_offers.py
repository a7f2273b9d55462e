"""Times that a mentor offers to one person, once: by link or message, here and to people of other communities."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from html import unescape

import pytest

from activities import event, invite, stub
from browser import Browser
from community import text_of
from people import mentor
from refusals import fields
from test_peer_mentor import heard
from waiting import until, written

PASSWORD = "a long enough password"
TOKEN = re.compile(r"/offers/([A-Za-z0-9_-]{43})")


def later(**distance):
    return (datetime.now(timezone.utc) + timedelta(**distance)).replace(microsecond=0)


@pytest.fixture(scope="module")
def velma(alfa):
    """A mentor whom nobody may ask, who has set hours on no day that is near, and who wants a month's notice."""
    person = mentor(alfa.open_account("velma"), who_may_ask="nobody")
    person.ok("PUT", "/availability", {"zone": "Europe/Berlin", "rules": [{"weekday": "monday", "from": "03:00", "to": "04:00"}],
                                       "limits": [{"type": "pana_support", "notice": 43_200}], "caps": {"a_day": 1}})
    return person


@pytest.fixture(scope="module")
def odette(alfa):
    return alfa.open_account("odette")


@pytest.fixture
def body(times):
    return {"type": "pana_support", "minutes": 45, "times": [written(times.next()) for _ in range(3)], "message": "As you wished."}


@pytest.fixture
def offer(velma, body):
    return velma.ok("POST", "/offers", body)


def secret(offer):
    return TOKEN.search(offer["link"])[1]


def taking(offer, start=None, **members):
    return {"offer": offer["link"], "topic": "My portfolio", "start": start or offer["times"][0]["start"], "zone": "Asia/Tokyo", **members}


def state(person, offer):
    return next(one for one in person.ok("GET", "/offers?limit=40")["offers"] if one["id"] == offer["id"])["state"]


def news(person, words):
    """What the community or others wrote to somebody, with these words in it, newest first."""
    told = person.community.mastodon(person.username, "news").notifications(types=["mention"])
    texts = [(unescape(text_of(one.status.content)), one.status) for one in told]
    return [(text, status) for text, status in texts if words in text]


# By link

def test_whoever_has_the_link_takes_a_time_past_hours_notice_caps_and_audience(velma, mika, offer):
    assert offer["state"] == "open" and offer["for"] is None and offer["rate"] is None
    assert [time["free"] for time in offer["times"]] == [True] * 3
    seen = mika.ok("GET", f"/offers/by-link/{secret(offer)}")
    assert seen | {"link": None} == offer | {"link": None} and seen["link"] is None, "the link is told once"
    start = offer["times"][1]["start"]
    made = mika.call("POST", "/sessions", taking(offer, start, message="Gladly."))
    assert made.status_code == 201, made.text
    session = made.json()
    assert (session["status"], session["start"], session["minutes"], session["zone"], session["type"]["name"]) == (
        "scheduled", start, 45, "Asia/Tokyo", "pana_support")
    assert session["place"]["link"].startswith("https://meet.example/") and session["mentor"]["handle"] == velma.handle
    assert [(entry["what"], entry["by"]) for entry in session["history"]] == [("requested", "mentee"), ("accepted", "mentor")]
    used = next(one for one in velma.ok("GET", "/offers?state=past")["offers"] if one["id"] == offer["id"])
    assert (used["state"], used["session"], used["link"]) == ("used", session["id"], None)
    assert not [one for one in velma.ok("GET", "/offers?state=open&limit=40")["offers"] if one["id"] == offer["id"]]
    told, = news(velma, session["id"])
    assert "Mika has taken a time that you offered." in told[0] and "Please answer" not in told[0]


def test_a_session_that_was_offered_ends_and_moves_like_any_other(velma, mika, offer, times):
    session = mika.ok("POST", "/sessions", taking(offer))
    crafted = mika.call("PATCH", f"/sessions/{session['id']}", {"start": written(times.next())})
    assert crafted.status_code == 409, "what was offered was this time, not every other"
    assert velma.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I am ill."})["status"] == "cancelled"
    assert mika.call("POST", "/sessions", taking(offer, offer["times"][1]["start"])).status_code == 410


def test_the_secret_alone_names_an_offer_too(mika, offer):
    assert mika.ok("POST", "/sessions", taking(offer) | {"offer": secret(offer)})["status"] == "scheduled"


def test_once_taken_it_is_dead_for_everybody(mika, odette, offer):
    mika.ok("POST", "/sessions", taking(offer))
    for person in (mika, odette):
        again = person.call("POST", "/sessions", taking(offer, offer["times"][1]["start"]))
        assert again.status_code == 410 and again.json()["error"] == "This offer has been taken."
        assert person.call("GET", f"/offers/by-link/{secret(offer)}").status_code == 410


def test_two_who_race_for_one_link_have_one_winner(velma, mika, odette, body, alfa):
    for number in range(5):
        body["times"] = [written(later(days=300 + number, hours=hour)) for hour in range(3)]
        offer = velma.ok("POST", "/offers", body)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(
                lambda place: (mika, odette)[place % 2].call("POST", "/sessions", taking(offer, offer["times"][place % 3]["start"])),
                range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [410] * 7
        assert alfa.sql(f"select count(*) from private_offers where id = {offer['id']} and used_at is not null") == [["1"]]


def test_what_is_taken_by_then_is_told_with_what_is_left(velma, mika, odette, body):
    first, second = (velma.ok("POST", "/offers", body) for _ in range(2))
    mika.ok("POST", "/sessions", taking(first, first["times"][0]["start"]))
    seen = odette.ok("GET", f"/offers/by-link/{secret(second)}")
    assert [time["free"] for time in seen["times"]] == [False, True, True]
    refused = odette.call("POST", "/sessions", taking(second, second["times"][0]["start"]))
    assert refused.status_code == 409
    answer = refused.json()
    assert (answer["conflict"], answer["nearest"]) == ("time_not_free", [time["start"] for time in second["times"][1:]])
    assert state(velma, second) == "open", "a time that is gone does not use the offer up"
    odette.ok("POST", "/sessions", taking(second, second["times"][1]["start"]))


def test_an_offered_time_is_there_for_others_until_somebody_takes_it(alfa, mika, odette, times):
    annika = mentor(alfa.open_account("annika"))
    start = written(times.next())
    offer = annika.ok("POST", "/offers", {"type": "pana_support", "minutes": 30, "times": [start]})
    session = mika.ok("POST", "/sessions", {"mentor": "annika", "type": "pana_support", "topic": "First", "start": start, "minutes": 30, "zone": "UTC"})
    annika.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    refused = odette.call("POST", "/sessions", taking(offer))
    assert refused.status_code == 409 and refused.json()["nearest"] == []


def test_what_was_revoked_is_dead(velma, mika, odette, offer):
    path = f"/offers/{offer['id']}"
    assert mika.call("DELETE", path).status_code == 404 and odette.call("DELETE", "/offers/nothing").status_code == 404
    for _ in range(2):
        assert velma.ok("DELETE", path)["state"] == "revoked"
    taken = mika.call("POST", "/sessions", taking(offer))
    assert taken.status_code == 410 and "withdrawn" in taken.json()["error"]
    assert mika.call("GET", f"/offers/by-link/{secret(offer)}").status_code == 410


def test_what_was_taken_cannot_be_revoked(velma, mika, offer):
    session = mika.ok("POST", "/sessions", taking(offer))
    refused = velma.call("DELETE", f"/offers/{offer['id']}")
    assert refused.status_code == 409
    assert {name: refused.json()[name] for name in ("conflict", "session")} == {"conflict": "used", "session": session["id"]}


def test_what_is_over_is_dead(alfa, velma, mika, offer):
    alfa.sql(f"update private_offers set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = {offer['id']}")
    assert state(velma, offer) == "expired"
    assert mika.call("POST", "/sessions", taking(offer)).status_code == 410
    assert mika.call("GET", f"/offers/by-link/{secret(offer)}").status_code == 410
    assert velma.ok("DELETE", f"/offers/{offer['id']}")["state"] == "expired"


def test_an_offer_ends_with_its_last_time_at_the_latest(velma, body):
    assert velma.ok("POST", "/offers", body)["expires_at"] == max(body["times"])
    soon = written(later(hours=2))
    assert velma.ok("POST", "/offers", body | {"expires": soon})["expires_at"] == soon
    assert velma.ok("POST", "/offers", body | {"expires": written(later(days=700))})["expires_at"] == max(body["times"])


@pytest.mark.parametrize(
    ("change", "field"),
    [({"times": []}, "times"), ({"times": [written(later(days=20, minutes=number)) for number in range(11)]}, "times"), ({"times": None}, "times"),
     ({"times": [written(later(hours=-1))]}, "times[0]"), ({"times": [written(later(days=5))] * 2}, "times[1]"),
     ({"times": [written(later(days=800))]}, "times[0]"), ({"times": ["soon"]}, "times[0]"), ({"expires": written(later(hours=-1))}, "expires"),
     ({"type": "magic"}, "type"), ({"type": "artistic"}, "type"), ({"minutes": 31}, "minutes"), ({"message": "a" * 5001}, "message"),
     ({"for": "nobody"}, "for"), ({"for": "velma"}, "for"), ({"for": ""}, "for"), ({"zone": "UTC"}, "zone")],
    ids=lambda value: json.dumps(value)[:60])
def test_what_is_not_allowed_is_named_and_changes_nothing(change, field, alfa, velma, body):
    before = alfa.row_counts()
    assert fields(velma.call("POST", "/offers", body | change)) == [field]
    assert alfa.row_counts() == before


def test_only_mentors_offer_sessions(mika, body):
    assert fields(mika.call("POST", "/offers", body)) == ["type"]


def test_a_mentor_offers_no_time_that_is_taken(velma, mika, offer, body):
    mika.ok("POST", "/sessions", taking(offer))
    assert fields(velma.call("POST", "/offers", body)) == ["times[0]"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"start": written(later(days=40))}, "start"), ({"mentor": "velma"}, "mentor"), ({"minutes": 45}, "minutes"), ({"type": "pana_support"}, "type"),
     ({"topic": ""}, "topic"), ({"zone": "Mars/Olympus"}, "zone"), ({"place": {"medium": "telepathy"}}, "place.medium")],
    ids=lambda value: json.dumps(value)[:60])
def test_only_what_was_offered_can_be_taken(change, field, alfa, mika, velma, offer):
    before = alfa.row_counts()
    assert fields(mika.call("POST", "/sessions", taking(offer) | change)) == [field]
    assert alfa.row_counts() == before and state(velma, offer) == "open"


def test_nobody_takes_what_is_their_own_or_none(velma, mika, offer):
    assert velma.call("POST", "/sessions", taking(offer)).status_code == 404
    assert velma.ok("GET", f"/offers/by-link/{secret(offer)}")["id"] == offer["id"]
    for token in ("x" * 43, "short", "a" * 300):
        assert mika.call("POST", "/sessions", taking(offer) | {"offer": token}).status_code == 404
        assert mika.call("GET", f"/offers/by-link/{token}").status_code == 404


def test_who_may_make_read_and_revoke(alfa, velma, offer):
    reader, writer = alfa.token("velma", scopes="read", name="reader"), alfa.token("velma", scopes="write", name="writer")
    for method, path, lesser in (("DELETE", f"/offers/{offer['id']}", reader), ("GET", f"/offers/by-link/{secret(offer)}", writer)):
        assert alfa.api(method, path).status_code == 401
        assert alfa.api(method, path, token=lesser).status_code == 403


def test_the_secret_is_kept_nowhere(alfa, offer):
    dump = alfa.sql("select string_agg(o::text, ' ') from private_offers o")[0][0]
    assert secret(offer) not in dump and secret(offer) not in "".join(alfa.log)


def test_the_link_shows_a_page_that_takes_nothing(alfa, velma, offer):
    path = f"/offers/{secret(offer)}"
    for _ in range(2):
        page = alfa.get(path, Accept="text/html")
        assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"
    text = unescape(text_of(page.text))
    assert "Velma offers you a session" in text and "As you wished." in text and "Peer support, 45 minutes, free" in text
    assert page.text.count("<time ") == 3 and state(velma, offer) == "open"
    velma.ok("DELETE", f"/offers/{offer['id']}")
    assert alfa.get(path).status_code == 410
    assert alfa.get("/offers/short").status_code == 404


def test_the_page_of_what_is_for_one_person_is_shown_to_them_alone(alfa, velma, odette, body):
    offer = velma.ok("POST", "/offers", body | {"for": "odette"})
    strangers = [alfa.get(f"/offers/{token}", Accept="text/html").text for token in (secret(offer), "x" * 43)]
    assert 'name="password"' in strangers[0] and "As you wished" not in strangers[0]
    assert strangers[0].replace(secret(offer), "") == strangers[1].replace("x" * 43, ""), "that there is one is not told"
    alfa.set_password("odette", PASSWORD)
    odette.token = alfa.token("odette")
    browser = Browser(alfa)
    browser.open(f"/offers/{secret(offer)}")
    browser.sign_in("odette", PASSWORD)
    assert "As you wished." in browser.answer.text


# For one person

def test_one_person_is_told_and_nobody_else_can_take_it(velma, mika, odette, body):
    offer = velma.ok("POST", "/offers", body | {"for": "odette"})
    assert offer["for"]["handle"] == odette.handle
    (text, status), = news(odette, offer["link"])
    assert status.visibility == "direct" and status.account.bot
    for words in ("Velma offers you a session: Peer support, 45 minutes, free.", "“As you wished.”", "(Europe/Berlin)"):
        assert words in text
    assert text.count("When: ") == 3
    assert news(mika, offer["link"]) == []
    none = mika.call("GET", "/offers/by-link/" + "x" * 43)
    for answer in (mika.call("GET", f"/offers/by-link/{secret(offer)}"), mika.call("POST", "/sessions", taking(offer))):
        assert (answer.status_code, answer.content) == (404, none.content)
    assert odette.ok("POST", "/sessions", taking(offer))["status"] == "scheduled"
    assert mika.call("POST", "/sessions", taking(offer)).status_code == 404, "that it was there is nobody's business"


# Across communities

@pytest.fixture(scope="module")
def gitte(beta):
    """A mentor of the other community, who asks for money."""
    return mentor(beta.open_account("gitte"), who_may_ask="nobody")


@pytest.fixture(scope="module")
def fanny(alfa, gitte, beta):
    """Follows gitte from elsewhere."""
    person = alfa.open_account("fanny")
    alfa.act(person, "follow", gitte.handle)
    look = f"select 1 from follows join actors on actors.id = follower_id where actors.uri = '{person.uri}'"
    until(lambda: beta.sql(look), "the follow")
    beta.sql(f"update follows set state = 'accepted' from actors where actors.id = follower_id and actors.uri = '{person.uri}'")
    return person


def test_nobody_gets_unasked_mail_from_elsewhere(gitte, mika, beta, body):
    before = beta.row_counts()
    refused = gitte.call("POST", "/offers", body | {"for": mika.handle})
    assert fields(refused) == ["for"] and "follow you" in refused.json()["error"]
    after = beta.row_counts()
    assert {name: after[name] for name in ("private_offers", "posts")} == {name: before[name] for name in ("private_offers", "posts")}


def test_who_follows_is_told_by_the_mentor_and_takes_a_time_at_once(gitte, fanny, body):
    offer = gitte.ok("POST", "/offers", body | {"for": fanny.handle})
    text, status = until(lambda: news(fanny, "I offer you a session"), "the offer")[0]
    assert status.account.acct == gitte.handle and status.visibility == "direct"
    link = TOKEN.search(status.content)[0]
    assert offer["link"].endswith(link) and text.count("When: ") == 3
    asked = {"mentor": gitte.handle, "type": "pana_support", "minutes": 45, "start": body["times"][2], "zone": "America/New_York",
             "topic": "From afar", "offer": offer["link"]}
    session = fanny.ok("POST", "/sessions", asked)
    agreed = fanny.awaits(session["uri"], "scheduled")
    assert agreed["place"]["link"].startswith("https://meet.example/")
    assert gitte.awaits(session["uri"], "scheduled")["start"] == body["times"][2]
    assert state(gitte, offer) == "used"
    again = fanny.awaits(fanny.ok("POST", "/sessions", asked | {"start": body["times"][0]})["uri"], "declined")
    assert again["ended"]["code"] == "expired"


def test_a_link_is_good_at_the_mentors_own_community_alone(mika, noor, lena, offer):
    asked = {"mentor": noor.handle, "type": "pana_support", "minutes": 45, "start": offer["times"][0]["start"], "zone": "UTC", "topic": "x"}
    for link in ("https://elsewhere.example/offers/" + "x" * 43, "no link/at all"):
        assert fields(mika.call("POST", "/sessions", asked | {"offer": link})) == ["offer"]
    assert fields(mika.call("POST", "/sessions", asked | {"mentor": lena.handle, "offer": "https://elsewhere.example/offers/x"})) == ["offer"]


def claimed(peer, sol, gitte, offer, start, minutes=45, **members):
    thing = event(sol, gitte.uri, datetime.fromisoformat(start), minutes, mnt__sessionKind="pana_support", **members)
    return peer.tell(sol, gitte.uri, invite(sol, gitte.uri, thing, mnt__offer=offer["link"]))


def test_an_invite_with_the_link_is_accepted_at_once(gitte, sol, peer, body, contracts):
    offer = gitte.ok("POST", "/offers", body)
    invitation = claimed(peer, sol, gitte, offer, body["times"][1])
    accept = heard(peer.awaits(sol, "Accept", invitation["object"]["id"]), gitte, contracts, "accept")
    assert accept["object"] == stub(invitation) and accept["location"]["url"]
    view = gitte.session(invitation["object"]["id"])
    assert (view["status"], view["start"]) == ("scheduled", body["times"][1])
    told, = news(gitte, view["id"])
    assert "Sol has taken a time that you offered." in told[0]


REFUSED = {
    "another time": ("scheduleConflict", lambda body: {"start": written(later(days=50))}),
    "another length": ("scheduleConflict", lambda body: {"minutes": 60}),
    "another type": ("policy", lambda body: {"mnt__sessionKind": "artistic"}),
    "another price": ("policy", lambda body: {"mnt__terms": {"mnt:kind": "paid", "mnt:amount": "1.00", "mnt:currency": "EUR", "mnt:per": "session"}}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_invite_for_something_else_is_rejected(what, gitte, sol, peer, body, contracts):
    reason, change = REFUSED[what]
    offer = gitte.ok("POST", "/offers", body)
    members = {"start": body["times"][0]} | change(body)
    start, minutes = members.pop("start"), members.pop("minutes", 45)
    thing = event(sol, gitte.uri, datetime.fromisoformat(start), minutes, **({"mnt__sessionKind": "pana_support"} | members))
    peer.tell(sol, gitte.uri, invite(sol, gitte.uri, thing, mnt__offer=offer["link"]))
    reject = heard(peer.awaits(sol, "Reject", thing["id"]), gitte, contracts, "reject")
    assert reject["mnt:reason"] == reason and state(gitte, offer) == "open"


def test_a_price_is_what_was_offered(gitte, sol, peer, body, contracts):
    """A session that costs something is not had for nothing by leaving the price out."""
    offer = gitte.ok("POST", "/offers", body | {"type": "knowledge_transfer"})
    assert offer["rate"] == {"amount": "20.00", "currency": "EUR", "per": "hour"}
    for terms, kind in (({"mnt:kind": "free"}, "Reject"),
                        ({"mnt:kind": "paid", "mnt:amount": "20.00", "mnt:currency": "EUR", "mnt:per": "hour"}, "Accept")):
        thing = event(sol, gitte.uri, datetime.fromisoformat(body["times"][0]), 45, mnt__sessionKind="knowledge_transfer", mnt__terms=terms)
        peer.tell(sol, gitte.uri, invite(sol, gitte.uri, thing, mnt__offer=offer["link"]))
        heard(peer.awaits(sol, kind, thing["id"]), gitte, contracts, kind.lower())


@pytest.mark.parametrize("how", ["used", "revoked", "of somebody else", "unknown", "of another mentor"])
def test_a_dead_link_is_rejected(how, gitte, fanny, noor, sol, rui, peer, body, contracts):
    owner = noor if how == "of another mentor" else gitte
    offer = owner.ok("POST", "/offers", body | ({"for": fanny.handle} if how == "of somebody else" else {}))
    if how == "used":
        first = claimed(peer, rui, gitte, offer, body["times"][1])
        peer.awaits(rui, "Accept", first["object"]["id"])
    if how == "revoked":
        gitte.ok("DELETE", f"/offers/{offer['id']}")
    if how == "unknown":
        offer = offer | {"link": offer["link"][:-20] + "x" * 20}
    invitation = claimed(peer, sol, gitte, offer, body["times"][0])
    reject = heard(peer.awaits(sol, "Reject", invitation["object"]["id"]), gitte, contracts, "reject")
    assert reject["mnt:reason"] == "expired"
    assert news(gitte, gitte.session(invitation["object"]["id"])["id"]) == []


def test_an_invite_for_a_time_that_is_taken_is_rejected(gitte, sol, rui, peer, body, contracts):
    one, other = (gitte.ok("POST", "/offers", body) for _ in range(2))
    peer.awaits(rui, "Accept", claimed(peer, rui, gitte, one, body["times"][0])["object"]["id"])
    invitation = claimed(peer, sol, gitte, other, body["times"][0])
    reject = heard(peer.awaits(sol, "Reject", invitation["object"]["id"]), gitte, contracts, "reject")
    assert reject["mnt:reason"] == "taken" and state(gitte, other) == "open"


def test_the_link_travels_in_the_invite_to_its_own_community(alfa, mika, rui, peer, times, contracts):
    link = f"{rui.origin}/offers/some-secret"
    session = mika.ok("POST", "/sessions", {"mentor": rui.handle, "type": "pana_support", "minutes": 30, "start": written(times.next()),
                                            "zone": "UTC", "topic": "Offered", "offer": link})
    invitation = heard(peer.awaits(rui, "Invite", session["uri"]), mika, contracts, "invite")
    assert invitation["mnt:offer"] == link and "mnt:offer" not in invitation["object"]
