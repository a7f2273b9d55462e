"""Everything of a bench at one place, opened once for a run."""

import itertools

from authority import Authority

from .canary import Canaries
from .client import Client
from .dns import NameServer
from .peer import Peer
from .places import PEERS


class Bench:
    def __init__(self, folder):
        self.folder = folder
        self.authority = Authority(folder)
        self.dns = NameServer(PEERS)
        self.canaries = Canaries()
        self.hosts = {}
        numbers = itertools.product(range(40, 120), range(256), range(1, 255))
        self.addresses = (f"127.{a}.{b}.{c}" for a, b, c in numbers)

    def close(self):
        for host in self.hosts.values():
            host.close()
        self.canaries.close()
        self.dns.close()

    def host(self, name, make=Peer):
        """The host of a name, opened with the first mention."""
        if name not in self.hosts:
            tls = self.authority.context(name, [name, f"*.{name}", f"*.users.{name}"])
            self.hosts[name] = make(name, PEERS[name], tls)
        return self.hosts[name]

    def client(self):
        """Somebody with an address that nobody had before."""
        return Client(next(self.addresses), self.authority.trust)
