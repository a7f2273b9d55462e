"""Who may do what: every route of openapi.yaml against everybody who could call it, and private words that come to
nobody else."""

import os
import re
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, unquote

import pytest

from activities import event, invite
from community import Community
from conftest import new_folder, running
from contracts import Contracts
from people import PROFILE
from peer import send
from routes import declared
from waiting import until, written

API = "/api/mentoring"

# What people of the community get who hold a token for reading and writing: one line a case, with the name of what is
# sent (BODIES). Without a token, or as an actor elsewhere who signs, everybody gets 401 here; with a token that lacks
# the scope 403.
#
#   method  path                       body      mentee mentor administrator moderator stranger
TABLE = """
    GET     /sessions                  -            200    200           200       200      200
    POST    /sessions                  ask          201    422           201       201      201
    GET     /sessions/{id}             -            200    200           404       404      404
    GET     /sessions/export.csv       -            200    200           200       200      200
    GET     /sessions/export.ics       -            200    200           200       200      200
    PATCH   /sessions/{id}             notes        200    200           404       404      404
    PATCH   /sessions/{id}             cancel       200    409           404       404      404
    PATCH   /sessions/{id}             move         200    200           404       404      404
    POST    /sessions/{id}/respond     accept       409    200           404       404      404
    POST    /sessions/{id}/respond     decline      409    200           404       404      404
    POST    /sessions/{id}/outcome     came         409    409           404       404      404
    POST    /sessions/{id}/dispute     object       409    409           404       404      404
    GET     /sessions/{id}/workspace   -            200    200           404       404      404
    GET     /sessions/{id}/messages    -            200    200           404       404      404
    POST    /sessions/{id}/messages    text         201    201           404       404      404
    GET     /sessions/{id}/notes       -            200    200           404       404      404
    GET     /sessions/{id}/notes/versions -         200    200           404       404      404
    PUT     /sessions/{id}/notes       text         200    200           404       404      404
    PUT     /sessions/{id}/private-notes text       200    200           404       404      404
    POST    /sessions/{id}/items       item         201    201           404       404      404
    PATCH   /sessions/{id}/items/{item} done        200    200           404       404      404
    DELETE  /sessions/{id}/items/{item} -           204    403           404       404      404
    POST    /sessions/{id}/start       moment       409    409           404       404      404
    POST    /sessions/{id}/end         moment       409    409           404       404      404
    POST    /sessions/{id}/follow-up   moment       409    409           404       404      404
    GET     /sessions/{id}/reviews     -            200    200           404       404      404
    POST    /sessions/{id}/reviews     rating       409    409           404       404      404
    DELETE  /reviews/{id}/words        -            403    403           204       204      403
    POST    /reviews/{id}/report       comment      404    201           404       404      404
    GET     /mentors/{handle}/reviews  -            200    200           200       200      200
    GET     /mentors/{hidden}/reviews  -            404    404           404       404      404
    GET     /figures                   -            200    200           200       200      200
    GET     /figures/community         -            403    403           200       200      403
    GET     /attendance                -            200    200           200       200      200
    GET     /no-shows                  -            403    403           200       200      403
    POST    /no-shows/{id}/decide      counts       403    403           200       200      403
    GET     /profile                   -            404    200           404       404      404
    POST    /profile                   profile      200    200           200       200      200
    PATCH   /profile                   bio          404    200           404       404      404
    POST    /profile/resume            -            404    200           404       404      404
    GET     /application               -            200    200           200       200      200
    POST    /application               apply        201    409           201       201      201
    GET     /applications              -            403    403           200       200      403
    POST    /applications/{id}/approve -            403    403           200       200      403
    POST    /applications/{id}/refuse  refuse       403    403           200       200      403
    GET     /discover                  -            200    200           200       200      200
    GET     /suggestions               -            200    200           200       200      200
    GET     /wishes                    -            404    404           404       404      404
    PUT     /wishes                    wishes       200    200           200       200      200
    GET     /availability              -            404    200           404       404      404
    PUT     /availability              hours        200    200           200       200      200
    GET     /mentors/{handle}/slots    -            200    200           200       200      200
    GET     /mentors/{handle}/slots/why -           200    200           200       200      200
    GET     /mentors/{hidden}/slots    -            404    404           404       404      404
    GET     /mentors/{hidden}/slots/why -           404    404           404       404      404
    POST    /mentors/{handle}/holds    hold         201    422           201       201      201
    POST    /mentors/{hidden}/holds    hold         404    404           404       404      404
    DELETE  /holds/{id}                -            204    404           404       404      404
    GET     /sessions/asks             -            200    200           200       200      200
    GET     /sessions/time             -            200    200           200       200      200
    POST    /series                    series       201    422           201       201      201
    POST    /series/preview            look         200    422           200       200      200
    GET     /series/{id}               -            200    200           404       404      404
    PATCH   /series/{id}               cancel       200    200           404       404      404
    POST    /series/{id}/respond       accept       409    200           404       404      404
    POST    /series/{id}/respond       decline      409    200           404       404      404
    GET     /answers                   -            200    200           200       200      200
    GET     /offers                    -            200    200           200       200      200
    POST    /offers                    offer        422    201           422       422      422
    GET     /offers/by-link/{token}    -            200    200           404       404      404
    DELETE  /offers/{id}               -            404    200           404       404      404
    GET     /calendars                 -            200    200           200       200      200
    POST    /calendars                 calendar     201    201           201       201      201
    POST    /calendars/{id}/refresh    -            404    202           404       404      404
    DELETE  /calendars/{id}            -            404    204           404       404      404
    GET     /session-types             -            200    200           200       200      200
    GET     /rules                     -            200    200           200       200      200
    GET     /places                    -            200    200           200       200      200
    PUT     /places/{medium}           room         200    200           200       200      200
    DELETE  /places/{medium}           -            204    204           204       204      204
    GET     /notifications             -            200    200           200       200      200
"""
PEOPLE = ["mentee", "mentor", "administrator", "moderator", "stranger"]

# What is for servers and proves who asks by a signature: the party elsewhere, another actor there, nobody.
#
#   method  path                        party  other  nobody
SIGNED = """
    GET     /sessions/{id}                200    404     404
    GET     /activities/{id}              200    404     404
    GET     /users/{name}/availability    200    200     404
"""

# Whatever is not said to one person, and where activities are brought: who may bring what is told by test_servers.
OPEN = """
    GET  /health/live                     GET  /health/ready
    GET  /.well-known/webfinger           GET  /.well-known/host-meta
    GET  /.well-known/host-meta.json      GET  /.well-known/nodeinfo
    GET  /nodeinfo/{version}              GET  /schemas/{path}
    GET  /authorize_interaction           GET  /actor
    GET  /users/{name}                    GET  /users/{name}/outbox
    GET  /users/{name}/followers          GET  /users/{name}/following
    GET  /users/{name}/featured           GET  /media/{key}/{name}
    GET  /actor/directory
    GET  /posts/{id}                      GET  /posts/{id}/activity
    GET  /posts/{id}/replies              POST /users/{name}/inbox
    POST /inbox                           GET  /offers/{token}
"""

# What is sent, made anew for each call.
BODIES = {
    "-": lambda world: None,
    "ask": lambda world: world.request(),
    "series": lambda world: world.series_request(),
    "look": lambda world: {name: value for name, value in world.series_request().items() if name != "topic"},
    "notes": lambda world: {"notes": "Bring the drawings."},
    "cancel": lambda world: {"status": "cancelled", "reason": "I am ill."},
    "move": lambda world: {"start": world.time(), "reason": "I teach then."},
    "accept": lambda world: {"action": "accept"},
    "decline": lambda world: {"action": "decline", "reason": "I am away."},
    "came": lambda world: {"mentee_came": True, "mentor_came": True},
    "text": lambda world: {"text": "*Next time*"},
    "item": lambda world: {"kind": "agenda", "text": "What to show first"},
    "done": lambda world: {"done": True},
    "moment": lambda world: {},
    "object": lambda world: {"reason": "I waited."},
    "rating": lambda world: {"scores": world.scores},
    "comment": lambda world: {"comment": "That is not true."},
    "counts": lambda world: {"counts": True},
    "hold": lambda world: {"type": "pana_support", "start": world.time(), "minutes": 30},
    "offer": lambda world: world.offer(),
    "calendar": lambda world: {"name": "Home", "address": f"https://127.0.0.1:1/{world.time()}.ics"},
    "profile": lambda world: PROFILE,
    "bio": lambda world: {"bio": PROFILE["bio"]},
    "room": lambda world: {"link": "https://meet.example/own"},
    "apply": lambda world: {"text": "I teach SQL."},
    "refuse": lambda world: {"reason": "Please say more."},
    "wishes": lambda world: {"goals": "A portfolio", "languages": ["es"]},
    "hours": lambda world: world.hours | {"blocked": []},
}

# What stands for a placeholder, made anew for each call that may change it: a part of the path up to it, and how.
THINGS = {
    "/sessions/{id}/items/{item}": lambda world: world.item(),
    "/sessions/{id}": lambda world: world.session(),
    "/series/{id}": lambda world: world.series(),
    "/applications/{id}": lambda world: world.application(),
    "/reviews/{id}": lambda world: world.review(),
    "/no-shows/{id}": lambda world: world.dispute(),
    "/holds/{id}": lambda world: world.hold(),
    "/offers/by-link/{token}": lambda world: world.link().split("/")[-1],
    "/offers/{id}": lambda world: world.open_offer()["id"],
    "/calendars/{id}": lambda world: world.calendar("Home", "https://127.0.0.1:1/home.ics"),
    "/places/{medium}": lambda world: world.place("online"),
    "/mentors/{handle}": lambda world: "mentor",
    "/mentors/{hidden}": lambda world: "hidden",
}

# Queries without which there is no answer.
QUERIES = {"slots": "type=pana_support&minutes=30&zone=Asia/Tokyo", "why": "type=pana_support&minutes=30&zone=Asia/Tokyo"}


class Case:
    def __init__(self, line):
        self.method, self.path, self.body, *statuses = line.split()
        assert len(statuses) == len(PEOPLE), f"a status for each of {PEOPLE}: {line}"
        self.statuses = dict(zip(PEOPLE, map(int, statuses)))
        self.scope = "read" if self.method == "GET" else "write"

    def __str__(self):
        return f"{self.method} {self.path} {self.body}".removesuffix(" -")

    @property
    def route(self):
        return self.method, API + self.path.replace("{hidden}", "{handle}")


def rows(table):
    return [line for line in table.splitlines() if line.strip()]


CASES = [Case(line) for line in rows(TABLE)]
SIGNED_CASES = [(method, path, list(map(int, statuses))) for method, path, *statuses in map(str.split, rows(SIGNED))]
OPEN_ROUTES = set(zip(OPEN.split()[::2], OPEN.split()[1::2]))


def test_every_route_says_who_may_call_it():
    paths = Contracts().api["paths"]
    routes = {(method.upper(), path) for path, operations in paths.items() for method in operations if method != "parameters"}
    told = {case.route for case in CASES} | {(method, path) for method, path, _ in SIGNED_CASES} | OPEN_ROUTES
    missing = "\n".join(f"  {method} {path}" for method, path in sorted(routes - told))
    assert not missing, f"Say in TABLE, SIGNED or OPEN of test_access.py who may call these:\n{missing}"
    assert not told - routes, f"These are no routes of openapi.yaml: {sorted(told - routes)}"
    for method, path in routes:
        scopes = paths[path][method.lower()].get("security", [{}])[0].get("bearer")
        expected = (["read"] if method == "GET" else ["write"]) if path.startswith(API) else None
        assert scopes == expected, f"{method} {path} is described with the scopes {scopes}"


class World:
    """A community with its people, in which everything private holds words that occur nowhere else."""

    def __init__(self, community, peer):
        self.community = community
        self.peer = peer
        self.last = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
        # By word, who may read it.
        self.words = {}
        self.people = {name: community.open_account(name) for name in [*PEOPLE, "hidden", "applicant"]}
        for role in ("administrator", "moderator"):
            community.sql(f"update accounts set role = '{role}' where email = '{role}@school.example'")
        # Nobody's address of mail is for anybody else.
        self.words |= {f"{name}@school.example": {name} for name in self.people}
        # Whose token opens other things than the call needs.
        token = lambda scopes: community.token("mentee", scopes=scopes, name=scopes)
        self.lesser = {"read": token("write read:accounts push"), "write": token("read write:statuses push")}
        self.party, self.other = peer.actor("party", "near"), peer.actor("other", "far")
        self.open = self.repeated = None
        mentor = self.people["mentor"]
        mentor.ok("POST", "/application", {"text": "I teach."})
        community.command("mentor", "approve", "mentor")
        mentor.ok("POST", "/profile", PROFILE)
        # Published, and not approved: others must not learn of it.
        self.people["hidden"].ok("POST", "/profile", PROFILE)
        week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        self.hours = {
            "zone": "UTC", "rules": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in week],
            "blocked": [{"start": self.time(), "end": self.time(), "reason": self.word("blocked", "mentor")}],
            "limits": [{"type": "pana_support", "notice": 0, "furthest_days": 90}],
        }
        for name in ("mentor", "hidden"):
            self.people[name].ok("PUT", "/availability", self.hours)
        self.write()

    def word(self, name, *readers):
        """A word that marks something private."""
        mark = f"zq{name}zq"
        self.words[mark] = set(readers)
        return mark

    @property
    def marks(self):
        """The words that people wrote."""
        return [word for word in self.words if "@" not in word]

    def time(self):
        self.last += timedelta(hours=3)
        return written(self.last)

    def request(self, **members):
        return {"mentor": "mentor", "type": "pana_support", "topic": "Reading code", "start": self.time(), "minutes": 30,
                "zone": "Europe/Berlin", **members}

    def write(self):
        """Writes marked words wherever people write something."""
        mentee, mentor = self.people["mentee"], self.people["mentor"]
        both = lambda name: self.word(name, "mentee", "mentor")
        ask = lambda name, **members: mentee.ok("POST", "/sessions", self.request(topic=both(name), **members))["id"]
        self.scheduled = ask("topic", message=both("message"), place={"medium": "phone", "detail": both("detail")})
        mentor.ok("POST", f"/sessions/{self.scheduled}/respond", {
            "action": "accept", "note": both("acceptance"),
            "place": {"medium": "online", "detail": both("entrance"), "link": f"https://rooms.example/{both('room')}"}})
        for name in ("mentee", "mentor"):
            self.people[name].ok("PATCH", f"/sessions/{self.scheduled}", {"notes": self.word(f"{name}note", name)})
        for name in ("mentee", "mentor"):
            self.people[name].ok("POST", f"/sessions/{self.scheduled}/items", {
                "kind": "link", "text": both(f"{name}link"), "link": f"https://{name}.example/{both(name + 'address')}"})
        for name in ("mentee", "mentor"):
            self.people[name].ok("POST", f"/sessions/{self.scheduled}/messages", {"text": both(f"{name}message")})
        version = mentee.ok("PUT", f"/sessions/{self.scheduled}/notes", {"text": both("formernotes")})["version"]
        mentor.ok("PUT", f"/sessions/{self.scheduled}/notes", {"text": both("sharednotes"), "version": version})
        cancelled, declined = ask("cancelledtopic"), ask("declinedtopic")
        mentee.ok("PATCH", f"/sessions/{cancelled}", {"status": "cancelled", "reason": both("cancel")})
        mentor.ok("POST", f"/sessions/{declined}/respond", {"action": "decline", "reason": both("decline")})
        self.proposed = ask("proposedtopic")
        mentor.ok("PATCH", f"/sessions/{self.proposed}", {"start": self.time(), "reason": both("proposal")})
        # One with a mentor elsewhere, who alone of all there may read it; and one of somebody there.
        away = mentee.ok("POST", "/sessions", self.request(
            mentor=self.party.handle, topic=self.word("awaytopic", "mentee", "party"),
            message=self.word("awaymessage", "mentee", "party")))
        delivery = self.peer.awaits(self.party, "Invite", away["uri"])
        self.away, self.invitation = away["id"], delivery.activity["id"].split("/")[-1]
        start = self.last + timedelta(hours=3)
        self.time()
        thing = event(self.party, mentor.uri, start, 30, mnt__sessionKind="pana_support",
                      mnt__topic=self.word("heretopic", "mentor", "party"))
        self.peer.tell(self.party, mentor.uri, invite(self.party, mentor.uri, thing))
        self.here = until(lambda: mentor.session(thing["id"]), "the request from elsewhere")["id"]
        mentor.ok("PATCH", "/profile", {"questions": [{"text": "What have you tried?"}]})
        answered = ask("answeredtopic", answers=[{"question": "What have you tried?", "text": both("answer")}])
        mentor.ok("POST", f"/sessions/{answered}/respond", {"action": "accept"})
        mentor.ok("PATCH", "/profile", {"questions": []})
        mentor.ok("POST", "/offers", self.offer(message=both("offer")))
        self.calendar(self.word("calendar", "mentor"), f"https://127.0.0.1:1/{self.word('address', 'mentor')}.ics")
        self.met = self.meet()
        self.rate(words=self.word("rating", "mentee", "mentor"))
        self.missed = self.agree()
        self.begin(self.missed)
        mentee.ok("POST", f"/sessions/{self.missed}/outcome", {"mentee_came": True, "mentor_came": False})
        judges = ["administrator", "moderator"]
        mentor.ok("POST", f"/sessions/{self.missed}/dispute", {"reason": self.word("objection", "mentee", "mentor", *judges)})
        self.sessions = [self.met, self.missed, self.scheduled, answered, cancelled, declined, self.proposed, self.away, self.here]
        self.people["applicant"].ok("POST", "/application", {"text": self.word("application", *judges)})
        number = self.people["administrator"].ok("GET", "/applications?state=waiting")["applications"][0]["id"]
        self.people["moderator"].ok("POST", f"/applications/{number}/refuse", {"reason": self.word("refusal", *judges)})

    scores = {"session_quality": 5, "helpfulness": 4, "communication": 5, "knowledge_sharing": 4, "availability": 4}

    # Things

    def agree(self):
        session = self.people["mentee"].ok("POST", "/sessions", self.request())["id"]
        self.people["mentor"].ok("POST", f"/sessions/{session}/respond", {"action": "accept"})
        return session

    def begin(self, session):
        self.community.sql(f"update sessions set starts_at = now() - interval '20 minutes' where id = '{session}'")

    def meet(self):
        """A session that took place."""
        session = self.agree()
        self.begin(session)
        self.people["mentee"].ok("POST", f"/sessions/{session}/outcome", {"mentee_came": True, "mentor_came": True})
        return session

    def rate(self, **members):
        self.people["mentee"].ok("POST", f"/sessions/{self.met}/reviews", {"scores": self.scores, **members})
        self.community.sql(f"update reviews set revealed_at = now() where session_id = '{self.met}'")

    def review(self):
        """A rating that the mentee gave the mentor."""
        self.community.sql(f"update reviews set words = 'zqratingzq', cleared_at = null, cleared_by = null where session_id = '{self.met}'")
        return self.community.sql(f"select id from reviews where session_id = '{self.met}'")[0][0]

    def dispute(self):
        """Something for the moderators to decide."""
        self.community.sql("update no_shows set state = 'disputed', stands_from = null, decided_by = null, decided_at = null")
        return self.community.sql(f"select number from no_shows where session_id = '{self.missed}'")[0][0]

    def session(self):
        """A request of the mentee that waits for the mentor; the one before is withdrawn."""
        if self.open:
            self.people["mentee"].call("PATCH", f"/sessions/{self.open}", {"status": "cancelled", "reason": "Enough."})
        self.open = self.people["mentee"].ok("POST", "/sessions", self.request())["id"]
        return self.open

    def item(self):
        """A point of the mentee's in the agenda of such a request: the session and what leads to it."""
        session = self.session()
        item = self.people["mentee"].ok("POST", f"/sessions/{session}/items", BODIES["item"](self))
        return f"{session}/items/{item['id']}"

    def series_request(self):
        return self.request() | {"repeat": {"frequency": "weekly", "count": 2}}

    def series(self):
        """A series of the mentee that waits for the mentor; the one before is withdrawn."""
        if self.repeated:
            self.people["mentee"].call("PATCH", f"/series/{self.repeated}", {"status": "cancelled", "reason": "Enough."})
        self.repeated = self.people["mentee"].ok("POST", "/series", self.series_request())["id"]
        return self.repeated

    def hold(self):
        """A time of the mentor that the mentee keeps, in place of the one before."""
        return self.people["mentee"].ok("POST", "/mentors/mentor/holds", BODIES["hold"](self))["id"]

    def offer(self, **members):
        return {"for": "mentee", "type": "pana_support", "minutes": 30, "times": [self.time()], **members}

    def open_offer(self):
        return self.people["mentor"].ok("POST", "/offers", self.offer())

    def link(self):
        return self.open_offer()["link"]

    def place(self, medium):
        """Where everybody usually meets in that way: each has their own."""
        for person in self.people.values():
            person.ok("PUT", f"/places/{medium}", {"link": "https://meet.example/own"})
        return medium

    def calendar(self, name, address):
        """A calendar of the mentor that nobody reads in the time of a test, in place of all of that address."""
        self.community.sql(f"delete from calendars where address = '{address}'")
        return self.community.sql(
            "insert into calendars (actor_id, name, address, next_try_at) select actor_id, "
            f"'{name}', '{address}', now() + interval '1 day' from accounts where email = 'mentor@school.example' returning id")[0][0].split()[0]

    def application(self):
        """An application that waits for its answer."""
        self.forget_applications()
        return self.people["applicant"].ok("POST", "/application", {"text": f"I teach at {self.time()}."})["id"]

    def target(self, path):
        """The path with something in each placeholder, and its query."""
        for start, make in THINGS.items():
            if path.startswith(start):
                path = start.split("{")[0] + make(self) + path.removeprefix(start)
        assert "{" not in path, f"Say in THINGS of test_access.py what stands for the placeholder in {path}"
        query = QUERIES.get(path.split("/")[-1])
        return path + (f"?{query}" if query else "")

    # Calls

    def call(self, who, case, target):
        """A call in somebody's hands, whose answer is as openapi.yaml says and holds no words of others."""
        body = BODIES[case.body](self)
        if who == "remote":
            url = self.community.origin + API + target
            response = send(case.method, url, self.other.signed_headers(case.method, url, b""), b"")
            self.community.contracts.answer(case.method, API + target, response)
        else:
            token = self.lesser[case.scope] if who == "lesser" else self.people[who].token if who in self.people else None
            response = self.community.api(case.method, target, body, token=token)
        assert self.leaks(who, response) == set(), f"{who} must not read that: {response.text}"
        return response.status_code

    def leaks(self, who, response):
        said = response.text + str(response.headers)
        return {word for word, readers in self.words.items() if word in said and who not in readers}

    def reset(self):
        """Takes back what the calls of a case left behind."""
        self.community.row_counts()
        others = "actor_id not in (select actor_id from accounts where email in ('mentor@school.example', 'hidden@school.example'))"
        self.community.sql(f"delete from mentor_profiles where {others}")
        self.community.sql(f"delete from availabilities where {others}")
        self.forget_applications()
        self.people["mentor"].ok("PUT", "/availability", self.hours)

    def forget_applications(self):
        self.community.sql("delete from mentor_applications where refusal is distinct from 'zqrefusalzq'")

    def contents(self):
        """Everything in the database, once no work is waiting, but for when tokens were used and what the clock does."""
        self.community.row_counts()
        return dict(self.community.sql("""
            select table_name, md5(query_to_xml(format('select t::text from %I t order by 1', table_name), true, false, '')::text)
            from information_schema.tables
            where table_schema = 'public' and table_name not in ('access_tokens', 'jobs')"""))


@pytest.fixture(scope="module")
def world(contracts, peer):
    program = os.path.abspath(os.environ["MENTORD"])
    with new_folder() as folder:
        with running([Community(program, "access", folder, contracts, {"mentors.admission": "approval"})]) as (community,):
            yield World(community, peer)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_route_does_for_everybody_what_the_table_says_and_no_more(world, case):
    world.reset()
    refused = {"nobody": 401, "remote": 401, "lesser": 403}
    refused |= {who: status for who, status in case.statuses.items() if status >= 400}
    target, before = world.target(case.path), world.contents()
    got = {who: world.call(who, case, target) for who in refused}
    assert got == refused
    changed = {table for table, content in world.contents().items() if before[table] != content}
    assert changed == set(), "who is refused changes nothing"
    allowed = {who: status for who, status in case.statuses.items() if status < 400}
    assert {who: world.call(who, case, world.target(case.path)) for who in allowed} == allowed


@pytest.mark.parametrize(("method", "path", "statuses"), SIGNED_CASES, ids=[path for _, path, _ in SIGNED_CASES])
def test_what_travels_is_read_by_its_party_alone(world, method, path, statuses):
    path = path.replace("{id}", world.away if "sessions" in path else world.invitation).replace("{name}", "mentor")
    url = world.community.origin + path
    for who, actor, status in zip(("party", "other", "nobody"), (world.party, world.other, None), statuses):
        response = world.peer.get(actor, url)
        assert (who, response.status_code) == (who, status)
        assert world.leaks(who, response) == set()
    # Of sessions between two people of the community nobody elsewhere reads anything, be it a party of another one.
    for session in (world.scheduled, world.proposed):
        assert world.peer.get(world.party, f"{world.community.origin}/sessions/{session}").status_code == 404


# Everything that can be read

def filled(path, things):
    """The path once with each thing in its placeholders."""
    return {re.sub(r"\{\w+\}", quote(thing), path) for thing in things} if "{" in path else {path}


def pages(world):
    """Every address of the server from which something is read, with each thing that is private in its place."""
    sql = lambda query: [row[0] for row in world.community.sql(query)]
    posts, activities = (sql(f"select uri from {table} order by id limit 20") for table in ("posts", "activities"))
    ids = [number for table in ("posts", "notifications", "conversations", "actors")
           for number in sql(f"select id from {table} order by id limit 6")]
    found = set()
    for case in CASES:
        if case.method == "GET":
            found |= {API + path for path in filled(case.path, world.sessions)} if "/sessions/" in case.path else {
                API + world.target(case.path)}
    for method, path in declared():
        if method == "GET":
            found |= filled(path, ids if "{id}" in path else ids + world.marks)
    found |= {"/api/v1/statuses?" + "&".join(f"id[]={number}" for number in ids)}
    for word in world.marks:
        found |= {f"{API}/discover?q={word}", f"/api/v2/search?q={word}", f"/api/v1/accounts/search?q={word}"}
    for name in [*PEOPLE, "hidden", "applicant"]:
        found |= {page + name for page in ("/@", "/users/")}
        found |= {f"/users/{name}/{page}" for page in ("outbox", "outbox?page=true", "followers", "following", "featured")}
        found |= {f"/.well-known/webfinger?resource=acct:{name}@{world.community.authority}"}
    for uri in posts + activities:
        found |= {uri.removeprefix(world.community.origin) + end for end in ("", "/activity", "/replies")}
    found |= {f"/sessions/{session}" for session in world.sessions}
    return sorted(found | {"/", "/actor", "/nodeinfo/2.1", "/api/v1/instance", "/api/v2/instance"})


READERS = ["mentee", "mentor", "administrator", "moderator", "stranger", "lesser", "party", "other", "nobody"]
KINDS = ["application/json", "application/activity+json", "text/html"]


def test_private_words_are_found_by_those_for_whom_they_are_and_by_nobody_else(world):
    world.reset()
    targets = pages(world)
    found, leaks = {who: set() for who in READERS}, []
    for who in READERS:
        for target in targets:
            for kind in KINDS[:1] if target.startswith("/api/") else KINDS:
                response = answer(world, who, target, kind)
                assert response.status_code < 500, f"{target}: {response.text}"
                found[who] |= {word for word in world.words if word in response.text}
                leaks += [(who, target, word) for word in world.leaks(who, response) if word not in unquote(target)]
    assert leaks == []
    # What is with the server of the other side is read there.
    for who in (*PEOPLE, "party"):
        here = {word for word in world.marks if who in world.words[word] and not (who == "party" and "here" in word)}
        assert here <= found[who], f"{who} does not find what may be read"


def answer(world, who, target, kind):
    if who in ("party", "other"):
        url = world.community.origin + target
        actor = world.party if who == "party" else world.other
        return send("GET", url, {"Accept": kind, **actor.signed_headers("GET", url)})
    headers = {"Accept": kind}
    token = world.lesser["read"] if who == "lesser" else world.people[who].token if who in world.people else None
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return world.community.request("GET", target, headers)


def test_logs_hold_no_private_words(world):
    text = "".join(world.community.log)
    assert [word for word in world.words if word in text] == []
    assert not any(person.token in text for person in world.people.values())
