"""Direct posts between somebody there and somebody here."""

import re

from waiting import soon


def text_of(html):
    return re.sub(r"<[^>]+>", "", html)


class Talk:
    """What somebody there and somebody here say to each other."""

    def __init__(self, peer, server, them, person):
        self.peer, self.server, self.them, self.person = peer, server, them, person
        self.start = len(peer.believed)

    def says(self, words, to=None, actor=None, visibility="direct"):
        """They write, in answer to an address or to begin with."""
        actor = actor or self.them
        members = {"inReplyTo": to} if to else {}
        post = self.peer.note(actor, words, visibility, [self.person], **members)
        activity = self.peer.create(actor, post)
        self.peer.tell(actor, self.person, activity)
        self.server.row_counts()
        return activity

    def votes(self, question, option, actor=None):
        activity = self.peer.vote(actor or self.them, question["id"], self.person, option)
        self.peer.tell(actor or self.them, self.person, activity)
        self.server.row_counts()
        return activity

    def hears(self, *words):
        """The newest post to them in which all these words stand."""

        def look():
            said = [a["object"] for a, _ in self.peer.believed[self.start:] if a["type"] == "Create"]
            return next((post for post in reversed(said) if all(w in text_of(post["content"]) for w in words)), None)

        return soon(look, f"{words} at {self.peer.name}")

    def count(self, word):
        return sum(
            a["type"] == "Create" and word in text_of(a["object"]["content"]) for a, _ in self.peer.believed[self.start:])
