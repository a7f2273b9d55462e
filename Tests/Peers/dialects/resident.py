"""Somebody who lives on a server of another make."""

from actor import PeerActor
from bench.keys import SHARED


class Resident(PeerActor):
    """An actor of a dialect, whose addresses the dialect chooses."""

    def __init__(self, host, name, key=SHARED, **members):
        super().__init__(host.origin, name, key=key)
        self.host = host
        self.uri = host.actor_uri(name)
        self.inbox = host.inbox_of(self)
        self.key_id = host.key_id_of(self)
        self.followers = host.followers_of(self)
        self.document = host.actor_document(self) | members

    @property
    def is_locked(self):
        return self.document.get("manuallyApprovesFollowers", False)
