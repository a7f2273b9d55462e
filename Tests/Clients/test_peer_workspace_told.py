"""Noor keeps a workspace with sol, a mentee on a server of another make, which tells of it late, twice and wrongly."""

from datetime import timedelta

import pytest

from activities import activity
from test_peer_mentee import agreed, ask
from test_peer_mentor import heard
from test_peer_workspace import item, new
from waiting import now, until, written

assert agreed and ask  # the fixtures


@pytest.fixture
def tell(peer, sol, noor, agreed):
    """Tells noor's server of the workspace in sol's name; gives how noor sees it then."""
    invitation, session, _ = agreed
    event = invitation["object"]["id"]

    def tell(version, by=sol, **members):
        thing = {
            "type": "Document", "id": event + "/workspace", "attributedTo": by.uri, "name": "Workspace", "context": event,
            "to": [noor.uri], "cc": [], "mnt:version": version, "mnt:heard": members.pop("heard", 0),
            "mnt:items": members.pop("items", []), "mnt:setAside": members.pop("setAside", []),
        } | {f"mnt:{name}": value for name, value in members.items()}
        peer.tell(by, noor.uri, activity(by, "Update", noor.uri, thing))
        return noor.ok("GET", f"/sessions/{session['id']}/workspace")

    return tell


def notes(text, by="requester", number=1):
    return {"mnt:id": new(), "mnt:number": number, "mnt:text": text, "mnt:by": by, "mnt:at": written(now())}


def test_what_the_owner_tells_is_shown_and_only_what_is_newer(tell):
    first = tell(3, items=[item("agenda", "Three", by="requester")], notes=notes("**Three**"))
    assert first["agenda"][0]["text"] == "Three" and first["notes"]["html"] == "<p><strong>Three</strong></p>"
    for version in (3, 2, 0, -1, 2**60):
        assert tell(version, items=[]) == first
    assert tell(4, items=[])["agenda"] == []


def test_what_noor_does_is_shown_at_once_and_waits_to_be_heard(tell, agreed, noor, sol, peer, contracts):
    invitation, session, _ = agreed
    path = f"/sessions/{session['id']}"
    theirs = item("action", "Sol's", by="requester", **{"for": "requester", "due": "2030-02-28"})
    tell(1, items=[theirs])
    mine = noor.ok("POST", path + "/items", {"kind": "agenda", "text": "Noor's"})
    noor.ok("PATCH", f"{path}/items/{theirs['mnt:id']}", {"done": True})
    written_notes = noor.ok("PUT", path + "/notes", {"text": "Noor's notes"})
    wishes = []
    while not wishes or len(wishes[-1]) < 3:
        offer = heard(peer.awaits(sol, "Offer", "mnt:changes", target=invitation["object"]["id"]), noor, contracts, "workspace/offer")
        wishes.append(offer["object"]["mnt:changes"])
    assert [(one["mnt:number"], one["mnt:do"]) for one in wishes[-1]] == [(1, "add"), (2, "tick"), (3, "write")]
    seen = tell(2, items=[theirs], heard=0)
    assert seen["waiting"] and seen["agenda"] == [mine] and seen["actions"][0]["done_by"] == "mentor"
    assert seen["notes"] == written_notes
    # The owner has heard all, taken the item and put the notes aside.
    told = {"mnt:id": mine["id"], "mnt:kind": "agenda", "mnt:by": "mentor", "mnt:at": mine["at"], "mnt:text": "Noor's"}
    seen = tell(3, items=[theirs, told], heard=3, notes=notes("Sol's notes"), setAside=[written_notes["version"]])
    assert not seen["waiting"] and seen["agenda"] == [mine] and seen["actions"][0]["done"] is False
    assert seen["notes"]["text"] == "Sol's notes"
    fates = {one["text"]: one["fate"] for one in noor.ok("GET", path + "/notes/versions")["versions"]}
    assert fates == {"Noor's notes": "set_aside", "Sol's notes": "taken"}


def test_what_is_told_is_made_fit(tell):
    week = written(now() + timedelta(days=7))
    items = [
        item("link", "Script", link="javascript:alert(1)"), item("link", "Plain", link="http://a.example/"), item("poem", "No kind"),
        item("topic", "Nobody's", by="clock"), item("topic", "<script>alert(1)</script>\u202e\nline"),
        item("topic", "x" * 5000), item("link", "Good", link="https://a.example/"), {"mnt:text": "No id"}, None, "text",
    ]
    seen = tell(1, items=items, notes=notes("<script>alert(1)</script>[a](javascript:alert(1))"),
                startedAt=week, endedAt=written(now()))
    assert [one["text"] for one in seen["links"]] == ["Good"]
    assert len(seen["topics"]) == 2 and len(seen["topics"][1]["text"]) == 300
    assert "\u202e" not in str(seen) and "<script" not in seen["notes"]["html"] and "href" not in seen["notes"]["html"]
    assert seen["meeting"] is None
    twice = item("topic", "Twice")
    assert len(tell(2, items=[twice, twice] + [item("topic", str(number)) for number in range(500)])["topics"]) == 200
    assert len(tell(3, notes=notes("x" * 30_000))["notes"]["text"]) == 20_000


def test_only_the_owner_tells(tell, peer, noor, sol):
    before = tell(1, items=[item("topic", "Sol's", by="requester")])
    stranger = peer.actor("intruder", "elsewhere")
    assert tell(2, by=stranger) == before
