"""GoToSocial 0.20: https://docs.gotosocial.org/en/latest/federation/. Signs and wants signatures for everything."""

from datetime import timedelta

from actor import AS
from bench.notes import PUBLIC

from .dialect import Dialect


class GoToSocial(Dialect):
    domain = "g.test"
    name_of_software = "gotosocial"
    features = frozenset({"follow", "reply", "direct", "poll", "like", "boost", "edit", "block", "flag", "move",
        "profile", "locked",
                          "warning", "unlisted"})
    algorithm = "hs2019"
    window = timedelta(hours=1)
    wants_signed_gets = True
    instance_name = "g.test"

    def key_id_of(self, actor):
        return f"{actor.uri}/main-key"

    def actor_document(self, actor):
        document = {
            "@context": [AS, "https://w3id.org/security/v1", {
                "discoverable": "http://joinmastodon.org/ns#discoverable",
                "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
                "featured": {"@id": "http://joinmastodon.org/ns#featured", "@type": "@id"}}],
            "discoverable": True, "featured": f"{actor.uri}/collections/featured", "followers": actor.followers,
            "following": f"{actor.uri}/following", "id": actor.uri, "inbox": actor.inbox,
            "manuallyApprovesFollowers": False,
            "name": actor.name.title(), "outbox": f"{actor.uri}/outbox", "preferredUsername": actor.name,
            "publicKey": self.key_of(actor), "published": "2022-05-20T11:09:18.345Z", "summary": "", "tag": [],
            "attachment": {"type": "PropertyValue", "name": "pronouns", "value": "she"},
            "type": "Person", "url": f"{self.origin}/@{actor.name}",
        }
        # Whoever is not known sees at the address of the key what is needed to check a signature.
        stub = {name: document[name] for name in ("@context", "id", "preferredUsername", "publicKey", "type")}
        self.documents[actor.key_id.removeprefix(self.origin)] = stub
        return document

    def is_guarded(self, request):
        return super().is_guarded(request) and not request.path.endswith("/main-key")

    def admits(self, activity):
        super().admits(activity)
        # Resolved as ActivityStreams: a context, and types that the vocabulary knows.
        assert AS in activity["@context"]
        assert activity["type"] in {
            "Accept", "Add", "Announce", "Block", "Create", "Delete", "Flag", "Follow", "Like", "Move", "Reject",
            "Remove", "Undo", "Update",
            "Invite", "Offer"}

    def admits_actor(self, found):
        super().admits_actor(found)
        if shared := found.get("endpoints", {}).get("sharedInbox"):
            assert shared.split("/")[2] == found["id"].split("/")[2]

    def activity_id(self, actor, kind):
        return f"{actor.uri}/{kind.lower()}/{actor.new_id('').rpartition('/')[2]}"

    def follow(self, actor, person):
        return super().follow(actor, person) | {"to": person.uri}

    def accept(self, actor, follow):
        return super().accept(actor, follow) | {"to": follow["actor"]}

    def reject(self, actor, follow):
        return super().reject(actor, follow) | {"to": follow["actor"]}

    def undo(self, actor, activity):
        return super().undo(actor, activity) | {"to": activity.get("to") or activity["object"]}

    def note_id(self, actor):
        return f"{actor.uri}/statuses/{actor.new_id('').rpartition('/')[2]}"

    def dressed(self, post, content):
        return collapsed(post | {
            "@context": ["https://gotosocial.org/ns", AS, {"sensitive": "as:sensitive"}],
            "contentMap": {"en": post["content"]},
            "summary": post.get("summary", ""), "sensitive": post.get("sensitive", False),
            "url": post["id"].replace("/users/", "/@"),
            "interactionPolicy": {"canLike": {"always": [PUBLIC], "approvalRequired": []},
                "canReply": {"always": [PUBLIC]}},
            "replies": {"id": post["id"] + "/replies", "type": "Collection", "first": {
                "id": post["id"] + "/replies?page=true", "type": "CollectionPage", "partOf": post["id"] + "/replies"}}})

    def create(self, actor, post):
        return super().create(actor, post) | {"id": post["id"] + "/activity#Create"}

    def tombstone(self, post):
        return post["id"]

    def like(self, actor, uri, person):
        return super().like(actor, uri, person) | {"to": person.uri}

    def delete_actor(self, actor):
        return super().delete_actor(actor) | {"to": actor.followers, "cc": PUBLIC}

    def votes(self, actor, question, person, options):
        """All at once, as a list of Notes."""
        single = super().votes(actor, question, person, options)
        return [single[0] | {"object": [vote["object"] for vote in single]}]


def collapsed(value):
    """A list of one stands without the list."""
    return {
        name: items[0] if isinstance(items, list) and len(items) == 1 and name != "@context" else items
        for name, items in value.items() if items != [] or name == "cc"}
