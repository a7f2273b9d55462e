"""Sessions with people whose servers know events and no sessions: they invite, and answer, as they do among themselves."""

import itertools
from datetime import timedelta

import pytest

from dialects import each
from dialects.talk import Talk, text_of
from people import mentor
from waiting import now, soon, written

natively = each("invitation")


def seen(person, session):
    return person.ok("GET", f"/sessions/{session['id']}")


def respond(person, session, **answer):
    return person.ok("POST", f"/sessions/{session['id']}/respond", answer)


# An organiser there


@pytest.fixture
def helper(known):
    return known("guide", mentor)


@pytest.fixture
def talk(peer, server, them, helper):
    return Talk(peer, server, them, helper)


@pytest.fixture
def event(peer, them, helper, times):
    return peer.event(them, helper, "My portfolio", times.next())


@pytest.fixture
def invited(peer, server, them, helper, event):
    """The session to which they invited by that event."""
    peer.invite(them, event, helper)
    server.row_counts()
    return helper.session(event["id"])


@pytest.fixture
def shows(peer, helper, event):
    """Waits until their calendar shows these answers of the mentor, and no others."""
    return lambda *answers: soon(lambda: peer.standing(event, helper) == [*answers], f"{answers} in their calendar")


@natively
def test_an_event_to_a_mentor_alone_is_a_request_and_is_accepted_as_events_are(
        invited, talk, shows, peer, them, helper, event):
    assert (invited["status"], invited["topic"], invited["minutes"]) == ("pending", "My portfolio", 30)
    assert invited["mentee"]["handle"] == them.handle and "Half an hour, please." in invited["message"]
    respond(helper, invited, action="accept", note="With pleasure.")
    shows("Accept")
    told = talk.hears("has accepted", "With pleasure.", "https://meet.example/", "To cancel, delete your event.")
    assert told["type"] == "Note" and told["attributedTo"] == helper.uri and told["to"] in (them.uri, [them.uri])
    accept = peer.heard("Accept", talk.start)
    assert accept["to"] == [them.uri] and "meet.example" not in str(accept)
    assert seen(helper, invited)["status"] == "scheduled"


@natively
def test_what_the_mentor_thinks_later_takes_the_place_of_what_they_thought_before(invited, talk, shows, helper):
    respond(helper, invited, action="ask", question="Which tools do you use?")
    shows("TentativeAccept")
    talk.hears("wants to know more", "Which tools do you use?")
    respond(helper, invited, action="decline", reason="I am away.")
    shows("Reject")
    talk.hears("has declined", "I am away.")
    respond(helper, invited, action="accept")
    shows("Accept")
    helper.ok("PATCH", f"/sessions/{invited['id']}", {"status": "cancelled", "reason": "I have fallen ill."})
    shows("Reject")
    talk.hears("has cancelled", "I have fallen ill.")


@natively
def test_who_moves_their_event_to_a_proposed_time_agrees_it(invited, talk, shows, peer, them, helper, event, times):
    other = times.next()
    respond(helper, invited, action="propose", times=[written(other)], reason="Not on that day.")
    told = talk.hears("proposes another time", "1. ", "Not on that day.", "Change the time of your event")
    talk.says("1", to=told["id"])
    talk.hears("It is your event")
    assert seen(helper, invited)["status"] == "pending", "in their calendar it stands at another time"
    peer.change(them, event, helper, startTime=peer.moment(other), endTime=peer.moment(other + timedelta(minutes=30)))
    shows("Accept")
    agreed = seen(helper, invited)
    assert (agreed["status"], agreed["start"]) == ("scheduled", written(other))


@natively
def test_another_time_asks_the_mentor_again(invited, shows, peer, them, helper, event, times):
    respond(helper, invited, action="accept")
    shows("Accept")
    peer.change(them, event, helper, name="My portfolio, second part")
    other = times.next()
    peer.change(them, event, helper, startTime=peer.moment(other), endTime=peer.moment(other + timedelta(minutes=45)))
    shows()
    moved = seen(helper, invited)
    assert (moved["status"], moved["start"], moved["minutes"]) == ("pending", written(other), 45)
    respond(helper, invited, action="accept")
    shows("Accept")


@natively
def test_an_invitation_that_comes_again_with_another_time_moves_it(invited, server, peer, them, helper, event, times):
    peer.invite(them, event, helper)
    other = times.next()
    peer.invite(them, event | {"startTime": peer.moment(other), "endTime": peer.moment(other + timedelta(minutes=30))},
        helper)
    server.row_counts()
    moved = seen(helper, invited)
    assert (moved["status"], moved["start"]) == ("pending", written(other))
    assert [entry["what"] for entry in moved["history"]] == ["requested", "rescheduled"]


@natively
def test_who_deletes_their_event_cancels(invited, talk, shows, peer, server, them, helper, event):
    respond(helper, invited, action="accept")
    shows("Accept")
    peer.withdraw(them, event, helper)
    server.row_counts()
    assert seen(helper, invited)["status"] == "cancelled"


@natively
def test_words_change_nothing_about_an_event(invited, talk, shows, helper):
    respond(helper, invited, action="accept", note="See you.")
    told = talk.hears("See you.")
    talk.says("cancel: I cannot come", to=told["id"])
    talk.hears("It is your event", "deleting it counts")
    talk.says("I look forward to it", to=told["id"])
    assert seen(helper, invited)["status"] == "scheduled" and talk.count("Everything else is talk") == 0


@natively
def test_an_event_without_an_end_lasts_an_hour(server, peer, them, helper, times):
    event = peer.event(them, helper, "Open end", times.next(), minutes=None)
    peer.invite(them, event, helper)
    server.row_counts()
    assert helper.session(event["id"])["minutes"] == 60


@natively
def test_an_event_at_a_place_asks_to_meet_there(server, peer, them, helper, times):
    event = peer.event(them, helper, "In the library", times.next(), place="Main library, room 3")
    peer.invite(them, event, helper)
    server.row_counts()
    place = helper.session(event["id"])["place"]
    assert (place["medium"], place["detail"]) == ("in_person", "Main library, room 3")


@natively
def test_an_event_for_somebody_who_is_no_mentor_or_for_several_is_a_post(server, peer, them, helper, noor, my, times):
    alone = peer.event(them, noor, "My birthday", times.next())
    peer.invite(them, alone, noor)
    both = peer.event(them, helper, "Our birthday", times.next())
    both |= {"cc": [helper.uri, noor.uri]}
    peer.tell(them, noor, peer.activity(them, peer.invitation, both, to=[], cc=[helper.uri, noor.uri]))
    server.row_counts()
    assert helper.session(both["id"]) is None and not server.has_session(alone["id"])
    assert my.post(alone["id"])["visibility"] == my.post(both["id"])["visibility"] == "direct"
    assert peer.standing(alone, noor) == peer.standing(both, helper) == []


# A mentor there


@pytest.fixture
def asked(peer, server, them, noor, times):
    """Noor's session, and the Invite by which it came to them."""
    start = len(peer.believed)
    session = noor.ok("POST", "/sessions", {
        "mentor": them.handle, "type": "pana_support", "topic": "Portfolio", "message": "Half an hour, please.",
        "start": written(times.next()), "minutes": 30, "zone": "Europe/Berlin"})
    invitation = peer.heard("Invite", start)
    assert invitation["object"]["id"] == session["uri"] and invitation["to"] == [them.uri]
    assert not [a for a, _ in peer.believed[start:] if a["type"] == "Create"], "the event says it all"
    return session, invitation


@pytest.fixture
def answers(peer, server, them, noor, asked):
    """Lets them answer, or take an answer back; gives the activity."""

    later = itertools.count(1)

    def run(verb, earlier=None):
        activity = peer.undo(them, earlier) if verb == "Undo" else peer.reply_to(them, verb, asked[1], noor)
        # Their clock tells whole seconds.
        activity["published"] = written(now() + timedelta(seconds=next(later)))
        peer.tell(them, noor, activity)
        server.row_counts()
        return activity

    return run


@natively
def test_a_mentor_there_answers_as_they_answer_events(asked, answers, peer, noor):
    session, _ = asked
    answers("TentativeAccept")
    answers("TentativeReject")
    assert seen(noor, session)["status"] == "pending", "a mere perhaps, or perhaps not, changes nothing"
    refusal = answers("Reject")
    assert seen(noor, session)["status"] == "declined"
    answers("Undo", refusal)
    assert seen(noor, session)["status"] == "declined"
    answers("Accept")
    assert seen(noor, session)["status"] == "scheduled"
    assert peer.heard("Update", object_id=session["uri"])["object"]["status"] == "CONFIRMED"


@natively
def test_a_mentor_there_who_takes_their_accept_back_cancels(asked, answers, peer, noor):
    session, _ = asked
    perhaps = answers("TentativeAccept")
    answers("Undo", perhaps)
    accept = answers("Accept")
    answers("Undo", accept)
    assert seen(noor, session)["status"] == "cancelled"


@natively
def test_what_changes_here_reaches_a_mentor_there_as_an_event_does(asked, answers, peer, noor, times):
    session, _ = asked
    answers("Accept")
    start, other = len(peer.believed), times.next()
    noor.ok("PATCH", f"/sessions/{session['id']}", {"start": written(other)})
    assert peer.heard("Update", start)["object"]["startTime"].startswith(written(other)[:19])
    noor.ok("PATCH", f"/sessions/{session['id']}", {"status": "cancelled", "reason": "I am ill."})
    gone = peer.heard("Delete", start)
    assert gone["object"]["id"] == session["uri"] and gone["object"]["type"] == "Tombstone"
    assert text_of(gone["content"]) == "I am ill."
