"""Lemmy 0.19 and its federation library: crates/apub. Communities announce what happens in them; people write to each other."""

import uuid
from datetime import timedelta

from actor import AS
from bench.notes import PUBLIC
from waiting import now

from .dialect import Dialect


class Lemmy(Dialect):
    domain = "l.test"
    name_of_software = "lemmy"
    features = frozenset({"direct", "reply", "group"})
    post_fields = ["(request-target)", "content-type", "date", "digest", "host"]
    get_fields = ["(request-target)", "date", "digest", "host"]
    algorithm = "hs2019"
    window = timedelta(hours=1)
    demands = ("(request-target)", "date")
    accepted, unsigned, forged = 200, 400, 400
    instance_name = "l.test"
    context = ["https://join-lemmy.org/context.json", AS]

    def actor_uri(self, name):
        return f"{self.origin}/" if name == self.instance_name else f"{self.origin}/u/{name}"

    def inbox_of(self, actor):
        return f"{self.origin}/inbox" if actor.name == self.instance_name else f"{actor.uri}/inbox"

    def followers_of(self, actor):
        return f"{actor.uri}/followers"

    def actor_document(self, actor):
        return {
            "@context": self.context, "id": actor.uri, "type": "Person", "preferredUsername": actor.name,
            "name": actor.name.title(),
            "summary": "<p>Captain of the starship <strong>Enterprise</strong>.</p>\n",
            "source": {"content": "Captain of the starship **Enterprise**.", "mediaType": "text/markdown"},
            "icon": {"type": "Image", "url": f"{self.origin}/pictrs/image/e.jpg"}, "matrixUserId": "@picard:matrix.org",
            "inbox": actor.inbox, "outbox": f"{actor.uri}/outbox", "endpoints": {"sharedInbox": f"{self.origin}/inbox"},
            "published": "2020-01-17T01:38:22.348392Z", "updated": "2021-08-13T00:11:15.941990Z",
            "publicKey": self.key_of(actor),
        }

    def admits_actor(self, found):
        super().admits_actor(found)
        assert found["type"] in ("Person", "Service", "Organization", "Application") and "#" in found["publicKey"]["id"]

    def admits(self, activity):
        super().admits(activity)
        if activity["type"] == "Create" and PUBLIC not in activity["to"] + activity["cc"]:
            assert len(activity["object"]["to"]) == 1 and not activity["object"]["cc"] and activity["object"]["content"]

    def activity_id(self, actor, kind):
        return f"{self.origin}/activities/{kind.lower()}/{uuid.uuid4()}"

    def note_id(self, actor):
        return f"{self.origin}/comment/{abs(hash(uuid.uuid4()))}"

    def addresses(self, actor, visibility, people=()):
        community = f"{self.origin}/c/main"
        people = [person.uri for person in people]
        return ([PUBLIC], [community, *people]) if visibility == "public" else (people[:1], [])

    def html(self, content):
        return f"<p>{content}</p>\n"

    def dressed(self, post, content):
        return {
            "mediaType": "text/html", "source": {"content": content, "mediaType": "text/markdown"},
            "distinguished": False, "updated": None,
            "attachment": [], **post, "published": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")}

    def page(self, actor, group, title, content):
        return self.publish({
            "@context": self.context, "id": f"{self.origin}/post/{abs(hash(uuid.uuid4()))}", "type": "Page",
            "attributedTo": actor.uri,
            "to": [group.uri, PUBLIC], "audience": group.uri, "name": title, "content": self.html(content),
            "mediaType": "text/html",
            "source": {"content": content, "mediaType": "text/markdown"}, "attachment": [], "sensitive": False,
            "language": {"identifier": "fr", "name": "Français"}, "published": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "tag": [{"href": f"{self.origin}/post/1", "name": "#main", "type": "Hashtag"}]})

    def group_announces(self, group, thing):
        """What a member did, whole and unchanged."""
        member = next(a for a in self.actors.values() if a.uri == thing["attributedTo"])
        create = self.activity(member, "Create", self.stub(thing), to=[group.uri, PUBLIC], cc=[], audience=group.uri)
        return self.activity(group, "Announce", self.stub(create), to=[PUBLIC], cc=[group.followers])

    def delete_actor(self, actor):
        return super().delete_actor(actor) | {"removeData": True}
