"""Writes series with the dates that they have, as dateutil and zoneinfo tell them, one JSON object a line: around every
change of clocks of twenty years in more than twenty zones, and elsewhere."""

import json
import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule
from dateutil.tz import resolve_imaginary

from free_time_cases import YEARS, ZONES, changes, seconds

WEEKDAYS = [MO, TU, WE, TH, FR, SA, SU]


def rhythm(frequency, first, count, until):
    """The dates by the wall clock."""
    options = {"dtstart": first, "count": count, "until": until}
    if frequency == "weekly":
        return rrule(WEEKLY, **options)
    if frequency == "every_two_weeks":
        return rrule(WEEKLY, interval=2, **options)
    week = (first.day - 1) // 7
    return rrule(MONTHLY, byweekday=WEEKDAYS[first.weekday()](week + 1 if week < 4 else -1), **options)


def moment(wall, zone):
    """What a time of the wall clock is: the first where it comes twice, pushed on where it is skipped."""
    return int(resolve_imaginary(wall.replace(tzinfo=zone)).timestamp())


def case(dice, name, around):
    zone = ZoneInfo(name)
    frequency = dice.choice(["weekly", "weekly", "every_two_weeks", "monthly"])
    days = {"weekly": 7, "every_two_weeks": 14, "monthly": 31}[frequency]
    count = dice.randint(2, 52 if frequency == "weekly" else 26)
    # So that some date falls on the change itself, at an hour about which it is.
    change = datetime.fromtimestamp(around, zone).replace(tzinfo=None)
    first = change.replace(minute=0, second=0) - timedelta(days=days * dice.randint(0, count - 1))
    first += timedelta(minutes=dice.choice([-60, -30, 0, 15, 30, 45, 60, 90, dice.randint(0, 1439)]))
    if frequency == "monthly":
        first = first.replace(day=dice.choice([first.day, first.day, dice.randint(1, 28), 29 if first.month != 2 else 28]))
    start = moment(first, zone)
    # A first date that the clocks skip is what it is pushed to.
    first = datetime.fromtimestamp(start, zone).replace(tzinfo=None)
    last = None
    if dice.random() < 0.4:
        last = (first + timedelta(days=days * dice.randint(1, count))).date()
    until = datetime(last.year, last.month, last.day, 23, 59, 59) if last else None
    dates = [start, *(moment(wall, zone) for wall in list(rhythm(frequency, first, None if last else count, until))[1:])]
    return {"frequency": frequency, "zone": name, "start": start, "count": count, "until": last.isoformat() if last else None,
            "dates": dates if last is None else dates[:60]}


if __name__ == "__main__":
    for name in ZONES:
        dice = random.Random("series " + name)
        others = [seconds(date(dice.choice(YEARS), dice.randint(1, 12), dice.randint(1, 28))) for _ in range(5)]
        for around in [*changes(name), *others]:
            print(json.dumps(case(dice, name, around)))
