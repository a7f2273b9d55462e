"""A mentor's free times once more, by other means than the server: minute by minute, with zoneinfo and dateutil.

It follows what the API's description promises, knows nothing of how the server does it, and need not be quick.
"""

import zoneinfo
from datetime import date, datetime, timedelta, timezone

from dateutil import tz
from dateutil.rrule import DAILY, rrule

# Not the system's data, which change with its updates, but those of the package tzdata, in the version that the server's
# own have (`TimeZone.timeZoneDataVersion`): both have to know of the same changes of clocks.
zoneinfo.reset_tzpath([])
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
STANDARD = {"notice": 720, "furthest_days": 60, "buffer_before": 0, "buffer_after": 10, "grid": 30, "most_a_day": None}


def wall(text):
    """Minutes since midnight of `09:30`."""
    return int(text[:2]) * 60 + int(text[3:])


def spans(day, days):
    return date.fromisoformat(days["from"]) <= day <= date.fromisoformat(days["to"])


class FreeTimes:
    """`availability` is what the API takes; points in time are seconds since 1970."""

    def __init__(self, availability, kind, minutes, taken, now):
        self.availability = availability
        self.home = zoneinfo.ZoneInfo(availability["zone"])
        self.kind = kind
        self.length = minutes * 60
        self.taken = taken
        self.now = now
        self.minutes = {}
        self.days = {}
        self.limits = self.limits_of(kind)

    def limits_of(self, kind):
        given = [limits for limits in self.availability.get("limits", []) if limits["type"] == kind]
        return {**STANDARD, **(given[0] if given else {})}

    def day(self, day):
        """What holds on a day: its zone, the weekly hours, the hours of that day, whether the mentor is away."""
        if day not in self.days:
            zone = self.home
            for travel in self.availability.get("travels", []):
                if spans(day, travel):
                    zone = zoneinfo.ZoneInfo(travel["zone"])
            weekly = [(wall(rule["from"]), wall(rule["to"])) for rule in self.availability["rules"]
                      if rule["weekday"] == DAYS[day.weekday()]]
            hours = weekly
            for exception in self.availability.get("exceptions", []):
                if exception["date"] == day.isoformat():
                    hours = [(wall(hour["from"]), wall(hour["to"])) for hour in exception["hours"]]
            away = any(spans(day, absence) for absence in self.availability.get("absences", []))
            self.days[day] = zone, weekly, hours, away
        return self.days[day]

    def is_open(self, minute):
        """Whether the wall clock of the mentor shows a time of open hours, on any day that has this moment."""
        if minute not in self.minutes:
            utc = datetime.fromtimestamp(minute, timezone.utc)
            found = False
            for shift in (-1, 0, 1):
                day = utc.date() + timedelta(days=shift)
                zone, _, hours, away = self.day(day)
                local = utc.astimezone(zone)
                clock = local.hour * 60 + local.minute
                if not away and local.date() == day and any(start <= clock < end for start, end in hours):
                    found = True
            self.minutes[minute] = found
        return self.minutes[minute]

    def grid(self, day, zone, hours):
        """The times at which sessions start by the hours alone."""
        step = self.limits["grid"]
        starts = []
        for opening, closing in hours:
            moments = set()
            for clock in range(opening, closing, step):
                naive = datetime(day.year, day.month, day.day, clock // 60, clock % 60)
                if not tz.datetime_exists(naive, zone):
                    continue
                moments.add(int(naive.replace(tzinfo=zone).timestamp()))
                if tz.datetime_ambiguous(naive, zone):
                    moments.add(int(tz.enfold(naive.replace(tzinfo=zone), fold=1).timestamp()))
            kept = []
            for moment in sorted(moments):
                if not kept or moment - kept[-1] >= step * 60:
                    kept.append(moment)
            starts += kept
        return starts

    def within(self, start, end):
        """Each start in a time with the rule that forbids it, None where it is free."""
        first = datetime.fromtimestamp(start, timezone.utc) - timedelta(days=2)
        last = datetime.fromtimestamp(end, timezone.utc) + timedelta(days=2)
        reasons = {}
        for moment in rrule(DAILY, dtstart=first.replace(tzinfo=None), until=last.replace(tzinfo=None)):
            day = moment.date()
            zone, weekly, hours, away = self.day(day)
            usual = self.grid(day, zone, hours)
            replaced = [] if away or hours is weekly else self.grid(day, zone, weekly)
            for moments, reason in ((usual, "absence" if away else None), (replaced, "exception")):
                for moment in moments:
                    reasons.setdefault(moment, set()).add(reason)
        order = [None, "absence", "exception"]
        chosen = {moment: min(found, key=order.index) for moment, found in reasons.items() if start <= moment < end}
        return {moment: self.judged(moment, reason) for moment, reason in sorted(chosen.items())}

    def judged(self, start, reason):
        end = start + self.length
        local = datetime.fromtimestamp(start, self.home)
        today = datetime.fromtimestamp(self.now, self.home).date()
        if start <= self.now:
            return "past"
        if reason:
            return reason
        if not all(self.is_open(minute) for minute in range(start, end, 60)):
            return "hours_end"
        if start < self.now + self.limits["notice"] * 60:
            return "notice"
        if (local.date() - today).days > self.limits["furthest_days"]:
            return "furthest"
        for blocked in self.availability.get("blocked", []):
            if self.is_near(start, end, blocked["start"], blocked["end"], 0, 0):
                return "blocked"
        for other in self.taken:
            own = self.limits_of(other["type"]) if other.get("type") else {"buffer_before": 0, "buffer_after": 0}
            if self.is_near(start, end, other["start"], other["end"], own["buffer_before"], own["buffer_after"]):
                return "taken"
        return self.capped(local)

    def is_near(self, start, end, other_start, other_end, other_before, other_after):
        """Whether too little lies between two times: of two buffers that meet, the longer one counts."""
        after = max(self.limits["buffer_after"], other_before) * 60
        before = max(self.limits["buffer_before"], other_after) * 60
        return start < other_end + before and other_start < end + after

    def capped(self, local):
        caps = self.availability.get("caps", {})
        sessions = [(datetime.fromtimestamp(other["start"], self.home), other) for other in self.taken
                    if other["kind"] != "calendar"]
        same_day = [other for at, other in sessions if at.date() == local.date()]
        same_week = [other for at, other in sessions if at.isocalendar()[:2] == local.isocalendar()[:2]]
        same_month = [other for at, other in sessions if (at.year, at.month) == (local.year, local.month)]
        most = self.limits["most_a_day"]
        if most and sum(other.get("type") == self.kind for other in same_day) >= most:
            return "most_of_type_a_day"
        if caps.get("a_day") and len(same_day) >= caps["a_day"]:
            return "most_a_day"
        if caps.get("a_week") and len(same_week) >= caps["a_week"]:
            return "most_a_week"
        seconds = sum(other["end"] - other["start"] for other in same_month) + self.length
        if caps.get("hours_a_month") and seconds > caps["hours_a_month"] * 3600:
            return "hours_a_month"
        return None
