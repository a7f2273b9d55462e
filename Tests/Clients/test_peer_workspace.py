"""Mika keeps a workspace with rui, a mentor on a server of another make, which asks for changes in every way."""

import uuid
from datetime import timedelta

import pytest

from activities import activity
from test_peer_mentor import agreed, ask, heard
from waiting import now, written, written_precisely

assert agreed and ask  # the fixtures


def new():
    return str(uuid.uuid4())


def item(kind="topic", text="Colour", by="mentor", **members):
    return {"mnt:id": new(), "mnt:kind": kind, "mnt:by": by, "mnt:at": written_precisely(now()), "mnt:text": text} | {
        f"mnt:{name}": value for name, value in members.items()}


def change(number, verb, **members):
    return {"mnt:number": number, "mnt:id": new(), "mnt:at": written_precisely(now()), "mnt:do": verb} | {
        f"mnt:{name}": value for name, value in members.items()}


@pytest.fixture
def offer(peer, rui, mika, contracts):
    """Asks mika's server for changes in rui's name; gives what it then tells of the workspace."""
    def offer(session, *changes, by=rui, **members):
        peer.tell(by, mika.uri, activity(by, "Offer", mika.uri, {"type": "Document", "mnt:changes": list(changes)},
                                         target=session["uri"], mnt__revision=0, **members))
        delivery = peer.awaits(rui, "Update", session["uri"] + "/workspace")
        return heard(delivery, mika, contracts, "workspace/update")["object"]
    return offer


def workspace(mika, session):
    return mika.ok("GET", f"/sessions/{session['id']}/workspace")


def test_what_the_mentors_side_asks_for_is_done_once_and_answered(agreed, offer, mika, rui):
    session, *_ = agreed
    one, two = change(1, "add", item=item("agenda", "From rui")), change(2, "write", text="*Notes*")
    told = offer(session, one, two)
    assert (told["mnt:heard"], told["mnt:version"], told["attributedTo"]) == (2, 1, mika.uri)
    assert told["mnt:notes"]["mnt:id"] == two["mnt:id"] and told["mnt:notes"]["mnt:by"] == "mentor"
    assert [(thing["mnt:id"], thing["mnt:by"]) for thing in told["mnt:items"]] == [(one["mnt:id"], "mentor")]
    again = offer(session, one, two)
    assert again | {"updated": None} == told | {"updated": None}
    third = offer(session, two, change(3, "tick", target=one["mnt:id"], done=True))
    assert third["mnt:heard"] == 3 and third["mnt:items"][0]["mnt:doneBy"] == "mentor"
    seen = workspace(mika, session)
    assert seen["notes"]["html"] == "<p><em>Notes</em></p>" and seen["agenda"][0]["done_by"] == "mentor"


def test_notes_upon_another_version_are_put_aside_and_kept(agreed, offer, mika, peer, rui):
    session, *_ = agreed
    path = f"/sessions/{session['id']}"
    mine = mika.ok("PUT", path + "/notes", {"text": "Mine"})
    late = change(1, "write", text="Late")
    told = None
    while not told or told["mnt:heard"] < 1:
        told = offer(session, late, change(2, "write", text="Later", upon=late["mnt:id"]))
    assert told["mnt:setAside"][0] == late["mnt:id"] and told["mnt:notes"]["mnt:text"] == "Mine"
    assert mika.ok("GET", path + "/notes") == mine
    versions = mika.ok("GET", path + "/notes/versions")["versions"]
    assert {one["text"]: one["fate"] for one in versions} == {"Mine": "taken", "Late": "set_aside", "Later": "set_aside"}


def test_nothing_is_done_that_the_mentor_may_not(agreed, offer, mika):
    session, *_ = agreed
    path = f"/sessions/{session['id']}"
    mine = mika.ok("POST", path + "/items", {"kind": "agenda", "text": "Mine"})
    checklist = mika.ok("POST", path + "/items", {"kind": "checklist", "text": "Mine"})
    week = written(now() + timedelta(days=7))
    wrong = [
        change(1, "edit", target=mine["id"], item=item("agenda", "Rui's")), change(2, "remove", target=mine["id"]),
        change(3, "tick", target=checklist["id"], done=True), change(4, "tick", target=new(), done=True),
        change(5, "start", time=written(now())), change(6, "start", time=week), change(7, "end", time=written(now())),
        change(8, "add", item=item("link", "Bad", link="javascript:alert(1)")), change(9, "add", item=item("link", "Plain", link="http://a.example/")),
        change(10, "add", item=item("poem")), change(11, "add", item=item("topic", " ")), change(12, "sing"), change(13, "add"),
        change(0, "add", item=item()), change(-1, "add", item=item()), change(2**60, "add", item=item()),
        {"mnt:number": 14, "mnt:do": "add", "mnt:item": item()}, "nothing", None,
        # Whoever the item says wrote it, and whatever it says was done, it is the mentor's, and new.
        change(15, "add", item=item("topic", "Forged", by="requester", doneBy="requester", doneAt=week)),
    ]
    told = None
    while not told or told["mnt:heard"] < 15:
        told = offer(session, *wrong)
    assert [(one["mnt:text"], one["mnt:by"], "mnt:doneBy" in one) for one in told["mnt:items"]] == [
        ("Mine", "requester", False), ("Mine", "requester", False), ("Forged", "mentor", False)]
    seen = workspace(mika, session)
    assert seen["agenda"] == [mine] and seen["checklist"] == [checklist] and seen["links"] == [] and seen["meeting"] is None


def test_more_than_a_side_has_room_for_is_left_out(agreed, offer, mika):
    session, *_ = agreed
    told = offer(session, *(change(number, "add", item=item("topic", str(number))) for number in range(1, 201)))
    assert len(told["mnt:items"]) == 100 and told["mnt:heard"] == 200
    assert offer(session, change(201, "write", text="x" * 30_000))["mnt:notes"]["mnt:text"] == "x" * 20_000


def test_strangers_and_other_documents_change_nothing(agreed, mika, peer):
    session, *_ = agreed
    stranger = peer.actor("stranger", "elsewhere")
    wish = {"type": "Document", "mnt:changes": [change(1, "add", item=item())]}
    for by, thing, target in [
            (stranger, wish, session["uri"]), (stranger, wish | {"id": session["uri"] + "/workspace"}, session["uri"]),
            (stranger, wish, session["uri"] + "x"), (stranger, wish, None), (stranger, {"type": "Document"}, session["uri"])]:
        peer.tell(by, mika.uri, activity(by, "Offer", mika.uri, thing, **({"target": target} if target else {})))
    told = {"type": "Document", "id": session["uri"] + "/workspace", "attributedTo": stranger.uri, "context": session["uri"],
            "mnt:version": 900, "mnt:heard": 0, "mnt:items": [item()], "mnt:setAside": []}
    peer.tell(stranger, mika.uri, activity(stranger, "Update", mika.uri, told))
    seen = workspace(mika, session)
    assert all(seen[name] == [] for name in ("agenda", "links", "checklist", "topics", "actions"))
