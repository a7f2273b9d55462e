"""C07, C09, C11: whoever makes the server ask, asks little; and a request is one request."""

import json
import time

import pytest

from actor import ACTIVITY
from bench.answers import JRD, Answer, document, plain, redirect
from bench.canary import attempts_outside
from bench.hostile import ask, request_for
from bench.keys import SHARED
from bench.ways import Ways

INJECTED = ["\r\nX-Injected: 1", "\nX-Injected: 1", "\rX-Injected: 1", "%0d%0aX-Injected: 1",
    " HTTP/1.1\r\nX-Injected: 1\r\n\r\nGET /y",
            "\u0000", "\t", " x", "\u2028X-Injected: 1", "\u0085X-Injected: 1", "\u010a", "%00",
            "\u560d\u560aX-Injected: 1", "\x7f"]


def test_c07_whoever_is_not_signed_in_makes_the_server_call_nobody(client, server, bench, e):
    start, outside = {host: host.connections for host in bench.hosts.values()}, attempts_outside()
    target = "https://e.test/called"
    for path in ("/.well-known/webfinger?resource=", "/authorize_interaction?uri=", "/authorize-follow?acct=",
            "/ostatus_subscribe?acct=",
                 "/intents/follow?object=", "/intents/invite?object=", "/api/v1/accounts/lookup?acct=",
                 "/api/v2/search?resolve=true&q=",
                 "/api/mentoring/discover?q=", "/proxy?url=", "/oembed?url=", "/api/oembed?url=", "/@", "/users/",
                 "/nodeinfo?url="):
        for name in (target, "acct:called@e.test", "called@e.test"):
            client.get(None, server.origin + path + name)
    for path in ("/api/v1/apps", "/oauth/token", "/api/v1/accounts", "/api/mentoring/sessions",
            "/api/fasp/registration", "/follow"):
        body = json.dumps({"url": target, "mentor": target, "redirect_uris": target, "website": target,
            "baseUrl": target}).encode()
        client.call("POST", server.origin + path, {"Content-Type": "application/json"}, body)
    server.row_counts()
    assert {host: host.connections for host in bench.hosts.values()} == start and attempts_outside() == outside


@pytest.mark.parametrize("name", Ways.names)
def test_c09_a_line_end_in_an_address_does_not_become_one(name, client, e, ann, max, times, server):
    ways, start = Ways(client, e, ann, max, times), len(e.requests)
    for injected in INJECTED:
        for url in (f"https://e.test/injected{injected}", f"https://e.test{injected}/injected"):
            if name in ("key", "redirect of a key", "redirect of an actor",
                    "redirect of a WebFinger answer") and ("\n" in url or "\r" in url or "\0" in url):
                # A header field of ours cannot carry it.
                continue
            ways(name, url)
    server.row_counts()
    for request in e.asked(start):
        assert not [field for field in request.fields if field[0].lower() == "x-injected"], request
        assert request.raw.count(b"HTTP/1.1\r\n") == 1
        assert all(32 < byte < 127 for byte in request.target.encode("latin-1")), request.target


@pytest.mark.parametrize("location", [b"/x\nX-Injected: 1", b"/x\rX-Injected: 1", b"/x\x00y", b"\x01/x", b"/\xff",
    b"/%0d%0aX-Injected:%201", b"/ x y"])
def test_c09_a_line_end_in_a_redirect_does_not_become_one(location, e, ann):
    start = len(e.requests)
    number = f"/back{start}"
    e.route(number, Answer(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"))
    assert ask(ann, e.origin + number).status_code == 422
    for request in e.asked(start):
        assert not request.all("x-injected") and request.raw.count(b"HTTP/1.1\r\n") == 1
        assert all(32 < byte < 127 for byte in request.target.encode("latin-1"))


def test_c09_a_line_end_in_anything_else_does_not_become_one(client, server, e, max, times):
    """Names, topics and key ids that end up in requests or headers of ours."""
    start = len(e.requests)
    for injected in INJECTED:
        actor = e.actor(f"line{len(e.actors)}", key=SHARED, preferredUsername="a" + injected, summary="s" + injected)
        client.post(actor, max.uri + "/inbox", request_for(actor, max, times))
    server.row_counts()
    assert not [request for request in e.asked(start) if request.all("x-injected")]


def chain(host, length, path):
    for number in range(length):
        host.route(f"{path}/{number}", redirect(f"{host.origin}{path}/{number + 1}"))


def test_c11_a_redirect_to_itself_is_not_followed_for_ever(server, e, ann):
    url = e.route("/self11", redirect("https://e.test/self11"))
    start, started = len(e.requests), time.monotonic()
    assert ask(ann, url).status_code == 422
    assert len(e.asked(start)) <= 3 and server.is_prompt(time.monotonic() - started, 10)


def test_c11_a_redirect_back_and_forth_is_not_followed_for_ever(e, e2, ann):
    url = e.route("/there11", redirect("https://e2.test/back11"))
    e2.route("/back11", redirect(url))
    start = len(e.requests) + len(e2.requests)
    assert ask(ann, url).status_code == 422
    assert len(e.requests) + len(e2.requests) - start <= 3


def test_c11_a_long_chain_is_left_after_two_steps(e, ann, client, max, times):
    chain(e, 10, "/chain11")
    for way in (lambda: ask(ann, "https://e.test/chain11/0"), lambda: by_key(client, e, "https://e.test/chain11/0#k",
            max, times)):
        start = len(e.requests)
        assert way().status_code in (401, 422)
        assert len(e.asked(start, "/chain11")) <= 3


def by_key(client, host, key_id, max, times):
    actor = host.actor(f"by{len(host.actors)}", key=SHARED)
    actor.key_id = key_id
    return client.post(actor, max.uri + "/inbox", request_for(actor, max, times))


def test_c11_a_short_chain_is_followed_and_signed_anew(e, ann):
    actor = e.actor("moved11")
    e.route("/old11", redirect(actor.uri))
    start = len(e.requests)
    ask(ann, "https://e.test/old11")
    first, second = e.asked(start)[:2]
    assert [first.path, second.path] == ["/old11", "/users/moved11"]
    assert first.field("signature") != second.field("signature")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_c11_a_delivery_is_not_sent_on_to_another_host(status, client, server, e, e2, max, times):
    actor = e.actor(f"sent{status}", key=SHARED)
    e.route(f"/users/sent{status}/inbox", plain(status, location=f"https://e2.test/sent{status}"))
    thing = request_for(actor, max, times)
    client.tell(actor, max.uri, thing)
    session = max.session(thing["object"]["id"])
    assert max.call("POST", f"/sessions/{session['id']}/respond", {"action": "decline", "reason": "No."}).ok
    server.row_counts()
    assert e.asked(path=f"/users/sent{status}/inbox", method="POST")
    assert e2.asked(path=f"/sent{status}") == []


def test_c11_a_webfinger_answer_elsewhere_speaks_for_its_own_host_only(e, e2, b, ann, server):
    """e.test sends the question on to e2.test, which names bob."""
    victim = b.actor("victim11")
    e.route("/.well-known/webfinger", redirect("https://e2.test/wf11"))
    e2.route("/wf11", document({"subject": "acct:victim11@b.test", "links": [{"rel": "self", "type": ACTIVITY,
        "href": e.origin + "/users/eve"}]}, JRD))
    try:
        ask(ann, "someone@e.test")
    finally:
        del e.routes["/.well-known/webfinger"]
    assert server.sql("select count(*) from actors where username = 'victim11' and uri <> '" + victim.uri + "'") == [["0"]]
