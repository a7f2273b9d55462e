"""A19: whom somebody blocks is not heard by them."""

from bench.notes import marker, to_person, wrapped


def test_a19_whom_somebody_blocks_is_not_heard_by_them(client, server, sees, e2, max):
    troll = e2.actor("troll")
    client.tell(troll, max.uri, wrapped(troll, "Follow", max.uri, to=[max.uri]))
    server.act(max, "block", troll.handle)
    before = sees(max).notifications()
    assert not sees(max).relation(troll.handle).is_followed
    words = marker()
    for deed in (wrapped(troll, "Follow", max.uri, to=[max.uri]), wrapped(troll, "Create",
            to_person(troll, words, max))):
        assert client.post(troll, f"{max.uri}/inbox", deed).status_code in (202, 403)
    server.row_counts()
    assert sees(max).notifications() == before and not sees(max).relation(troll.handle).is_followed
    server.act(max, "unblock", troll.handle)
