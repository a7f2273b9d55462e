"""What all dialects have in common: discovery, keys, signatures and inboxes.

A dialect says in its class what is different. Where the shapes come from stands there.
"""

import json
import threading
from datetime import timedelta

from actor import ACTIVITY, AS, sha256
from bench.answers import JRD, plain
from bench.cavage import Unproven, verify
from bench.client import Client
from bench.notes import PUBLIC
from bench.peer import Peer
from waiting import PATIENCE, until

from .resident import Resident
from .speech import Speech


class Dialect(Speech, Peer):
    domain = ""
    name_of_software = ""
    features = frozenset()
    # How a request is signed: the header list for POST and for GET.
    post_fields = ["(request-target)", "host", "date", "digest"]
    get_fields = ["(request-target)", "host", "date"]
    algorithm = "rsa-sha256"
    signs_query = True
    signs_gets = True
    # How a request is judged.
    window = timedelta(hours=12)
    demands = ("(request-target)", "host", "date")
    reads_query = True
    wants_signed_gets = False
    accepted, unsigned, forged = 202, 401, 401
    largest_document = 1 << 20

    def __init__(self, name, address, tls):
        self.client = Client(address, None)
        self.known = {}
        # (activity, request) of everything that was believed, in order; (request, reason) of what was not.
        self.believed = []
        self.doubted = []
        self.software = {"name": self.name_of_software, "version": "1.0"}
        super().__init__(name, address, tls)
        self.instance = self.resident(self.instance_name, type="Application")

    def join(self, bench):
        self.client.trust = bench.authority.trust
        return self

    # Its people and their addresses

    instance_name = "instance.actor"

    def resident(self, name, **members):
        actor = Resident(self, name, **members)
        self.actors[name] = actor
        self.publish(actor.document)
        self.publish(self.collection(actor.document.get("followers")))
        self.publish(self.collection(actor.document.get("following")))
        self.publish(self.collection(actor.document.get("outbox")))
        self.publish(self.collection(actor.document.get("featured"), []))
        return actor

    def publish(self, value):
        return super().publish(value) if value else None

    @staticmethod
    def collection(uri, items=None):
        if not uri:
            return None
        count = {"totalItems": 0} if items is None else {"totalItems": len(items), "orderedItems": items}
        return {"@context": AS, "id": uri, "type": "OrderedCollection", **count}

    def actor_uri(self, name):
        return f"{self.origin}/users/{name}"

    def inbox_of(self, actor):
        return f"{actor.uri}/inbox"

    def key_id_of(self, actor):
        return f"{actor.uri}#main-key"

    def followers_of(self, actor):
        return f"{actor.uri}/followers"

    def key_of(self, actor):
        return {"id": actor.key_id, "owner": actor.uri, "publicKeyPem": actor.document["publicKey"]["publicKeyPem"]}

    def actor_document(self, actor):
        """The shape of an actor; `actor.document` is still the plain one."""
        raise NotImplementedError

    # Speaking

    def signed(self, actor, method, url, body=None, **changes):
        names = self.post_fields if method == "POST" else self.get_fields
        fields = {"content_type": ACTIVITY} if method == "POST" else {}
        if method == "GET" and "accept" in names:
            fields["accept"] = ACTIVITY
        if "content-length" in names:
            fields["content_length"] = str(len(body))
        if method == "GET" and "digest" in names:
            fields["digest"] = f"SHA-256={sha256(b'')}"
        target = url if self.signs_query else url.partition("?")[0]
        headers = actor.signed_headers(method, target, body, names=names, algorithm=self.algorithm, **fields, **changes)
        # The client counts for itself.
        headers.pop("Content-Length", None)
        return headers

    def post(self, actor, inbox, activity, **changes):
        body = json.dumps(activity).encode()
        return self.client.call("POST", inbox, self.signed(actor, "POST", inbox, body, **changes), body)

    def tell(self, actor, person, activity):
        """Brings an activity to where this server would bring it; it must be taken."""
        reply = self.post(actor, self.inbox_for(activity, person), activity)
        assert reply.status_code == 202, reply
        return activity

    def inbox_for(self, activity, person):
        """The shared inbox for what is for many, the own inbox for what is for one."""
        them = self.look_up(person.uri)
        is_open = PUBLIC in json.dumps([activity.get("to"), activity.get("cc")])
        return them["endpoints"]["sharedInbox"] if is_open else them["inbox"]

    def get(self, url, actor=None, **changes):
        headers = {"Accept": ACTIVITY}
        if self.signs_gets:
            headers |= self.signed(actor or self.instance, "GET", url, **changes)
        return self.client.call("GET", url, headers)

    def look_up(self, uri):
        """A document of another server, remembered."""
        if uri not in self.known:
            reply = self.get(uri)
            assert reply.status_code == 200, f"{uri}: {reply}"
            assert len(reply.content) <= self.largest_document
            assert reply.headers["Content-Type"].split(";")[0] in (ACTIVITY, "application/ld+json")
            self.known[uri] = reply.json()
        return self.known[uri]

    def find(self, handle):
        """Finds somebody by handle, the way that this server does; gives the actor document."""
        name, host = handle.split("@")
        reply = self.client.call(
            "GET", f"https://{host}/.well-known/webfinger?resource=acct:{name}@{host}",
            {"Accept": f"{JRD}, application/json"})
        assert reply.status_code == 200 and reply.headers["Content-Type"].startswith(JRD), reply
        answer = reply.json()
        assert answer["subject"] == f"acct:{handle}"
        link = next(link for link in answer["links"] if link["rel"] == "self" and link["type"] == ACTIVITY)
        found = self.look_up(link["href"])
        assert found["id"] == link["href"] and found["preferredUsername"] == name
        self.admits_actor(found)
        return found

    def admits_actor(self, found):
        """What this server demands of an actor before it believes that there is one."""
        assert found["type"] in ("Application", "Group", "Organization", "Person", "Service")
        assert AS in found["@context"] and found["inbox"] and found["outbox"]
        assert found["publicKey"]["owner"] == found["id"]

    def admits(self, activity):
        """What this server demands of an activity before it looks at what it says."""
        assert all(isinstance(activity[name], str) for name in ("id", "type", "actor"))

    # Listening

    def otherwise(self, request):
        if request.method == "GET" and self.wants_signed_gets and self.is_guarded(request):
            try:
                self.signer(request)
            except Unproven as reason:
                return plain(401, str(reason))
        return super().otherwise(request)

    def is_guarded(self, request):
        instance = {self.instance.uri, self.key_id_of(self.instance).partition("#")[0]}
        return not request.path.startswith(("/.well-known", "/nodeinfo")) and self.origin + request.path not in instance

    def receive(self, request):
        queued = self.statuses.get(request.path)
        if queued:
            return super().receive(request)
        try:
            if not request.field("signature"):
                self.doubted.append((request, "no signature"))
                return plain(self.unsigned)
            signer = self.signer(request)
            activity = json.loads(request.body)
            if activity["actor"] != signer:
                raise Unproven("signed by somebody else")
            self.admits(activity)
        except Unproven as reason:
            self.doubted.append((request, str(reason)))
            return plain(self.forged)
        except AssertionError as error:
            # Kept for the test to see: the peer has no business with it.
            self.doubted.append((request, f"not admitted: {error}"))
            return plain(400)
        self.believed.append((activity, request))
        threading.Thread(target=self.react, args=[activity], daemon=True).start()
        return plain(self.accepted)

    def signer(self, request):
        if not request.field("signature"):
            raise Unproven("no signature")
        return verify(request, self.key_document, self.window, self.reads_query, self.demands)

    def key_document(self, key_id):
        return self.look_up(key_id.partition("#")[0])

    def react(self, activity):
        """What this server does by itself: it lets people follow who need not ask."""
        if activity["type"] == "Follow":
            them = next((a for a in self.actors.values() if a.uri == activity["object"]), None)
            if them and not them.is_locked:
                self.post(them, self.look_up(activity["actor"])["inbox"], self.accept(them, activity))

    # What arrived

    def heard(self, kind, start=0, patience=PATIENCE, **members):
        """Waits for a believed activity of a kind with these members of it or (`object_…`) of its object."""

        def fits(activity):
            thing = activity.get("object")
            thing = thing if isinstance(thing, dict) else {"id": thing}
            named = {name: (thing.get(name[7:]) if name.startswith("object_") else activity.get(name))
                for name in members}
            return activity["type"] == kind and named == members

        def look():
            return next((activity for activity, _ in self.believed[start:] if fits(activity)), None)

        try:
            return until(look, f"{kind} with {members} at {self.name}", patience)
        except AssertionError as error:
            what = [activity["type"] for activity, _ in self.believed[start:]]
            doubts = [(repr(request), reason) for request, reason in self.doubted[-3:]]
            raise AssertionError(f"{error}; there was {what}, and in doubt {doubts}") from None
