"""What a stock client shows of sessions: direct posts of the community itself, which it announces as mentions."""

import re
from datetime import timedelta
from html import unescape

import pytest

from browser import Browser
from community import text_of
from people import mentor
from waiting import until, written


PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def mona(alfa):
    """Asks for sessions, and signs in in a browser."""
    person = alfa.open_account("mona")
    alfa.set_password("mona", PASSWORD)
    person.token = alfa.token("mona")
    return person


@pytest.fixture
def asked(mona, noor, times):
    """A request of mona's, once it has arrived: (mona's view, noor's view)."""
    session = mona.ok("POST", "/sessions", {
        "mentor": f"@{noor.handle}", "type": "pana_support", "topic": "Reading #code with @lena",
        "message": "Half an hour, please.", "start": written(times.next()), "minutes": 30, "zone": "Europe/Berlin"})
    return session, noor.awaits(session["uri"], "pending")


def told(person, session):
    """The direct posts about a session in a person's client, newest first, each as the notification that brought it."""
    page = f"{person.community.origin}/sessions/{session['id']}"
    mentions = person.community.mastodon(person.username).notifications(types=["mention"])
    return [mention.status for mention in mentions if page in mention.status.content]


def test_a_request_reaches_the_mentor_as_a_direct_post_with_a_link(noor, asked):
    _, session = asked
    post, = told(noor, session)
    text = unescape(text_of(post.content))
    assert (post.visibility, post.account.bot, post.account.acct) == ("direct", True, "beta.localhost")
    for words in ("Mona asks you for a session.", "About: Reading #code with @lena", "“Half an hour, please.”",
                  "(Europe/Berlin)", "Accept, decline or propose another time until"):
        assert words in text
    assert [person.acct for person in post.mentions] == ["noor"], "whom the topic names is told nothing"
    reader = noor.community.mastodon("noor", "look-up")
    assert reader.account_lookup(post.account.acct).id == post.account.id
    assert [one.id for one in reader.account_search("@beta.localhost@" + noor.community.authority)] == [post.account.id]
    talk = noor.community.mastodon("noor").conversations()[0]
    assert talk.last_status.id == post.id and talk.unread


def test_an_answer_that_nobody_would_read_is_answered_with_what_can_be_said(noor, asked):
    _, session = asked
    reader = noor.community.mastodon("noor", "answers")
    reader.status_post("Could we do it earlier?", in_reply_to_id=told(noor, session)[0].id, visibility="direct")
    help_, = [m.status for m in reader.notifications(types=["mention"]) if "The first word of a direct reply" in m.status.content]
    assert help_.visibility == "direct" and "accept" in help_.content
    reader.status_post("Or later?", in_reply_to_id=told(noor, session)[0].id, visibility="direct")
    assert sum("The first word" in m.status.content for m in reader.notifications(types=["mention"])) == 1


def test_whoever_hears_nobody_else_hears_of_their_sessions(noor, mona, times):
    reader = noor.community.mastodon("noor", "policy")
    reader.update_notifications_policy(
        for_not_following="drop", for_not_followers="drop", for_new_accounts="drop", for_private_mentions="drop")
    try:
        session = mona.ok("POST", "/sessions", {
            "mentor": f"@{noor.handle}", "type": "pana_support", "topic": "Quietly", "start": written(times.next()),
            "minutes": 30, "zone": "Europe/Berlin"})
        post, = told(noor, noor.awaits(session["uri"], "pending"))
        assert "Quietly" in post.content
    finally:
        reader.update_notifications_policy(
            for_not_following="accept", for_not_followers="accept", for_new_accounts="accept",
            for_private_mentions="accept")


def test_each_answer_continues_the_thread_and_the_link_opens_the_session(mona, noor, asked):
    session, mirror = asked
    noor.ok("POST", f"/sessions/{mirror['id']}/respond", {"action": "accept", "note": "Happy to help."})
    mona.awaits(session["uri"], "scheduled")
    until(lambda: told(mona, session), "the answer")
    noor.ok("PATCH", f"/sessions/{mirror['id']}", {"status": "cancelled", "reason": "I have fallen ill."})
    mona.awaits(session["uri"], "cancelled")
    later, first = until(lambda: (found := told(mona, session)) and len(found) == 2 and found, "both")
    assert "accepted" in first.content and "Happy to help." in first.content
    assert "cancelled" in later.content and "I have fallen ill." in later.content
    assert later.in_reply_to_id == first.id and first.in_reply_to_id is None
    assert len(told(noor, mirror)) == 1, "nobody is told of what they did themselves"

    browser = Browser(mona.community)
    browser.open(f"/sessions/{session['id']}")
    assert 'name="password"' in browser.answer.text
    browser.sign_in("mona", PASSWORD)
    assert browser.answer.status_code == 200 and browser.answer.url.endswith(f"/sessions/{session['id']}")
    page = unescape(text_of(browser.answer.text))
    for words in ("Cancelled", "Reading #code with @lena", "With the agreement, from Noor", "Happy to help.",
                  "Why not, from Noor", "I have fallen ill."):
        assert words in page
    assert "meet.example" not in browser.answer.text, "the room of a session that will not be is of no use"


def test_who_has_proposed_a_time_hears_that_it_is_taken_and_is_asked_nothing(mona, noor, asked, times):
    session, mirror = asked
    proposed = written(times.next())
    noor.ok("POST", f"/sessions/{mirror['id']}/respond", {"action": "propose", "times": [proposed], "reason": "Better for me."})
    mona.awaits(session["uri"], "pending", waiting_on="mentee")
    mona.ok("PATCH", f"/sessions/{session['id']}", {"start": proposed})
    noor.awaits(session["uri"], "scheduled")
    latest = until(lambda: (found := told(noor, mirror)) and len(found) == 2 and found[0], "the word of it")
    assert "Mona takes a time that you proposed." in latest.content and "Accept" not in latest.content and latest.poll is None


def test_the_page_tells_the_time_in_the_zone_of_the_reader_too(alfa, mona, times):
    nele = alfa.open_account("nele")
    alfa.set_password("nele", PASSWORD)
    nele.token = alfa.token("nele")
    mentor(nele, zone="Asia/Kathmandu")
    start = times.next()
    session = mona.ok("POST", "/sessions", {
        "mentor": nele.handle, "type": "pana_support", "topic": "Far away", "start": written(start), "minutes": 30,
        "zone": "America/New_York"})
    browser = Browser(alfa)
    browser.open(f"/sessions/{session['id']}")
    browser.sign_in("nele", PASSWORD)
    page = unescape(text_of(browser.answer.text))
    here = (start + timedelta(hours=5, minutes=45)).strftime("%H:%M")
    assert "(America/New_York)" in page and re.search(f"For you: .*{here}-.*\\(Asia/Kathmandu\\)", page)
    assert page.count("(Asia/Kathmandu)") == 2, "the time of the session, and until when to answer"


def test_the_posts_stay_within_the_community(mona, noor, asked):
    _, session = asked
    post, = told(noor, session)
    community = noor.community
    assert community.sql(f"select 1 from activities where post_id = {post.id}") == []
    answer = community.request("GET", post.uri.removeprefix(community.origin), {"Accept": "application/activity+json"})
    assert answer.status_code == 404
    stranger = Browser(community)
    stranger.open(f"/sessions/{session['id']}")
    assert "Reading" not in stranger.answer.text
