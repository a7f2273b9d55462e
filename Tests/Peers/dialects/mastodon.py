"""Mastodon 4.5: https://docs.joinmastodon.org/spec/activitypub/ and its serializers."""

import itertools
import uuid
from datetime import timedelta

from cryptography.hazmat.primitives import serialization
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

from actor import AS
from bench.cavage import Unproven
from bench.message_signatures import message_headers
from bench.notes import PUBLIC
from waiting import now, written

from .dialect import Dialect

NUMBERS = itertools.count(113000000000000000)
POST_CONTEXT = [AS, {
    "ostatus": "http://ostatus.org#", "atomUri": "ostatus:atomUri", "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
    "conversation": "ostatus:conversation", "sensitive": "as:sensitive", "toot": "http://joinmastodon.org/ns#",
    "votersCount": "toot:votersCount", "blurhash": "toot:blurhash", "Hashtag": "as:Hashtag", "Emoji": "toot:Emoji"}]


class Mastodon(Dialect):
    domain = "m.test"
    name_of_software = "mastodon"
    features = frozenset({"follow", "reply", "direct", "poll", "like", "boost", "edit", "pin", "block", "flag", "move",
        "profile",
                          "locked", "article", "warning", "unlisted", "second knock"})
    post_fields = ["host", "date", "content-type", "digest", "(request-target)"]
    get_fields = ["host", "date", "(request-target)"]
    window = timedelta(minutes=65)
    demands = ("date",)
    instance_name = "mastodon.internal"

    def actor_uri(self, name):
        return f"{self.origin}/actor" if name == self.instance_name else super().actor_uri(name)

    def actor_document(self, actor):
        return {
            "@context": [AS, "https://w3id.org/security/v1", {
                "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "toot": "http://joinmastodon.org/ns#",
                "featured": {"@id": "toot:featured", "@type": "@id"}, "alsoKnownAs": {"@id": "as:alsoKnownAs",
                    "@type": "@id"},
                "movedTo": {"@id": "as:movedTo", "@type": "@id"}, "schema": "http://schema.org#",
                "PropertyValue": "schema:PropertyValue", "value": "schema:value", "discoverable": "toot:discoverable",
                "indexable": "toot:indexable", "suspended": "toot:suspended", "memorial": "toot:memorial",
                "Hashtag": "as:Hashtag", "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"}}],
            "id": actor.uri, "type": "Person", "following": f"{actor.uri}/following", "followers": actor.followers,
            "inbox": actor.inbox, "outbox": f"{actor.uri}/outbox", "featured": f"{actor.uri}/collections/featured",
            "featuredTags": f"{actor.uri}/collections/tags", "preferredUsername": actor.name,
            "name": actor.name.title(),
            "summary": "<p>On Mastodon.</p>", "url": f"{self.origin}/@{actor.name}", "manuallyApprovesFollowers": False,
            "discoverable": True, "indexable": False, "published": "2016-03-16T00:00:00Z", "memorial": False,
            "publicKey": self.key_of(actor), "tag": [],
            "attachment": [{"type": "PropertyValue", "name": "Site", "value": '<a href="https://m.test">m.test</a>'}],
            "endpoints": {"sharedInbox": f"{self.origin}/inbox"}, "webfinger": f"{actor.name}@{self.name}",
            "icon": {"type": "Image", "mediaType": "image/png", "url": f"{self.origin}/avatars/{actor.name}.png"},
        }

    def admits_actor(self, found):
        super().admits_actor(found)
        # ActivityPub::FetchRemoteActorService, ActivityPub::ProcessAccountService
        assert found["webfinger"].startswith(found["preferredUsername"] + "@")
        assert found["followers"] and found["following"] and found["url"].startswith(found["id"].split("/users")[0])
        assert found["publicKey"]["id"].startswith(found["id"])

    def admits(self, activity):
        super().admits(activity)
        assert AS in activity["@context"]
        thing = activity["object"]
        if activity["type"] in ("Create", "Update") and isinstance(thing, dict) and "attributedTo" in thing:
            assert thing["attributedTo"] == activity["actor"]
            assert not {"@graph", "@included", "@reverse"} & {*thing}
        if activity["type"] == "Create":
            # Without a mention, a message to one is "limited" and tells nobody.
            addressees = [*thing["to"], *thing["cc"]]
            if not any(uri == PUBLIC or uri.endswith("/followers") for uri in addressees):
                if "inReplyTo" not in thing or "name" not in thing:
                    mentioned = {tag["href"] for tag in thing["tag"] if tag["type"] == "Mention"}
                    assert {*addressees} <= mentioned

    # RFC 9421, since 4.5

    def signer(self, request):
        if not request.field("signature-input"):
            return super().signer(request)
        dialect = self

        class Keys(HTTPSignatureKeyResolver):
            def resolve_public_key(self, key_id):
                pem = dialect.key_document(key_id)["publicKey"]["publicKeyPem"]
                return serialization.load_pem_public_key(pem.encode())

        message = Message(request)
        try:
            results = HTTPMessageVerifier(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=Keys()).verify(
                message, max_age=self.window, body=request.body or None)
        except Exception as error:
            raise Unproven(repr(error)) from None
        (result,) = results
        covered = {name.strip('"') for name in result.covered_components}
        if not {"@method", "@target-uri", *(["content-digest"] if request.body else [])} <= covered:
            raise Unproven(f"covers only {covered}")
        return self.key_document(result.parameters["keyid"])["id"]

    def post_with_message_signature(self, actor, inbox, body):
        """The second knock of 4.7, also of many others."""
        return self.client.call("POST", inbox, message_headers(actor, inbox, body), body)

    # What it says

    def activity_id(self, actor, kind):
        number = next(NUMBERS)
        return {
            "Like": f"{actor.uri}#likes/{number}",
            "Announce": f"{actor.uri}/statuses/{number}/activity", "Accept": f"{actor.uri}#accepts/follows/{number}",
            "Reject": f"{actor.uri}#rejects/follows/{number}", "Block": f"{actor.uri}#blocks/{number}",
            "Update": f"{actor.uri}#updates/{number}", "Move": f"{actor.uri}#moves/{number}",
            "Vote": f"{actor.uri}#votes/{number}",
        }.get(kind, f"{self.origin}/{uuid.uuid4()}")

    def undo(self, actor, activity):
        return super().undo(actor, activity) | {"id": activity["id"] + "/undo"}

    def note_id(self, actor):
        return f"{actor.uri}/statuses/{next(NUMBERS)}"

    def dressed(self, post, content):
        number = post["id"].rpartition("/")[2]
        return {
            "@context": POST_CONTEXT, "summary": None, "inReplyTo": None, "url": f"{self.origin}/@x/{number}",
            "sensitive": False,
            "atomUri": post["id"], "inReplyToAtomUri": None,
            "conversation": f"tag:{self.name},2026-01-01:objectId={number}:objectType=Conversation",
            "contentMap": {"en": post["content"]}, "attachment": [],
            "replies": {"id": post["id"] + "/replies", "type": "Collection", "first": {
                "type": "CollectionPage", "next": post["id"] + "/replies?only_other_accounts=true&page=true",
                "partOf": post["id"] + "/replies", "items": []}}, **post}

    def html(self, content):
        return f'<p>{content} <span class="h-card" translate="no"><a href="{self.origin}/@x" class="u-url mention">@<span>x</span></a></span></p>'

    def create(self, actor, post):
        return super().create(actor, post) | {"id": post["id"] + "/activity"}

    def delete(self, actor, post):
        return super().delete(actor, post) | {"id": post["id"] + "#delete", "to": [PUBLIC], "cc": [], "signature": {
            "type": "RsaSignature2017", "creator": actor.key_id, "created": written_now(),
            "signatureValue": actor.sign("x")}}

    def tombstone(self, post):
        return super().tombstone(post) | {"atomUri": post["id"]}

    def vote(self, actor, question, person, option):
        # `to` is a text here.
        vote = super().vote(actor, question, person, option)
        vote["object"]["to"] = vote["to"] = person.uri
        return vote

    def flag(self, person, posts, comment):
        return super().flag(person, posts, comment) | {"to": person.uri}

    def delete_actor(self, actor):
        return super().delete_actor(actor) | {"id": actor.uri + "#delete", "signature": {
            "type": "RsaSignature2017", "creator": actor.key_id, "created": written_now(),
            "signatureValue": actor.sign("x")}}


class Message:
    """A request as the verifying library wants to see it."""

    def __init__(self, request):
        self.method = request.method
        self.url = f"https://{request.field('host')}{request.target}"
        self.headers = {name.lower(): value for name, value in request.fields}


def written_now():
    return written(now())
