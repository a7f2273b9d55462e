"""Pleroma 2.7: lib/pleroma/web/activity_pub. Says 200 to everything that is signed at all, and judges later."""

import uuid
from datetime import timedelta

from actor import AS
from bench.notes import PUBLIC
from waiting import now, written

from .dialect import Dialect


class Pleroma(Dialect):
    domain = "p.test"
    name_of_software = "pleroma"
    features = frozenset({"follow", "reply", "direct", "poll", "like", "boost", "edit", "pin", "block", "flag", "move",
        "profile", "locked",
                          "warning", "unlisted"})
    post_fields = ["(request-target)", "content-length", "date", "digest", "host"]
    get_fields = ["(request-target)", "date", "host"]
    signs_query = False
    window = timedelta(days=365)
    accepted, unsigned, forged = 200, 400, 200

    def __init__(self, name, *rest):
        self.context = [AS, f"https://{name}/schemas/litepub-0.1.jsonld", {"@language": "und"}]
        super().__init__(name, *rest)

    def actor_uri(self, name):
        return f"{self.origin}/internal/fetch" if name == self.instance_name else super().actor_uri(name)

    def actor_document(self, actor):
        return {
            "@context": self.context, "alsoKnownAs": [], "attachment": [],
            "capabilities": {"acceptsChatMessages": True}, "discoverable": False,
            "endpoints": {"oauthAuthorizationEndpoint": f"{self.origin}/oauth/authorize",
                "sharedInbox": f"{self.origin}/inbox"},
            "featured": f"{actor.uri}/collections/featured", "followers": actor.followers,
            "following": f"{actor.uri}/following",
            "icon": {"type": "Image", "url": f"{self.origin}/media/a.png"}, "id": actor.uri, "inbox": actor.inbox,
            "manuallyApprovesFollowers": False, "name": actor.name, "outbox": f"{actor.uri}/outbox",
            "preferredUsername": actor.name,
            "publicKey": self.key_of(actor), "summary": "hello", "tag": [], "type": "Person", "url": actor.uri,
            "webfinger": f"acct:{actor.name}@{self.name}",
        }

    def admits(self, activity):
        super().admits(activity)
        if activity["type"] in ("Create", "Announce", "Update"):
            # Addressing is asked for, and somebody has to be meant.
            assert isinstance(activity["to"], list) and isinstance(activity["cc"],
                list) and activity["to"] + activity["cc"]
        if activity["type"] == "Create":
            assert activity["object"]["attributedTo"] == activity["actor"]

    def activity_id(self, actor, kind):
        return f"{self.origin}/activities/{uuid.uuid4()}"

    def follow(self, actor, person):
        return super().follow(actor, person) | {"to": [person.uri], "cc": [], "state": "pending"}

    def accept(self, actor, follow):
        return super().accept(actor, follow) | {"to": [follow["actor"]], "cc": []}

    def undo(self, actor, activity):
        # A follow is there as a whole, everything else by its id.
        undo = super().undo(actor, activity) | {"to": activity.get("to", []), "cc": activity.get("cc", [])}
        return undo if activity["type"] in ("Follow", "Block") else undo | {"object": activity["id"]}

    def note_id(self, actor):
        return f"{self.origin}/objects/{uuid.uuid4()}"

    @staticmethod
    def html(content):
        return content

    def dressed(self, post, content):
        return post | {
            "actor": post["attributedTo"], "attachment": [], "context": f"{self.origin}/contexts/{uuid.uuid4()}",
            "repliesCount": 0,
            "sensitive": post.get("sensitive"), "source": {"content": content, "mediaType": "text/plain"},
            "summary": post.get("summary", ""),
            "published": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "formerRepresentations": {"orderedItems": [],
                "totalItems": 0, "type": "OrderedCollection"}}

    def create(self, actor, post):
        return super().create(actor, post) | {"context": post["context"],
            "directMessage": PUBLIC not in post["to"] + post["cc"]}

    def tombstone(self, post):
        return post["id"]

    def like(self, actor, uri, person):
        return super().like(actor, uri, person) | {"to": [actor.followers, person.uri], "cc": [PUBLIC], "context": uri}

    def boost(self, actor, uri, person):
        return super().boost(actor, uri, person) | {"to": [PUBLIC, actor.followers, person.uri], "cc": [],
            "context": uri}

    def poll(self, actor, content, options, multiple=False, people=(), ends=timedelta(days=1)):
        # `closed` is when it will be closed.
        post = super().poll(actor, content, options, multiple, people, ends)
        post["closed"] = post.pop("endTime")
        return self.publish(post)

    def poll_members(self):
        return {"voters": []}

    def flag(self, person, posts, comment):
        return super().flag(person, posts, comment) | {"to": [], "cc": [person.uri], "state": "open",
            "context": f"{self.origin}/contexts/1"}

    def edited(self, post, content):
        post["formerRepresentations"] = {
            "type": "OrderedCollection", "totalItems": 1, "orderedItems": [{"type": "Note", "content": post["content"],
                "published": written(now())}]}
        return super().edited(post, content)
