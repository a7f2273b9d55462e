"""Sol, on a server of another make, asks noor for sessions and changes them in every way that the profile knows."""

from datetime import datetime, timedelta, timezone

import pytest

from activities import activity, event, invite, stub, tombstone
from community import text_of
from test_peer_mentor import heard
from test_session_messages import told
from waiting import written


@pytest.fixture
def ask(noor, sol, peer, times):
    """Brings noor an Invite; gives it with noor's view of the session."""

    def ask(**members):
        thing = event(sol, noor.uri, times.next(), **members)
        invitation = peer.tell(sol, noor.uri, invite(sol, noor.uri, thing))
        return invitation, noor.session(thing["id"])

    return ask


@pytest.fixture
def agreed(ask, noor, sol, peer, contracts):
    """A session that noor has accepted, with a receipt: (Invite, noor's view, Accept)."""
    invitation, session = ask()
    noor.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "note": "Happy to help."})
    accept = heard(peer.awaits(sol, "Accept", invitation["object"]["id"]), noor, contracts, "accept")
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "confirmed", inReplyTo=accept["id"]))
    return invitation, session, accept


def update(sol, noor, invitation, state, revision=0, changes=(), **members):
    """The Event as its owner states it now."""
    thing = invitation["object"] | {"mnt:state": state, "mnt:revision": revision, "updated": written(datetime.now(timezone.utc))} | dict(changes)
    return activity(sol, "Update", noor.uri, thing, mnt__revision=revision, **members)


def moved(start, minutes=45):
    return {"startTime": written(start), "endTime": written(start + timedelta(minutes=minutes))}


def test_a_request_is_shown_to_its_mentor(ask, noor, sol):
    invitation, session = ask(mnt__topic="My portfolio", mnt__sessionKind="code_review", mnt__sessionKindLabel="Code review",
                              mnt__terms={"mnt:kind": "paid", "mnt:amount": "15.00", "mnt:currency": "EUR", "mnt:per": "session"})
    assert (session["status"], session["role"], session["waiting_on"]) == ("pending", "mentor", "mentor")
    assert session["topic"] == "My portfolio" and session["message"] == "I would like feedback on my portfolio."
    assert session["type"] == {"name": "code_review", "label": "Code review"}
    assert session["rate"] == {"amount": "15.00", "currency": "EUR", "per": "session"}
    assert session["mentee"] | {"url": None} == {"handle": sol.handle, "uri": sol.uri, "name": "Sol", "url": None, "is_local": False}
    assert session["answer_by"] == invitation["object"]["mnt:expiresAt"] and session["zone"] == "Europe/Berlin"


def test_accepted(ask, noor, sol, peer, contracts):
    invitation, session = ask()
    noor.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "note": "Happy to\n\nhelp.",
                                                           "place": {"link": "https://rooms.example/noor", "detail": "Code 1234"}})
    accept = heard(peer.awaits(sol, "Accept", invitation["object"]["id"]), noor, contracts, "accept")
    assert accept["object"] == stub(invitation) and accept["to"] == [sol.uri]
    assert accept["content"] == "<p>Happy to</p><p>help.</p>"
    assert accept["location"] == {"type": "VirtualLocation", "name": "Code 1234", "url": "https://rooms.example/noor"}
    assert accept["mnt:medium"] == "online"


def test_declined(ask, noor, sol, peer, contracts):
    invitation, session = ask()
    noor.ok("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "I am away <then>."})
    reject = heard(peer.awaits(sol, "Reject", invitation["object"]["id"]), noor, contracts, "reject")
    assert reject["object"] == stub(invitation) and reject["mnt:reason"] == "unspecified"
    assert reject["content"] == "<p>I am away &lt;then&gt;.</p>"


def test_declined_by_the_mentors_settings(omar, sol, peer, contracts, times):
    thing = event(sol, omar.uri, times.next())
    invitation = peer.tell(sol, omar.uri, invite(sol, omar.uri, thing))
    reject = heard(peer.awaits(sol, "Reject", invitation["object"]["id"]), omar, contracts, "reject")
    assert reject["object"] == stub(invitation) and reject["mnt:reason"] == "policy" and "content" not in reject
    assert omar.session(thing["id"])["status"] == "declined"


def test_cancelled_by_the_mentor(agreed, noor, sol, peer, contracts):
    invitation, session, accept = agreed
    noor.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I have fallen ill."})
    deleted = heard(peer.awaits(sol, "Delete", invitation["object"]["id"]), noor, contracts, "delete-accept")
    assert deleted["object"]["id"] == accept["id"] and deleted["target"] == invitation["object"]["id"]
    assert text_of(deleted["content"]) == "I have fallen ill."


WITHDRAWALS = {
    "Delete of the Event": lambda invitation: ("Delete", tombstone(invitation["object"]["id"], "Event")),
    "Delete of the Event's id": lambda invitation: ("Delete", invitation["object"]["id"]),
    "Delete of the Event itself": lambda invitation: ("Delete", invitation["object"]),
    "Undo of the Invite": lambda invitation: ("Undo", invitation),
    "Undo of the Invite's id": lambda invitation: ("Undo", invitation["id"]),
    "Update to cancelled": lambda invitation: ("Update", invitation["object"] | {"mnt:state": "cancelled"}),
}


@pytest.mark.parametrize("form", WITHDRAWALS)
@pytest.mark.parametrize("state", ["pending", "scheduled"])
def test_cancelled_by_the_mentee_in_any_form(state, form, request, noor, sol, peer):
    invitation, session, *_ = request.getfixturevalue("agreed") if state == "scheduled" else request.getfixturevalue("ask")()
    kind, thing = WITHDRAWALS[form](invitation)
    peer.tell(sol, noor.uri, activity(sol, kind, noor.uri, thing, mnt__reason="illness", content="<p>Sorry, I am ill.</p>"))
    view = noor.ok("GET", f"/sessions/{session['id']}")
    assert view["status"] == "cancelled"
    assert view["ended"] | {"at": None} == {"by": "mentee", "reason": "Sorry, I am ill.", "code": "illness", "at": None, "late": False,
                                                                "suggested": []}


def test_expired_by_the_owner(ask, noor, sol, peer):
    invitation, session = ask()
    peer.tell(sol, noor.uri, activity(sol, "Delete", noor.uri, tombstone(invitation["object"]["id"], "Event"), mnt__reason="expired"))
    assert noor.ok("GET", f"/sessions/{session['id']}")["status"] == "expired"


def test_other_times_are_proposed_and_accepted_at_once_when_taken(ask, noor, sol, peer, contracts, times):
    invitation, session = ask()
    start = times.next()
    noor.ok("PATCH", f"/sessions/{session['id']}", {"start": written(start), "reason": "I teach then."})
    offer = heard(peer.awaits(sol, "Offer", invitation["object"]["id"]), noor, contracts, "offer")
    assert offer["target"] == invitation["object"]["id"]
    assert offer["object"] == [{"type": "Event", "startTime": written(start), "endTime": written(start + timedelta(minutes=45)), "timezone": "Europe/Berlin"}]
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "requested", 1, moved(start), inReplyTo=offer["id"]))
    accept = heard(peer.awaits(sol, "Accept", invitation["object"]["id"]), noor, contracts, "accept")
    assert accept["mnt:revision"] == 1 and accept["object"] == stub(invitation)
    assert noor.ok("GET", f"/sessions/{session['id']}")["status"] == "scheduled"


def test_other_times_are_refused(ask, noor, sol, peer, times):
    invitation, session = ask()
    noor.ok("PATCH", f"/sessions/{session['id']}", {"start": written(times.next()), "reason": "I teach then."})
    offer = peer.awaits(sol, "Offer", invitation["object"]["id"]).activity
    named = {"id": offer["id"], "type": "Offer", "actor": noor.uri, "target": invitation["object"]["id"]}
    peer.tell(sol, noor.uri, activity(sol, "Reject", noor.uri, named, content="<p>Only Tuesdays.</p>"))
    view = noor.ok("GET", f"/sessions/{session['id']}")
    assert view["proposal"] is None and view["status"] == "pending"
    assert view["history"][-1]["what"] == "proposal_declined" and view["history"][-1]["reason"] == "Only Tuesdays."


def test_moved_by_the_mentee(agreed, noor, sol, peer, contracts, times):
    invitation, session, _ = agreed
    start = times.next()
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "requested", 1, moved(start, 60)))
    view = noor.ok("GET", f"/sessions/{session['id']}")
    assert (view["status"], view["revision"], view["start"], view["minutes"], view["waiting_on"]) == ("pending", 1, written(start), 60, "mentor")
    noor.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    assert heard(peer.awaits(sol, "Accept", invitation["object"]["id"]), noor, contracts, "accept")["mnt:revision"] == 1


# The conflict table

def test_the_same_invitation_twice_is_one_request(ask, noor, sol, peer):
    invitation, session = ask()
    for _ in range(3):
        peer.tell(sol, noor.uri, invitation)
    again = invite(sol, noor.uri, invitation["object"])
    peer.tell(sol, noor.uri, again)
    assert noor.ok("GET", f"/sessions/{session['id']}") == session
    told = [n for n in noor.ok("GET", "/notifications")["notifications"] if n["session"] == session["id"]]
    assert [n["what"] for n in told] == ["requested"]


def test_a_deletion_before_its_invitation_wins(noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next())
    peer.tell(sol, noor.uri, activity(sol, "Delete", noor.uri, tombstone(thing["id"], "Event"), mnt__reason="withdrawn"))
    peer.tell(sol, noor.uri, invite(sol, noor.uri, thing))
    assert noor.session(thing["id"]) is None
    peer.tell(sol, noor.uri, activity(sol, "Update", noor.uri, thing, mnt__revision=0))
    assert noor.session(thing["id"]) is None


def test_only_its_own_server_can_delete_an_event_beforehand(noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next())
    mallory = peer.actor("mallet", host="mallet")
    peer.tell(mallory, noor.uri, activity(mallory, "Delete", noor.uri, tombstone(thing["id"], "Event")))
    peer.tell(sol, noor.uri, invite(sol, noor.uri, thing))
    assert noor.session(thing["id"])["status"] == "pending"


def test_an_update_before_its_invitation_is_the_request(noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next(), mnt__revision=2)
    peer.tell(sol, noor.uri, activity(sol, "Update", noor.uri, thing, mnt__revision=2))
    view = noor.session(thing["id"])
    assert (view["status"], view["revision"]) == ("pending", 2)
    peer.tell(sol, noor.uri, invite(sol, noor.uri, thing | {"mnt:revision": 0}))
    assert noor.session(thing["id"])["revision"] == 2


@pytest.mark.parametrize("state", ["declined", "completed", "expired", "cancelled"])
def test_other_news_of_an_unknown_event_are_dropped(state, noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next(), mnt__state=state)
    peer.tell(sol, noor.uri, activity(sol, "Update", noor.uri, thing, mnt__revision=0))
    assert noor.session(thing["id"]) is None


def test_an_old_revision_changes_nothing(ask, noor, sol, peer, times):
    invitation, session = ask()
    first, second = times.next(), times.next()
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "requested", 2, moved(second)))
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "requested", 1, moved(first)))
    view = noor.ok("GET", f"/sessions/{session['id']}")
    assert (view["revision"], view["start"]) == (2, written(second))


def test_nobody_promises_for_a_mentor(ask, noor, sol, peer, contracts):
    """The owner's server says confirmed, or even done; noor never accepted."""
    invitation, session = ask()
    outcome = {"mnt:requesterAttended": True, "mnt:mentorAttended": True, "mnt:minutes": 45}
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "completed", changes={"mnt:outcome": outcome}))
    assert noor.ok("GET", f"/sessions/{session['id']}")["status"] == "pending"
    peer.tell(sol, noor.uri, update(sol, noor, invitation, "confirmed"))
    denial = heard(peer.awaits(sol, "Reject", invitation["object"]["id"]), noor, contracts, "reject")
    assert denial["mnt:reason"] == "scheduleConflict"
    assert noor.ok("GET", f"/sessions/{session['id']}")["status"] == "cancelled"
    assert "no longer knew the same time" in text_of(told(noor, session)[0].content)


def test_an_agreement_about_a_session_that_is_unknown_is_denied(noor, sol, peer, times, contracts):
    """The mentor's server may have lost it: the mentee shall not wait in vain."""
    thing = event(sol, noor.uri, times.next()) | {"mnt:state": "confirmed"}
    peer.tell(sol, noor.uri, activity(sol, "Update", noor.uri, thing, mnt__revision=0))
    denial = heard(peer.awaits(sol, "Reject", thing["id"]), noor, contracts, "reject")
    assert denial["object"] == {"id": thing["id"], "type": "Event", "actor": sol.uri}
    assert noor.session(thing["id"]) is None


def test_the_mentee_cannot_accept_or_decline_for_the_mentor(ask, noor, sol, peer):
    invitation, session = ask()
    for kind in ("Accept", "Reject", "Offer"):
        slot = [{"type": "Event"} | moved(datetime.now(timezone.utc) + timedelta(days=300))]
        thing = slot if kind == "Offer" else stub(invitation)
        peer.tell(sol, noor.uri, activity(sol, kind, noor.uri, thing, target=invitation["object"]["id"]))
    view = noor.ok("GET", f"/sessions/{session['id']}")
    assert view["status"] == "pending" and view["proposal"] is None


REFUSED = {
    "in the past": {"startTime": "2026-01-01T10:00:00Z", "endTime": "2026-01-01T10:45:00Z"},
    "its end before its start": {"endTime": "2026-01-01T10:45:00Z"},
    "longer than eight hours": {"endTime": "2099-01-01T00:00:00Z"},
    "without a start": {"startTime": None},
    "with a start that is no time": {"startTime": "soon"},
    "without an id": {"id": None},
    "confirmed already": {"mnt:state": "confirmed"},
    "in a state that nobody knows": {"mnt:state": "sunny"},
    "with a negative revision": {"mnt:revision": -1},
    "an Event of somebody else": {"attributedTo": "https://b.example/users/noor", "actor": "https://b.example/users/noor"},
    "an Event of another server": {"id": "https://b.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11"},
    "no Event": {"type": "Note"},
    "with a price that nobody understands": {"mnt:terms": {"mnt:kind": "paid", "mnt:amount": "plenty", "mnt:currency": "EUR"}},
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_request_that_is_none_is_dropped(what, noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next()) | REFUSED[what]
    thing = {name: value for name, value in thing.items() if value is not None}
    before = noor.ok("GET", "/sessions?limit=1")
    peer.tell(sol, noor.uri, invite(sol, noor.uri, thing))
    assert noor.ok("GET", "/sessions?limit=1") == before
    noor.community.row_counts()
    assert not peer.untaken(sol, thing.get("id", "no id"))


@pytest.mark.parametrize("addressing", ["to somebody else", "only cc to nobody", "to everybody"])
def test_a_request_that_is_not_for_noor_is_dropped(addressing, noor, sol, peer, times):
    to = {"to somebody else": ["https://b.example/users/noor"], "only cc to nobody": [],
          "to everybody": ["https://www.w3.org/ns/activitystreams#Public"]}[addressing]
    thing = event(sol, noor.uri, times.next())
    peer.tell(sol, noor.uri, invite(sol, noor.uri, thing) | {"to": to})
    assert noor.session(thing["id"]) is None


SPELLINGS = {
    "to as a text": lambda noor, sol: {"to": noor.uri},
    "cc absent": lambda noor, sol: {"cc": None},
    "actor as an object": lambda noor, sol: {"actor": {"id": sol.uri, "type": "Person"}},
    "type as a list": lambda noor, sol: {"type": ["Invite"]},
    "target absent": lambda noor, sol: {"target": None},
    "context absent": lambda noor, sol: {"@context": None},
    "terms under another prefix": lambda noor, sol: {"@context": ["https://www.w3.org/ns/activitystreams", {"m": "https://w3id.org/mentoring/ns#"}]},
    "unknown members": lambda noor, sol: {"x:y": {"z": [1, None]}, "signature": {"type": "RsaSignature2017"}},
    "published absent": lambda noor, sol: {"published": None},
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_request_may_be_spelled_in_any_way(spelling, noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next(), mnt__topic="Spelled")
    if "prefix" in spelling:
        thing = {name.replace("mnt:", "m:"): value for name, value in thing.items()}
    invitation = invite(sol, noor.uri, thing) | SPELLINGS[spelling](noor, sol)
    peer.tell(sol, noor.uri, {name: value for name, value in invitation.items() if value is not None})
    view = noor.session(thing["id"])
    assert view["status"] == "pending" and view["topic"] == "Spelled"


def test_hostile_words_arrive_as_words(ask, noor):
    invitation, session = ask(content="<p>Hi<script>alert(1)</script><img src=x onerror=alert(2)></p>", mnt__topic="<b>x</b>\u202e\u0007")
    assert "<script" not in session["message"] and "alert(1)" not in session["message"] and session["message"].startswith("Hi")
    assert "\u0007" not in session["topic"]


def test_a_shared_inbox_finds_the_one_it_is_for(noor, sol, peer, times):
    thing = event(sol, noor.uri, times.next())
    response = peer.post(sol, f"{noor.community.origin}/inbox", invite(sol, noor.uri, thing))
    assert response.status_code == 202
    assert noor.session(thing["id"])["status"] == "pending"
