"""Waiting for what must come, and times in the spellings of the wire."""

import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

# Long enough for a machine with other work: only what fails waits for it.
PATIENCE = 60


def until(look, what, patience=PATIENCE):
    """Looks again and again until something true comes back, and gives that."""
    deadline = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"in {patience} s there was no {what}"
        time.sleep(0.03)


def soon(look, what):
    return until(look, what)


class Times:
    """Start times that do not overlap, so that no test takes a mentor's time from another."""

    def __init__(self):
        self.last = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=7)

    def next(self):
        self.last += timedelta(hours=3)
        return self.last


def now():
    return datetime.now(timezone.utc)


def http_date(moment):
    return format_datetime(moment, usegmt=True)


def written(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def written_precisely(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
