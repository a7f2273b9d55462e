"""A19: a host that the operator has shut out is neither heard nor asked, whatever the way in."""

from actor import PeerActor
from bench.answers import document
from bench.hostile import ask, request_for
from bench.notes import marker, note, wrapped


def test_a19_a_host_that_is_shut_out_is_not_heard(client, server, suspended, inbox, max, times):
    outcast = suspended.actor("outcast")
    words = marker()
    for deed in (request_for(outcast, max, times), wrapped(outcast, "Create", note(outcast, words)),
                 wrapped(outcast, "Follow", max.uri)):
        assert client.post(outcast, inbox, deed).status_code == 403
    assert not server.holds(words) and not server.holds("outcast")


def test_a19_a_host_that_is_shut_out_is_not_asked(suspended, ann):
    asked = len(suspended.requests)
    ask(ann, "somebody@x.test")
    ask(ann, "https://sub.x.test/users/somebody")
    assert suspended.asked(asked) == []


def test_a19_a_key_on_an_allowed_host_does_not_open_the_door(client, server, suspended, e, inbox, max, times):
    outcast = suspended.actor("outcast2")
    alias = PeerActor(e.origin, "alias19", key=outcast.key)
    e.route("/users/alias19", document(outcast.document | {"publicKey": alias.document["publicKey"]}))
    outcast.key_id = alias.key_id
    deed = request_for(outcast, max, times)
    assert client.post(outcast, inbox, deed).status_code in (401, 403)
    assert not server.has_session(deed["object"]["id"])
