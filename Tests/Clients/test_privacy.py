"""What two people of two communities say to each other about their sessions stays between the two: a third community,
where somebody follows both, learns nothing of it, and no stranger finds any of it anywhere."""

import html
import os
import re
import subprocess
import uuid
from collections import deque
from urllib.parse import unquote, urlsplit

import pytest

from browser import Browser
from community import Community
from conftest import new_folder, running
from contracts import origin
from people import mentor
from peer import send
from test_access import API, CASES, KINDS, filled
from routes import declared
from waiting import Times, until, written

SCORES = {
    "mentee": {"session_quality": 5, "helpfulness": 4, "communication": 5, "knowledge_sharing": 4, "availability": 4},
    "mentor": {"engagement": 5, "effort": 5, "communication": 4, "commitment": 5, "responsiveness": 5},
}
PASSWORD = "a long enough password"
QUESTION = "What have you tried already?"
# More than there is to find; that no page leads to new ones without end.
MOST_PAGES = 4000


class Story:
    """Ana of norte and Bruno of sur meet, and whatever they write has a word in it that occurs nowhere else. Carla of este
    follows both."""

    def __init__(self, norte, sur, este):
        self.norte, self.sur, self.este = self.communities = norte, sur, este
        self.words = {}
        self.times = Times()
        self.ana, self.bruno = norte.open_account("ana"), sur.open_account("bruno")
        norte.set_password("ana", PASSWORD)
        self.ana.token = norte.token("ana")
        self.strangers = {norte: norte.open_account("dina"), sur: sur.open_account("emil"), este: este.open_account("carla")}
        mentor(self.bruno, questions=[{"text": QUESTION}])
        self.follow(este.mastodon("carla"))
        self.sessions = [self.agree_and_meet(), self.decline(), self.cancel()]
        self.offer()
        self.talk()
        for community in self.communities:
            community.row_counts()

    def word(self, name):
        """A word that is for the two alone."""
        mark = f"zq{name}qz"
        self.words[mark] = name
        return f"About {mark}, between us."

    def follow(self, carla):
        for person in (self.ana, self.bruno):
            found, = carla.account_search(f"@{person.handle}", resolve=True)
            carla.account_follow(found.id)
            until(lambda: carla.account_relationships(found.id)[0].following, f"that carla follows {person}")

    def ask(self, topic, **members):
        session = self.ana.ok("POST", "/sessions", {
            "mentor": f"@{self.bruno.handle}", "type": "pana_support", "topic": self.word(topic),
            "message": self.word(topic + "message"), "start": written(self.times.next()), "minutes": 30,
            "zone": "Europe/Berlin", "answers": [{"question": QUESTION, "text": self.word(topic + "answer")}], **members})
        mirror = self.bruno.awaits(session["uri"], "pending")
        return session["uri"], f"/sessions/{session['id']}", f"/sessions/{mirror['id']}"

    def agree_and_meet(self):
        ana, bruno = self.ana, self.bruno
        uri, hers, his = self.ask("topic")
        bruno.ok("POST", his + "/respond", {"action": "ask", "question": self.word("question")})
        ana.awaits(uri, "pending", waiting_on="mentee")
        ana.ok("POST", hers + "/respond", {"action": "tell", "answer": self.word("told")})
        bruno.awaits(uri, "pending", waiting_on="mentor")
        times = [written(self.times.next())]
        bruno.ok("POST", his + "/respond", {"action": "propose", "times": times, "reason": self.word("proposal")})
        ana.awaits(uri, "pending", waiting_on="mentee")
        ana.ok("POST", hers + "/respond", {"action": "decline", "reason": self.word("refusal")})
        bruno.awaits(uri, "pending", waiting_on="mentor")
        bruno.ok("POST", his + "/respond", {
            "action": "accept", "note": self.word("note"),
            "place": {"medium": "online", "link": f"https://rooms.example/{self.word('room').split()[1][:-1]}",
                      "platform": self.word("platform")[:60], "passcode": self.word("passcode").split()[1][:-1],
                      "detail": self.word("detail")}})
        ana.awaits(uri, "scheduled")
        self.keep(uri, hers, his)
        for community in (self.norte, self.sur):
            community.sql(f"update sessions set starts_at = now() - interval '40 minutes' where uri = '{uri}'")
        ana.ok("POST", hers + "/outcome", {"mentee_came": True, "mentor_came": True})
        bruno.awaits(uri, "completed")
        ana.ok("POST", hers + "/reviews", {"scores": SCORES["mentee"], "words": self.word("herrating")})
        bruno.ok("POST", his + "/reviews", {"scores": SCORES["mentor"], "words": self.word("hisrating")})
        until(lambda: ana.ok("GET", hers + "/reviews")["other"], "his rating")
        until(lambda: bruno.ok("GET", his + "/reviews")["other"], "her rating")
        return uri

    def keep(self, uri, hers, his):
        """What the two keep about it, together and each alone."""
        for person, path, name in ((self.ana, hers, "hers"), (self.bruno, his, "his")):
            person.ok("PUT", path + "/private-notes", {"text": self.word(name + "secret")})
            for kind in ("agenda", "checklist", "topic"):
                person.ok("POST", path + "/items", {"kind": kind, "text": self.word(name + kind)})
            link = f"https://work.example/{self.word(name + 'address').split()[1][:-1]}"
            person.ok("POST", path + "/items", {"kind": "link", "text": self.word(name + "link"), "link": link})
        self.ana.ok("POST", hers + "/messages", {"text": self.word("hermessage")})
        self.bruno.ok("POST", his + "/messages", {"text": self.word("hismessage")})
        for person, path in ((self.ana, hers), (self.bruno, his)):
            until(lambda: len(person.ok("GET", path + "/messages")["messages"]) == 2, "the messages of both")
        version = self.ana.ok("PUT", hers + "/notes", {"text": self.word("firstnotes")})["version"]
        until(lambda: "zqfirstnotesqz" in str(self.bruno.ok("GET", his + "/notes")), "her notes")
        self.bruno.ok("PUT", his + "/notes", {"text": self.word("secondnotes"), "version": version})
        until(lambda: "zqsecondnotesqz" in str(self.ana.ok("GET", hers + "/notes")), "his notes")

    def decline(self):
        place = {"medium": "phone", "detail": self.word("phone")}
        uri, _, his = self.ask("declined", place=place)
        self.bruno.ok("POST", his + "/respond", {"action": "decline", "reason": self.word("decline")})
        self.ana.awaits(uri, "declined")
        return uri

    def cancel(self):
        uri, hers, _ = self.ask("cancelled")
        self.ana.ok("PATCH", hers, {"status": "cancelled", "reason": self.word("cancel")})
        self.bruno.awaits(uri, "cancelled")
        return uri

    def offer(self):
        self.bruno.ok("POST", "/offers", {
            "for": f"@{self.ana.handle}", "type": "pana_support", "minutes": 30, "times": [written(self.times.next())],
            "message": self.word("offer")})

    def talk(self):
        """A message of the one to the other."""
        self.norte.mastodon("ana").status_post(f"@{self.bruno.handle} {self.word('talk')}", visibility="direct")
        until(lambda: "zqtalkqz" in "".join(
            last.last_status.content for last in self.sur.mastodon("bruno").conversations()), "the message")

    def found(self, text):
        """Which of the words are in a text or in bytes, as they are or as the database writes bytes."""
        if isinstance(text, str):
            text = text.encode()
        return {word for word in self.words if word.encode() in text or word.encode().hex().encode() in text}


@pytest.fixture(scope="module")
def story(contracts):
    program = os.path.abspath(os.environ["MENTORD"])
    with new_folder() as folder:
        with running([Community(program, name, folder, contracts) for name in ("norte", "sur", "este")]) as communities:
            yield Story(*communities)


# Looking everywhere

# Where the number of a thing stands in paths.
NAMES = {"posts": "statuses", "actors": "accounts", "notifications": "notifications", "conversations": "conversations"}


def seeds(community, story):
    """Addresses of a community that somebody could guess: each route with each thing that is there."""
    sql = lambda query: [row[0] for row in community.sql(query)]
    numbers = {table: sql(f"select id from {table} order by id desc limit {most}")
               for table, most in (("posts", 40), ("actors", 6), ("notifications", 10), ("conversations", 10))}
    sessions = sql("select id::text from sessions")
    found = {"/", "/actor", "/nodeinfo/2.0", "/nodeinfo/2.1", "/authorize_interaction", "/.well-known/nodeinfo",
             "/.well-known/host-meta", "/api/v1/instance", "/api/v2/instance", "/schemas/openapi.yaml"}
    for case in CASES:
        if case.method == "GET" and "/sessions/{id}" in case.path:
            found |= {API + case.path.replace("{id}", session) for session in sessions}
        elif case.method == "GET" and "{handle}" in case.path:
            found.add(API + case.path.replace("{handle}", "bruno"))
        elif case.method == "GET" and "{" not in case.path:
            found.add(API + case.path)
    for method, path in declared():
        if method == "GET":
            named = next((table for table, name in NAMES.items() if f"/{name}/" in path), None)
            some = numbers[named] if named else [row for rows in numbers.values() for row in rows[:2]]
            # Every post is looked at, and of the first ones all that there is.
            found |= filled(path, some if path.endswith("/statuses/{id}") else some[:6])
    found |= {"/api/v1/statuses?" + "&".join(f"id[]={number}" for number in numbers["posts"])}
    for word in story.words:
        found |= {f"{API}/discover?q={word}", f"/api/v2/search?q={word}"}
    for name in ("ana", "bruno", "carla", "dina", "emil"):
        found |= {f"/@{name}", f"/users/{name}", f"/users/{name}/availability", f"/@{name}.rss", f"/@{name}/feed",
                  f"/.well-known/webfinger?resource=acct:{name}@{community.authority}"}
        found |= {f"/users/{name}/{page}" for page in ("outbox", "outbox?page=true", "followers", "following", "featured")}
    found |= {f"/sessions/{session}" + end for session in sessions for end in ("", "/workspace", ".ics", "/activity")}
    # What others name it: the addresses of everything that was ever sent or written here.
    for uri in sql("select uri from activities") + sql("select uri from posts") + sql("select uri from sessions"):
        if origin(uri) == community.origin:
            found |= {uri.removeprefix(community.origin) + end for end in ("", "/activity", "/replies")}
    return found


def links(community, text):
    """Addresses of the community that a text names."""
    named = re.findall(re.escape(community.origin) + r"(/[^\s\"'<>\\]*)", text) + re.findall(r"(?:href|src)=\"(/[^\"/][^\"]*)", text)
    return {html.unescape(path).split("#")[0] for path in named} - {""}


def crawl(community, story, ask):
    """Everything that somebody can read there, found from the seeds on: which words, and where."""
    waiting = deque(sorted(seeds(community, story)))
    seen, leaks = set(waiting), {}
    while waiting:
        target = waiting.popleft()
        for kind in KINDS[:1] if target.startswith("/api/") else KINDS:
            response = ask(target, kind)
            assert response.status_code < 500, f"{target}: {response.text}"
            said = response.text + str(response.headers)
            for word in story.found(said):
                if word not in unquote(target):
                    leaks.setdefault(word, set()).add(target)
            if response.status_code == 200:
                fresh = links(community, response.text) - seen
                seen |= fresh
                waiting.extend(sorted(fresh))
        assert len(seen) < MOST_PAGES
    return leaks


def without_token(community):
    return lambda target, kind: community.request("GET", target, {"Accept": kind})


def with_token(community, token):
    return lambda target, kind: community.request("GET", target, {"Accept": kind, "Authorization": f"Bearer {token}"})


def signed(community, actor):
    def ask(target, kind):
        url = community.origin + target
        return send("GET", url, {"Accept": kind, **actor.signed_headers("GET", url)})
    return ask


@pytest.fixture(scope="module")
def spy(peer):
    """Somebody of a server that has nothing to do with any of it, who signs."""
    return peer.actor("spy", "elsewhere")


def dump(community):
    """All rows of its database as text."""
    return subprocess.run(
        ["pg_dump", "-h", f"{community.data}/postgresql/socket", "-U", "mentord", "--data-only", "mentord"],
        capture_output=True, check=True, timeout=60).stdout


def files(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path):
                yield path


# What must not be found is first shown to be there.

def test_the_two_communities_have_every_word_and_the_third_has_none(story):
    here, there = (story.found(dump(community)) for community in (story.norte, story.sur))
    assert here | there == set(story.words)
    # What each keeps for themself, and where exactly somebody can be called, before it is agreed.
    assert here & there == {word for word in story.words if not re.search("secret|phone", word)}
    assert story.found(dump(story.este)) == set()


def test_the_third_community_has_none_in_any_file(story):
    found = {}
    for path in files(story.este.data):
        with open(path, "rb") as file:
            if words := story.found(file.read()):
                found[path] = words
    assert found == {}


def test_no_log_has_any(story):
    for community in story.communities:
        text = "".join(community.log)
        assert '"message":"listening"' in text.replace(" ", "")
        assert story.found(text) == set(), community.origin
        assert not re.search(r"PRIVATE KEY|Bearer ", text)


def test_what_was_sent_goes_to_one_and_its_titles_tell_nothing(story, contracts):
    """Holds what left against the schemas, too."""
    sent = story.norte.sent_activities() + story.sur.sent_activities()
    private = [one for one in sent if story.found(str(one)) or "mnt:" in str(one) and one["type"] not in ("Update", "Create")]
    assert {"Invite", "Accept", "Reject", "TentativeAccept", "Offer", "Update", "Delete", "Create"} <= {one["type"] for one in private}
    for one in private:
        assert one["to"] in ([story.ana.uri], [story.bruno.uri]) and one["cc"] == []
        assert not {"bto", "bcc", "audience"} & set(one)
        contracts.activity(one)
    titles = [value for one in sent for value in titles_of(one)]
    assert {"Mentoring session", "Workspace of a mentoring session"} <= set(titles)
    assert story.found(" ".join(titles)) == set()


def test_the_title_of_a_page_tells_nothing(story):
    browser = Browser(story.norte)
    browser.open(urlsplit(story.sessions[0]).path)
    browser.sign_in("ana", PASSWORD)
    for uri in story.sessions:
        browser.open(urlsplit(uri).path)
        title, = re.findall("<title>(.*?)</title>", browser.answer.text)
        assert browser.answer.status_code == 200 and "zq" in browser.answer.text
        assert story.found(title) == set()


def titles_of(thing):
    """What other software shows in lists and notifications; of a place in an Accept it is where they meet."""
    if isinstance(thing, list):
        return [title for one in thing for title in titles_of(one)]
    if not isinstance(thing, dict):
        return []
    own = [thing[name] for name in ("name", "summary") if name in thing and thing.get("type") not in ("VirtualLocation", "Place")]
    return own + [title for value in thing.values() for title in titles_of(value)]


@pytest.mark.parametrize("place", range(3), ids=["norte", "sur", "este"])
def test_no_stranger_finds_any(story, spy, place):
    community = story.communities[place]
    readers = {
        "nobody": without_token(community), "stranger": with_token(community, story.strangers[community].token),
        "spy": signed(community, spy),
    }
    assert {name: crawl(community, story, ask) for name, ask in readers.items()} == {name: {} for name in readers}


@pytest.mark.parametrize("person", ["ana", "bruno"])
def test_the_same_search_finds_for_the_two_what_is_theirs(story, person):
    reader = getattr(story, person)
    found = crawl(reader.community, story, with_token(reader.community, reader.token))
    others = {"ana": {"zqhissecretqz"}, "bruno": {"zqherssecretqz", "zqphoneqz"}}[person]
    assert set(found) == set(story.words) - others


def test_a_word_that_is_let_out_is_found(story):
    """The search would notice."""
    mark = "zqplantedqz"
    story.norte.mastodon("ana").status_post(f"Look: {mark}", visibility="public")
    story.words[mark] = "planted"
    try:
        until(lambda: story.found(dump(story.este)) == {mark}, "the public post in the third community")
        found = crawl(story.norte, story, without_token(story.norte))
        assert set(found) == {mark} and found[mark]
    finally:
        del story.words[mark]


# What is not for somebody looks like what never was.

def look(response):
    """All of an answer that does not change by itself."""
    changing = {"date", "x-request-id"}
    return (response.status_code, response.content, {
        name.lower(): value for name, value in response.headers.items() if name.lower() not in changing})


def test_what_is_private_looks_like_what_never_was(story, spy):
    activities = [(community, one["id"]) for community in (story.norte, story.sur) for one in community.sent_activities()
                  if "mnt:" in str(one) and one["type"] != "Create"]
    things = [(story.norte, uri) for uri in story.sessions] + activities[:12]
    things += [(story.sur, f"{story.sur.origin}/sessions/{row[0]}") for row in story.sur.sql("select id::text from sessions")]
    assert len(things) > 12
    for community, address in things:
        path = urlsplit(address).path
        nothing = path.rsplit("/", 1)[0] + "/" + str(uuid.uuid4())
        for ask in (without_token(community), signed(community, spy), with_token(community, story.strangers[community].token)):
            for kind in KINDS[:2]:
                answer = look(ask(path, kind))
                assert answer == look(ask(nothing, kind)) and answer[0] == 404, f"{path} as {kind}"
