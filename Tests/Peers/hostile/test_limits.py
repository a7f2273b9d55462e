"""Limits of section 4 of the reference, from both sides: what lies within is taken, what lies beyond is not."""

import json

import pytest

from bench.answers import JRD, document, plain, redirect
from bench.client import RawConnection
from bench.hostile import ask, body_of, request_for
from bench.keys import SHARED
from bench.notes import PUBLIC, marker, mention, note, wrapped


def padded(text, size):
    """JSON text with as much white space at its end as makes it of a size in bytes."""
    data = text if isinstance(text, bytes) else text.encode()
    return data + b" " * (size - len(data))


@pytest.mark.parametrize(("size", "status"), [(1 << 20, 202), ((1 << 20) + 1, 413)])
def test_an_activity_has_a_mebibyte_at_most(size, status, client, inbox, eve, fresh):
    body = padded(body_of(fresh), size)
    try:
        assert client.post(eve, inbox, body).status_code == status
    except OSError:
        assert status == 413, "closed before all was sent"


def nested(depth):
    """Containers within containers, the innermost of them empty."""
    return "[" * depth + "]" * depth


# The activity itself is the first container.
SHAPES = {
    "32 containers deep": (nested(31), 202), "33 containers deep": (nested(32), 400),
    "a string of 256 KiB": (json.dumps("x" * (256 << 10)), 202),
    "a string of one byte more": (json.dumps("x" * ((256 << 10) + 1)), 400),
    "9,900 values": (json.dumps([0] * 9_900), 202), "10,000 values beside the rest": (json.dumps([0] * 10_000), 400),
    "a number of 1,024 digits": ("1" * 1_024, 202), "a number of 1,025 digits": ("1" * 1_025, 400),
}


@pytest.mark.parametrize("what", SHAPES)
def test_json_has_its_limits(what, client, inbox, eve, fresh):
    text, status = SHAPES[what]
    body = json.dumps(fresh | {"x": "MARK"}).replace('"MARK"', text)
    assert client.post(eve, inbox, body.encode()).status_code == status


@pytest.mark.parametrize(("size", "is_read"), [(64 << 10, True), ((64 << 10) + 1, False)])
def test_a_webfinger_answer_has_64_kib_at_most(size, is_read, e, ann):
    actor = e.actor(f"wide{size}")
    jrd = json.dumps({"subject": f"acct:{actor.handle}", "links": [
        {"rel": "self", "type": "application/activity+json", "href": actor.uri}]})
    e.route("/.well-known/webfinger", plain(200, padded(jrd, size), JRD))
    start = len(e.requests)
    try:
        ask(ann, actor.handle)
    finally:
        del e.routes["/.well-known/webfinger"]
    assert (f"/users/{actor.name}" in [request.path for request in e.asked(start)]) == is_read


@pytest.mark.parametrize(("size", "status"), [(1 << 20, 202), ((1 << 20) + 1, 401)])
def test_a_document_has_a_mebibyte_at_most(size, status, client, e, inbox, max, times):
    actor = e.actor(f"wide{size}", key=SHARED)
    e.route(f"/users/{actor.name}", plain(200, padded(json.dumps(actor.document), size)))
    assert client.post(actor, inbox, request_for(actor, max, times)).status_code == status


@pytest.mark.parametrize(("hops", "arrives"), [(1, True), (2, True), (3, False)])
def test_two_redirects_are_followed(hops, arrives, e, ann):
    actor = e.actor(f"hop{hops}")
    for number in range(hops):
        target = actor.uri if number == hops - 1 else f"{e.origin}/hop{hops}/{number + 1}"
        e.route(f"/hop{hops}/{number}", redirect(target))
    start = len(e.requests)
    ask(ann, f"{e.origin}/hop{hops}/0")
    assert (f"/users/{actor.name}" in [request.path for request in e.asked(start)]) == arrives


FIELDS = {
    "90 fields": (b"".join(b"X-%d: 1\r\n" % n for n in range(90)), True),
    "110 fields": (b"".join(b"X-%d: 1\r\n" % n for n in range(110)), False),
    "a field of 7 KiB": (b"X: " + b"x" * (7 << 10) + b"\r\n", True),
    "a field of 9 KiB": (b"X: " + b"x" * (9 << 10) + b"\r\n", False),
    "30 KiB in all": (b"".join(b"X-%d: %s\r\n" % (n, b"y" * 5_000) for n in range(6)), True),
    "35 KiB in all": (b"".join(b"X-%d: %s\r\n" % (n, b"y" * 5_000) for n in range(7)), False),
}


@pytest.mark.parametrize("what", FIELDS)
def test_d03_header_fields_have_their_limits(what, server, bench):
    fields, is_served = FIELDS[what]
    with RawConnection(server, bench.client().address) as connection:
        connection.send(b"GET /health/live HTTP/1.1\r\nHost: s.test\r\nConnection: close\r\n" + fields + b"\r\n")
        answer = connection.receive()
    assert answer.startswith(b"HTTP/1.1 200") == is_served, answer[:200]


CONNECTIONS = 50


def test_one_address_has_fifty_connections_and_others_have_theirs(server, bench):
    address, held = bench.client().address, []
    request = b"GET /health/live HTTP/1.1\r\nHost: s.test\r\n\r\n"
    try:
        for _ in range(CONNECTIONS):
            held.append(RawConnection(server, address))
            held[-1].send(request)
            assert held[-1].socket.recv(100).startswith(b"HTTP/1.1 200")
        with pytest.raises(OSError):
            with RawConnection(server, address) as further:
                further.send(request)
                if not further.socket.recv(100):
                    raise OSError("closed")
        with RawConnection(server, bench.client().address) as other:
            other.send(request)
            assert other.socket.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        for connection in held:
            connection.socket.close()


def many(count, make):
    return [make(number) for number in range(count)]


def test_d10_of_what_a_post_carries_only_so_much_is_kept(client, server, e2, eve, max):
    tags = many(120, lambda n: {"type": "Hashtag", "name": f"#limit{n}"})
    media = many(60, lambda n: {"type": "Document", "mediaType": "image/png", "url": f"https://e2.test/{n}.png"})
    choices = many(60, lambda n: {"type": "Note", "name": f"n{n}", "replies": {"type": "Collection", "totalItems": 0}})
    post = note(eve, marker(), to=[max.uri, PUBLIC], type="Question", tag=[mention(max), *tags], attachment=media,
        oneOf=choices)
    client.tell(eve, max.uri, wrapped(eve, "Create", post))
    server.row_counts()
    number = f"(select id from posts where uri = '{post['id']}')"
    ((kept_tags, kept_options, kept_media),) = server.sql(
        f"select (select count(*) from post_tags where post_id = {number}), "
        f"(select count(*) from poll_options where post_id = {number}), "
        f"(select jsonb_array_length(attachments) from posts where id = {number})")
    assert 0 < int(kept_tags) <= 50 and int(kept_options) == 20 and int(kept_media) == 16


def test_of_a_post_100_kib_are_kept_and_of_somebody_16_other_names(client, server, e, max):
    actor = e.actor("wordy", key=SHARED, summary="<p>" + "b" * 200_000 + "</p>",
        alsoKnownAs=many(100, lambda n: f"https://e2.test/users/n{n}"))
    for size in (90_000, 200_000):
        post = note(actor, "w" * size, to=[max.uri], tag=[mention(max)])
        client.tell(actor, max.uri, wrapped(actor, "Create", post))
    server.row_counts()
    ((names, summary),) = server.sql(
        f"select cardinality(also_known_as), octet_length(summary) from actors where uri = '{actor.uri}'")
    assert int(names) <= 16 and int(summary) <= 100 << 10
    rows = server.sql(f"select octet_length(content) from posts where uri = '{post['id']}'")
    assert not rows or int(rows[0][0]) <= 100 << 10


QUERIES = ["x%26resource=acct:max@s.test", "x&resource=acct:max@s.test", "x#y", "x?y=z", "x%00", "x/../y", "x y", "x;y"]


@pytest.mark.parametrize("name", QUERIES)
def test_c08_what_people_type_is_one_value_of_what_is_asked(name, e, ann):
    start = len(e.requests)
    ask(ann, f"{name}@e.test")
    for request in e.asked(start):
        assert request.path == "/.well-known/webfinger" and request.target.count("=") == 1, request
        assert "#" not in request.target, request
