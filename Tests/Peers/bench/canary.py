"""Listeners where nothing may ever arrive."""

import socket
import threading

from .places import DARK_ADDRESSES, DARK_PORTS


def attempts_outside():
    """How often anybody here tried to reach an address that no route leads to.

    A look-up with several answers counts as well: the resolver tries them to sort them.
    """
    with open("/proc/thread-self/net/snmp") as file:
        names, values = (line.split() for line in file if line.startswith("Ip:"))
    with open("/proc/thread-self/net/snmp6") as file:
        six = dict(line.split() for line in file)
    return int(values[names.index("OutNoRoutes")]) + int(six["Ip6OutNoRoutes"])


class Canaries:
    def __init__(self):
        self.sockets = []
        # Everything that was heard: (address, port, first bytes).
        self.heard = []
        for address in DARK_ADDRESSES:
            for port in DARK_PORTS:
                self.listen(address, port)

    def listen(self, address, port):
        listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(64)
        self.sockets.append(listener)
        threading.Thread(target=self.accept, args=[listener, address, port], daemon=True).start()

    def accept(self, listener, address, port):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(0.2)
            try:
                data = connection.recv(100)
            except OSError:
                data = b""
            self.heard.append((address, port, data))
            connection.close()

    def close(self):
        for listener in self.sockets:
            listener.close()
