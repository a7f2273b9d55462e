"""Writes cases of free times with what is right, one JSON object a line: every change of clocks of twenty years in more
than twenty zones, and days without any; each with rules, exceptions, journeys, absences and sessions of its own."""

import json
import random
import zoneinfo
from datetime import date, datetime, timedelta

from free_times import DAYS, FreeTimes

# Half and quarter hours, changes of half an hour and of two, at midnight and backwards over it, both hemispheres, Ramadan,
# a day that was skipped at the date line, laws that ended it, and zones without any.
ZONES = """
    Africa/Cairo Africa/Casablanca America/Asuncion America/Havana America/New_York America/Nuuk America/Santiago
    America/Sao_Paulo America/St_Johns Antarctica/Troll Asia/Amman Asia/Gaza Asia/Kathmandu Asia/Kolkata Asia/Tehran
    Australia/Adelaide Australia/Lord_Howe Europe/Berlin Europe/Istanbul Europe/London Pacific/Apia Pacific/Chatham
    Pacific/Kiritimati UTC
    """.split()
YEARS = range(2011, 2031)
DAY = 86_400
TYPES = ["artistic", "panamia_planning"]


def changes(zone):
    """When the offset of a zone changes, looked for hour by hour."""
    zone = zoneinfo.ZoneInfo(zone)
    offset = None
    for moment in range(seconds(date(YEARS.start, 1, 1)), seconds(date(YEARS.stop, 1, 1)), 3600):
        present = datetime.fromtimestamp(moment, zone).utcoffset()
        if offset is not None and present != offset:
            yield moment
        offset = present


def seconds(day):
    return (day - date(1970, 1, 1)).days * DAY


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def hours(dice, most=3):
    """Hours of a day that do not overlap, often at the ends of the day, where clocks change."""
    edges = sorted(dice.sample([0, 30, 60, 90, 120, 150, 180, 195, 240, 345, 420, 540, 725, 900, 1080, 1260, 1395, 1440],
                               2 * dice.randint(1, most)))
    return [{"from": clock(start), "to": clock(end)} for start, end in zip(edges[::2], edges[1::2])]


def availability(dice, zone, around):
    middle = date(1970, 1, 1) + timedelta(days=around // DAY)
    day = lambda: middle + timedelta(days=dice.randint(-2, 2))
    moment = lambda: around + dice.randint(-2 * DAY, 2 * DAY) // 300 * 300
    made = {"zone": zone, "rules": [{"weekday": name, **hour} for name in DAYS if dice.random() < 0.9 for hour in hours(dice)]}
    if dice.random() < 0.4:
        made["exceptions"] = [{"date": day().isoformat(), "hours": hours(dice) if dice.random() < 0.7 else []}]
    if dice.random() < 0.3:
        first = day()
        made["travels"] = [{"from": first.isoformat(), "to": (first + timedelta(days=dice.randint(0, 3))).isoformat(),
                            "zone": dice.choice(ZONES)}]
    if dice.random() < 0.2:
        made["absences"] = [{"from": (first := day()).isoformat(), "to": (first + timedelta(days=1)).isoformat()}]
    if dice.random() < 0.3:
        made["blocked"] = [{"start": (start := moment()), "end": start + dice.randint(1, 300) * 60}]
    made["limits"] = [
        {"type": kind, "notice": dice.choice([0, 60, 720]), "furthest_days": dice.choice([2, 30, 730]),
         "buffer_before": dice.choice([0, 5, 30]), "buffer_after": dice.choice([0, 10, 45]),
         "grid": dice.choice([5, 15, 20, 25, 30, 40, 45, 50, 60, 90]), "most_a_day": dice.choice([None, None, 1, 2])}
        for kind in TYPES if dice.random() < 0.9]
    made["caps"] = {"a_day": dice.choice([None, None, 2]), "a_week": dice.choice([None, None, 3]),
                    "hours_a_month": dice.choice([None, None, 4])}
    return made


def taken(dice, around):
    times = []
    for _ in range(dice.randint(0, 5)):
        start = around + dice.randint(-20 * DAY, 20 * DAY) // 900 * 900 if dice.random() < 0.4 \
            else around + dice.randint(-2 * DAY, 2 * DAY) // 300 * 300
        kind = dice.choice(["session", "session", "request", "hold", "calendar"])
        times.append({"start": start, "end": start + dice.choice([30, 45, 60, 120]) * 60, "kind": kind,
                      "type": None if kind == "calendar" else dice.choice(TYPES)})
    return times


def case(dice, zone, around):
    around = around // 3600 * 3600
    made = {"availability": availability(dice, zone, around), "type": dice.choice(TYPES), "minutes": dice.choice([15, 30, 45, 90]),
            "taken": taken(dice, around), "now": around - dice.choice([20 * DAY, 2 * DAY, 3600]), "from": around - int(1.5 * DAY),
            "to": around + int(1.5 * DAY)}
    times = FreeTimes(made["availability"], made["type"], made["minutes"], made["taken"], made["now"])
    found = times.within(made["from"], made["to"])
    return {**made, "starts": [{"start": start, "obstacle": reason} for start, reason in found.items()]}


if __name__ == "__main__":
    for zone in ZONES:
        dice = random.Random(zone)
        others = [seconds(date(dice.choice(YEARS), dice.randint(1, 12), dice.randint(1, 28))) for _ in range(10)]
        for around in [*changes(zone), *others]:
            print(json.dumps(case(dice, zone, around)))
