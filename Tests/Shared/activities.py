"""Activities about sessions in the shapes of other servers: more members than needed, other spellings of the same."""

from datetime import timedelta

from actor import AS, MNT
from waiting import now, written, written_precisely


def activity(actor, kind, to, thing, **members):
    return {
        "@context": [AS, {"mnt": MNT}], "id": actor.new_id(), "type": kind, "actor": actor.uri, "to": [to], "cc": [],
        "published": written_precisely(now()), "object": thing, **spelled(members),
    }


def event(actor, mentor, start, minutes=45, **members):
    uri = members.pop("id", None) or actor.new_id("sessions")
    return {
        "id": uri, "type": "Event", "attributedTo": actor.uri, "actor": actor.uri, "name": "Mentoring session",
        "summary": "A session, online", "content": "<p>I would like <strong>feedback</strong> on my portfolio.</p>",
        "mediaType": "text/html", "startTime": written(start), "endTime": written(start + timedelta(minutes=minutes)),
        "duration": f"PT{minutes}M", "timezone": "Europe/Berlin",
        "location": {"type": "VirtualLocation", "name": "Video call", "url": f"{uri}/room"}, "status": "TENTATIVE",
        "eventStatus": "EventTentative", "organizers": None, "joinMode": "invite", "maximumAttendeeCapacity": 2,
        "to": [mentor], "cc": [], "published": written(now()), "url": uri, "context": actor.new_id("mentorships"),
        "mnt:revision": 0, "mnt:sessionType": "one-on-one", "mnt:state": "requested",
        "mnt:expiresAt": written(start - timedelta(hours=1)), "mnt:terms": {"mnt:kind": "free"}, **spelled(members),
    }


def invite(actor, mentor, thing, **members):
    return activity(actor, "Invite", mentor, thing, target=mentor, mnt__revision=0, **members)


def stub(invitation):
    """An Invite of the other side, as answers name it."""
    return {name: invitation[name] for name in ("id", "type", "actor",
        "target")} | {"object": invitation["object"]["id"]}


def tombstone(uri, former):
    return {"id": uri, "type": "Tombstone", "formerType": former, "deleted": written(now())}


def spelled(members):
    return {name.replace("__", ":"): value for name, value in members.items()}
