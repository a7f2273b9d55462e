"""Who lives where. Every host has a loopback address of its own; only peers' addresses are listed as reachable."""

SERVERS = {
    "s.test": "127.0.10.10",
    # Lets in only whom it lists, and only those who sign.
    "strict.test": "127.0.10.11",
    # Counts what comes, as a server does by default.
    "counting.test": "127.0.10.12",
}
NAME_SERVER = "127.0.10.53"

# Names below a peer's name belong to it as well.
PEERS = {
    "b.test": "127.0.10.20", "b2.test": "127.0.10.21",
    "m.test": "127.0.10.31", "g.test": "127.0.10.32", "k.test": "127.0.10.33", "p.test": "127.0.10.34",
    "f.test": "127.0.10.35", "z.test": "127.0.10.36", "l.test": "127.0.10.37", "h.test": "127.0.10.38",
    "e.test": "127.0.10.66", "e2.test": "127.0.10.67",
    # Shut out by the operator.
    "x.test": "127.0.10.71",
    # Whatever is wrong with their certificates.
    "tls.test": "127.0.10.68",
    # Speaks an old version of TLS.
    "old.test": "127.0.10.70",
    # Accepts connections and never says hello.
    "stall.test": "127.0.10.69",
}

# Nothing may ever arrive here. Ports of https, http, of the server itself and of PostgreSQL.
DARK_ADDRESSES = ["127.0.0.1", "127.0.0.9", "127.0.77.9", "::1"]
DARK_PORTS = [443, 80, 8420, 5432]
