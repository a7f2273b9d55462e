"""mentord as the bench runs it: over TLS under a name of its own, reaching nobody but the listed peers."""

import json
import os
import time

from program import Program

from .client import Client
from .places import PEERS, SERVERS


class Server(Program):
    def __init__(self, program, bench, name="s.test", settings=None):
        self.authority = name
        self.origin = f"https://{name}"
        self.trust = bench.authority.trust
        self.raw_address = (SERVERS[name], 443)
        self.friend = Client("127.30.0.1", self.trust)
        certificate, key = bench.authority.issue(f"server-{name}", [name])
        values = {
            "origin": self.origin, "data": os.path.join(bench.folder, name), "community.name": "The school",
            "meeting.template": "https://meet.example/{room}", "log.format": "json", "delivery.pace": "0.01",
            "outbound.reachable": ",".join(f"{address}/32" for address in PEERS.values()),
            "listen": f"{SERVERS[name]}:443", "tls.certificate": certificate, "tls.key": key,
            # One hostile test brings more than a new host may in a day.
            "limits.federation": "0", "limits.requests": "0", "mentees.asks": "1000", **(settings or {}),
        }
        super().__init__(program, values, {**os.environ, "SSL_CERT_FILE": bench.authority.file})

    def api(self, method, path, body=None, token=None, headers=None):
        """A call of the mentoring API, from an address that nobody hostile has."""
        fields = dict(headers or {})
        if token:
            fields["Authorization"] = f"Bearer {token}"
        data = None
        if body is not None:
            fields["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        return self.friend.call(method, f"{self.origin}/api/mentoring{path}", fields, data)

    def resident(self):
        """Resident memory in MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            line = next(line for line in status if line.startswith("VmRSS:"))
        return int(line.split()[1]) // 1024

    def answer_time(self):
        """How long the slowest of five plain requests takes just now."""
        times = []
        for _ in range(5):
            started = time.monotonic()
            assert self.friend.call("GET", self.origin + "/health/live").status_code == 200
            times.append(time.monotonic() - started)
        return max(times)

    def is_prompt(self, elapsed, limit):
        """Whether something took no longer than it may. On a machine with other work, which plain requests tell, it may
        take longer in proportion."""
        return elapsed < limit or elapsed < 2 * limit * max(1, self.answer_time() / 0.02)

    def has_session(self, uri):
        return self.sql(f"select count(*) from sessions where uri = '{uri}'") == [["1"]]

    def holds(self, words):
        """Whether words lie anywhere in the database; letters and digits only."""
        tables = [name for name, in self.sql("select table_name from information_schema.tables where table_schema = 'public'")]
        looks = " union all ".join(f"select count(*) from {table} t where t::text like '%{words}%'" for table in tables)
        return any(count != "0" for count, in self.sql(looks))

    def hurry(self, kind):
        """Makes waiting jobs of a kind due."""
        self.sql(f"update jobs set due_at = now() where kind = '{kind}' and dead_at is null and lease is null")
        self.sql("select pg_notify('mentord_jobs', '')")
