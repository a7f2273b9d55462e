"""Hubzilla 8: Zotlabs/Lib/Activity.php and the addon pubcrawl. Publishes events by Invite; knows them by the Event."""

import uuid

from actor import AS
from bench.notes import PUBLIC
from waiting import now, written

from .dialect import Dialect
from .events import Events


class Hubzilla(Events, Dialect):
    domain = "h.test"
    name_of_software = "hubzilla"
    features = frozenset({"invitation"})
    post_fields = ["content-type", "date", "host", "digest", "(request-target)"]
    get_fields = ["date", "host", "(request-target)"]
    signs_query = False
    accepted, unsigned, forged = 200, 403, 403
    instance_name = "sys"
    invitation = "Invite"

    def __init__(self, name, *rest):
        self.context = [AS, "https://w3id.org/security/v1", f"https://{name}/apschema/v1.29"]
        super().__init__(name, *rest)

    def actor_uri(self, name):
        return f"{self.origin}/channel/{name}"

    def inbox_of(self, actor):
        return f"{self.origin}/inbox/{actor.name}"

    def followers_of(self, actor):
        return f"{self.origin}/followers/{actor.name}"

    def key_id_of(self, actor):
        return actor.uri

    def actor_document(self, actor):
        return {
            "@context": self.context, "type": "Person", "id": actor.uri, "preferredUsername": actor.name,
            "name": actor.name.title(), "updated": written(now()), "manuallyApprovesFollowers": True,
            "icon": {"type": "Image", "mediaType": "image/png", "updated": written(now()), "height": 300, "width": 300,
                     "url": f"{self.origin}/photo/profile/l/2?rev=1"},
            "url": actor.uri, "inbox": actor.inbox, "outbox": f"{self.origin}/outbox/{actor.name}",
            "followers": actor.followers, "following": f"{self.origin}/following/{actor.name}",
            "endpoints": {"sharedInbox": f"{self.origin}/inbox"}, "discoverable": True,
            "publicKey": self.key_of(actor) | {
                "signatureAlgorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"},
            "tag": [{"type": "PropertyValue", "name": "Protocol", "value": "zot6"},
                    {"type": "PropertyValue", "name": "Protocol", "value": "activitypub"}],
        }

    def activity_id(self, actor, kind):
        return f"{self.origin}/activity/{uuid.uuid4()}"

    def event_id(self):
        return f"{self.origin}/event/{uuid.uuid4()}"

    @staticmethod
    def for_one(person):
        return {"directMessage": False, "to": [], "cc": [person.uri]}

    @staticmethod
    def moment(time):
        return written(time).replace("Z", "-00:00")

    def dressed_event(self, organiser, event, place):
        # Neither addressees nor an owner stand in it, but always a place.
        return {name: value for name, value in event.items() if name not in ("directMessage", "to", "cc")} | {
            "location": {"type": "Place", "content": place}, "actor": organiser.uri,
            "source": {"content": "[event-summary]…[/event-summary]", "mediaType": "text/bbcode"}}

    def withdraw(self, organiser, event, person):
        gone = {"type": "Tombstone", "formerType": "Event", "id": event["id"], "to": [PUBLIC]}
        self.tell(organiser, person, self.activity(
            organiser, "Delete", gone, id=event["id"].replace("/event/", "/activity/") + "#delete", to=[PUBLIC]))

    def reply_to(self, actor, verb, invitation, person):
        return super().reply_to(actor, verb, invitation, person) | {
            "object": {name: value for name, value in invitation.items() if name != "@context"}, "diaspora:guid": "1"}

    def undo(self, actor, activity):
        thing = self.stub(activity) | {"object": activity["object"]["id"], "to": [PUBLIC]}
        return self.activity(actor, "Undo", thing, id=activity["id"] + "#undo", to=[PUBLIC])

    def inbox_for(self, activity, person):
        return self.look_up(person.uri)["inbox"]

    def admits_answer(self, thing):
        # What is private cannot be fetched, and whose it is decides where the answer belongs.
        assert isinstance(thing, dict) and thing["id"] and thing["actor"]
