"""Sessions with people whose servers know none: they are asked, ask, and answer by what every server knows, direct posts and
votes."""

import itertools
from datetime import timedelta

import pytest

from dialects import each
from dialects.talk import Talk, text_of
from people import mentor
from waiting import now, soon, written

HOURS = {"zone": "Europe/Berlin", "rules": [
    {"weekday": day, "from": "08:00", "to": "20:00"}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]}
NUMBERS = itertools.count(1)
# Who has votes, and who has direct posts alone.
voting = each("poll", "direct")
writing = pytest.mark.parametrize(
    "peer", [d for d in __import__("dialects").speaking("direct") if d.name_of_software != "friendica"], indirect=True,
    ids=lambda dialect: dialect.__name__)


@pytest.fixture
def talk(peer, server, them, noor):
    return Talk(peer, server, them, noor)


@pytest.fixture
def ask(noor, them, times):
    """Noor asks them for a session."""

    def run(**members):
        return noor.call("POST", "/sessions", {
            "mentor": them.handle, "type": "pana_support", "topic": "Portfolio", "message": "Half an hour, please.",
            "start": written(times.next()), "minutes": 30, "zone": "Europe/Berlin", **members})

    return run


@pytest.fixture
def wrote(talk):
    """They have written to noor, so that noor may write to them."""
    talk.says("I would be glad to help you one day")


@pytest.fixture
def asked(ask, wrote, talk):
    session = ask().json()
    return session, talk.hears("asks you for a mentoring session")


def seen(person, session):
    return person.ok("GET", f"/sessions/{session['id']}")


# A mentor there


@voting
def test_a_mentor_there_is_asked_by_a_poll_and_accepts_by_a_vote(asked, talk, peer, them, noor, another):
    session, question = asked
    assert question["type"] == "Question" and question["attributedTo"] == noor.uri
    assert [option["name"] for option in question["oneOf"]] == ["Accept", "Decline", "Another time"]
    assert question["to"] in (them.uri, [them.uri]) and not question.get("cc")
    assert [tag["href"] for tag in question["tag"] if tag["type"] == "Mention"] == [them.uri]
    for words in ("Portfolio", "Half an hour, please.", "(Europe/Berlin)"):
        assert words in text_of(question["content"])
    talk.votes(question, "Accept", actor=another)
    assert seen(noor, session)["status"] == "pending", "nobody else's vote counts"
    talk.votes(question, "Accept")
    assert seen(noor, session)["status"] == "scheduled"
    done = talk.hears("Agreed: you meet", "https://meet.example/")
    assert done["inReplyTo"] == question["id"] and done["attributedTo"] == noor.uri
    closed = peer.heard("Update", talk.start)["object"]
    assert closed["id"] == question["id"] and closed["closed"]
    talk.votes(question, "Decline")
    assert seen(noor, session)["status"] == "scheduled", "a vote is given once"
    assert not [a for a, _ in peer.believed[talk.start:] if a["type"] in ("Invite", "Offer")]


@voting
def test_a_vote_that_comes_twice_counts_once(asked, talk, peer, them, noor):
    session, question = asked
    vote = talk.votes(question, "Accept")
    peer.tell(them, noor, vote)
    talk.server.row_counts()
    assert [e["what"] for e in seen(noor, session)["history"]].count("accepted") == 1 and talk.count("Agreed") == 1


@writing
def test_a_mentor_there_answers_by_words_and_cancels_later(asked, talk, noor):
    session, question = asked
    talk.says("Sí, gracias", to=question["id"])
    assert seen(noor, session)["status"] == "scheduled"
    done = talk.hears("Acordado")
    talk.says("Cancelar: estoy muy enferma y no puedo ir a la cita", to=done["id"])
    ended = seen(noor, session)
    assert ended["status"] == "cancelled" and "estoy muy enferma" in str(ended["history"])


@writing
def test_a_mentor_there_proposes_another_time(asked, talk, noor):
    session, question = asked
    talk.says("another time 2027-02-01 10:00 Europe/Berlin", to=question["id"])
    noor.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept"})
    agreed = seen(noor, session)
    assert (agreed["status"], agreed["start"]) == ("scheduled", "2027-02-01T09:00:00Z")
    assert talk.hears("takes a time that you proposed")["type"] == "Note", "there is nothing to vote on"


@writing
def test_changes_and_cancels_of_ours_reach_them_in_the_thread(asked, talk, noor):
    session, question = asked
    talk.says("decline no time", to=question["id"])
    assert seen(noor, session)["status"] == "declined"
    again = noor.ok("POST", "/sessions", {
        "mentor": talk.them.handle, "type": "pana_support", "topic": "Again", "start": "2027-02-05T09:00:00Z",
        "minutes": 30, "zone": "Europe/Berlin"})
    question = talk.hears("asks you for a mentoring session", "Again")
    noor.ok("PATCH", f"/sessions/{again['id']}", {"status": "cancelled", "reason": "I have fallen ill."})
    ended = talk.hears("has cancelled the session", "I have fallen ill.")
    assert ended["type"] == "Note" and ended["inReplyTo"] == question["id"]
    talk.says("accept", to=question["id"])
    assert seen(noor, again)["status"] == "cancelled"
    talk.hears("The session is cancelled")


@writing
def test_answers_that_come_in_the_wrong_order_end_as_the_later_was_meant(asked, talk, peer, them, noor):
    session, question = asked
    first = peer.create(them, peer.note(
        them, "accept", "direct", [noor], inReplyTo=question["id"], published=written(now() - timedelta(seconds=60))))
    talk.says("no, sorry", to=question["id"])
    peer.tell(them, noor, first)
    talk.server.row_counts()
    assert seen(noor, session)["status"] == "declined"


@writing
def test_talk_and_what_others_can_read_change_nothing(asked, talk, noor, another):
    session, question = asked
    talk.says("What is it about, exactly?", to=question["id"])
    talk.says("And how did you find me?", to=question["id"])
    talk.hears("Everything else is talk")
    assert talk.count("Everything else is talk") == 1
    talk.says("accept", to=question["id"], visibility="public")
    talk.says("accept", to=question["id"], visibility="public")
    talk.hears("can read changes nothing")
    assert talk.count("can read changes nothing") == 1
    talk.says("accept", to=question["id"], actor=another)
    assert seen(noor, session)["status"] == "pending"


@writing
def test_what_both_write_about_the_session_stands_in_its_context_and_only_a_cancel_in_it_acts(asked, talk, noor):
    session, question = asked
    path = f"/sessions/{session['id']}"
    noor.ok("POST", path + "/messages", {"text": "Did you get my portfolio?"})
    heard = talk.hears("Did you get my portfolio?")
    assert (heard["inReplyTo"], heard["context"], heard["type"]) == (question["id"], session["uri"], "Note")
    talk.says("Yes", to=heard["id"])
    assert seen(noor, session)["status"] == "pending", "that answers the question, and not the request"
    written = noor.ok("GET", path + "/messages")["messages"]
    assert [(m["by"], m["text"].split()[0], m["told"]) for m in written[:2]] == [
        ("mentor", "Yes", False), ("mentee", "Did", False)]
    assert written[2]["told"] and "asks you for a mentoring session" in written[2]["text"]
    talk.says("cancel I have fallen ill, I am sorry", to=heard["id"])
    ended = seen(noor, session)
    assert ended["status"] == "declined" and "fallen ill" in str(ended["history"])


@voting
def test_a_like_is_no_answer(asked, talk, peer, them, noor):
    session, question = asked
    peer.tell(them, noor, peer.like(them, question["id"], noor))
    peer.post(them, f"{noor.uri}/inbox", peer.boost(them, question["id"], noor))
    talk.server.row_counts()
    assert seen(noor, session)["status"] == "pending"


@writing
def test_nobody_gets_unasked_mail(ask, talk, peer):
    refused = ask()
    assert refused.status_code == 422 and [e["field"] for e in refused.json()["fields"]] == ["mentor"]
    assert "follow you or have written to you" in refused.json()["error"]
    assert not [a for a, _ in peer.believed[talk.start:] if a["type"] in ("Create", "Invite")]
    talk.says("Hello")
    assert ask().status_code == 201


@each("follow", "poll")
def test_who_follows_somebody_can_be_asked_by_them(ask, follower, noor, times):
    asked = noor.call("POST", "/sessions", {
        "mentor": follower.handle, "type": "pana_support", "topic": "Portfolio", "start": written(times.next()),
        "minutes": 30, "zone": "Europe/Berlin"})
    assert asked.status_code == 201


@pytest.mark.parametrize("software", ["gancio", "bookwyrm", "activityrelay"])
@each("poll", "second knock")
def test_a_server_without_direct_posts_is_named_as_the_reason(ask, wrote, server, peer, software):
    ask()
    server.sql(f"update hosts set software = '{software}' where host = '{peer.name}'")
    try:
        refused = ask()
        assert refused.status_code == 422 and "takes no direct posts" in refused.json()["error"]
        assert [e["field"] for e in refused.json()["fields"]] == ["mentor"]
    finally:
        server.sql(f"update hosts set software = '{peer.name_of_software}' where host = '{peer.name}'")


# A mentee there


@pytest.fixture
def helper(known):
    """A mentor here who has set hours."""

    def prepare(person):
        mentor(person).ok("PUT", "/availability", HOURS)
        return person

    return known("helper", prepare)


@pytest.fixture
def booking(peer, server, them, helper):
    return Talk(peer, server, them, helper)


def requests_of(helper, them):
    listed = helper.ok("GET", "/sessions?limit=40")["sessions"]
    return [session for session in listed if session["mentee"]["handle"] == them.handle]


@writing
def test_a_mentee_there_books_and_cancels_by_words(booking, helper, them):
    day = (now() + timedelta(days=6 + next(NUMBERS))).strftime("%Y-%m-%d")
    asked = booking.says(f"session {day} 15:00 Europe/Berlin 30 portfolio review")
    done = booking.hears("You have asked", "15:00-15:30 (Europe/Berlin)")
    assert done["attributedTo"] == helper.uri and done["inReplyTo"] == asked["object"]["id"]
    assert done["to"] in (them.uri, [them.uri])
    booking.peer.tell(them, helper, asked)
    session, = requests_of(helper, them)
    assert (session["status"], session["topic"]) == ("pending", "portfolio review")
    helper.ok("POST", f"/sessions/{session['id']}/respond", {"action": "accept", "note": "With pleasure."})
    told = booking.hears("has accepted", "With pleasure.", "https://meet.example/")
    assert told["inReplyTo"] == done["id"]
    booking.says("cancel: I have fallen ill, and cannot come at all", to=told["id"])
    assert seen(helper, session)["status"] == "cancelled"
    booking.hears("You have cancelled")


@writing
def test_a_mentee_there_chooses_from_free_times(booking, helper, them):
    booking.says("sesión")
    listed = booking.hears("Estas horas están libres", "1. ", "6. ")
    booking.says("4", to=listed["id"])
    booking.hears("Has pedido una sesión")
    session, = requests_of(helper, them)
    booking.says("4", to=listed["id"])
    booking.hears("Ya estaba así")
    assert len(requests_of(helper, them)) == 1
    helper.ok("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "I am away."})
    booking.hears("ha rechazado", "I am away.")


@writing
def test_what_a_mentee_there_writes_wrongly_is_answered_in_words(booking, helper, them):
    booking.says("session 2027-03-28 02:30 Europe/Berlin")
    booking.hears("clocks are put forward")
    booking.says("session 2020-01-01 10:00")
    booking.hears("is over")
    booking.says("Hello, how are you? I have read your profile")
    assert requests_of(helper, them) == [] and booking.count("talk") == 0


@writing
def test_whom_the_mentor_blocks_gets_no_answer(booking, server, helper, them):
    booking.says("session")
    booking.hears("These times are free")
    server.act(helper, "block", them.handle)
    start = booking.count("")
    booking.says("session")
    assert booking.count("") == start
