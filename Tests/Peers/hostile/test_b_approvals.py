"""B06, B07: an approval holds for the one thing that it names, between the two who were there."""

import pytest

from activities import activity, stub
from bench.hostile import request_for
from bench.notes import wrapped
from waiting import written


@pytest.fixture(scope="module")
def requests_of_ann(b, ann, times):
    """Ann asks two mentors elsewhere, once each; gives (mentor, Invite) twice."""
    found = []
    for name in ("mentor6a", "mentor6b"):
        other = b.actor(name, **{
            "mnt:mentorStatus": "open", "mnt:acceptsRequestsFrom": "anyone", "mnt:expertise": ["sql"],
            "mnt:languages": ["en"],
            "mnt:terms": {"mnt:kind": "free"}})
        start = len(b.requests)
        answer = ann.call("POST", "/sessions", {
            "mentor": other.handle, "type": "pana_support", "topic": "Hello", "start": written(times.next()),
            "minutes": 30, "zone": "Europe/Berlin"})
        assert answer.ok, answer
        found.append((other, b.awaits("Invite", start)[0]))
    return found


def test_b06_an_approval_holds_for_this_very_thing(client, server, ann, eve, requests_of_ann):
    (first, one), (second, other) = requests_of_ann
    for liar, thing in ((first, other), (eve, one), (second, one)):
        client.post(liar, f"{ann.uri}/inbox", activity(liar, "Accept", ann.uri, stub(thing), mnt__revision=0))
    # The right one, but around another's session.
    client.post(first, f"{ann.uri}/inbox", activity(first, "Accept", ann.uri,
        stub(one) | {"object": other["object"]["id"], "id": other["id"]}, mnt__revision=0))
    server.row_counts()
    for _, invitation in requests_of_ann:
        assert ann.session(invitation["object"]["id"])["status"] == "pending"
    client.tell(first, ann.uri, activity(first, "Accept", ann.uri, stub(one), mnt__revision=0))
    assert ann.awaits(one["object"]["id"], "scheduled")
    assert ann.session(other["object"]["id"])["status"] == "pending"


def test_b07_a_move_carries_no_session_along(client, server, b, max, times):
    """A mentoring relation stays with the one who was asked."""
    mover = b.actor("mover7")
    thing = request_for(mover, max, times)
    client.tell(mover, max.uri, thing)
    target = b.actor("moved7", alsoKnownAs=[mover.uri])
    mover.document["movedTo"] = target.uri
    client.tell(mover, max.uri, wrapped(mover, "Move", mover.uri, to=[max.uri], target=target.uri))
    server.row_counts()
    assert server.sql(
        "select actors.uri from sessions join actors on actors.id = mentee_id "
        f"where sessions.uri = '{thing['object']['id']}'") == [[mover.uri]]
