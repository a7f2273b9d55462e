"""People who have nothing but a Mastodon client: they vote, reply and write to mentors, and their sessions follow."""

from datetime import timedelta
from html import unescape

import pytest

from community import text_of
from people import mentor
from waiting import until, written

HOURS = {"zone": "Europe/Berlin", "rules": [
    {"weekday": day, "from": "08:00", "to": "20:00"}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")]}


class Client:
    """What one person does and sees in their client."""

    def __init__(self, person):
        self.person = person
        self.api = person.community.mastodon(person.username, "talk")

    def told(self, *words):
        """The newest direct post to them that has all these words."""

        def look():
            posts = [mention.status for mention in self.api.notifications(types=["mention"])]
            return next((p for p in posts if all(w in unescape(text_of(p.content)) for w in words)), None)

        return until(look, f"{words} for {self.person}")

    def count(self, word):
        return sum(word in unescape(text_of(m.status.content)) for m in self.api.notifications(types=["mention"]))

    def reply(self, post, text, visibility="direct"):
        return self.api.status_post(text, in_reply_to_id=post.id, visibility=visibility)

    def write(self, text):
        return self.api.status_post(text, visibility="direct")

    def vote(self, post, choice):
        return self.api.poll_vote(post.poll.id, [choice])


NAMES = iter(range(1000))


@pytest.fixture
def two(alfa):
    """A mentee and a mentor of one community, whom nobody else's test knows."""
    number = next(NAMES)
    asker, helper = alfa.open_account(f"talk_m{number}"), mentor(alfa.open_account(f"talk_h{number}"))
    return Client(asker), Client(helper)


@pytest.fixture
def asked(two, times):
    """A request that has arrived: (mentee, mentor, session, the mentor's post)."""
    mentee, helper = two
    session = mentee.person.ok("POST", "/sessions", {
        "mentor": helper.person.username, "type": "pana_support", "topic": "Talking", "start": written(times.next()),
        "minutes": 30, "zone": "Europe/Berlin"})
    return mentee, helper, session, helper.told("asks you for a session", "Talking")


def status(person, session):
    return person.person.ok("GET", f"/sessions/{session['id']}")


def test_a_request_is_a_poll_and_a_vote_accepts_it(asked):
    mentee, helper, session, post = asked
    assert [option.title for option in post.poll.options] == ["Accept", "Decline", "Another time"]
    assert not post.poll.multiple and not post.poll.expired
    helper.vote(post, 0)
    agreed = status(mentee, session)
    assert agreed["status"] == "scheduled" and agreed["place"]["link"].startswith("https://meet.example/")
    done = helper.told("Agreed: you meet")
    assert done.in_reply_to_id == post.id and done.visibility == "direct" and "cancel" in done.content
    mentee.told("has accepted your request")
    assert helper.api.status(post.id).poll.expired, "who has answered is asked no more"


def test_a_vote_declines(asked):
    mentee, helper, session, post = asked
    helper.vote(post, 1)
    assert status(mentee, session)["status"] == "declined"
    mentee.told("has declined your request")


def test_a_vote_asks_for_another_time_and_a_reply_names_it(asked):
    mentee, helper, session, post = asked
    helper.vote(post, 2)
    assert status(mentee, session)["waiting_on"] == "mentee"
    told = mentee.told("asks you to choose another time")
    mentee.reply(told, "another time 2027-02-01 10:00 Europe/Berlin")
    moved = status(mentee, session)
    assert moved["start"] == "2027-02-01T09:00:00Z" and moved["status"] == "pending"
    again = helper.told("has moved the session")
    helper.vote(again, 0)
    assert status(mentee, session)["status"] == "scheduled"


@pytest.mark.parametrize("words, becomes", [
    ("accept", "scheduled"), ("Sí, gracias", "scheduled"), ("ok", "scheduled"), ("Decline: I am travelling", "declined"),
    ("no puedo", "declined")])
def test_a_reply_answers_a_request(asked, words, becomes):
    mentee, helper, session, post = asked
    helper.reply(post, words)
    assert status(mentee, session)["status"] == becomes
    if becomes == "declined":
        mentee.told("has declined your request", words.split(" ", 1)[1])


def test_who_writes_spanish_is_answered_in_spanish(asked):
    mentee, helper, session, post = asked
    helper.reply(post, "Acepto")
    helper.told("Acordado: te encuentras con")
    helper.api._Mastodon__api_request("PATCH", "/api/v1/accounts/update_credentials", {"source[language]": "es"})
    mentee.reply(mentee.told("has accepted your request"), "otra hora 2027-02-02 10:00 Europe/Berlin")
    asked_again = helper.told("has moved the session")
    assert [option.title for option in asked_again.poll.options] == ["Aceptar", "Rechazar", "Otra hora"]


@pytest.mark.parametrize("words", ["Could we do it earlier?", "yes but not then", "Thank you for asking me", "no problem"])
def test_talk_changes_nothing_and_help_comes_once(asked, words):
    mentee, helper, session, post = asked
    helper.reply(post, words)
    helper.told("Everything else is talk")
    helper.reply(post, words + " again")
    assert status(mentee, session)["status"] == "pending"
    assert helper.count("Everything else is talk") == 1
    helper.vote(post, 0)
    assert status(mentee, session)["status"] == "scheduled", "it can still be answered"


def test_what_others_can_read_changes_nothing(asked):
    mentee, helper, session, post = asked
    for visibility in ("public", "unlisted", "private"):
        helper.reply(post, "accept", visibility=visibility)
    assert status(mentee, session)["status"] == "pending"
    assert helper.told("can read changes nothing").visibility == "direct" and helper.count("can read changes nothing") == 1


def test_likes_and_passing_on_change_nothing(asked):
    mentee, helper, session, post = asked
    helper.api.status_favourite(post.id)
    assert status(mentee, session)["status"] == "pending"


def test_twice_the_same_acts_once(asked):
    mentee, helper, session, post = asked
    helper.reply(post, "accept")
    helper.reply(post, "accept")
    helper.told("That was so already")
    history = [event["what"] for event in status(mentee, session)["history"]]
    assert history.count("accepted") == 1 and mentee.count("has accepted your request") == 1


def test_a_reply_cancels_later_with_its_reason(asked):
    mentee, helper, session, post = asked
    helper.vote(post, 0)
    helper.reply(helper.told("Agreed: you meet"), "Cancel, I have fallen ill and cannot come, I am sorry")
    ended = status(mentee, session)
    assert ended["status"] == "cancelled"
    mentee.told("has cancelled the session", "I have fallen ill and cannot come")


def test_an_answer_to_an_older_time_does_not_accept_the_newer(asked):
    mentee, helper, session, post = asked
    mentee.person.ok("PATCH", f"/sessions/{session['id']}", {"start": "2027-02-03T09:00:00Z"})
    helper.told("has moved the session")
    assert helper.api.status(post.id).poll.expired
    helper.reply(post, "accept")
    helper.told("It was changed since then")
    assert status(mentee, session)["status"] == "pending"


def test_a_stranger_who_answers_a_post_does_nothing(asked, alfa):
    mentee, helper, session, post = asked
    mentee.write(f"@{helper.person.username} accept")
    helper.write(f"@{mentee.person.username} accept")
    assert status(mentee, session)["status"] == "pending"


def test_a_proposal_is_taken_by_number(asked):
    mentee, helper, session, post = asked
    helper.person.ok("POST", f"/sessions/{session['id']}/respond", {
        "action": "propose", "times": ["2027-02-04T09:00:00Z", "2027-02-05T09:00:00Z"], "reason": "Rather then."})
    mentee.reply(mentee.told("proposes another time"), "2")
    taken = status(mentee, session)
    assert (taken["status"], taken["start"]) == ("scheduled", "2027-02-05T09:00:00Z")


def test_session_with_a_time_books(two):
    mentee, helper = two
    name = helper.person.username
    mine = mentee.write(f"@{name} session 2027-02-08 15:00 Europe/Berlin 30 portfolio review")
    done = mentee.told("You have asked", "15:00-15:30 (Europe/Berlin)")
    assert done.in_reply_to_id == mine.id and done.account.bot
    session, = mentee.person.ok("GET", "/sessions")["sessions"]
    assert (session["start"], session["minutes"], session["topic"]) == ("2027-02-08T14:00:00Z", 30, "portfolio review")
    mentee.write(f"@{name} session 2027-02-08 15:00 Europe/Berlin 30 portfolio review")
    mentee.told("That was so already")
    assert len(mentee.person.ok("GET", "/sessions")["sessions"]) == 1
    helper.vote(helper.told("asks you for a session", "portfolio review"), 0)
    assert mentee.told("has accepted your request").in_reply_to_id == done.id
    mentee.reply(done, "cancel sorry")
    assert status(mentee, session)["status"] == "cancelled"
    helper.told("has cancelled the session", "sorry")


def test_session_alone_lists_times_and_a_number_takes_one(two):
    mentee, helper = two
    helper.person.ok("PUT", "/availability", HOURS)
    mentee.write(f"@{helper.person.username} sesión")
    listed = mentee.told("Estas horas están libres", "1. ", "6. ")
    mentee.reply(listed, "3")
    session, = mentee.person.ok("GET", "/sessions")["sessions"]
    assert session["status"] == "pending" and session["topic"] == "Sesión de mentoría"
    mentee.told("Has pedido una sesión")
    mentee.reply(listed, "3")
    mentee.told("Ya estaba así")
    assert len(mentee.person.ok("GET", "/sessions")["sessions"]) == 1


@pytest.mark.parametrize("words, answer", [
    ("session 2027-03-28 02:30 Europe/Berlin", "clocks are put forward"), ("session 2020-01-01 10:00", "is over"),
    ("session 2027-03-01 10:00 Mars/Phobos", "no time zone"), ("session 2027-03-01", "At what time?"),
    ("sesión 2027-02-30 10:00", "no es un día"), ("session 2027-03-01 10:00 Europe/Berlin 7", "lasts one of")])
def test_what_cannot_be_asked_for_is_said_in_words(two, words, answer):
    mentee, helper = two
    mentee.write(f"@{helper.person.username} {words}")
    mentee.told(answer)
    assert mentee.person.ok("GET", "/sessions")["sessions"] == []


def test_a_time_that_is_not_free_is_answered_with_the_nearest(two):
    mentee, helper = two
    helper.person.ok("PUT", "/availability", HOURS)
    mentee.write(f"@{helper.person.username} session 2026-12-09 23:00 Europe/Berlin 30")
    listed = mentee.told("That time is not free", "1. ", "2. ")
    mentee.reply(listed, "1")
    session, = mentee.person.ok("GET", "/sessions")["sessions"]
    assert session["status"] == "pending"


def test_a_mentor_who_takes_nobody_is_not_asked(alfa, two):
    mentee, helper = two
    mentor(helper.person, who_may_ask="nobody")
    mentee.write(f"@{helper.person.username} session")
    mentee.told("does not take a request of yours")
    mentee.write(f"@{helper.person.username} session 2027-03-01 10:00")
    mentee.told("takes no requests")
    assert mentee.person.ok("GET", "/sessions")["sessions"] == []


def test_an_ordinary_message_to_a_mentor_stays_one(two):
    mentee, helper = two
    for words in ("session was great, thanks!", "Hello, I accept your rules", "2", "yes", "cancel"):
        mentee.write(f"@{helper.person.username} {words}")
    helper.told("cancel")
    assert mentee.api.notifications(types=["mention"]) == [] and mentee.person.ok("GET", "/sessions")["sessions"] == []
