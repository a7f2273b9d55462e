"""What must hold after whatever was done to the server."""

import time

from waiting import until


class Oracles:
    """Looks at the server before, and says after what is not as it must be."""

    allowance = 64

    def __init__(self, server, canaries, clients, friend):
        self.server = server
        self.canaries = canaries
        self.clients = clients
        self.friend = friend
        self.log_start = len(server.log)
        self.heard = len(canaries.heard)

    def check(self, memory_start):
        # O1: the same process, in good health within a second.
        assert self.server.process.poll() is None, "the server died:\n" + self.last_words()
        until(self.is_well, "answer about its health within a second")
        # O2: no failure that is not a request for patience.
        for client in self.clients:
            for reply in client.replies:
                if reply.status_code >= 500:
                    assert reply.status_code == 503 and reply.headers["Retry-After"], reply
        failures = [line for line in self.server.log[self.log_start :] if '"level":"error"' in line
            or '"level":"critical"' in line]
        assert not failures, failures
        # O3: the memory comes back.
        limit = memory_start + self.allowance
        until(lambda: self.server.resident() < limit, f"memory below {limit} MiB")
        # O4: nothing was heard where nothing may be.
        assert self.canaries.heard[self.heard :] == []

    def is_well(self):
        started = time.monotonic()
        reply = self.friend.call("GET", self.server.origin + "/health/ready")
        return reply.status_code == 200 and time.monotonic() - started < 1

    def last_words(self):
        """What the server wrote that is no log: where it was when it died."""
        words = [line for line in self.server.log if not line.startswith("{")]
        return "".join(words)[:6000]
