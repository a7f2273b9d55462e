"""Writes calendars with the times at which they say that somebody is busy, one JSON object a line: rows of events over the
changes of clocks of many zones, as `icalendar` and `recurring_ical_events` read them."""

import json
import random
import zoneinfo
from datetime import date, datetime, time, timedelta, timezone

import icalendar
import recurring_ical_events

from free_time_cases import DAY, ZONES, changes

# The data of the package tzdata, as in free_times.
zoneinfo.reset_tzpath([])
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def local(moment):
    return moment.strftime("%Y%m%dT%H%M%S")


def named(name, moment, zone):
    """A property with a time in a zone; without one for None, of UTC where it is called so."""
    if zone is None:
        return f"{name}:{local(moment)}"
    return f"{name}:{local(moment)}Z" if zone == "UTC" else f"{name};TZID={zone}:{local(moment)}"


def rule(dice, start, zone, is_day):
    """A rule that the start itself fits."""
    weekday = WEEKDAYS[start.weekday()]
    made = dice.choice([
        "FREQ=DAILY", f"FREQ=DAILY;INTERVAL={dice.randint(2, 9)}", f"FREQ=WEEKLY;BYDAY={weekday}",
        f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(sorted({weekday, dice.choice(WEEKDAYS)}))};WKST=SU",
        f"FREQ=MONTHLY;BYMONTHDAY={start.day}", f"FREQ=MONTHLY;BYDAY={(start.day - 1) // 7 + 1}{weekday}",
        f"FREQ=MONTHLY;BYDAY={weekday};BYSETPOS={(start.day - 1) // 7 + 1}", f"FREQ=YEARLY;BYMONTH={start.month}",
    ])
    end = dice.choice(["", "count", "until"])
    if end == "count":
        return f"{made};COUNT={dice.randint(1, 40)}"
    if end == "until":
        until = start + timedelta(days=dice.randint(1, 200))
        if is_day:
            return f"{made};UNTIL={until:%Y%m%d}"
        if zone is None:
            return f"{made};UNTIL={local(until)}"
        return f"{made};UNTIL={local(until.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(timezone.utc))}Z"
    return made


def length_of(dice, start, zone, minutes):
    """How long it takes, in one of the ways to say so; once more, as a plain number, for who reads this aloud."""
    if zone is None or dice.random() < 0.5:
        return [f"DURATION:PT{minutes}M", f"X-MINUTES:{minutes}"]
    end = start.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(timezone.utc) + timedelta(minutes=minutes)
    return [f"DTEND:{local(end)}Z", f"X-MINUTES:{minutes}"]


def event(dice, number, around, home):
    """Lines of one row of events, with some that are taken out, moved, called off or added."""
    start = datetime.fromtimestamp(around, timezone.utc).replace(tzinfo=None) + timedelta(
        days=dice.choice([-200, -40, -7, -1, 0, 1, 5]) + dice.randint(-3, 3), minutes=dice.randint(0, 287) * 5)
    zone = dice.choice([None, "UTC", home, dice.choice(ZONES)])
    is_day = dice.random() < 0.2
    lines = [f"UID:{number}@example"]
    if is_day:
        lines.append(f"DTSTART;VALUE=DATE:{start:%Y%m%d}")
        if days := dice.randint(0, 3):
            lines.append(f"DTEND;VALUE=DATE:{start + timedelta(days=days):%Y%m%d}")
    else:
        lines += [named("DTSTART", start, zone), *length_of(dice, start, zone, dice.choice([15, 45, 60, 150, 600, 2000]))]
    lines.append(dice.choice(["TRANSP:OPAQUE", "STATUS:TENTATIVE", "TRANSP:TRANSPARENT", "STATUS:CANCELLED", "SUMMARY:Talk"]))
    moved = []
    if dice.random() < 0.8:
        made = rule(dice, start, zone, is_day)
        lines.append(f"RRULE:{made}")
        week = timedelta(days=7 * dice.randint(0, 5))
        if not is_day and dice.random() < 0.4:
            lines.append(named("RDATE", start + timedelta(days=dice.randint(1, 50), minutes=35), zone))
        if not is_day and dice.random() < 0.5:
            lines.append(named("EXDATE", start + week + timedelta(days=7), zone))
        # Only what is there can be moved: anything else is read differently everywhere.
        if not is_day and dice.random() < 0.6 and made in ["FREQ=DAILY", f"FREQ=WEEKLY;BYDAY={WEEKDAYS[start.weekday()]}"]:
            other = start + week + timedelta(minutes=dice.randint(-600, 3000))
            moved = [[f"UID:{number}@example", named("RECURRENCE-ID", start + week, zone), named("DTSTART", other, zone),
                      *length_of(dice, other, zone, 25), dice.choice(["TRANSP:OPAQUE", "STATUS:CANCELLED"])]]
    return [lines, *moved]


def calendar(dice, around, home):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cases//EN"]
    for number in range(dice.randint(1, 4)):
        for made in event(dice, number, around, home):
            lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *made, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def moment(value, home):
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return int((value if value.tzinfo else value.replace(tzinfo=zoneinfo.ZoneInfo(home))).timestamp())


def busy(text, home, first, last):
    """What takes place by the libraries; how long a time takes is exact, and a day is one of the zone."""
    found = []
    window = [datetime.fromtimestamp(bound, timezone.utc) for bound in (first - 5 * DAY, last + 5 * DAY)]
    for event in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(*window):
        if str(event.get("TRANSP")) == "TRANSPARENT" or str(event.get("STATUS")) == "CANCELLED":
            continue
        start, end = event.start, event.end
        if isinstance(start, datetime):
            found.append((moment(start, home), moment(start, home) + int(event["X-MINUTES"]) * 60))
        else:
            found.append((moment(start, home), moment(end, home)))
    merged = []
    for start, end in sorted((max(start, first), min(end, last)) for start, end in found):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def main():
    dice = random.Random(10)
    for home in ZONES:
        found = [change for change in changes(home) if change > 1_400_000_000]
        for around in dice.sample(found, min(8, len(found))) or [1_790_000_000]:
            for _ in range(5):
                text = calendar(dice, around, home)
                first, last = around - 20 * DAY, around + 60 * DAY
                print(json.dumps({"zone": home, "from": first, "to": last, "calendar": text, "times": busy(text, home, first, last)}))


if __name__ == "__main__":
    main()
