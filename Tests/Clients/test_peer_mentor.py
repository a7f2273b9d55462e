"""Mika asks a mentor on a server of another make, which answers in every way that the profile knows."""

from datetime import datetime, timedelta, timezone

import pytest

from activities import activity, stub, tombstone
from community import text_of
from waiting import until, written


@pytest.fixture
def ask(mika, rui, peer, contracts, times):
    """Asks rui; gives mika's session and the Invite that arrived."""

    def ask(**changes):
        session = mika.ok("POST", "/sessions", {
            "mentor": rui.handle, "type": "knowledge_transfer", "topic": "SQL & joins", "message": "Line one\nline <two>",
            "start": written(times.next()), "minutes": 45, "zone": "Europe/Berlin"} | changes)
        delivery = peer.awaits(rui, "Invite", session["uri"])
        heard(delivery, mika, contracts, "invite")
        return session, delivery.activity

    return ask


def heard(delivery, sender, contracts, name):
    """An activity of ours: proven to come from its sender, and as its schema says."""
    assert delivery.signer == delivery.activity["actor"] == sender.uri
    assert delivery.headers["Content-Type"] == "application/activity+json"
    assert delivery.headers["User-Agent"].startswith("mentord/")
    assert contracts.activity(delivery.activity) == name
    return delivery.activity


def answer(rui, mika, kind, invitation, **members):
    return activity(rui, kind, mika.uri, stub(invitation), mnt__revision=0, **members)


@pytest.fixture
def agreed(ask, peer, rui, mika, contracts):
    """A session that rui has accepted: (session, Invite, Accept), with the receipt taken."""
    session, invitation = ask()
    accept = peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation))
    receipt = peer.awaits(rui, "Update", session["uri"])
    assert heard(receipt, mika, contracts, "update")["object"]["mnt:state"] == "confirmed"
    assert mika.session(session["uri"])["status"] == "scheduled"
    return session, invitation, accept


def test_the_invitation_says_what_was_asked(ask, mika, rui):
    session, invitation = ask(place={"medium": "in_person", "detail": "Sonnenallee 7, second floor"})
    event = invitation["object"]
    assert invitation["to"] == [rui.uri] and invitation["target"] == rui.uri
    assert event["content"] == "<p>Line one<br>line &lt;two&gt;</p>"
    assert (event["startTime"], event["endTime"], event["duration"]) == (session["start"], session["end"], "PT45M")
    assert event["mnt:topic"] == "SQL & joins" and event["mnt:expiresAt"] == session["answer_by"]
    assert event["location"] == {"type": "Place", "name": "In person"} and "Sonnenallee" not in str(invitation)
    assert event["timezone"] == "Europe/Berlin" and event["summary"].endswith("(Europe/Berlin), in person")


def test_accepted_with_a_link_and_words(ask, peer, rui, mika, contracts):
    session, invitation = ask()
    place = {"type": "VirtualLocation", "name": "My room", "url": "https://rooms.example/rui"}
    accept = peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation, content="<p>Happy to <b>help</b>.</p>", location=place))
    view = mika.session(session["uri"])
    assert view["status"] == "scheduled" and view["place"]["link"] == place["url"]
    assert view["history"][-1]["reason"] == "Happy to help."
    receipt = heard(peer.awaits(rui, "Update", session["uri"], inReplyTo=accept["id"]), mika, contracts, "update")
    assert receipt["object"]["location"]["url"] == place["url"]


def test_what_a_mentor_says_to_others_of_this_community_means_nothing_for_the_session(agreed, peer, rui, mika, lena):
    session, invitation, _ = agreed
    before = mika.session(session["uri"])
    for kind in ("Reject", "Delete"):
        peer.tell(rui, lena.uri, activity(rui, kind, lena.uri, invitation["object"]["id"], mnt__revision=0))
    assert mika.session(session["uri"]) == before


FORMS = {
    "the Invite as a stub": lambda invitation: stub(invitation),
    "the Invite whole": lambda invitation: invitation,
    "the Invite's id": lambda invitation: invitation["id"],
    "the Event's id": lambda invitation: invitation["object"]["id"],
    "the Event as a stub": lambda invitation: {"type": "Event", "id": invitation["object"]["id"]},
    "the Invite's id in a list": lambda invitation: [invitation["id"]],
}


@pytest.mark.parametrize("kind", ["Accept", "Reject"])
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_may_name_the_request_in_any_form(form, kind, ask, peer, rui, mika):
    session, invitation = ask()
    peer.tell(rui, mika.uri, activity(rui, kind, mika.uri, FORMS[form](invitation)))
    assert mika.session(session["uri"])["status"] == {"Accept": "scheduled", "Reject": "declined"}[kind]


@pytest.mark.parametrize("code", ["scheduleConflict", "notAFit", "capacity", "illness", "other", "unspecified", "weather", None])
def test_declined_with_a_reason(code, ask, peer, rui, mika):
    session, invitation = ask()
    members = {"mnt__reason": code} if code else {}
    peer.tell(rui, mika.uri, answer(rui, mika, "Reject", invitation, content="<p>I am away <i>that</i> week.</p>", **members))
    ended = mika.session(session["uri"])["ended"]
    assert ended["code"] == {None: "unspecified", "weather": "other"}.get(code, code)
    assert ended["reason"] == "I am away that week." and ended["by"] == "mentor"


WITHDRAWALS = {
    "Delete of the Accept": lambda invitation, accept: ("Delete", tombstone(accept["id"], "Accept")),
    "Delete of the Accept's id": lambda invitation, accept: ("Delete", accept["id"]),
    "Delete of the Accept itself": lambda invitation, accept: ("Delete", accept),
    "Undo of the Accept": lambda invitation, accept: ("Undo", accept),
    "Undo of the Accept's id": lambda invitation, accept: ("Undo", accept["id"]),
    "Leave of the Event": lambda invitation, accept: ("Leave", {"type": "Event", "id": invitation["object"]["id"]}),
    "Leave of the Event's id": lambda invitation, accept: ("Leave", invitation["object"]["id"]),
    "Reject of the Invite": lambda invitation, accept: ("Reject", stub(invitation)),
    "Reject of the Event's id": lambda invitation, accept: ("Reject", invitation["object"]["id"]),
}


@pytest.mark.parametrize("form", WITHDRAWALS)
def test_cancelled_by_the_mentor_in_any_form(form, agreed, peer, rui, mika):
    session, invitation, accept = agreed
    kind, thing = WITHDRAWALS[form](invitation, accept)
    peer.tell(rui, mika.uri, activity(rui, kind, mika.uri, thing, mnt__reason="illness", content="<p>I am ill.</p>"))
    ended = mika.session(session["uri"])
    assert ended["status"] == "cancelled"
    assert ended["ended"] | {"at": None} == {"by": "mentor", "reason": "I am ill.", "code": "illness", "at": None, "late": False,
                                                     "suggested": []}


# As Mobilizon answers

JOINS = {"the Event's id": lambda event: event["id"], "the Event": lambda event: event}


@pytest.mark.parametrize("form", JOINS)
def test_who_joins_has_accepted_and_is_told_so_until_they_leave(form, ask, peer, rui, mika, contracts):
    session, invitation = ask()
    join = peer.tell(rui, mika.uri, activity(
        rui, "Join", mika.uri, JOINS[form](invitation["object"]), participationMessage="Happy to <b>help</b>."))
    view = mika.session(session["uri"])
    assert (view["status"], view["history"][-1]["reason"]) == ("scheduled", "Happy to help.")
    answer = peer.awaits(rui, "Accept", join["id"])
    assert heard(answer, mika, contracts, "follow/accept")["object"] == {
        "id": join["id"], "type": "Join", "actor": rui.uri, "object": session["uri"]}
    heard(peer.awaits(rui, "Update", session["uri"], inReplyTo=join["id"]), mika, contracts, "update")
    peer.tell(rui, mika.uri, activity(rui, "Leave", mika.uri, JOINS[form](invitation["object"])))
    assert mika.session(session["uri"])["status"] == "cancelled"


def test_who_joins_too_late_is_rejected(ask, peer, rui, mika, contracts):
    session, invitation = ask()
    mika.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "Never mind."})
    join = peer.tell(rui, mika.uri, activity(rui, "Join", mika.uri, invitation["object"]["id"]))
    heard(peer.awaits(rui, "Reject", join["id"]), mika, contracts, "follow/reject")
    assert mika.session(session["uri"])["status"] == "cancelled"


def test_who_was_not_asked_joins_nothing(ask, peer, sol, mika):
    session, invitation = ask()
    before = mika.session(session["uri"])
    peer.tell(sol, mika.uri, activity(sol, "Join", mika.uri, invitation["object"]["id"]))
    assert mika.session(session["uri"]) == before
    assert not peer.untaken(sol, session["uri"])


def test_the_mentee_cancels(agreed, peer, rui, mika, contracts):
    session, _, _ = agreed
    mika.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "Sorry,\nI am ill."})
    deleted = heard(peer.awaits(rui, "Delete", session["uri"]), mika, contracts, "delete-event")
    assert deleted["object"]["id"] == session["uri"] and deleted["content"] == "<p>Sorry,<br>I am ill.</p>"
    assert deleted["mnt:reason"] == "unspecified"


def test_a_deletion_reaches_who_never_had_the_invitation(mika, rui, peer, times, contracts):
    peer.next_statuses[rui.inbox] = [503, 503, 503]
    session = mika.ok("POST", "/sessions", {
        "mentor": rui.handle, "type": "pana_support", "topic": "x", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    mika.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "Never mind."})
    heard(peer.awaits(rui, "Delete", session["uri"]), mika, contracts, "delete-event")
    peer.next_statuses.clear()


def test_a_delivery_is_repeated_unchanged_until_it_is_taken(mika, rui, peer, times):
    peer.next_statuses[rui.inbox] = [401, 500, 429]
    session = mika.ok("POST", "/sessions", {
        "mentor": rui.handle, "type": "pana_support", "topic": "x", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    delivery = peer.awaits(rui, "Invite", session["uri"])
    assert delivery.signer == mika.uri
    assert peer.next_statuses[rui.inbox] == []
    assert peer.get(rui, delivery.activity["id"]).json() == delivery.activity
    assert not peer.untaken(rui, session["uri"])


@pytest.mark.parametrize("shape", ["one", "several", "alone, not in a list"])
def test_other_times_are_proposed_and_taken(shape, ask, peer, rui, mika, contracts, times):
    session, invitation = ask()
    starts = [times.next() for _ in range(3 if shape == "several" else 1)]
    slots = [{"type": "Event", "startTime": written(start), "endTime": written(start + timedelta(minutes=30))} for start in starts]
    offer = activity(rui, "Offer", mika.uri, slots[0] if "alone" in shape else slots, target=session["uri"], mnt__revision=0,
                     mnt__reason="scheduleConflict", content="<p>Then?</p>")
    peer.tell(rui, mika.uri, offer)
    view = mika.session(session["uri"])
    assert [slot["start"] for slot in view["proposal"]["slots"]] == [written(start) for start in starts]
    assert view["proposal"]["reason"] == "Then?" and view["status"] == "pending"
    path = f"/sessions/{session['id']}/respond"
    if shape == "several":
        assert mika.call("POST", path, {"action": "accept"}).status_code == 422
    mika.ok("POST", path, {"action": "accept", "start": written(starts[-1])})
    update = heard(peer.awaits(rui, "Update", session["uri"], inReplyTo=offer["id"]), mika, contracts, "update")
    assert update["mnt:revision"] == 1 and update["object"]["startTime"] == written(starts[-1])
    assert update["object"]["mnt:state"] == "requested"
    peer.tell(rui, mika.uri, activity(rui, "Accept", mika.uri, stub(invitation), mnt__revision=1))
    assert mika.session(session["uri"])["status"] == "scheduled"


def test_other_times_are_not_taken(ask, peer, rui, mika, contracts, times):
    session, invitation = ask()
    start = times.next()
    slot = {"type": "Event", "startTime": written(start), "endTime": written(start + timedelta(minutes=30))}
    offer = peer.tell(rui, mika.uri, activity(rui, "Offer", mika.uri, [slot], target=session["uri"], mnt__revision=0))
    mika.ok("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "Only Tuesdays."})
    reject = heard(peer.awaits(rui, "Reject", session["uri"]), mika, contracts, "reject-offer")
    assert reject["object"] == {"id": offer["id"], "type": "Offer", "actor": rui.uri, "target": session["uri"]}
    assert text_of(reject["content"]) == "Only Tuesdays."


def test_an_offer_that_was_refused_is_not_heard_again(ask, peer, rui, mika, times):
    """The same activity, repeated because the answer to it was lost."""
    session, invitation = ask()
    start = times.next()
    slot = {"type": "Event", "startTime": written(start), "endTime": written(start + timedelta(minutes=30))}
    offer = peer.tell(rui, mika.uri, activity(rui, "Offer", mika.uri, [slot], target=session["uri"], mnt__revision=0))
    mika.ok("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "Only Tuesdays."})
    before = mika.session(session["uri"])
    peer.tell(rui, mika.uri, offer)
    assert mika.session(session["uri"]) == before


def test_moved_by_the_mentee(agreed, peer, rui, mika, contracts, times):
    session, invitation, _ = agreed
    mika.ok("PATCH", f"/sessions/{session['id']}", {"start": written(times.next())})
    update = heard(peer.awaits(rui, "Update", session["uri"]), mika, contracts, "update")
    assert (update["mnt:revision"], update["object"]["mnt:state"], update["object"]["mnt:revision"]) == (1, "requested", 1)
    assert "inReplyTo" not in update


# The conflict table

def test_an_accept_of_an_old_revision_does_not_bind(ask, peer, rui, mika, contracts, times):
    session, invitation = ask()
    mika.ok("PATCH", f"/sessions/{session['id']}", {"start": written(times.next())})
    peer.awaits(rui, "Update", session["uri"])
    accept = peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation))
    assert mika.session(session["uri"])["status"] == "pending"
    restated = heard(peer.awaits(rui, "Update", session["uri"], inReplyTo=accept["id"]), mika, contracts, "update")
    assert (restated["object"]["mnt:state"], restated["mnt:revision"]) == ("requested", 1)


def test_an_accept_after_the_deletion_is_answered_by_the_deletion(ask, peer, rui, mika, contracts):
    session, invitation = ask()
    mika.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "Never mind."})
    first = peer.awaits(rui, "Delete", session["uri"]).activity
    peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation))
    second = heard(peer.awaits(rui, "Delete", session["uri"]), mika, contracts, "delete-event")
    assert second["object"] == first["object"] and second["id"] != first["id"]
    assert mika.session(session["uri"])["status"] == "cancelled"
    peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation))
    mika.community.row_counts()
    assert not peer.untaken(rui, session["uri"]), "told once an hour, not each time"


def test_the_same_accept_twice_is_one(agreed, peer, rui, mika):
    session, invitation, accept = agreed
    before = mika.session(session["uri"])
    for _ in range(3):
        peer.tell(rui, mika.uri, accept)
    assert mika.session(session["uri"]) == before
    told = [n for n in mika.ok("GET", "/notifications")["notifications"] if n["session"] == session["id"]]
    assert [n["what"] for n in told] == ["accepted"]


def test_a_second_accept_changes_nothing_but_gets_its_receipt(agreed, peer, rui, mika, contracts):
    session, invitation, _ = agreed
    second = peer.tell(rui, mika.uri, answer(rui, mika, "Accept", invitation))
    heard(peer.awaits(rui, "Update", session["uri"], inReplyTo=second["id"]), mika, contracts, "update")
    assert mika.session(session["uri"])["status"] == "scheduled"
    assert len(mika.session(session["uri"])["history"]) == 2


def test_answers_are_ordered_by_when_they_were_published(ask, peer, rui, mika):
    """A retried Accept lands after the Reject that followed it."""
    session, invitation = ask()
    accept = answer(rui, mika, "Accept", invitation)
    until(lambda: datetime.now(timezone.utc) > datetime.fromisoformat(accept["published"]) + timedelta(milliseconds=5), "a later time")
    peer.tell(rui, mika.uri, answer(rui, mika, "Reject", invitation, content="<p>No.</p>"))
    peer.tell(rui, mika.uri, accept)
    assert mika.session(session["uri"])["status"] == "declined"


def test_a_later_accept_revives_what_was_declined(ask, peer, rui, mika):
    session, invitation = ask()
    peer.tell(rui, mika.uri, answer(rui, mika, "Reject", invitation))
    assert mika.session(session["uri"])["status"] == "declined"
    later = answer(rui, mika, "Accept", invitation, published=written(datetime.now(timezone.utc) + timedelta(seconds=2)))
    accept = peer.tell(rui, mika.uri, later)
    assert mika.session(session["uri"])["status"] == "scheduled"
    peer.awaits(rui, "Update", session["uri"], inReplyTo=accept["id"])


def test_what_cannot_be_kept_is_taken_back_in_so_many_words(ask, peer, rui, mika, contracts):
    """The mentor accepts two requests for one time: the second one ends, and the mentor is told."""
    first, one = ask()
    second, other = ask(start=first["start"])
    peer.tell(rui, mika.uri, answer(rui, mika, "Accept", one))
    assert mika.session(first["uri"])["status"] == "scheduled"
    peer.tell(rui, mika.uri, answer(rui, mika, "Accept", other))
    ended = mika.session(second["uri"])
    assert ended["status"] == "cancelled" and ended["ended"]["code"] == "taken" and ended["ended"]["by"] == "clock"
    deleted = heard(peer.awaits(rui, "Delete", second["uri"], patience=5), mika, contracts, "delete-event")
    assert deleted["mnt:reason"] == "taken"


STRANGERS_WORDS = WITHDRAWALS | {
    "Accept": lambda invitation, accept: ("Accept", stub(invitation)),
    "Accept of the Event's id": lambda invitation, accept: ("Accept", invitation["object"]["id"]),
    "Delete of the Event": lambda invitation, accept: ("Delete", tombstone(invitation["object"]["id"], "Event")),
    "Update of the Event": lambda invitation, accept: ("Update", invitation["object"] | {"mnt:state": "cancelled"}),
    "Offer": lambda invitation, accept: ("Offer", [{"type": "Event", "startTime": "2027-09-08T16:00:00Z", "endTime": "2027-09-08T16:30:00Z"}]),
}


@pytest.fixture(scope="module")
def mallory(peer):
    return peer.actor("mallory", host="mallory")


@pytest.mark.parametrize("words", STRANGERS_WORDS)
@pytest.mark.parametrize("who", ["sol", "mallory"])
def test_strangers_change_nothing(words, who, request, agreed, peer, mika, contracts):
    """Whether they are of the mentor's server or of another."""
    session, invitation, accept = agreed
    eve = request.getfixturevalue(who)
    before, told = mika.session(session["uri"]), peer.untaken(eve)
    kind, thing = STRANGERS_WORDS[words](invitation, accept)
    peer.tell(eve, mika.uri, activity(eve, kind, mika.uri, thing, target=session["uri"], mnt__revision=0))
    assert mika.session(session["uri"]) == before
    mika.community.row_counts()
    if kind == "Accept":
        denied(peer, eve, mika, session["uri"], contracts)
    assert peer.untaken(eve) == told, "strangers are told nothing else"


def denied(peer, eve, mika, event, contracts):
    """What a stranger could tell one such answer from another by."""
    told = heard(peer.awaits(eve, "Reject", event, patience=5), mika, contracts, "reject-accept")
    return told | {"id": "", "published": "", "object": told["object"] | {"id": "", "object": ""}}


def test_strangers_cannot_tell_a_session_from_none(agreed, sol, peer, mika, contracts):
    """Who accepts what is unknown, or somebody else's, is told that it binds nothing: they may count on what is lost here."""
    session, _, _ = agreed
    answers = []
    for event in (session["uri"], session["uri"][:-12] + "0123456789ab"):
        peer.tell(sol, mika.uri, activity(sol, "Accept", mika.uri, event, mnt__revision=0))
        answers.append(denied(peer, sol, mika, event, contracts))
    assert answers[0] == answers[1]


def test_the_mentor_cannot_delete_what_the_mentee_owns(agreed, peer, rui, mika):
    session, invitation, _ = agreed
    before = mika.session(session["uri"])
    for thing in (tombstone(session["uri"], "Event"), session["uri"], tombstone(invitation["id"], "Invite")):
        peer.tell(rui, mika.uri, activity(rui, "Delete", mika.uri, thing))
    assert mika.session(session["uri"]) == before


def test_the_mentor_cannot_change_what_the_mentee_owns(agreed, peer, rui, mika):
    session, invitation, _ = agreed
    before = mika.session(session["uri"])
    for owner in (mika.uri, rui.uri):
        changed = invitation["object"] | {"attributedTo": owner, "actor": owner, "mnt:state": "completed", "mnt:revision": 5}
        peer.tell(rui, mika.uri, activity(rui, "Update", mika.uri, changed, mnt__revision=5))
    assert mika.session(session["uri"]) == before


def test_a_mentor_whose_server_knows_no_sessions_cannot_be_asked(peer, mika, times):
    plain = peer.actor("plain", speaks_mentoring=False)
    response = mika.call("POST", "/sessions", {
        "mentor": plain.handle, "type": "pana_support", "topic": "x", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    assert [error["field"] for error in response.json()["fields"]] == ["mentor"]
    assert "knows no mentoring" in response.json()["error"]


@pytest.mark.parametrize("name", ["nobody@{peer}", "{origin}/users/nobody", "ghost@ghost.localhost:1", "rui@elsewhere.invalid"])
def test_who_cannot_be_found_cannot_be_asked(name, peer, mika, times):
    mentor = name.format(peer=f"peer.localhost:{peer.port}", origin=peer.origin())
    response = mika.call("POST", "/sessions", {
        "mentor": mentor, "type": "pana_support", "topic": "x", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    assert [error["field"] for error in response.json()["fields"]] == ["mentor"]


def test_a_mentor_may_be_named_by_address(ask, rui):
    session, _ = ask(mentor=rui.uri)
    assert session["mentor"]["handle"] == rui.handle


def test_a_mentor_whose_key_was_changed_is_understood(peer, mika, alfa, times):
    turn = peer.actor("turn")
    session = mika.ok("POST", "/sessions", {
        "mentor": turn.handle, "type": "pana_support", "topic": "x", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    invitation = peer.awaits(turn, "Invite", session["uri"]).activity
    successor = peer.actor("turn")
    seen = len(peer.fetches)
    peer.tell(successor, mika.uri, answer(successor, mika, "Accept", invitation))
    assert mika.session(session["uri"])["status"] == "scheduled"
    old_words = answer(turn, mika, "Reject", invitation)
    for _ in range(10):
        assert peer.post(turn, f"{mika.uri}/inbox", old_words).status_code == 401
    assert mika.session(session["uri"])["status"] == "scheduled"
    assert [fetch.target for fetch in peer.fetches[seen:]] == [turn.uri], "asked once, however many do not fit"
