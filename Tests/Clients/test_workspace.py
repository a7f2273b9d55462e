"""What two people keep about their session: before, during and after it, within a community and between two."""

import csv
import io
from contextlib import contextmanager
from datetime import timedelta

import pytest

from community import text_of
from refusals import fields
from waiting import now, until, written

BOTH_CAME = {"mentee_came": True, "mentor_came": True}
LISTS = {"agenda": "agenda", "link": "links", "checklist": "checklist", "topic": "topics", "action": "actions"}


@pytest.fixture
def here(mika, lena, agreed):
    """An agreed session within the community, and its path."""
    uri, path, _ = agreed(lena)
    return uri, path


def begin(uri, *people, minutes=60):
    """Puts the start so many minutes into the past, wherever the session is held; what was there before is over."""
    for community in {person.community for person in people}:
        community.sql("update sessions set status = 'completed' where status = 'scheduled' and starts_at < now()")
        community.sql(f"update sessions set starts_at = now() - interval '{minutes} minutes' where uri = '{uri}'")


def refusal(response):
    assert response.status_code == 409, response.text
    return response.json()["conflict"]


def write(person, path, text, version=None, **options):
    return person.call("PUT", path + "/notes", {"text": text, "version": version}, **options)


def shared(person, path):
    """What both sides must see alike."""
    workspace = person.ok("GET", path + "/workspace")
    return {name: value for name, value in workspace.items() if name not in ("session", "role", "private_notes", "waiting")}


def alike(one, path, other, others_path):
    """Waits until both sides show the same and nothing is on its way; gives it."""
    def look():
        if any(person.ok("GET", where + "/workspace")["waiting"] for person, where in ((one, path), (other, others_path))):
            return None
        first = shared(one, path)
        return first if first == shared(other, others_path) else None
    return until(look, "workspace that is the same on both sides")


# Notes

def test_both_write_the_same_notes_in_turn(mika, lena, here):
    _, path = here
    empty = mika.ok("GET", path + "/notes")
    assert (empty["text"], empty["version"], empty["number"], empty["by"]) == ("", None, 0, None)
    first = write(mika, path, "**One**\n- a\n- b")
    assert first.status_code == 200 and first.headers["ETag"] == f'"{first.json()["version"]}"'
    assert first.json()["html"].replace("\n", "") == "<p><strong>One</strong></p><ul><li>a</li><li>b</li></ul>"
    read = lena.ok("GET", path + "/notes")
    assert read == first.json() and (read["by"], read["number"]) == ("mentee", 1)
    second = write(lena, path, "Two", read["version"]).json()
    assert (second["by"], second["number"]) == ("mentor", 2)
    versions = mika.ok("GET", path + "/notes/versions")["versions"]
    assert [(one["text"], one["by"], one["fate"], one["upon"]) for one in versions] == [
        ("Two", "mentor", "taken", read["version"]), ("**One**\n- a\n- b", "mentee", "taken", None)]
    assert len(mika.ok("GET", path + "/notes/versions?limit=1")["versions"]) == 1
    assert fields(mika.call("GET", path + "/notes/versions?limit=0")) == ["limit"]


def test_who_has_not_read_the_newest_notes_overwrites_nothing(mika, lena, here):
    _, path = here
    first = write(mika, path, "One").json()
    second = write(lena, path, "Two", first["version"]).json()
    stale = [write(mika, path, "Mine", version) for version in (None, first["version"], "0" * 36)]
    stale += [mika.call("PUT", path + "/notes", {"text": "Mine"}, headers={"If-Match": tag})
              for tag in (f'"{first["version"]}"', f'W/"{second["version"]}"')]
    for response in stale:
        assert response.status_code == 412 and response.json()["conflict"] == "overtaken"
        assert response.json()["current"] == second
    assert lena.ok("GET", path + "/notes") == second and len(lena.ok("GET", path + "/notes/versions")["versions"]) == 2
    taken = mika.call("PUT", path + "/notes", {"text": "Three"}, headers={"If-Match": f'"{second["version"]}"'})
    assert taken.status_code == 200
    assert mika.call("PUT", path + "/notes", {"text": "Four"}, headers={"If-Match": "*"}).json()["number"] == 4


def test_nobody_has_first_notes_by_a_condition(mika, here):
    _, path = here
    assert mika.call("PUT", path + "/notes", {"text": "One"}, headers={"If-Match": "*"}).status_code == 412
    assert mika.ok("GET", path + "/notes")["text"] == ""


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "[a](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![a](javascript:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]", "<a href=\"javascript:alert(1)\">a</a>", "<javascript:alert(1)>"])
def test_markdown_with_a_script_is_shown_as_what_it_is(text, mika, here):
    _, path = here
    notes = write(mika, path, text).json()
    assert notes["text"] == text
    for active in ("<script", "<img", "href=\"javascript", "onerror=\"", "onerror=a" if "<img" in notes["html"] else "<img"):
        assert active not in notes["html"]
    private = mika.ok("PUT", path + "/private-notes", {"text": text})
    assert private == {"text": text, "html": notes["html"]}


def test_notes_that_nest_without_end_are_read_at_once(mika, here):
    _, path = here
    version = None
    for piece in (">", "[", "- ", "*a "):
        response = write(mika, path, (piece * 20_000)[:19_999] + "x", version)
        assert response.status_code == 200 and response.elapsed < timedelta(seconds=10)
        version = response.json()["version"]


def test_notes_that_are_too_long_are_refused(mika, here):
    _, path = here
    assert write(mika, path, "x" * 20_000).status_code == 200
    for step in ("/notes", "/private-notes"):
        assert fields(mika.call("PUT", path + step, {"text": "x" * 20_001})) == ["text"]
        assert fields(mika.call("PUT", path + step, {"text": "a\u0007b"})) == ["text"]
        assert mika.call("PUT", path + step, {"text": "x" * 10_000_000}).status_code == 413
    assert mika.ok("GET", path + "/notes")["number"] == 1 and mika.ok("GET", path)["notes"] is None


def test_private_notes_are_each_persons_own(mika, lena, here):
    _, path = here
    mika.ok("PUT", path + "/private-notes", {"text": "*Mine*"})
    lena.ok("PATCH", path, {"notes": "Hers"})
    assert mika.ok("GET", path + "/workspace")["private_notes"] == {"text": "*Mine*", "html": "<p><em>Mine</em></p>"}
    assert lena.ok("GET", path + "/workspace")["private_notes"]["text"] == "Hers" == lena.ok("GET", path)["notes"]
    assert mika.ok("GET", path)["notes"] == "*Mine*"
    mika.ok("PUT", path + "/private-notes", {"text": ""})
    assert mika.ok("GET", path)["notes"] is None


# Items

ITEMS = [
    {"kind": "agenda", "text": "What to show first"}, {"kind": "link", "text": "Work", "link": "https://mika.example/work?a=b"},
    {"kind": "checklist", "text": "Bring the drawings"}, {"kind": "topic", "text": "Colour"},
    {"kind": "action", "text": "Rewrite the first page", "for": "mentee", "due": "2030-02-28"},
]


@pytest.mark.parametrize("body", ITEMS, ids=lambda body: body["kind"])
def test_an_item_is_written_read_changed_and_removed(body, mika, lena, here):
    _, path = here
    made = mika.call("POST", path + "/items", body)
    assert made.status_code == 201
    item = made.json()
    expected = {"link": None, "for": None, "due": None} | body
    assert {name: item[name] for name in expected} == expected
    assert (item["by"], item["done"], item["done_by"]) == ("mentee", False, None)
    name = LISTS[body["kind"]]
    assert lena.ok("GET", path + "/workspace")[name] == [item] == mika.ok("GET", path + "/workspace")[name]
    one = f"{path}/items/{item['id']}"
    changed = mika.ok("PATCH", one, {"text": " Other words "})
    assert changed == item | {"text": "Other words"}
    for method, change in (("PATCH", {"text": "Hers"}), ("DELETE", None)):
        assert lena.call(method, one, change).status_code == 403
    assert lena.ok("GET", path + "/workspace")[name] == [changed]
    assert mika.call("DELETE", one).status_code == 204
    assert mika.ok("GET", path + "/workspace")[name] == [] and mika.call("DELETE", one).status_code == 404


def test_both_tick_agenda_and_actions_and_each_their_own_checklist(mika, lena, here):
    _, path = here
    items = {body["kind"]: mika.ok("POST", path + "/items", body)["id"] for body in ITEMS}
    for kind in ("agenda", "action"):
        done = lena.ok("PATCH", f"{path}/items/{items[kind]}", {"done": True})
        assert done["done"] and done["done_by"] == "mentor" and done["done_at"]
        again = mika.ok("PATCH", f"{path}/items/{items[kind]}", {"done": True})
        assert again == done, "what is done is done"
        assert mika.ok("PATCH", f"{path}/items/{items[kind]}", {"done": False})["done_by"] is None
    assert lena.call("PATCH", f"{path}/items/{items['checklist']}", {"done": True}).status_code == 403
    assert mika.ok("PATCH", f"{path}/items/{items['checklist']}", {"done": True})["done"]
    for kind in ("link", "topic"):
        assert fields(mika.call("PATCH", f"{path}/items/{items[kind]}", {"done": True})) == ["done"]


def test_an_agenda_is_put_in_order_by_both(mika, lena, here):
    _, path = here
    one, two, three = (person.ok("POST", path + "/items", {"kind": "agenda", "text": text})["id"]
                       for person, text in ((mika, "1"), (lena, "2"), (mika, "3")))
    order = lambda: "".join(item["text"] for item in mika.ok("GET", path + "/workspace")["agenda"])
    assert order() == "123"
    lena.ok("PATCH", f"{path}/items/{three}", {"before": one})
    assert order() == "312"
    mika.ok("PATCH", f"{path}/items/{three}", {"before": None})
    assert order() == "123"
    mika.ok("PATCH", f"{path}/items/{one}", {"text": "4", "before": three, "done": True})
    assert order() == "243"
    assert fields(mika.call("PATCH", f"{path}/items/{one}", {"before": "x" * 36})) == ["before"]
    assert mika.call("PATCH", f"{path}/items/{one}", {"text": "5", "before": "0" * 8 + "-0000-4000-8000-" + "0" * 12}).status_code == 404
    assert order() == "243", "nothing of what was refused was done"


@pytest.mark.parametrize(("body", "field"), [
    ({"kind": "agenda"}, "text"), ({"kind": "agenda", "text": " "}, "text"), ({"kind": "agenda", "text": "x" * 301}, "text"),
    ({"kind": "agenda", "text": "a\nb"}, "text"), ({"kind": "poem", "text": "a"}, "kind"), ({"text": "a"}, "kind"),
    ({"kind": "link", "text": "a"}, "link"), ({"kind": "link", "text": "a", "link": "http://a.example/"}, "link"),
    ({"kind": "link", "text": "a", "link": "javascript:alert(1)"}, "link"), ({"kind": "link", "text": "a", "link": "data:text/html,a"}, "link"),
    ({"kind": "topic", "text": "a", "link": "https://a.example/"}, "link"), ({"kind": "action", "text": "a", "for": "all"}, "for"),
    ({"kind": "agenda", "text": "a", "for": "mentee"}, "for"), ({"kind": "action", "text": "a", "due": "2030-02-30"}, "due"),
    ({"kind": "action", "text": "a", "due": "soon"}, "due"), ({"kind": "agenda", "text": "a", "due": "2030-02-28"}, "due"),
    ({"kind": "agenda", "text": "a", "by": "mentor"}, "by")])
def test_an_item_that_cannot_be_is_refused_and_nothing_changes(body, field, mika, here):
    _, path = here
    assert fields(mika.call("POST", path + "/items", body)) == [field]
    workspace = mika.ok("GET", path + "/workspace")
    assert all(workspace[name] == [] for name in LISTS.values())


def test_a_side_has_a_hundred_items(mika, lena, here):
    _, path = here
    for number in range(100):
        mika.ok("POST", path + "/items", {"kind": "topic", "text": str(number)})
    assert fields(mika.call("POST", path + "/items", {"kind": "agenda", "text": "One more"})) == ["kind"]
    assert lena.call("POST", path + "/items", {"kind": "agenda", "text": "Hers"}).status_code == 201
    assert len(mika.ok("GET", path + "/workspace")["topics"]) == 100


def test_what_is_over_is_only_read(mika, lena, here):
    _, path = here
    item = mika.ok("POST", path + "/items", ITEMS[0])["id"]
    notes = write(mika, path, "One").json()
    mika.ok("PATCH", path, {"status": "cancelled", "reason": "I am ill."})
    before = shared(lena, path)
    assert refusal(lena.call("POST", path + "/items", ITEMS[0])) == "ended"
    assert refusal(lena.call("PATCH", f"{path}/items/{item}", {"done": True})) == "ended"
    assert refusal(mika.call("DELETE", f"{path}/items/{item}")) == "ended"
    assert refusal(write(lena, path, "Two", notes["version"])) == "ended"
    for step in ("start", "end"):
        assert refusal(lena.call("POST", f"{path}/{step}", {})) == "ended"
    assert shared(mika, path) == before


def test_strangers_have_no_part_in_it(noor, here):
    _, path = here
    nobody = "00000000-0000-4000-8000-000000000000"
    for method, step, body in [
            ("GET", "workspace", None), ("GET", "notes", None), ("GET", "notes/versions", None), ("PUT", "notes", {"text": "a"}),
            ("PUT", "private-notes", {"text": "a"}), ("POST", "items", ITEMS[0]), ("PATCH", f"items/{nobody}", {"done": True}),
            ("DELETE", f"items/{nobody}", None), ("POST", "start", {}), ("POST", "end", {})]:
        assert noor.call(method, f"{path}/{step}", body).status_code == 404


# The meeting

def test_the_real_time_of_a_meeting_is_told_by_either_and_counts_as_its_length(mika, lena, here):
    uri, path = here
    begin(uri, mika)
    before = mika.ok("GET", path)
    assert before["meeting"] is None
    started = written(now() - timedelta(minutes=50))
    assert lena.ok("POST", path + "/start", {"at": started})["meeting"] == {
        "in_progress": True, "started_at": started, "ended_at": None, "minutes": None}
    seen = mika.ok("GET", path)
    assert seen["meeting"]["in_progress"] and seen["status"] == "scheduled"
    ended = written(now() - timedelta(minutes=5))
    meeting = mika.ok("POST", path + "/end", {"at": ended})["meeting"]
    assert meeting == {"in_progress": False, "started_at": started, "ended_at": ended, "minutes": 45}
    assert mika.session(uri)["meeting"] == meeting
    listed = [session for session in lena.ok("GET", "/sessions?limit=40")["sessions"] if session["uri"] == uri]
    assert listed[0]["meeting"] == meeting
    done = mika.ok("POST", path + "/outcome", BOTH_CAME)
    assert done["status"] == "completed" and done["reports"][0]["minutes"] == 45
    rows = csv.DictReader(io.StringIO(mika.call("GET", "/sessions/export.csv").content.decode(), newline=""), strict=True)
    row = next(row for row in rows if row["id"] == done["id"])
    assert (row["began_utc"], row["ended_utc"], row["real_minutes"]) == (started, ended, "45")


def test_who_counts_otherwise_is_believed(mika, here):
    uri, path = here
    begin(uri, mika)
    mika.ok("POST", path + "/start", {"at": written(now() - timedelta(minutes=50))})
    mika.ok("POST", path + "/end", {})
    assert mika.ok("POST", path + "/outcome", BOTH_CAME | {"minutes": 30})["reports"][0]["minutes"] == 30


def test_the_time_together_is_the_real_one_where_it_is_known(alfa, lena, times):
    mentee = alfa.open_account("timed")
    before = lena.ok("GET", "/sessions/time")["as_mentor"]
    nothing = {"sessions": 0, "measured": 0, "minutes": 0}
    assert mentee.ok("GET", "/sessions/time") == {"as_mentee": nothing, "as_mentor": nothing}

    def meet(started=None, ended=None, **outcome):
        session = mentee.ok("POST", "/sessions", {
            "mentor": "lena", "type": "pana_support", "topic": "Time", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
        path = f"/sessions/{session['id']}"
        lena.ok("POST", path + "/respond", {"action": "accept"})
        begin(session["uri"], mentee)
        for step, minutes in (("start", started), ("end", ended)):
            if minutes:
                mentee.ok("POST", f"{path}/{step}", {"at": written(now() - timedelta(minutes=minutes))})
        mentee.ok("POST", path + "/outcome", BOTH_CAME | outcome)

    meet()
    assert mentee.ok("GET", "/sessions/time")["as_mentee"] == {"sessions": 1, "measured": 0, "minutes": 30}
    meet(minutes=20)
    assert mentee.ok("GET", "/sessions/time")["as_mentee"] == {"sessions": 2, "measured": 1, "minutes": 50}
    meet(50, 9, minutes=30)
    assert mentee.ok("GET", "/sessions/time") == {"as_mentee": {"sessions": 3, "measured": 2, "minutes": 91}, "as_mentor": nothing}
    after = lena.ok("GET", "/sessions/time")["as_mentor"]
    assert after["minutes"] - before["minutes"] >= 91


def test_a_meeting_begins_and_ends_when_it_can(mika, lena, here):
    uri, path = here
    assert fields(mika.call("POST", path + "/start", {})) == ["at"], "it is in a week"
    assert refusal(mika.call("POST", path + "/end", {})) == "not_started"
    begin(uri, mika)
    for at in (now() + timedelta(minutes=5), now() - timedelta(minutes=76)):
        assert fields(mika.call("POST", path + "/start", {"at": written(at)})) == ["at"]
    assert fields(mika.call("POST", path + "/start", {"at": "today"})) == ["at"]
    assert mika.ok("GET", path)["meeting"] is None
    started = now() - timedelta(minutes=74)
    mika.ok("POST", path + "/start", {"at": written(started)})
    assert refusal(lena.call("POST", path + "/start", {})) == "already_started"
    for at in (started, started - timedelta(minutes=1), now() + timedelta(minutes=5)):
        assert fields(lena.call("POST", path + "/end", {"at": written(at)})) == ["at"]
    lena.ok("POST", path + "/end", {})
    assert refusal(mika.call("POST", path + "/end", {})) == "already_ended"


def test_what_is_not_agreed_does_not_begin(mika, lena, times):
    session = mika.ok("POST", "/sessions", {
        "mentor": "lena", "type": "pana_support", "topic": "Soon", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    path = f"/sessions/{session['id']}"
    assert refusal(mika.call("POST", path + "/start", {})) == "not_agreed"
    assert mika.call("POST", path + "/items", ITEMS[0]).status_code == 201, "but it can be prepared"


# What the other is told

def news(person, session):
    found = person.ok("GET", "/notifications?limit=40")["notifications"]
    return [one for one in found if one["what"] == "workspace" and one["session"] == session]


def test_of_many_changes_somebody_is_told_at_once_and_then_once_in_a_quarter_of_an_hour(mika, lena, here, alfa):
    uri, path = here
    session = path.split("/")[-1]
    for body in ITEMS:
        mika.ok("POST", path + "/items", body)
    first = write(mika, path, "One").json()
    write(mika, path, "Two", first["version"])
    told, = news(lena, session)
    assert told["from"]["handle"] == mika.handle and news(mika, session) == []
    page = f"{alfa.origin}/sessions/{session}"
    mentions = lambda: [mention.status for mention in alfa.mastodon("lena").notifications(types=["mention"])
                        if page in mention.status.content and "has changed" in mention.status.content]
    assert ["Mika has changed the agenda." in text_of(one.content) for one in mentions()] == [True]
    # The rest is told when the quarter of an hour is over.
    alfa.sql(f"update session_workspaces set mentor_told_at = now() - interval '16 minutes' where session_id = '{session}'")
    alfa.sql(f"update jobs set due_at = now() where kind = 'workspace.news' and payload->>'session' = '{session}'")
    alfa.sql("select pg_notify('mentord_jobs', '')")
    until(lambda: len(news(lena, session)) == 2, "the news of the rest")
    newest = text_of(mentions()[0].content)
    assert "Mika has changed your shared notes, the links, a checklist, the topics and what is to do." in newest
    lena.ok("POST", path + "/items", ITEMS[0])
    assert len(news(mika, session)) == 1 and len(news(lena, session)) == 2


def test_who_leaves_takes_along_what_they_alone_wrote(alfa, lena, times):
    leaver = alfa.open_account("leaver")
    session = leaver.ok("POST", "/sessions", {
        "mentor": "lena", "type": "pana_support", "topic": "Last", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    path = f"/sessions/{session['id']}"
    lena.ok("POST", path + "/respond", {"action": "accept"})
    leaver.ok("PUT", path + "/private-notes", {"text": "zqleaverprivatezq"})
    lena.ok("PUT", path + "/private-notes", {"text": "Hers"})
    first = write(leaver, path, "zqleaverformerzq").json()
    write(lena, path, "Hers", first["version"])
    alfa.act(leaver, "delete-account")
    for table, column in (("session_notes", "text"), ("session_note_versions", "text"), ("session_workspaces", "state::text")):
        assert alfa.sql(f"select count(*) from {table} where {column} ~ 'zqleaver'")[0][0] == "0"
    seen = lena.ok("GET", path + "/workspace")
    assert (seen["notes"]["text"], seen["private_notes"]["text"]) == ("Hers", "Hers")


# Between two communities

def test_both_communities_show_the_same(mika, noor, agreed):
    uri, path, noors = agreed(noor)
    for person, where in ((mika, path), (noor, noors)):
        for body in ITEMS:
            person.ok("POST", where + "/items", body)
    both = alike(mika, path, noor, noors)
    assert all(sorted(item["by"] for item in both[name]) == ["mentee", "mentor"] for name in LISTS.values())
    noor.ok("PATCH", f"{noors}/items/{both['agenda'][0]['id']}", {"done": True, "before": None})
    written_first = write(noor, noors, "*Noor*").json()
    both = alike(mika, path, noor, noors)
    assert both["notes"] == written_first and both["agenda"][-1]["done_by"] == "mentor"
    write(mika, path, "Mika", both["notes"]["version"])
    both = alike(mika, path, noor, noors)
    assert (both["notes"]["text"], both["notes"]["number"]) == ("Mika", 2)
    for person, where in ((mika, path), (noor, noors)):
        versions = person.ok("GET", where + "/notes/versions")["versions"]
        assert [(one["text"], one["fate"]) for one in versions] == [("Mika", "taken"), ("*Noor*", "taken")]
    begin(uri, mika, noor)
    started, ended = (written(now() - timedelta(minutes=minutes)) for minutes in (40, 10))
    noor.ok("POST", noors + "/start", {"at": started})
    until(lambda: mika.ok("GET", path)["meeting"], "the start at the mentee's")
    mika.ok("POST", path + "/end", {"at": ended})
    assert alike(mika, path, noor, noors)["meeting"]["minutes"] == 30
    assert mika.ok("POST", path + "/outcome", BOTH_CAME)["reports"][0]["minutes"] == 30


def test_what_was_prepared_before_the_answer_travels_with_it(mika, noor, times):
    session = mika.ok("POST", "/sessions", {
        "mentor": noor.handle, "type": "pana_support", "topic": "Prepared", "start": written(times.next()), "minutes": 30, "zone": "UTC"})
    path = f"/sessions/{session['id']}"
    mika.ok("POST", path + "/items", ITEMS[0])
    noors = f"/sessions/{noor.awaits(session['uri'], 'pending')['id']}"
    noor.ok("POST", noors + "/items", ITEMS[3])
    assert noor.ok("GET", noors + "/workspace")["agenda"] == []
    noor.ok("POST", noors + "/respond", {"action": "accept"})
    both = alike(mika, path, noor, noors)
    assert [len(both[name]) for name in ("agenda", "topics")] == [1, 1]


@contextmanager
def apart(*communities):
    """Until the end nothing that is written goes out; then all of it does."""
    for community in communities:
        community.sql("""create or replace function hold_back() returns trigger language plpgsql as
            $$ begin new.due_at := now() + interval '1 hour'; return new; end $$""")
        community.sql("create trigger apart before insert on jobs for each row when (new.kind = 'deliver') execute function hold_back()")
    try:
        yield
    finally:
        for community in communities:
            community.sql("drop trigger apart on jobs")
            community.sql("update jobs set due_at = now() where kind = 'deliver'")
            community.sql("select pg_notify('mentord_jobs', '')")


def test_what_both_write_at_the_same_time_ends_alike_and_nothing_is_lost(mika, noor, agreed):
    uri, path, noors = agreed(noor)
    begin(uri, mika, noor)
    item = mika.ok("POST", path + "/items", ITEMS[0])["id"]
    first = write(mika, path, "One").json()
    alike(mika, path, noor, noors)
    started, earlier = (written(now() - timedelta(minutes=minutes)) for minutes in (30, 40))
    with apart(mika.community, noor.community):
        mine = write(mika, path, "Mika's", first["version"]).json()
        hers = write(noor, noors, "Noor's", first["version"]).json()
        assert write(noor, noors, "Noor's, longer", hers["version"]).status_code == 200
        mika.ok("PATCH", f"{path}/items/{item}", {"text": "Other words"})
        noor.ok("PATCH", f"{noors}/items/{item}", {"done": True})
        for person, where, at in ((mika, path, started), (noor, noors, earlier)):
            person.ok("POST", where + "/items", ITEMS[3])
            person.ok("POST", where + "/start", {"at": at})
        assert noor.ok("GET", noors + "/workspace")["waiting"] and noor.ok("GET", noors + "/notes")["text"] == "Noor's, longer"
    both = alike(mika, path, noor, noors)
    assert both["notes"] == mine and both["meeting"]["started_at"] == earlier
    assert [(one["text"], one["done_by"]) for one in both["agenda"]] == [("Other words", "mentor")]
    assert len(both["topics"]) == 2
    fates = {"One": "taken", "Mika's": "taken", "Noor's": "set_aside", "Noor's, longer": "set_aside"}
    for person, where in ((mika, path), (noor, noors)):
        assert {one["text"]: one["fate"] for one in person.ok("GET", where + "/notes/versions")["versions"]} == fates
    again = write(noor, noors, "Mika's and Noor's", both["notes"]["version"])
    assert again.status_code == 200 and alike(mika, path, noor, noors)["notes"]["text"] == "Mika's and Noor's"


def test_a_lost_delivery_heals_with_the_next(mika, noor, agreed):
    _, path, noors = agreed(noor)
    with apart(mika.community, noor.community):
        mika.ok("POST", path + "/items", ITEMS[0])
        noor.ok("POST", noors + "/items", ITEMS[3])
        for person in (mika, noor):
            person.community.sql("delete from jobs where kind = 'deliver' and sequence like '% workspace %'")
    assert noor.ok("GET", noors + "/workspace")["agenda"] == [] == mika.ok("GET", path + "/workspace")["topics"]
    noor.ok("POST", noors + "/items", ITEMS[1])
    both = alike(mika, path, noor, noors)
    assert [len(both[name]) for name in ("agenda", "topics", "links")] == [1, 1, 1]


def test_private_notes_never_travel(mika, noor, agreed):
    _, path, noors = agreed(noor)
    mika.ok("PUT", path + "/private-notes", {"text": "zqmikaprivatezq"})
    noor.ok("PUT", noors + "/private-notes", {"text": "zqnoorprivatezq"})
    for person, where in ((mika, path), (noor, noors)):
        person.ok("POST", where + "/items", ITEMS[0])
    alike(mika, path, noor, noors)
    for person in (mika, noor):
        sent = person.community.sql("select count(*) from activities where body::text ~ 'zq(mika|noor)privatezq'")
        assert sent[0][0] == "0"
    assert noor.community.sql("select count(*) from session_notes where text = 'zqmikaprivatezq'")[0][0] == "0"
    assert mika.community.sql("select count(*) from session_notes where text = 'zqnoorprivatezq'")[0][0] == "0"
