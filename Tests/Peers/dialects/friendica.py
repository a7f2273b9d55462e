"""Friendica 2024.12: src/Protocol/ActivityPub/Transmitter.php. Answers 202 whatever comes."""

import uuid
from datetime import timedelta

from actor import AS
from bench.notes import PUBLIC

from .dialect import Dialect
from .events import Events


class Friendica(Events, Dialect):
    domain = "f.test"
    name_of_software = "friendica"
    features = frozenset({"follow", "reply", "direct", "like", "boost", "edit", "block", "flag", "move", "profile",
        "locked", "article", "event",
                          "unlisted", "invitation"})
    post_fields = ["(request-target)", "date", "content-length", "digest", "host"]
    get_fields = ["(request-target)", "date", "host"]
    signs_query = reads_query = False
    window = timedelta(minutes=5)
    accepted, unsigned, forged = 202, 202, 202
    instance_name = "friendica"
    context = [AS, "https://w3id.org/security/v1", {
        "vcard": "http://www.w3.org/2006/vcard/ns#", "dfrn": "http://purl.org/macgirvin/dfrn/1.0/",
        "diaspora": "https://diasporafoundation.org/ns/",
        "litepub": "http://litepub.social/ns#", "toot": "http://joinmastodon.org/ns#", "sensitive": "as:sensitive",
        "directMessage": "litepub:directMessage"}]

    def actor_uri(self, name):
        return f"{self.origin}/profile/{name}"

    def inbox_of(self, actor):
        return f"{self.origin}/inbox/{actor.name}"

    def followers_of(self, actor):
        return f"{self.origin}/followers/{actor.name}"

    def actor_document(self, actor):
        return {
            "@context": self.context, "id": actor.uri, "diaspora:guid": str(uuid.uuid4()), "type": "Person",
            "following": f"{self.origin}/following/{actor.name}", "followers": actor.followers, "inbox": actor.inbox,
            "outbox": f"{self.origin}/outbox/{actor.name}", "featured": f"{self.origin}/featured/{actor.name}",
            "preferredUsername": actor.name, "name": actor.name.title(),
            "vcard:hasAddress": {"@type": "vcard:Home", "vcard:country-name": "", "vcard:region": "",
                "vcard:locality": ""},
            "summary": "<b>Bold</b> &amp; kind", "vcard:hasInstantMessage": "", "url": actor.uri,
            "manuallyApprovesFollowers": False,
            "discoverable": True, "publicKey": self.key_of(actor), "endpoints": {"sharedInbox": f"{self.origin}/inbox"},
            "icon": {"type": "Image", "url": f"{self.origin}/photo/{actor.name}.jpg"}, "tag": [],
            "generator": self.instrument() | {"type": "Application"},
        }

    def instrument(self):
        return {"type": "Service", "name": "Friendica 'Interrupted Fern' 2024.12", "url": self.origin}

    def activity(self, actor, kind, thing, **members):
        return super().activity(actor, kind, thing, **{"instrument": self.instrument(), **members})

    def activity_id(self, actor, kind):
        return f"{self.origin}/{'activity' if kind in ('Follow', 'Accept', 'Reject') else 'objects'}/{uuid.uuid4()}"

    def follow(self, actor, person):
        return super().follow(actor, person) | {"to": [person.uri]}

    def accept(self, actor, follow):
        return super().accept(actor, follow) | {"to": [follow["actor"]], "object": bare(follow)}

    def reject(self, actor, follow):
        return super().reject(actor, follow) | {"to": [follow["actor"]], "object": bare(follow)}

    def undo(self, actor, activity):
        return super().undo(actor, activity) | {"id": activity["id"] + "/Undo", "object": bare(activity),
            "to": activity.get("to", [])}

    def note_id(self, actor):
        return f"{self.origin}/objects/{uuid.uuid4()}"

    @staticmethod
    def html(content):
        return content

    def dressed(self, post, content):
        return {
            "summary": "", "inReplyTo": None, "diaspora:guid": post["id"].rpartition("/")[2],
            "url": post["id"].replace("/objects/", "/display/"),
            "sensitive": False, "context": post["id"] + "#context",
            "contentMap": {"de": f"<bdi>{post['content']}</bdi>"},
            "source": {"content": content, "mediaType": "text/bbcode"}, "attachment": [],
            "directMessage": not any("#Public" in uri or "/followers/" in uri for uri in post["to"] + post["cc"]), **post}

    def create(self, actor, post):
        return super().create(actor, post) | {"id": post["id"] + "/Create"}

    def delete(self, actor, post):
        return super().delete(actor, post) | {"id": post["id"] + "/Delete"}

    def like(self, actor, uri, person):
        return super().like(actor, uri, person) | {"to": [person.uri], "cc": [PUBLIC],
            "diaspora:guid": str(uuid.uuid4())}

    def block(self, actor, person):
        return super().block(actor, person) | {"to": [person.uri]}

    def dressed_event(self, organiser, event, place):
        location = {"location": {"type": "Place", "name": place}} if place else {}
        return self.dressed(event, "Half an hour, please.") | {
            "attributedTo": organiser.uri, "tag": [], "dfrn:adjust": True, **location}

    def reply_to(self, actor, verb, invitation, person):
        return super().reply_to(actor, verb, invitation, person) | {"diaspora:guid": str(uuid.uuid4())}

    def admits_answer(self, thing):
        # An owner in it would have to have signed it, too.
        assert isinstance(thing, str) or "attributedTo" not in thing


def bare(activity):
    return {name: activity[name] for name in ("id", "type", "actor", "object")}
