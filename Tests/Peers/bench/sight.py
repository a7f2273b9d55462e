"""What people of the server see."""

from urllib.parse import urlencode


class Sight:
    def __init__(self, server, person):
        self.server = server
        self.person = person

    def post(self, uri):
        """A post as this person sees it; None when there is nothing to see."""
        rows = self.server.show(self.person, "post", uri, check=False)
        return rows[0] if rows else None

    def thread(self, uri):
        return self.server.show(self.person, "thread", uri)

    def timeline(self):
        return self.server.show(self.person, "timeline")

    def notifications(self):
        """(kind, handle, post), the latest first."""
        return [(row["kind"], row["from"], row["post"]) for row in self.server.show(self.person, "notifications")]

    def asks(self, path, **query):
        """What a Mastodon-compatible program of this person's gets."""
        reply = self.server.friend.call("GET", f"{self.server.origin}/api/{path}?{urlencode(query)}",
            {"Authorization": f"Bearer {self.person.token}"})
        assert reply.ok, reply
        return reply.json()

    def answers(self, uri):
        """The addresses of what stands below a post."""
        (post,) = self.asks("v2/search", q=uri, type="statuses")["statuses"]
        return [status["uri"] for status in self.asks(f"v1/statuses/{post['id']}/context")["descendants"]]

    def relation(self, handle):
        return Relation(self.server.show(self.person, "relation", handle)[0])


class Relation:
    """How somebody stands to somebody else."""

    def __init__(self, row):
        self.follows = row["follows"] == "accepted"
        self.asked = row["follows"] == "pending"
        self.is_followed = row["followed_by"] == "accepted"
        self.was_asked = row["followed_by"] == "pending"
        self.blocks = row["blocks"]
        self.is_blocked = row["blocked_by"]
