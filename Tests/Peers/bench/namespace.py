"""A network and a file system view of the tests' own: the real addresses and ports, and nothing outside notices.

Needs root. Whatever is started from here on sees only a loopback interface without a route out, and name look-ups
that the tests script.
"""

import ctypes
import os
import pathlib
import subprocess
import threading

from .places import NAME_SERVER, PEERS, SERVERS

CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000

FILES = {
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n" + "".join(
        f"{address} {name}\n" for name, address in {**SERVERS, **PEERS}.items()),
    "/etc/resolv.conf": f"nameserver {NAME_SERVER}\noptions timeout:1 attempts:1\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
}


def enter(folder):
    """Moves this process, with everything it starts later, into the bench."""
    assert os.geteuid() == 0, "the bench needs root, for namespaces of its own"
    assert threading.active_count() == 1, "threads that run already would stay outside"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    run("mount", "--make-rprivate", "/")
    run("ip", "link", "set", "lo", "up")
    for path, text in FILES.items():
        file = pathlib.Path(folder, path.rpartition("/")[2])
        file.write_text(text)
        file.chmod(0o644)
        run("mount", "--bind", str(file), os.path.realpath(path))


def run(*words):
    subprocess.run(words, check=True, capture_output=True)
