"""Events that are for one person, and the answers to them, as Friendica and Hubzilla have them: everybody gives one answer
to the Event itself, and takes it back before another."""

import uuid
from datetime import timedelta

from waiting import now, written

ANSWERS = ("Accept", "Reject", "TentativeAccept", "TentativeReject")


class Events:
    # What brings an event to who is invited.
    invitation = "Create"

    def event(self, organiser, person, title, start, minutes=30, place=""):
        """An event of theirs, as those see it who are invited; `minutes` are None where the end is open."""
        event = {"id": self.event_id(), "type": "Event", "name": title, "content": self.html("Half an hour, please."),
                 "startTime": self.moment(start), "published": written(now()), **self.for_one(person)}
        if minutes:
            event["endTime"] = self.moment(start + timedelta(minutes=minutes))
        return self.dressed_event(organiser, event, place)

    def event_id(self):
        return f"{self.origin}/objects/{uuid.uuid4()}"

    @staticmethod
    def for_one(person):
        return {"to": [], "cc": [person.uri]}

    @staticmethod
    def moment(time):
        return written(time).replace("Z", "+00:00")

    def invite(self, organiser, event, person):
        activity = self.activity(organiser, self.invitation, event, published=event["published"], **self.for_one(person))
        self.tell(organiser, person, activity)
        return activity

    def change(self, organiser, event, person, **members):
        """Changes an event of theirs and tells of it."""
        event |= members | {"updated": written(now())}
        self.tell(organiser, person, self.activity(organiser, "Update", event, **self.for_one(person)))

    def withdraw(self, organiser, event, person):
        gone = {"id": event["id"], "type": "Tombstone"}
        self.tell(organiser, person, self.activity(organiser, "Delete", gone, **self.for_one(person)))

    def reply_to(self, actor, verb, invitation, person):
        """Their answer to somebody's Invite."""
        return self.activity(actor, verb, invitation["object"]["id"], published=written(now()), to=[person.uri], cc=[])

    def admits(self, activity):
        super().admits(activity)
        thing = activity["object"]
        if activity["type"] in ANSWERS and (not isinstance(thing, dict) or thing.get("type") == "Event"):
            self.admits_answer(thing)
        if activity["type"] == "Undo" and thing.get("type") in ANSWERS:
            assert {"id", "type", "actor", "object"} <= set(thing) and isinstance(thing["object"], str)

    def standing(self, event, person):
        """What their calendar shows of somebody's answers to an event."""
        answers = {}
        for activity, _ in self.believed:
            thing = activity.get("object")
            if activity["actor"] != person.uri:
                continue
            if activity["type"] in ANSWERS and (thing if isinstance(thing, str) else thing["id"]) == event["id"]:
                answers[activity["id"]] = activity["type"]
            if activity["type"] == "Undo":
                answers.pop(thing["id"], None)
        return list(answers.values())
