"""Reads the stories.

A story begins with the customer: name, phone number and car, and after ``=>`` the badge of the card today. The
lines below say what happened: days before today (several: it happened on each of them), the time if it matters, who,
what they did, with which words, and after a colon the text they wrote.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

STORIES = Path(__file__).parent / "stories"
OPENS, CLOSES = time(9), time(18, 30)
HEAD = re.compile(r"(?P<name>[^,]+), (?P<phone>[\d ]+), (?P<car>\w+)(?: => (?P<badge>.+))?")
LINE = re.compile(r"\s+(?P<days>-?\d+(?: +-?\d+)*) +(?:(?P<time>\d\d:\d\d) +)?(?P<who>\w+) +(?P<rest>\S.*)")


@dataclass(frozen=True)
class Customer:
    name: str
    phone: str
    car: str
    badge: str


@dataclass(frozen=True)
class Step:
    """One person does one thing."""

    at: datetime
    day: int
    who: str
    verb: str
    customer: Customer | None = None
    words: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    text: str = ""


class Almanac:
    """Story days as moments: day 0 is today at the dealership, and ends now."""

    def __init__(self, now: datetime, tz: str):
        self.zone = ZoneInfo(tz)
        self.now = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone)

    def day(self, offset: int) -> date:
        return self.now.date() + timedelta(days=offset)

    def at(self, offset: int, clock: time) -> datetime:
        """The UTC moment of a story's day and time of day."""
        moment = datetime.combine(self.day(offset), clock, self.zone)
        if offset == 0:
            moment = self._so_far(moment)
        return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None, microsecond=0)

    def _so_far(self, moment):
        """Opening hours squeezed into the part of today that has passed: all of it has happened, in its order."""
        midnight, opens, closes = (datetime.combine(self.day(0), each, self.zone) for each in (time(), OPENS, CLOSES))
        start = max(midnight, min(opens, self.now - timedelta(hours=2)))
        end = max(start, min(closes, self.now - timedelta(minutes=1)))
        share = (min(max(moment, opens), closes) - opens) / (closes - opens)
        return start + share * (end - start)


def read_stories(almanac: Almanac) -> list[Step]:
    """All that happened, in the order in which it did."""
    steps = [step for file in sorted(STORIES.glob("*.txt")) for step in _read(file, almanac)]
    return sorted(steps, key=lambda step: step.at)


def _read(file: Path, almanac: Almanac):
    customer, story, number = None, 0, 0
    for text in file.read_text(encoding="utf-8").splitlines():
        line, head = LINE.fullmatch(text), HEAD.fullmatch(text)
        if head:
            customer, story, number = _customer(head), story + 1, 0
        elif line:
            number += 1
            yield from _steps(line, customer, _usual_time(story, number), almanac)
        elif text and not text.startswith("#"):
            raise ValueError(f"{file.name}: cannot read {text!r}")


def _customer(head) -> Customer:
    badge = (head["badge"] or "").replace(" ", "_")
    return Customer(head["name"], f"+86 {head['phone']}", head["car"], badge)


def _usual_time(story: int, number: int) -> time:
    """Where a line says no time: some time of the day, later for later lines."""
    minutes = 600 + story * 37 % 240 + number * 11
    return time(minutes // 60, minutes % 60)


def _steps(line, customer, usual, almanac):
    said, _colon, text = f"{line['rest']} ".partition(": ")
    verb, *rest = said.split()
    options = dict(word.split("=", 1) for word in rest if "=" in word)
    told = {"words": tuple(word for word in rest if "=" not in word), "options": options, "text": text.strip()}
    clock = time.fromisoformat(line["time"]) if line["time"] else usual
    for day in map(int, line["days"].split()):
        yield Step(almanac.at(day, clock), day, line["who"], verb, customer, **told)
