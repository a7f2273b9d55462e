"""Mobilizon 5.1: lib/federation/activity_pub. Groups publish events; people write to each other; keys are PKCS#1."""

import uuid
from datetime import timedelta

from actor import AS
from bench.keys import SHARED, pkcs1
from bench.notes import PUBLIC
from waiting import now, written

from .dialect import Dialect


class Mobilizon(Dialect):
    domain = "z.test"
    name_of_software = "mobilizon"
    features = frozenset({"direct", "reply", "event", "edit", "group"})
    post_fields = ["(request-target)", "content-length", "date", "digest", "host"]
    get_fields = ["(request-target)", "date", "host"]
    signs_query = False
    accepted, unsigned, forged = 200, 200, 200
    instance_name = "relay"
    context = [AS, "https://w3id.org/security/v1", {
        "mz": "https://joinmobilizon.org/ns#", "sc": "http://schema.org#",
        "timezone": {"@id": "mz:timezone", "@type": "sc:Text"},
        "joinMode": {"@id": "mz:joinMode", "@type": "mz:joinModeType"}, "ical": "http://www.w3.org/2002/12/cal/ical#",
        "location": {"@id": "sc:location", "@type": "sc:Place"}, "@language": "und"}]

    def actor_uri(self, name):
        return f"{self.origin}/relay" if name == self.instance_name else f"{self.origin}/@{name}"

    def actor_document(self, actor):
        return {
            "@context": self.context, "discoverable": True, "endpoints": {"sharedInbox": f"{self.origin}/inbox"},
            "followers": actor.followers, "following": f"{actor.uri}/following", "id": actor.uri, "image": None,
            "inbox": actor.inbox,
            "manuallyApprovesFollowers": False, "name": actor.name.title(), "openness": "open",
            "outbox": f"{actor.uri}/outbox",
            "preferredUsername": actor.name, "publicKey": self.key_of(actor), "published": "2021-01-27T13:38:45Z",
            "summary": None,
            "type": "Person", "url": actor.uri, "members": f"{actor.uri}/members", "events": f"{actor.uri}/events",
        }

    def key_of(self, actor):
        return super().key_of(actor) | {"publicKeyPem": pkcs1(SHARED)}

    def admits_actor(self, found):
        super().admits_actor(found)
        assert isinstance(found["publicKey"], dict)

    def admits(self, activity):
        super().admits(activity)
        if isinstance(activity["object"], dict):
            # The parser has no words for several places.
            assert not isinstance(activity["object"].get("location"), list)

    def activity_id(self, actor, kind):
        return f"{self.origin}/{kind.lower()}/{uuid.uuid4()}"

    def accept(self, actor, follow):
        return super().accept(actor, follow) | {"id": f"{self.origin}/accept/follow/{uuid.uuid4()}",
            "to": [follow["actor"]]}

    def note_id(self, actor):
        return f"{self.origin}/comments/{uuid.uuid4()}"

    def dressed(self, post, content):
        return {"actor": post["attributedTo"], "url": post["id"], "uuid": post["id"].rpartition("/")[2],
            "attachment": [], "inLanguage": "en", **post}

    def create(self, actor, post):
        return super().create(actor, post) | {"id": post["id"] + "/activity", "attributedTo": actor.uri}

    def event(self, group, title, content, start):
        return self.publish({
            "@context": self.context, "type": "Event", "id": f"{self.origin}/events/{uuid.uuid4()}", "name": title,
            "content": self.html(content),
            "summary": "A summary that nobody wrote", "attributedTo": group.uri, "actor": f"{self.origin}/@ada",
            "to": [PUBLIC], "cc": [group.followers],
            "startTime": written(start).replace("Z", "+00:00"),
            "endTime": written(start + timedelta(hours=2)).replace("Z", "+00:00"),
            "timezone": "Europe/London", "isOnline": False, "contacts": [], "inLanguage": "en", "category": "SPORTS",
            "ical:status": "CONFIRMED",
            "status": "CONFIRMED", "joinMode": "free", "draft": False, "participantCount": 0,
            "maximumAttendeeCapacity": 0,
            "remainingAttendeeCapacity": None, "repliesModerationOption": "allow_all", "commentsEnabled": True,
            "mediaType": "text/html",
            "published": written(now()), "uuid": str(uuid.uuid4()), "tag": [{"href": f"{self.origin}/tags/dance",
                "name": "#Dance", "type": "Hashtag"}],
            "location": {"type": "Place", "name": "The Kenn Centre", "latitude": 50.66881615,
                "longitude": -3.537739788359949, "address": {
                "type": "PostalAddress", "addressCountry": "United Kingdom", "streetAddress": "Devon Expressway"}},
            "attachment": [{"mediaType": "image/jpeg", "name": "Banner", "type": "Document",
                "url": f"{self.origin}/media/b.jpg?name=banner.jpg"}]})

    def group_announces(self, group, thing):
        return self.activity(group, "Announce", thing["id"], to=[PUBLIC], cc=[group.followers])
