"""B16-B18, D01, D02, D07, D08, D10: JSON that is read differently by different readers, or costs more than it says."""

import json
import time

import pytest

from bench.answers import document, plain
from bench.hostile import ask, body_of, request_for
from bench.keys import SHARED
from bench.notes import note, wrapped


@pytest.fixture
def told(client, server, inbox, eve):
    """Posts bytes in eve's name; gives the status, and is sure that the answer came quickly."""

    def run(body, statuses, within=1.0):
        started = time.monotonic()
        reply = client.post(eve, inbox, body if isinstance(body, bytes) else body.encode())
        assert reply.status_code in statuses, reply
        assert server.is_prompt(time.monotonic() - started, within)
        return reply.status_code

    return run


def text_of(value, **replaced):
    """JSON text in which quoted marks are replaced by raw text."""
    text = json.dumps(value)
    for mark, raw in replaced.items():
        assert f'"{mark}"' in text, mark
        text = text.replace(f'"{mark}"', raw)
    return text


def test_b16_a_context_is_never_fetched(client, server, e, e2, eve, max, times):
    start = len(e.requests), len(e2.requests)
    for context in ("https://e.test/c", ["https://e2.test/c", "https://www.w3.org/ns/activitystreams"],
                    {"@import": "https://e.test/c"}, {"x": {"@context": "https://e2.test/c",
                        "@id": "https://e.test/x"}}):
        client.tell(eve, max.uri, request_for(eve, max, times) | {"@context": context})
    server.row_counts()
    assert e.asked(start[0], "/c") == [] and e2.asked(start[1], "/c") == []


def test_b16_a_context_does_not_change_what_words_mean(client, server, unchanged, eve, bob, inbox, max, times):
    """`actor` is the actor, whatever a context makes of it."""
    thing = request_for(eve, max, times)
    remapped = {"actor": "https://www.w3.org/ns/activitystreams#target",
        "owner": "https://www.w3.org/ns/activitystreams#actor"}
    forged = thing | {"@context": ["https://www.w3.org/ns/activitystreams", remapped], "actor": bob.uri,
        "owner": eve.uri}
    assert unchanged(lambda: client.post(eve, inbox, forged)).status_code in (400, 401)
    expanded = {f"https://www.w3.org/ns/activitystreams#{name}": value for name, value in thing.items()}
    assert unchanged(lambda: client.post(eve, inbox, expanded)).status_code == 400


DOUBLED = [
    '{{"actor":"{bob}",{rest}', '{{"type":"Delete",{rest}', '{{"id":"https://e.test/a/1",{rest}',
    '{{"object":null,{rest}',
    '{{"\\u0061ctor":"{bob}",{rest}', '{{"@context":[],{rest}', '{{"x":{{"y":1,"y":2}},{rest}',
]


@pytest.mark.parametrize("form", DOUBLED)
def test_b17_a_member_that_is_there_twice_is_refused(form, told, unchanged, eve, bob, max, times):
    rest = json.dumps(request_for(eve, max, times))[1:]
    unchanged(lambda: told(form.format(bob=bob.uri, rest=rest), (400, 401)))


@pytest.mark.parametrize("key", ["Actor", "ACTOR", "actor ", " actor", "actor\u0000", "ac\u200dtor", "аctor", "@actor",
    "as:actor"])
def test_b17_what_looks_like_actor_is_not(key, told, unchanged, eve, max, times):
    thing = request_for(eve, max, times)
    del thing["actor"]
    unchanged(lambda: told(json.dumps(thing | {key: eve.uri}), (400, 401)))


ACTORS = [lambda a, b: [a, b], lambda a, b: [b, a], lambda a, b: [a, a], lambda a, b: [], lambda a,
    b: [{"id": a}, {"id": b}], lambda a, b: {"id": [a]},
          lambda a, b: [[a]], lambda a, b: True, lambda a, b: f"{a} {b}", lambda a, b: a + "#x"]


@pytest.mark.parametrize("number", range(len(ACTORS)))
def test_b18_there_is_one_actor(number, told, unchanged, eve, bob, max, times):
    thing = request_for(eve, max, times) | {"actor": ACTORS[number](eve.uri, bob.uri)}
    unchanged(lambda: told(json.dumps(thing), (400, 401)))


NUMBERS = ["1.5", "1e400", "-1e400", "-0", "9223372036854775808", "-9223372036854775809", "9223372036854775807",
    "1" + "0" * 900,
           "1" + "0" * 10_000, "1e999999999999", "0." + "0" * 500 + "1", "NaN", "Infinity", '"1"', "1e-400", "null",
           "-1", "[]", "{}"]
PLACES = ["mnt:revision", "startTime", "duration", "maximumAttendeeCapacity", "totalItems", "votersCount", "width",
    "latitude"]


@pytest.mark.parametrize("place", PLACES)
def test_d01_no_number_is_too_much(place, told, eve, max, times):
    for number in NUMBERS:
        thing = request_for(eve, max, times)
        thing["object"] |= {place: "MARK", "x": {place: "MARK"}, "image": [{"type": "Image", place: "MARK"}]}
        thing[place] = "MARK"
        told(text_of(thing, MARK=number), (202, 400))


def test_d01_no_number_in_somebodys_document_is_too_much(client, e, inbox, max, times):
    for number, value in enumerate(NUMBERS):
        actor = e.actor(f"number{number}", key=SHARED)
        spoiled = actor.document | {"followers": {"type": "Collection", "totalItems": "MARK"},
            "icon": {"type": "Image", "width": "MARK"},
                                    "mnt:terms": {"mnt:amount": "MARK"}, "published": "MARK"}
        e.route(f"/users/number{number}", plain(200, text_of(spoiled, MARK=value)))
        assert client.post(actor, inbox, request_for(actor, max, times)).status_code in (202, 401), value


@pytest.mark.parametrize("place", ["created", "expires"])
def test_d01_no_number_in_a_signature_is_too_much(place, client, inbox, eve, max, times):
    body = body_of(request_for(eve, max, times))
    for number in NUMBERS:
        headers = eve.signed_headers("POST", inbox, body)
        headers["Signature"] += f",{place}={number}"
        assert client.call("POST", inbox, headers, body).status_code in (202, 400, 401, 431)


DEEP = {
    "lists": lambda n: b"[" * n, "closed lists": lambda n: b"[" * n + b"]" * n, "objects": lambda n: b'{"a":' * n,
    "closed objects": lambda n: b'{"a":' * n + b"1" + b"}" * n, "both": lambda n: b'[{"a":' * n,
}


@pytest.mark.parametrize("form", DEEP)
def test_d02_depth_is_refused_before_it_costs_anything(form, told, unchanged):
    def knock():
        for count in (33, 1_000, 100_000):
            told(DEEP[form](count), (400,))

    unchanged(knock)


def test_d02_depth_inside_an_activity_is_refused(told, unchanged, eve, max, times):
    thing = request_for(eve, max, times) | {"object": "MARK"}
    unchanged(lambda: told(text_of(thing, MARK="[" * 100_000 + "]" * 100_000), (400,)))


def test_d02_depth_in_somebodys_document_is_refused(client, unchanged, e, inbox, max, times):
    deep = e.actor("deep", key=SHARED)
    e.route("/users/deep", plain(200, text_of(deep.document | {"x": "MARK"},
        MARK='{"a":' * 100_000 + "1" + "}" * 100_000)))
    assert unchanged(lambda: client.post(deep, inbox, request_for(deep, max, times))).status_code == 401


def test_d02_html_may_be_as_deep_as_it_likes(told, client, e, eve, inbox, max, times):
    for html in ("<div>" * 40_000, "<b>" * 60_000 + "x", "<a <a <a " * 20_000, "<!--" * 40_000, "&" * 100_000,
            "<p" + " x" * 60_000 + ">"):
        thing = request_for(eve, max, times)
        thing["object"]["content"] = html
        told(json.dumps(thing), (202, 400), within=2)
        told(json.dumps(wrapped(eve, "Create", note(eve, html, to=[max.uri]))), (202, 400), within=2)
        actor = e.actor(f"html{len(e.actors)}", key=SHARED, summary=html)
        assert client.post(actor, inbox, request_for(actor, max, times)).status_code in (202, 401)


BAD = {
    "not UTF-8": b"\xff\xfe", "overlong": b"\xc0\x80", "an overlong slash": b"\xe0\x80\xaf",
    "a surrogate in bytes": b"\xed\xa0\x80",
    "half a surrogate": b"\\ud800", "the wrong half first": b"\\udc00\\ud800", "NUL": b"\\u0000", "a raw NUL": b"\x00",
    "a raw line feed": b"\n", "beyond Unicode": b"\xf4\x90\x80\x80", "cut off": b"\xe2\x82",
}
SPOILED = ["summary", "content", "name", "id", "type"]


@pytest.mark.parametrize("what", BAD)
def test_d07_bad_text_is_refused_wherever_it_is(what, told, server, unchanged, eve, max, times):
    def knock():
        for place in SPOILED:
            thing = request_for(eve, max, times)
            target = thing if place in ("id", "type") else thing["object"]
            target[place] = str(target.get(place, "")) + "MARK"
            told(json.dumps(thing).encode().replace(b"MARK", BAD[what]), (400, 401)
                if place not in ("type",) else (400, 401, 202))

    if what == "NUL":
        # A zero byte can be left out of a text for people, but never cuts a name short.
        for place in ("id", "type"):
            thing = request_for(eve, max, times)
            thing[place] += "MARK"
            unchanged(lambda thing=thing: told(json.dumps(thing).encode().replace(b"MARK", BAD[what]), (202, 400, 401)))
    else:
        unchanged(knock)


@pytest.mark.parametrize("path", ["/users/%ff", "/users/max%00", "/users/%6d%61%78%00x", "/users/%c0%ae", "/@%ed%a0%80",
                                  "/.well-known/webfinger?resource=acct:max%00@s.test",
                                  "/.well-known/webfinger?resource=%ff",
                                  "/sessions/%00", "/activities/%ff", "/users/max/outbox?page=true&before=%ff", "/%"])
def test_d07_bad_text_in_an_address_finds_nothing(path, client, server):
    reply = client.get(None, server.origin + path)
    assert reply.status_code in (200, 400, 404), reply
    if reply.status_code == 200:
        assert "outbox" in path


KELVIN = "\u212a"


@pytest.mark.parametrize("name", [f"{KELVIN}ai", "kái", "ka\u0301i", "kai\u200b", "ｋai", "kaı", "kai."])
def test_d08_what_only_looks_like_a_name_is_another(name, client, server, e, inbox, max, times):
    kai = e.actors.get("kai") or e.actor("kai", key=SHARED)
    client.tell(kai, max.uri, request_for(kai, max, times))
    double = e.actor(f"double{len(e.actors)}", key=SHARED, preferredUsername=name)
    assert client.post(double, inbox, request_for(double, max, times)).status_code in (202, 401)
    rows = server.sql(f"select username from actors where uri = '{double.uri}'")
    assert rows == [] or rows[0][0] != "kai"
    assert server.sql(f"select username from actors where uri = '{kai.uri}'") == [["kai"]]


@pytest.mark.parametrize("host", ["e.te\u017ft", "ｅ.test", "e\u3002test", "e.test\u200b", "E.TEST", "e.TEST"])
def test_d08_a_host_is_ascii_or_nothing(host, client, unchanged, inbox, eve, max, times):
    """What only looks like e.test is not where eve lives; other capitals are."""
    thing = request_for(eve, max, times)
    thing["actor"] = thing["actor"].replace("e.test", host)
    if host.isascii():
        assert client.post(eve, inbox, thing).status_code in (202, 400, 401)
    else:
        assert unchanged(lambda: client.post(eve, inbox, thing)).status_code in (400, 401)


def many(count, make):
    return [make(number) for number in range(count)]


COUNTS = {
    "to": lambda a: many(9_000, lambda n: f"https://e2.test/users/n{n}"),
    "tag": lambda a: many(3_000, lambda n: {"type": "Hashtag", "name": f"#n{n}"}),
    "attachment": lambda a: many(3_000, lambda n: {"type": "Document", "url": f"https://e2.test/{n}.png"}),
    "oneOf": lambda a: many(3_000, lambda n: {"type": "Note", "name": f"n{n}"}),
    "alsoKnownAs": lambda a: many(9_000, lambda n: f"https://e2.test/users/n{n}"),
    "url": lambda a: many(3_000, lambda n: {"type": "Link", "href": f"https://e2.test/{n}"}),
    "summary": lambda a: "x" * 200_000, "name": lambda a: "x" * 200_000, "content": lambda a: "x" * 200_000,
    "contentMap": lambda a: {f"l{n}": "x" for n in range(9_000)},
}


@pytest.mark.parametrize("place", COUNTS)
def test_d10_a_crowd_is_cut_or_refused(place, told, e2, server, eve, max, times):
    start = len(e2.requests)
    thing = request_for(eve, max, times)
    thing["object"] |= {place: COUNTS[place](eve)}
    told(json.dumps(thing), (202, 400))
    told(json.dumps(wrapped(eve, "Create", note(eve, "x", to=[max.uri]) | {place: COUNTS[place](eve)}, to=[max.uri])),
        (202, 400))
    server.row_counts()
    assert len(e2.asked(start)) <= 40


@pytest.mark.parametrize("place", COUNTS)
def test_d10_a_crowd_in_somebodys_document_is_cut_or_refused(place, client, server, e, inbox, max, times):
    actor = e.actor(f"crowd{len(e.actors)}", key=SHARED)
    e.route(f"/users/{actor.name}", document(actor.document | {place: COUNTS[place](actor)}))
    started = time.monotonic()
    assert client.post(actor, inbox, request_for(actor, max, times)).status_code in (202, 401)
    assert server.is_prompt(time.monotonic() - started, 1)


def test_d10_ten_thousand_values_are_the_end(told, unchanged, eve, max, times):
    thing = request_for(eve, max, times) | {"x": [0] * 100_000}
    unchanged(lambda: told(json.dumps(thing), (400,)))


def test_d01_a_look_up_survives_every_answer(e, ann):
    """WebFinger documents of every shape."""
    shapes = [b"", b"null", b"[]", b"5", b'{"subject":5}', b'{"subject":"acct:x@e.test","links":5}',
        b'{"links":[[[]]]}',
              b'{"subject":"acct:x@e.test","links":[{"rel":"self","type":5,"href":5}]}', b"\xff", b"{" * 1000,
              b'{"subject":"acct:' + b"x" * 50_000 + b'@e.test"}', json.dumps({"links": [{}] * 9_000}).encode()]
    for shape in shapes:
        e.route("/.well-known/webfinger", plain(200, shape, "application/jrd+json"))
        assert ask(ann, "x@e.test").status_code == 422
    del e.routes["/.well-known/webfinger"]
