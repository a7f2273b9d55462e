"""mentord as the bench runs it: at https://s.test, reaching nobody but the listed peers."""

import json
import os
import subprocess

from program import Program

from .client import Client
from .front import Front
from .places import PEERS, SERVER

INNER_PORT = 8420


class Server(Program):
    authority = "s.test"
    origin = "https://s.test"

    def __init__(self, program, folder, certificates, **settings):
        self.trust = certificates.trust
        known = subprocess.run([program, "settings"], capture_output=True, text=True, check=True).stdout
        self.has_tls = "\ntls.certificate " in known
        names = [self.authority]
        self.values = {
            "origin": self.origin, "data": os.path.join(folder, "server"), "community.name": "The school",
            "meeting.template": "https://meet.example/{room}", "log.format": "json", "delivery.pace": "0.01",
            "outbound.reachable": ",".join(f"{address}/32" for address in PEERS.values()), **settings,
        }
        if "\nlimits.federation " in known:
            # One hostile test brings more than a new host may in a day.
            self.values["limits.federation"] = settings.get("limits.federation", "0")
        self.front = None
        if self.has_tls:
            certificate, key = certificates.issue("server", names)
            self.values |= {"tls.certificate": certificate, "tls.key": key, "listen": f"{SERVER}:443"}
        else:
            self.values["listen"] = f"{SERVER}:{INNER_PORT}"
            self.front = Front(SERVER, 443, INNER_PORT, certificates.context("server", names))
        self.raw_address = (SERVER, 443 if self.has_tls else INNER_PORT)
        self.friend = Client("127.30.0.1", self.trust)
        super().__init__(program, self.values, {**os.environ, "SSL_CERT_FILE": certificates.file})

    def stop(self):
        if self.front:
            self.front.close()
        return super().stop()

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

    def has_session(self, uri):
        return self.sql(f"select count(*) from sessions where uri = '{uri}'") == [["1"]]

    def holds(self, words):
        """Whether words lie anywhere in the database; letters and digits only."""
        tables = [name for name, in self.sql("select table_name from information_schema.tables where table_schema = 'public'")]
        looks = " union all ".join(f"select count(*) from {table} t where t::text like '%{words}%'" for table in tables)
        return any(count != "0" for count, in self.sql(looks))

    def hurry(self, kind):
        """Makes waiting jobs of a kind due."""
        self.sql(f"update jobs set due_at = now() where kind = '{kind}' and dead_at is null")
        self.sql("select pg_notify('mentord_jobs', '')")

    # What people do through a client

    def act(self, person, *words, check=True):
        """Lets somebody do something; gives what the command prints. Without `check` a refusal gives nothing."""
        done = subprocess.run(
            [self.program, "act", *words, "--as", getattr(person, "username", person), *self.settings],
            capture_output=True,
            text=True, timeout=60, env=self.environment)
        assert done.returncode == 0 or not check, f"{words}: {done.stderr or done.stdout}"
        return done.stdout.strip() if done.returncode == 0 else ""

    def show(self, person, *words, check=True):
        """What somebody sees: a list of JSON objects."""
        return [json.loads(line) for line in self.act(person, "show", *words, check=check).splitlines()]
