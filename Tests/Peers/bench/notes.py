"""Posts and social activities in their plainest form."""

import itertools

from actor import AS
from waiting import now, written

PUBLIC = AS + "#Public"
NUMBERS = itertools.count(1)


def marker():
    """A word that is nowhere else."""
    return f"marker{next(NUMBERS)}x{now().strftime('%H%M%S%f')}"


def note(actor, content, to=(PUBLIC,), cc=(), **members):
    """A post of an actor's; served by nobody until it is published."""
    uri = members.pop("id", None) or actor.new_id("notes")
    return {
        "@context": AS, "id": uri, "type": "Note", "attributedTo": actor.uri, "content": f"<p>{content}</p>",
        "to": list(to),
        "cc": list(cc), "published": written(now()), "url": uri, **members,
    }


def wrapped(actor, kind, thing, to=None, **members):
    """An activity around a thing, or around its id."""
    return {
        "@context": AS, "id": actor.new_id(), "type": kind, "actor": actor.uri, "published": written(now()),
        "to": to or (thing.get("to", [PUBLIC]) if isinstance(thing, dict) else [PUBLIC]), "cc": [], "object": thing,
        **members,
    }


def mention(person):
    return {"type": "Mention", "href": person.uri, "name": f"@{person.handle}"}


def to_person(actor, content, person, **members):
    """A post for one person alone."""
    return note(actor, content, to=[person.uri], tag=[mention(person)], **members)
