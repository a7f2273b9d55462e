"""A host with people on it: actor documents, WebFinger, NodeInfo, inboxes that take everything."""

import json

from actor import ACTIVITY, PeerActor
from waiting import PATIENCE, until

from .answers import JRD, document, plain
from .host import Host


class Peer(Host):
    software = {"name": "peer", "version": "1.0"}

    def __init__(self, *place, **options):
        self.actors = {}
        # Other things by path, as they are served now: posts, collections.
        self.documents = {}
        # What an inbox answers instead of 202, by path.
        self.statuses = {}
        super().__init__(*place, **options)

    def actor(self, name, **members):
        actor = PeerActor(self.origin, name, **members)
        self.actors[name] = actor
        self.publish(actor.document)
        return actor

    def publish(self, value):
        """Serves a document at its own id."""
        self.documents[value["id"].removeprefix(self.origin)] = value
        return value

    def otherwise(self, request):
        if request.method == "POST":
            return self.receive(request)
        if request.path == "/.well-known/webfinger":
            return self.webfinger(request)
        if request.path in ("/.well-known/nodeinfo", "/nodeinfo/2.0"):
            return self.nodeinfo(request)
        found = self.documents.get(request.path)
        return document(found) if found else plain(404)

    def receive(self, request):
        statuses = self.statuses.get(request.path)
        if statuses:
            answer = statuses.pop(0)
            return plain(answer) if isinstance(answer, int) else answer
        return plain(202)

    def webfinger(self, request):
        resource = request.query.get("resource", "")
        actor = next((a for a in self.actors.values() if resource in (f"acct:{a.handle}", a.uri)), None)
        if not actor:
            return plain(404)
        link = {"rel": "self", "type": ACTIVITY, "href": actor.uri}
        return document({"subject": f"acct:{actor.handle}", "aliases": [actor.uri], "links": [link]}, JRD)

    def nodeinfo(self, request):
        if request.path == "/.well-known/nodeinfo":
            link = {"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": self.origin + "/nodeinfo/2.0"}
            return document({"links": [link]}, JRD)
        return document({
            "version": "2.0", "software": self.software, "protocols": ["activitypub"],
            "services": {"inbound": [], "outbound": []}, "openRegistrations": False, "usage": {"users": {}},
            "metadata": {},
        }, "application/json")

    # What arrived

    def deliveries(self, start=0):
        """Every activity that was brought and answered with 202, with the request that brought it."""
        return [(json.loads(r.body), r) for r in self.asked(start, method="POST") if r.body]

    def awaits(self, kind, start=0, patience=PATIENCE, **members):
        """Waits for an activity of a kind, with these members of it or of its object; gives it with its request."""

        def fits(activity):
            thing = activity.get("object")
            thing = thing if isinstance(thing, dict) else {"id": thing}
            return activity["type"] == kind and all(
                value in (activity.get(name), thing.get(name.removeprefix("object_")))
                for name, value in members.items())

        return until(
            lambda: next(((a, r) for a, r in self.deliveries(start) if fits(a)), None),
            f"{kind} with {members} at {self.name}", patience)
