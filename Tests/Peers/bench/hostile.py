"""What hostile tests have in common: an inbox, somebody whose key is known, and an activity that would be taken."""

import json

from activities import event, invite


def body_of(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def request_for(actor, mentor, times, **members):
    """An Invite that the server takes when nothing is wrong with how it comes."""
    return invite(actor, mentor.uri, event(actor, mentor.uri, times.next()), **members)


def cavage(actor, inbox, body, **changes):
    """Signed fields, some of them changed afterwards (`after`); None takes one away."""
    later = changes.pop("after", {})
    headers = actor.signed_headers("POST", inbox, body, **changes) | later
    return {name: value for name, value in headers.items() if value is not None}


def ask(person, name):
    """Lets somebody here look for somebody elsewhere, by handle or address, for a time too far away to be taken."""
    return person.call("POST", "/sessions", {
        "mentor": name, "type": "pana_support", "topic": "Hello", "start": "2099-03-01T16:00:00Z", "minutes": 30,
        "zone": "Europe/Berlin"})
