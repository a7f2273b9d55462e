"""What a server says, in the plainest shape: each dialect says in its class what it says differently."""

from datetime import timedelta

from actor import AS
from bench.answers import document
from bench.notes import PUBLIC
from waiting import now, written


class Speech:
    context = AS

    def activity(self, actor, kind, thing, **members):
        identity = members.pop("id", None) or self.activity_id(actor, kind)
        return {"@context": self.context, "id": identity, "type": kind, "actor": actor.uri, "object": thing, **members}

    def activity_id(self, actor, kind):
        return actor.new_id()

    def follow(self, actor, person):
        return self.activity(actor, "Follow", person.uri)

    def accept(self, actor, follow):
        return self.activity(actor, "Accept", self.stub(follow))

    def reject(self, actor, follow):
        return self.activity(actor, "Reject", self.stub(follow))

    def undo(self, actor, activity):
        return self.activity(actor, "Undo", self.stub(activity))

    @staticmethod
    def stub(activity):
        """An activity inside of another one."""
        return {name: value for name, value in activity.items() if name != "@context"}

    def addresses(self, actor, visibility, people=()):
        people = [person.uri for person in people]
        return {
            "public": ([PUBLIC], [actor.followers, *people]), "unlisted": ([actor.followers], [PUBLIC, *people]),
            "followers": ([actor.followers], people), "direct": (people, []),
        }[visibility]

    def note_id(self, actor):
        return actor.new_id("notes")

    def note(self, actor, content, visibility="public", people=(), **members):
        """A post, served at its address. `members` are added as they are."""
        to, cc = self.addresses(actor, visibility, people)
        post = {"@context": self.context, "id": self.note_id(actor), "type": "Note", "attributedTo": actor.uri,
                "content": self.html(content), "published": written(now()), "to": to, "cc": cc,
                "tag": [self.mention(person) for person in people]}
        return self.publish(self.dressed(post | members, content))

    def dressed(self, post, content):
        """Adds what this server adds to every post."""
        return post

    @staticmethod
    def html(content):
        return f"<p>{content}</p>"

    @staticmethod
    def mention(person):
        return {"type": "Mention", "href": person.uri, "name": f"@{person.handle}"}

    def create(self, actor, post):
        return self.about_post(actor, "Create", post, self.stub(post), published=post["published"])

    def update(self, actor, post):
        return self.about_post(actor, "Update", post, self.stub(post))

    def edited(self, post, content):
        post |= {"content": self.html(content), "updated": written(now() + timedelta(seconds=1))}
        if "contentMap" in post:
            post["contentMap"] = {language: post["content"] for language in post["contentMap"]}
        return post

    def delete(self, actor, post):
        self.documents.pop(post["id"].removeprefix(self.origin), None)
        return self.about_post(actor, "Delete", post, self.tombstone(post))

    def tombstone(self, post):
        return {"id": post["id"], "type": "Tombstone"}

    def about_post(self, actor, kind, post, thing, **members):
        return self.activity(actor, kind, thing, to=post["to"], cc=post["cc"], **members)

    def like(self, actor, uri, person):
        return self.activity(actor, "Like", uri)

    def boost(self, actor, uri, person):
        return self.activity(actor, "Announce", uri, published=written(now()), to=[PUBLIC],
            cc=[actor.followers, person.uri])

    def poll(self, actor, content, options, multiple=False, people=(), ends=timedelta(days=1)):
        choices = [{"type": "Note", "name": option, "replies": {"type": "Collection", "totalItems": 0}}
            for option in options]
        return self.note(actor, content, people=people, type="Question", **{
            "anyOf" if multiple else "oneOf": choices, "endTime": written(now() + ends), **self.poll_members()})

    def poll_members(self):
        return {"votersCount": 0}

    def count(self, post, option):
        """Counts a vote, as one that came in."""
        choice = next(c for c in post.get("oneOf") or post["anyOf"] if c["name"] == option)
        choice["replies"]["totalItems"] += 1
        if "votersCount" in post:
            post["votersCount"] += 1

    def vote(self, actor, question, person, option):
        """The activity, or the activities, of a vote for one option."""
        identity = self.activity_id(actor, "Vote")
        note = {"id": identity, "type": "Note", "name": option, "attributedTo": actor.uri, "inReplyTo": question,
            "to": [person.uri]}
        return self.activity(actor, "Create", note, id=identity + "/activity", to=[person.uri])

    def votes(self, actor, question, person, options):
        """One activity for each option."""
        return [self.vote(actor, question, person, option) for option in options]

    def block(self, actor, person):
        return self.activity(actor, "Block", person.uri, to=[person.uri])

    def flag(self, person, posts, comment):
        return self.activity(self.instance, "Flag", [person.uri, *posts], content=comment, to=[person.uri])

    def move(self, actor, target):
        return self.activity(actor, "Move", actor.uri, target=target.uri, to=[actor.followers])

    def update_actor(self, actor):
        return self.activity(actor, "Update", self.stub(actor.document), to=[PUBLIC])

    def delete_actor(self, actor):
        self.documents.pop(actor.uri.removeprefix(self.origin), None)
        self.routes[actor.uri.removeprefix(self.origin)] = self.gone_answer(actor)
        return self.activity(actor, "Delete", actor.uri, to=[PUBLIC])

    def gone_answer(self, actor):
        return document({"@context": AS, "id": actor.uri, "type": "Tombstone"}, status=410)

    def pin(self, actor, post):
        return self.activity(actor, "Add", post["id"], target=actor.document["featured"], to=[PUBLIC])
