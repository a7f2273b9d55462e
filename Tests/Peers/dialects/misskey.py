"""Misskey: packages/backend/src/core/activitypub/ApRendererService.ts and its inbox. Addresses tell no names."""

import hashlib
from datetime import timedelta

from actor import AS, sha256
from bench.cavage import Unproven
from waiting import now, written_precisely

from .dialect import Dialect


class Misskey(Dialect):
    domain = "k.test"
    name_of_software = "misskey"
    features = frozenset({"follow", "reply", "direct", "poll", "like", "boost", "pin", "block", "flag", "move",
        "profile", "locked",
                          "warning", "unlisted"})
    post_fields = ["(request-target)", "date", "host", "digest"]
    get_fields = ["(request-target)", "date", "host", "accept"]
    signs_query = False
    window = timedelta(minutes=5)
    largest_document = 256 << 10
    context = [AS, "https://w3id.org/security/v1", {
        "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "sensitive": "as:sensitive",
        "Hashtag": "as:Hashtag",
        "quoteUrl": "as:quoteUrl", "toot": "http://joinmastodon.org/ns#", "Emoji": "toot:Emoji",
        "misskey": "https://misskey-hub.net/ns#",
        "_misskey_content": "misskey:_misskey_content", "_misskey_reaction": "misskey:_misskey_reaction",
        "isCat": "misskey:isCat"}]

    def actor_uri(self, name):
        return f"{self.origin}/users/9{hashlib.sha256(name.encode()).hexdigest()[:9]}"

    def actor_document(self, actor):
        return {
            "@context": self.context, "type": "Person", "id": actor.uri, "inbox": actor.inbox,
            "outbox": f"{actor.uri}/outbox",
            "followers": actor.followers, "following": f"{actor.uri}/following",
            "featured": f"{actor.uri}/collections/featured",
            "sharedInbox": f"{self.origin}/inbox", "endpoints": {"sharedInbox": f"{self.origin}/inbox"},
            "url": f"{self.origin}/@{actor.name}", "preferredUsername": actor.name, "name": None,
            "summary": "<p><span>just me<br>and cats</span></p>", "icon": None, "image": None, "tag": [],
            "manuallyApprovesFollowers": False, "discoverable": True, "publicKey": self.key_of(actor) | {"type": "Key"},
            "isCat": True, "vcard:bday": "2000-01-01",
        }

    def admits_actor(self, found):
        super().admits_actor(found)
        # ApPersonService.validateActor: everything at one host.
        host = found["id"].split("/")[2]
        for name in ("inbox", "outbox", "followers", "following"):
            assert found[name].split("/")[2] == host
        assert found["publicKey"]["id"].split("/")[2] == host and len(found["preferredUsername"]) <= 128

    def admits(self, activity):
        super().admits(activity)
        assert activity["id"].split("/")[2] == activity["actor"].split("/")[2]

    def signer(self, request):
        if request.method == "POST" and request.field("digest") != f"SHA-256={sha256(request.body)}":
            raise Unproven("a digest that is not exactly one SHA-256")
        return super().signer(request)

    def activity_id(self, actor, kind):
        return actor.new_id("").replace(".test//", ".test/")

    def follow(self, actor, person):
        return super().follow(actor, person) | {"id": actor.new_id("follows")}

    def undo(self, actor, activity):
        if activity["type"] == "Follow":
            # Rendered anew, under another name than it was sent with.
            them = hashlib.sha256(activity["object"].encode()).hexdigest()[:10]
            activity = activity | {"id": f"{self.origin}/follows/{actor.uri.rpartition('/')[2]}/{them}"}
        return super().undo(actor, activity) | {"id": activity["id"] + "/undo", "published": written_precisely(now())}

    def note_id(self, actor):
        return f"{self.origin}/notes/9{actor.new_id('').rpartition('/')[2][:9]}"

    @staticmethod
    def html(content):
        return f"<p><span>{content}</span></p>"

    def dressed(self, post, content):
        return {
            "_misskey_content": content, "source": {"content": content, "mediaType": "text/x.misskeymarkdown"},
            "inReplyTo": None,
            "attachment": [], "sensitive": False, **post, "published": written_precisely(now())}

    def create(self, actor, post):
        return super().create(actor, post) | {"id": post["id"] + "/activity"}

    def delete(self, actor, post):
        self.documents.pop(post["id"].removeprefix(self.origin), None)
        return self.activity(actor, "Delete", self.tombstone(post), published=written_precisely(now()))

    def like(self, actor, uri, person):
        return self.activity(actor, "Like", uri, id=actor.new_id("likes"), content="❤", _misskey_reaction="❤")

    def boost(self, actor, uri, person):
        return super().boost(actor, uri, person) | {"id": self.note_id(actor) + "/activity", "cc": [actor.followers]}

    def poll_members(self):
        return {}

    def vote(self, actor, question, person, option):
        vote = super().vote(actor, question, person, option)
        number = vote["id"].rpartition("/activity")[0].rpartition("/")[2]
        vote["object"]["id"] = f"{actor.uri}#votes/{number}"
        return vote | {"id": f"{actor.uri}#votes/{number}/activity"}

    def block(self, actor, person):
        return self.activity(actor, "Block", person.uri, id=actor.new_id("blocks"))

    def flag(self, person, posts, comment):
        # One thing only, the account; posts stand in the text.
        return self.activity(self.instance, "Flag", person.uri, content=comment + "".join(f"\n{uri}" for uri in posts))

    def move(self, actor, target):
        return self.activity(actor, "Move", actor.uri, target=target.uri, id=actor.new_id("moves"))

    def pin(self, actor, post):
        return self.activity(actor, "Add", post["id"], target=actor.document["featured"])

    def update_actor(self, actor):
        return super().update_actor(actor) | {"published": written_precisely(now())}

    def delete_actor(self, actor):
        activity = super().delete_actor(actor)
        del activity["to"]
        return activity
