"""A15: RFC 9421, whole or not at all. Every sender's habit is taken, every missing piece refused."""

import time

import pytest
import requests
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from actor import ACTIVITY
from bench.hostile import body_of
from bench.message_signatures import FEDIFY, MASTODON, WORDPRESS, content_digest, message_headers, pss
from waiting import http_date, now


def dated(body):
    return {"Date": http_date(now())}


TAKEN = {
    "as Mastodon signs": lambda b: {},
    "as Fedify signs": lambda b: {"covered": FEDIFY, "alg": "rsa-v1_5-sha256", "fields": dated(b)},
    "as WordPress signs": lambda b: {"covered": WORDPRESS, "alg": "rsa-v1_5-sha256", "label": "wp"},
    "with an end": lambda b: {"expires": int(time.time()) + 300},
    "with a tag and a nonce": lambda b: {"tag": "activitypub", "nonce": "x1"},
    "55 minutes old": lambda b: {"created": int(time.time()) - 3300},
    "with another digest beside": lambda b: {"fields": {"Content-Digest": content_digest(b) + ", md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"}},
    "with the content type": lambda b: {"covered": (*MASTODON, "content-type")},
}


@pytest.mark.parametrize("what", TAKEN)
def test_a15_every_proper_way_to_sign_is_taken(what, client, server, inbox, eve, fresh):
    body = body_of(fresh)
    reply = client.call("POST", inbox, message_headers(eve, inbox, body, **TAKEN[what](body)), body)
    assert reply.status_code == 202, reply
    assert server.has_session(fresh["object"]["id"])


def test_a15_rsa_pss_is_taken(client, server, inbox, eve, fresh):
    body = body_of(fresh)
    headers = message_headers(eve, inbox, body, sign=pss(eve.key), alg="rsa-pss-sha512")
    assert client.call("POST", inbox, headers, body).status_code == 202


def test_a15_what_a_library_of_another_make_signs_is_taken(client, server, inbox, eve, fresh):
    class Keys(HTTPSignatureKeyResolver):
        def resolve_private_key(self, key_id):
            return eve.key

    body = body_of(fresh)
    request = requests.Request("POST", inbox, data=body, headers={
        "Host": "s.test", "Content-Type": ACTIVITY}).prepare()
    HTTPMessageSigner(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=Keys()).sign(
        request, key_id=eve.key_id, covered_component_ids=("@method", "@authority", "@target-uri"), body=body)
    headers = {name: value for name, value in request.headers.items() if name != "Content-Length"}
    assert client.call("POST", inbox, headers, body).status_code == 202
    assert server.has_session(fresh["object"]["id"])


def without(name):
    return tuple(covered for covered in MASTODON if covered != name)


REFUSED = {
    "@method is not covered": lambda b: {"covered": without("@method")},
    "@target-uri is not covered": lambda b: {"covered": without("@target-uri")},
    "content-digest is not covered": lambda b: {"covered": without("content-digest")},
    "nothing is covered": lambda b: {"covered": ()},
    "no created": lambda b: {"created": None},
    "no keyid": lambda b: {"keyid": None},
    "no digest": lambda b: {"covered": without("content-digest"), "fields": {"Content-Digest": None}},
    "a digest of another body": lambda b: {"fields": {"Content-Digest": content_digest(b"other")}},
    "a right and a wrong digest": lambda b: {"fields": {"Content-Digest": content_digest(b) + ", sha-512=:eA==:"}},
    "only a digest of the other family": lambda b: {"covered": without("content-digest"),
        "fields": {"Content-Digest": None, "Digest": "SHA-256=eA=="}},
    "two hours old": lambda b: {"created": int(time.time()) - 7200},
    "ten minutes ahead": lambda b: {"created": int(time.time()) + 600},
    "expired": lambda b: {"created": int(time.time()) - 60, "expires": int(time.time()) - 1},
    "created is a text": lambda b: {"created": "yesterday"},
    "created is beyond all numbers": lambda b: {"created": 10**15 - 1},
    "created is before all time": lambda b: {"created": -(10**15) + 1},
    "a component as bytes": lambda b: {"covered": (*MASTODON, "content-type;bs")},
    "a component of the request of a response": lambda b: {"covered": ("@method;req", "@target-uri", "content-digest")},
    "a component as structured field": lambda b: {"covered": ("@method", "@target-uri", "content-digest;sf")},
    "a component by key": lambda b: {"covered": ("@method", "@target-uri", 'content-digest;key="sha-256"')},
    "a component twice": lambda b: {"covered": (*MASTODON, "@method")},
    "an unknown component": lambda b: {"covered": (*MASTODON, "@everything")},
    "a status of a request": lambda b: {"covered": (*MASTODON, "@status")},
    "a field that is not there": lambda b: {"covered": (*MASTODON, "x-none")},
    "an algorithm of other keys": lambda b: {"alg": "ed25519"},
    "an algorithm that nobody knows": lambda b: {"alg": "rsa-v1_5-sha1"},
    "a secret that is none": lambda b: {"alg": "hmac-sha256"},
    "a curve": lambda b: {"alg": "ecdsa-p256-sha256"},
    "another method": lambda b: {"method": "PUT"},
    "another inbox": lambda b: {"target": "https://s.test/users/zed/inbox"},
    "another host": lambda b: {"target": "https://b.test/users/max/inbox"},
    "plain http": lambda b: {"target": "http://s.test/users/max/inbox"},
    "a keyid that is no address": lambda b: {"keyid": "eve"},
}


@pytest.mark.parametrize("what", REFUSED)
def test_a15_what_proves_too_little_is_refused(what, refused, inbox, eve, fresh):
    body = body_of(fresh)
    refused(message_headers(eve, inbox, body, **REFUSED[what](body)), body)


def changed(headers, name, change):
    return headers | {name: change(headers[name])}


BROKEN = {
    "two labels": lambda h: changed(changed(h, "Signature-Input", lambda v: v + ", " + v.replace("sig1=", "sig2=", 1)),
                                    "Signature", lambda v: v + ", " + v.replace("sig1=", "sig2=", 1)),
    "one label twice": lambda h: changed(h, "Signature-Input", lambda v: v + ", " + v),
    "a label without a signature": lambda h: changed(h, "Signature", lambda v: v.replace("sig1=", "sig2=")),
    "a signature without its input": lambda h: {name: value for name, value in h.items() if name != "Signature-Input"},
    "an input without its signature": lambda h: {name: value for name, value in h.items() if name != "Signature"},
    "both families": lambda h: h | {"Authorization": 'Signature keyId="https://e.test/users/eve#main-key",headers="date",signature="eA=="'},
    "a cavage signature beside": lambda h: changed(h, "Signature",
        lambda v: 'keyId="x",headers="date",signature="eA=="'),
    "another signature": lambda h: changed(h, "Signature", lambda v: "sig1=:" + "A" * 342 + "==:"),
    "no Base64": lambda h: changed(h, "Signature", lambda v: "sig1=:???:"),
    "no list": lambda h: changed(h, "Signature-Input", lambda v: "sig1"),
    "an open list": lambda h: changed(h, "Signature-Input", lambda v: v.replace(")", "")),
    "a control byte": lambda h: changed(h, "Signature-Input", lambda v: v.replace("sig1=(", "sig1=(\x01")),
    "10 kB": lambda h: changed(h, "Signature-Input", lambda v: v + ";x=\"" + "y" * 7_900 + "\""),
    "a thousand components": lambda h: changed(h, "Signature-Input", lambda v: v.replace("(", "(" + '"a" ' * 1000)),
    "created twice": lambda h: changed(h, "Signature-Input", lambda v: v + ";created=1"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a15_what_is_broken_is_refused(what, refused, inbox, eve, fresh):
    body = body_of(fresh)
    refused(BROKEN[what](message_headers(eve, inbox, body)), body, statuses=(400, 401, 431))
