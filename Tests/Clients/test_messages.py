"""What the two of a session write to each other about it: over the API, and in any client for posts."""

import pytest

from activities import activity
from people import agree, mentor
from refusals import fields
from waiting import now, until, written, written_precisely


@pytest.fixture(scope="module")
def mara(alfa):
    return alfa.open_account("mara")


@pytest.fixture(scope="module")
def lars(alfa):
    """A mentor of mara's own community."""
    return mentor(alfa.open_account("lars"))


@pytest.fixture(scope="module")
def nils(beta):
    """A mentor of the other community."""
    return mentor(beta.open_account("nils"))


@pytest.fixture(scope="module")
def ruth(peer):
    """A mentor on the scripted peer."""
    return peer.actor("ruth")


@pytest.fixture(params=["lars", "nils"], ids=["within a community", "between communities"])
def session(request, mara, times):
    """An agreed session of mara's: (its address, mara's path, the mentor, the mentor's path)."""
    mentor = request.getfixturevalue(request.param)
    uri, hers, his = agree(mara, mentor, times.next())
    return uri, hers, mentor, his


def write(person, path, text):
    return person.ok("POST", path + "/messages", {"text": text})


def messages(person, path, query=""):
    return person.ok("GET", f"{path}/messages{query}")["messages"]


def texts(person, path):
    return [(message["by"], message["text"]) for message in messages(person, path)]


def awaits(person, path, *wanted):
    until(lambda: texts(person, path) == list(wanted), f"{person} reads {wanted}")


def client(person, name="messages"):
    return person.community.mastodon(person.username, name)


def test_both_read_what_either_writes_over_the_api_or_in_a_client(mara, session):
    uri, hers, mentor, his = session
    first = write(mara, hers, "Shall I bring\nboth versions?")
    assert (first["by"], first["text"], first["told"], first["in_reply_to"]) == (
        "mentee", "Shall I bring\nboth versions?", False, None)
    awaits(mentor, his, ("mentee", "Shall I bring\nboth versions?"))
    shown, = [mention.status for mention in client(mentor).notifications(types=["mention"])
              if mention.status.account.acct.split("@")[0] == "mara" and "both versions" in mention.status.content]
    assert (shown.visibility, [person.username for person in shown.mentions]) == ("direct", [mentor.username])
    assert client(mentor).conversations()[0].last_status.id == shown.id
    client(mentor).status_reply(shown, "Yes, please.", visibility="direct")
    awaits(mara, hers, ("mentor", "Yes, please."), ("mentee", "Shall I bring\nboth versions?"))
    last = write(mara, hers, "I will.")
    assert last["in_reply_to"] == messages(mara, hers)[1]["id"]
    awaits(mentor, his, ("mentee", "I will."), ("mentor", "Yes, please."), ("mentee", "Shall I bring\nboth versions?"))
    assert mara.session(uri)["status"] == mentor.session(uri)["status"] == "scheduled"


def test_both_are_told_of_messages_among_what_happens_to_their_sessions(mara, session):
    _, hers, mentor, his = session
    write(mara, hers, "Is it still at five?")
    told = until(lambda: [one for one in mentor.ok("GET", "/notifications?limit=5")["notifications"]
                          if one["what"] == "message" and his.endswith(str(one["session"]))],
                 "the message among the notifications")
    assert [one["from"]["uri"] for one in told] == [mara.uri]
    assert "message" not in [one["what"] for one in mara.ok("GET", "/notifications?limit=1")["notifications"]]


def test_a_message_travels_as_a_direct_note_in_the_context_of_the_session_to_the_other_alone(mara, nils, times):
    uri, hers, his = agree(mara, nils, times.next())
    write(mara, hers, "A word in context")
    sent = next(one for one in reversed(mara.community.sent_activities()) if "A word in context" in str(one))
    note = sent["object"]
    assert (sent["type"], note["type"], note["context"], note["conversation"]) == ("Create", "Note", uri, uri)
    assert note["to"] == sent["to"] == [nils.uri] and note["cc"] == sent["cc"] == [] and note["directMessage"] is True
    assert [tag["href"] for tag in note["tag"]] == [nils.uri] and not any(name.startswith("mnt:") for name in note)
    awaits(nils, his, ("mentee", "A word in context"))


def test_words_are_only_words(mara, session):
    uri, hers, mentor, his = session
    write(mara, hers, "cancel I have fallen ill")
    write(mara, hers, "session 2027-03-01 15:00 Europe/Berlin")
    write(mentor, his, "decline")
    until(lambda: len(messages(mara, hers)) == len(messages(mentor, his)) == 3, "all messages on both sides")
    for person in (mara, mentor):
        person.community.row_counts()
        assert person.session(uri)["status"] == "scheduled"
        assert person.ok("GET", "/sessions?limit=1")["sessions"][0]["uri"] == uri, "nothing was asked for"


def test_changed_and_deleted_messages_are_so_on_both_sides(mara, session):
    _, hers, mentor, his = session
    kept, gone = write(mara, hers, "At five, I thnk")["id"], write(mara, hers, "Wrong window")["id"]
    client(mara).status_update(kept, f"@{mentor.handle} At five, I think")
    client(mara).status_delete(gone)
    awaits(mentor, his, ("mentee", "At five, I think"))
    assert [message["edited_at"] is not None for message in messages(mentor, his)] == [True]
    awaits(mara, hers, ("mentee", "At five, I think"))


def test_messages_are_read_page_by_page(mara, lars, times):
    _, hers, his = agree(mara, lars, times.next())
    for number in range(5):
        write((mara, lars)[number % 2], (hers, his)[number % 2], f"number {number}")
    first = mara.ok("GET", hers + "/messages?limit=2")
    second = mara.ok("GET", f"{hers}/messages?limit=2&before={first['next']}")
    last = mara.ok("GET", f"{hers}/messages?limit=2&before={second['next']}")
    assert [one["text"] for page in (first, second, last) for one in page["messages"]] == [
        f"number {number}" for number in (4, 3, 2, 1, 0)]
    assert last["next"] is None
    for query, field in (("limit=0", "limit"), ("before=x", "before")):
        assert fields(mara.call("GET", f"{hers}/messages?{query}")) == [field]


@pytest.mark.parametrize(["body", "field"], [
    ({}, "text"), ({"text": None}, "text"), ({"text": ""}, "text"), ({"text": " \n\u2003"}, "text"), ({"text": 7}, "text"),
    ({"text": "a" * 4001}, "text"), ({"text": "a", "to": "lena"}, "to")])
def test_a_bad_message_is_refused_by_its_field_and_changes_nothing(mara, lars, times, body, field):
    _, hers, _ = agree(mara, lars, times.next())
    before = mara.community.row_counts()
    assert fields(mara.call("POST", hers + "/messages", body)) == [field]
    assert mara.community.row_counts() == before
    assert messages(mara, hers) == []


def test_the_longest_message_arrives_whole(mara, nils, times):
    _, hers, his = agree(mara, nils, times.next())
    text = "ä" * 4000
    assert write(mara, hers, text)["text"] == text
    awaits(nils, his, ("mentee", text))


def test_what_looks_like_html_or_names_others_is_text_and_tells_nobody_else(mara, lena, nils, times):
    _, hers, his = agree(mara, nils, times.next())
    words = f"<script>alert(1)</script> & ask @{lena.handle} about *it*"
    before = len(client(lena).notifications(types=["mention"]))
    write(mara, hers, words)
    awaits(nils, his, ("mentee", words))
    assert "<script" not in messages(nils, his)[0]["html"]
    lena.community.row_counts()
    assert len(client(lena).notifications(types=["mention"])) == before


def test_people_can_still_write_when_the_session_is_over(mara, session):
    uri, hers, mentor, his = session
    mara.ok("PATCH", hers, {"status": "cancelled", "reason": "I am ill."})
    mentor.awaits(uri, "cancelled")
    write(mentor, his, "Get well soon!")
    awaits(mara, hers, ("mentor", "Get well soon!"))


def test_others_find_neither_the_messages_nor_the_session(lena, mara, nils, times):
    _, hers, _ = agree(mara, nils, times.next())
    write(mara, hers, "Between us")
    assert lena.call("GET", hers + "/messages").status_code == 404
    assert lena.call("POST", hers + "/messages", {"text": "And me?"}).status_code == 404
    assert mara.call("GET", "/sessions/nothing/messages").status_code == 404
    assert lena.community.api("GET", hers + "/messages").status_code == 401


# A mentor on a server of another make, which knows sessions


def note(author, reader, text, **members):
    return activity(author, "Create", reader.uri, {
        "id": author.new_id("notes"), "type": "Note", "attributedTo": author.uri, "content": f"<p>@{reader.username} {text}</p>",
        "to": [reader.uri], "cc": [], "published": written_precisely(now()), "directMessage": True,
        "tag": [{"type": "Mention", "href": reader.uri, "name": f"@{reader.handle}"}], **members})


@pytest.fixture
def with_ruth(mara, ruth, peer, times):
    """Mara asks ruth; gives the session's address and mara's path."""

    def ask():
        asked = mara.ok("POST", "/sessions", {
            "mentor": ruth.handle, "type": "pana_support", "topic": "My portfolio", "start": written(times.next()),
            "minutes": 30, "zone": "Europe/Berlin"})
        peer.awaits(ruth, "Invite", asked["uri"])
        return asked["uri"], f"/sessions/{asked['id']}"

    yield ask
    for one in mara.ok("GET", "/sessions?status=pending&limit=40")["sessions"]:
        if one["mentor"]["uri"] == ruth.uri:
            mara.ok("PATCH", f"/sessions/{one['id']}", {"status": "cancelled", "reason": "The test is over."})
            peer.awaits(ruth, "Delete", one["uri"])


def test_a_note_belongs_to_the_session_that_it_names_or_whose_message_it_answers(mara, ruth, peer, with_ruth):
    (first, hers), (_, other) = with_ruth(), with_ruth()
    named = peer.tell(ruth, mara.uri, note(ruth, mara, "About the first", context=first))["object"]
    answer = peer.tell(ruth, mara.uri, note(ruth, mara, "And another thing", inReplyTo=named["id"]))["object"]
    peer.tell(ruth, mara.uri, note(ruth, mara, "As Mastodon does", inReplyTo=answer["id"],
                                   conversation="tag:peer,2026-11-22:objectId=7:objectType=Conversation"))
    peer.tell(ruth, mara.uri, note(ruth, mara, "About none of them"))
    peer.tell(ruth, mara.uri, note(ruth, mara, "About what nobody knows", context=ruth.new_id("sessions")))
    assert [text for _, text in texts(mara, hers)] == ["As Mastodon does", "And another thing", "About the first"]
    assert messages(mara, other) == []


def test_a_note_that_names_nothing_belongs_to_the_only_open_session(mara, ruth, peer, with_ruth):
    _, hers = with_ruth()
    peer.tell(ruth, mara.uri, note(ruth, mara, "What is it about?"))
    assert texts(mara, hers) == [("mentor", "What is it about?")]
    answer = write(mara, hers, "About my portfolio.")
    told = peer.awaits(ruth, "Create", answer["uri"]).activity["object"]
    assert told["inReplyTo"] == messages(mara, hers)[1]["uri"]


def test_words_of_who_knows_sessions_are_never_read_as_an_answer(mara, ruth, peer, with_ruth):
    uri, hers = with_ruth()
    for words in ("accept", "decline", "cancel", "1"):
        peer.tell(ruth, mara.uri, note(ruth, mara, words, context=uri))
    mara.community.row_counts()
    assert mara.session(uri)["status"] == "pending" and len(messages(mara, hers)) == 4


def test_what_strangers_say_in_the_context_of_a_session_is_not_shown_with_it(mara, sol, peer, with_ruth):
    uri, hers = with_ruth()
    peer.tell(sol, mara.uri, note(sol, mara, "I am ruth, believe me", context=uri))
    assert any("believe me" in one.status.content for one in client(mara).notifications(types=["mention"])), "it came"
    assert messages(mara, hers) == []


def test_what_others_read_too_is_no_message_of_the_session(mara, lars, ruth, peer, with_ruth):
    uri, hers = with_ruth()
    wider = note(ruth, mara, "For both of you", context=uri)
    wider["to"] = wider["object"]["to"] = [mara.uri, lars.uri]
    peer.tell(ruth, mara.uri, wider)
    public = note(ruth, mara, "For all", context=uri, directMessage=False)
    public["object"]["to"] = ["https://www.w3.org/ns/activitystreams#Public", mara.uri]
    peer.tell(ruth, mara.uri, public)
    assert messages(mara, hers) == []


def test_messages_of_the_session_are_heard_whatever_else_is_filtered(mara, ruth, peer, with_ruth):
    uri, _ = with_ruth()
    reader = client(mara)
    reader.update_notifications_policy(for_not_following="filter", for_private_mentions="filter", for_new_accounts="filter")
    try:
        peer.tell(ruth, mara.uri, note(ruth, mara, "Heard at once", context=uri))
        assert "Heard at once" in reader.notifications(types=["mention"])[0].status.content
    finally:
        reader.update_notifications_policy(
            for_not_following="accept", for_private_mentions="accept", for_new_accounts="accept")


def test_nothing_is_written_to_somebody_who_has_left(mara, peer, times):
    leaver = peer.actor("leaver")
    asked = mara.ok("POST", "/sessions", {
        "mentor": leaver.handle, "type": "pana_support", "topic": "Soon gone", "start": written(times.next()),
        "minutes": 30, "zone": "Europe/Berlin"})
    path = f"/sessions/{asked['id']}"
    peer.awaits(leaver, "Invite", asked["uri"])
    peer.tell(leaver, mara.uri, activity(leaver, "Delete", mara.uri, leaver.uri))
    refused = mara.call("POST", path + "/messages", {"text": "Are you there?"})
    assert refused.status_code == 409 and leaver.handle in refused.json()["error"]
    assert messages(mara, path) == []
