"""A06-A10, A12: whose key it is, what it is, and how often anybody may make the server ask for it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from activities import event, invite
from actor import parameter, pem_of
from bench.answers import Answer, document, plain, redirect
from bench.hostile import ask, body_of, request_for
from bench.keys import SHARED, hostile_keys, pkcs1
from waiting import until


def test_a06_a_valid_signature_speaks_for_its_owner_only(client, unchanged, b, inbox, eve, bob, max, times):
    asked = len(b.requests)
    for theirs in (request_for(bob, max, times), request_for(bob, max, times) | {"id": eve.new_id()}):
        assert unchanged(lambda: client.post(eve, inbox, theirs)).status_code == 401
    assert len(b.requests) == asked


def test_a06_the_owner_is_looked_at_before_the_rest(client, unchanged, inbox, eve, bob):
    """Nothing of what follows `actor` is worth reading when the actor is somebody else."""
    broken = {"actor": bob.uri, "type": 5, "id": "", "object": None}
    assert unchanged(lambda: client.post(eve, inbox, broken)).status_code == 401


def test_a07_a_key_that_names_an_owner_elsewhere_is_no_key(client, unchanged, e, b, inbox, max, times):
    victim = b.actor("victim7")
    e.publish({"@context": "https://w3id.org/security/v1", "id": f"{e.origin}/k7", "type": "Key", "owner": victim.uri,
               "publicKeyPem": pem_of(SHARED)})
    forged = request_for(victim, max, times)
    victim.key, victim.key_id = SHARED, f"{e.origin}/k7"
    assert unchanged(lambda: client.post(victim, inbox, forged)).status_code == 401


def test_a07_a_key_that_its_owner_does_not_name_is_no_key(client, unchanged, e, inbox, max, times):
    """Same host, but the actor's own document lists another key."""
    mallory = e.actor("mallory7")
    e.publish({"id": f"{e.origin}/k7b", "type": "Key", "owner": mallory.uri, "publicKeyPem": pem_of(SHARED)})
    forged = request_for(mallory, max, times)
    mallory.key, mallory.key_id = SHARED, f"{e.origin}/k7b"
    assert unchanged(lambda: client.post(mallory, inbox, forged)).status_code == 401


def test_a07_nobody_lists_keys_of_another_host(client, server, e, b, inbox, max, times):
    """Eve's actor lists a key under an id of the victim's."""
    victim, liar = b.actor("victim7c"), e.actor("liar7", key=SHARED)
    liar.document["publicKey"]["id"] = victim.key_id
    client.post(liar, inbox, request_for(liar, max, times))
    imitation = b.actor("copy7", key=SHARED)
    imitation.key_id = victim.key_id
    assert client.post(imitation, inbox, request_for(victim, max, times)).status_code == 401
    assert client.post(victim, inbox, request_for(victim, max, times)).status_code == 202
    assert server.sql(f"select count(*) from actor_keys where uri = '{victim.key_id}'") == [["1"]]


def test_a08_a_document_is_not_remembered_under_anothers_name(client, server, e, b, inbox, max, times):
    victim = b.actor("victim8")
    e.route("/k8", document(victim.document | {"publicKey": victim.document["publicKey"] | {"publicKeyPem": pem_of(SHARED)}}))
    liar = e.actor("liar8", key=SHARED)
    liar.key_id = f"{e.origin}/k8"
    assert client.post(liar, inbox, request_for(victim, max, times)).status_code == 401
    liar.key_id = victim.key_id
    assert client.post(liar, inbox, request_for(victim, max, times)).status_code == 401
    assert client.post(victim, inbox, request_for(victim, max, times)).status_code == 202


def test_a09_a_new_key_is_learnt_with_one_question_and_the_old_one_is_forgotten(client, ann, b, inbox, max, times):
    turner = b.actor("turner")
    ask(ann, turner.handle)
    assert client.post(turner, inbox, request_for(turner, max, times)).status_code == 202
    old, turner.key = turner.key, rsa.generate_private_key(65537, 2048)
    turner.document["publicKey"]["publicKeyPem"] = pem_of(turner.key)
    asked = len(b.requests)
    assert client.post(turner, inbox, request_for(turner, max, times)).status_code == 202
    assert [request.path for request in b.asked(asked)] == ["/users/turner"]
    turner.key = old
    assert client.post(turner, inbox, request_for(turner, max, times)).status_code == 401
    assert len(b.asked(asked)) == 1


def test_a09_bad_signatures_do_not_make_the_server_ask_again_and_again(bench, unchanged, b, inbox, bob, max, times):
    asked, client = len(b.requests), bench.client()
    body = body_of(request_for(bob, max, times))
    headers = parameter(bob.signed_headers("POST", inbox, body), "signature", bob.sign("something else"))

    def knock():
        with ThreadPoolExecutor(8) as pool:
            return {r.status_code for r in pool.map(lambda _: client.call("POST", inbox, headers, body), range(50))}

    assert unchanged(knock) <= {401, 429}
    assert len(b.asked(asked)) <= 1


def test_a10_a_key_that_cannot_be_had_is_asked_for_once(bench, unchanged, e, inbox, bob, client, max, times, server):
    e.route("/loop10", redirect("https://e.test/loop10"))
    ghost = e.actor("ghost10", key=SHARED)
    ghost.key_id = "https://e.test/loop10"
    asked, senders = len(e.requests), [bench.client() for _ in range(8)]
    body = body_of(request_for(ghost, max, times))
    headers = ghost.signed_headers("POST", inbox, body)

    def knock():
        with ThreadPoolExecutor(8) as pool:
            return {r.status_code for r in pool.map(lambda n: senders[n % 8].call("POST", inbox, headers, body),
                range(200))}

    assert unchanged(knock) <= {401, 429}
    assert len(e.asked(asked)) <= 3


def test_a10_many_keys_that_hang_do_not_hold_up_an_honest_delivery(server, bench, e, inbox, bob, max, times):
    """Thirty senders whose keys do not come; meanwhile bob's deliveries are taken in a moment."""
    gate, start = threading.Event(), len(e.requests)
    ghosts = [e.actor(f"hung{number}", key=SHARED) for number in range(30)]
    for ghost in ghosts:
        e.route(f"/users/{ghost.name}", Answer(gate))
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(bench.client().post, ghost, inbox, request_for(ghost, max, times)) for ghost in ghosts]
        until(lambda: e.asked(start, "/users/hung"), "a question for a key")
        client, before = bench.client(), time.monotonic()
        for _ in range(5):
            assert client.post(bob, inbox, request_for(bob, max, times)).status_code == 202
        elapsed = time.monotonic() - before
        assert not any(reply.done() for reply in waiting) or server.is_prompt(elapsed, 5)
        gate.set()
        statuses = {reply.result().status_code for reply in waiting}
    assert statuses <= {401, 503}


@pytest.mark.parametrize("form", ["SubjectPublicKeyInfo", "PKCS#1"])
def test_a12_both_forms_of_a_key_are_read(form, client, server, e, inbox, max, times):
    actor = e.actor(f"form{len(form)}")
    if form == "PKCS#1":
        actor.document["publicKey"]["publicKeyPem"] = pkcs1(actor.key)
    thing = event(actor, max.uri, times.next())
    assert client.post(actor, inbox, invite(actor, max.uri, thing)).status_code == 202
    assert server.has_session(thing["id"])


def test_a12_hostile_keys_are_refused_in_no_time(bench, client, server, unchanged, e, inbox, max, times):
    with open(bench.authority.file) as file:
        keys = hostile_keys(file.read())
    actors = []
    for number, (what, text) in enumerate(keys.items()):
        actor = e.actor(f"key{number}", key=SHARED)
        actor.document["publicKey"]["publicKeyPem"] = text
        actors.append((what, actor))

    def knock():
        for what, actor in actors:
            before = time.monotonic()
            reply = client.post(actor, inbox, request_for(actor, max, times))
            assert reply.status_code == 401, (what, reply)
            assert server.is_prompt(time.monotonic() - before, 0.5), what

    unchanged(knock)


def test_a12_a_key_document_that_is_no_document_is_no_key(client, unchanged, e, inbox, max, times):
    for number, answer in enumerate([plain(200, b"null"), plain(200, b"[]"), plain(200, b"\xff"),
            plain(200, b'{"id":5}'), plain(204)]):
        actor = e.actor(f"none{number}", key=SHARED)
        e.route(f"/users/none{number}", answer)
        assert unchanged(lambda actor=actor: client.post(actor, inbox, request_for(actor, max,
            times))).status_code == 401
