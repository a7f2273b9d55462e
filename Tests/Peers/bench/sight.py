"""What people of the server see."""


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
