"""Stories that read like the case files: what happened, in local times, and then the deal.

    story().reception(LI, "2026-03-02 10:00").graded("A", "2026-03-02 10:05").deal(WANG, "2026-03-12 10:00")

A story files cards as the addon does: the first valid reception of a card without a filing takes it, and an approved
transfer carries the filing to the new owner.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from core import evidence, ruling
from core.dossier import local_day
from core.facts import (
    BRANCH,
    FAMILY,
    KIND,
    SATELLITE,
    SHOWROOM,
    Card,
    Communication,
    Deal,
    Facts,
    Filing,
    FollowUp,
    GradeSpell,
    Order,
    Outlet,
    Person,
    Policy,
    Preregistration,
    Reception,
    Settlement,
    Transfer,
)
from core.principles import PRINCIPLES

SHANGHAI, NEW_YORK, URUMQI = "Asia/Shanghai", "America/New_York", "Asia/Urumqi"
MAIN, EAST, WEST, SHAN = 1, 2, 3, 4
KINDS = {MAIN: SHOWROOM, EAST: BRANCH, WEST: BRANCH, SHAN: SATELLITE}
LI, WANG, ZHAO = 11, 12, 13
SUN, QIAN = 21, 22
WU = 31
HE, MA = 41, 42
DESK = 51  # writes down at the showroom's reception, and receives nobody
HOMES = {LI: MAIN, WANG: MAIN, ZHAO: MAIN, SUN: EAST, QIAN: EAST, WU: WEST, HE: SHAN, MA: SHAN}
CARD, SPOUSE, SECOND = 101, 102, 103
GRADES = {
    "H": (1, 3), "A": (1, 7), "B": (1, 15), "C": (1, 30),
    "P0": (0, 0), "P1": (2, 7), "P2": (1, 7), "P3": (1, 30), "P4": (1, 30),
}  # fmt: skip
GROUNDS = tuple(PRINCIPLES)
LONG_AGO = datetime(2000, 1, 1)


def policy(*without: str, **overrides) -> Policy:
    """The six principles in the rulebook's order, without the grounds named."""
    asked = overrides.pop("principles", tuple(ground for ground in GROUNDS if ground not in without))
    return Policy(version="test", principles=asked, **overrides)


def utc(local: str | datetime, tz: str = SHANGHAI, fold: int = 0) -> datetime:
    """A local time as the core takes it: UTC without zone."""
    if isinstance(local, datetime):
        return local
    there = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(tz), fold=fold)
    return there.astimezone(timezone.utc).replace(tzinfo=None)


def hundred(person: int) -> tuple:
    return ((person, Decimal(100)),)


def spell(code: str, at: datetime = LONG_AGO) -> GradeSpell:
    return GradeSpell(at, code, *GRADES[code])


def story(tz: str = SHANGHAI, **overrides) -> Story:
    return Story(tz, policy(**overrides))


class Story:
    """What happened so far; `deal` closes it with a ruling."""

    def __init__(self, tz: str, rules: Policy):
        self.zones = dict.fromkeys(KINDS, tz)
        self.rules = rules
        self.kind = KIND
        self.cards = {CARD: Card(CARD, "A101", MAIN, grades=(spell("B"),))}
        self.gone: set[int] = set()
        self.happened: dict[str, list] = {}

    # What happened

    def reception(self, by, at, outlet=None, card=CARD, arrived=None, **rest) -> Story:
        where = outlet or HOMES[by]
        moment = self.at(at, where)
        came = self.at(arrived, where) if arrived else moment
        line = Reception(self._next(), self._ref("R"), where, card, by, moment, came, **rest)
        self._keep("receptions", line)
        if not evidence.reception_flaw(line, self.rules, lambda when: local_day(when, self.zones[where])):
            self._file(line)
        return self

    def followup(self, by, at, happened=None, card=CARD, outlet=None, **rest) -> Story:
        where = outlet or HOMES[by]
        moment = self.at(at, where)
        made = self.at(happened, where) if happened else moment
        return self._keep("followups", FollowUp(self._next(), self._ref("F"), where, card, by, made, moment, **rest))

    def followups(self, by, *moments, **rest) -> Story:
        for at in moments:
            self.followup(by, at, **rest)
        return self

    def communicate(self, by, with_, at, **rest) -> Story:
        return self._keep("communications", Communication(self._next(), self._ref("C"), by, with_, self.at(at), **rest))

    def ordered(self, by, at, card=CARD, **rest) -> Story:
        return self._keep("orders", Order(self._next(), self._ref("O"), card, by, self.at(at), **rest))

    def transfer(self, to, at, reason="manager", card=CARD) -> Story:
        self._keep("transfers", Transfer(self._next(), self._ref("T"), card, to, reason, self.at(at)))
        return self._change(card, owner=to, departed=False, rhythm_start=self.at(at))

    def preregister(self, by, at, accepted=None, outlet=None, valid_until=None, **rest) -> Story:
        where, made = outlet or HOMES[by], self.at(at)
        until = date.fromisoformat(valid_until) if valid_until else None
        entry = Preregistration(
            self._next(), self._ref("P"), where, by, made, self.at(accepted) if accepted else made, until, **rest
        )
        return self._keep("preregistrations", entry)

    def settled(self, at, shares: dict, signed: tuple | None = None) -> Story:
        parts = tuple((person, Decimal(part)) for person, part in shares.items())
        return self._keep("settlements", Settlement(self._next(), self._ref("S"), parts, self.at(at), signed))

    # How things are

    def graded(self, code, at=LONG_AGO, card=CARD) -> Story:
        """A grade from a moment on; without one, it was in force from the beginning."""
        kept = () if at is LONG_AGO else self.cards[card].grades
        return self._change(card, grades=(*kept, spell(code, self.at(at))))

    def linked(self, card, outlet=MAIN, customer=FAMILY, grade="B") -> Story:
        """One more card in the cluster."""
        self.cards[card] = Card(card, f"A{card}", outlet, customer, grades=(spell(grade),))
        return self

    def departed(self, who) -> Story:
        """The consultant leaves; their cards sit in the pool."""
        self.gone.add(who)
        for card in [each for each in self.cards.values() if each.owner == who]:
            self._change(card.id, owner=None, departed=True)
        return self

    def zone(self, outlet, tz) -> Story:
        self.zones[outlet] = tz
        return self

    # The end of it

    def facts(self, closer, at, outlet=None) -> Facts:
        where = outlet or HOMES[closer]
        outlets = tuple(Outlet(each, f"O{each}", kind, self.zones[each]) for each, kind in KINDS.items())
        people = tuple(Person(each, each not in self.gone, (home,)) for each, home in HOMES.items())
        events = {name: tuple(items) for name, items in self.happened.items()}
        deal = Deal(CARD, where, closer, self.at(at, where))
        return Facts(deal, outlets, people, tuple(self.cards.values()), **events, kind=self.kind)

    def deal(self, closer, at, outlet=None) -> ruling.Ruling:
        return ruling.rule(self.facts(closer, at, outlet), self.rules)

    def appeal(self, closer, at, outlet=None) -> ruling.Recommendation:
        """What an appeal against the ruling on this deal is recommended to end with."""
        facts = self.facts(closer, at, outlet)
        return ruling.recommend(facts, self.rules, ruling.rule(facts, self.rules).ground)

    # Bookkeeping

    def at(self, local, outlet=MAIN) -> datetime:
        return utc(local, self.zones[outlet])

    def _next(self) -> int:
        return sum(map(len, self.happened.values())) + 1

    def _ref(self, kind: str) -> str:
        return f"{kind}{self._next()}"

    def _keep(self, name: str, fact) -> Story:
        self.happened.setdefault(name, []).append(fact)
        return self

    def _change(self, card: int, **values) -> Story:
        self.cards[card] = replace(self.cards[card], **values)
        return self

    def _file(self, line: Reception) -> None:
        card = self.cards[line.card]
        if card.filing is None:
            filing = Filing(line.ref, line.moment, line.outlet)
            self._change(card.id, owner=line.credited, filing=filing, outlet=line.outlet)


def finding(made: ruling.Ruling, ground: str) -> ruling.Finding:
    """What one principle said in a ruling."""
    return next(each for each in made.findings if each.ground == ground)


def said(made: ruling.Ruling, ground: str) -> dict | None:
    """The shares that a principle would award, whether or not it was outranked; None if it did not decide."""
    return dict(finding(made, ground).shares) or None


def outcome(made: ruling.Ruling) -> tuple:
    """Ground, state and shares of a ruling; a person where one has it all."""
    alone = made.shares[0][0] if len(made.shares) == 1 else dict(made.shares)
    return made.ground, made.state, alone


def table(rows: dict):
    """Parametrise over sentences, each with what happened and what must come out."""
    return pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in rows.items()])


def asked_of(ground: str, row: tuple) -> tuple[dict | None, dict | None]:
    """What a principle says in a row of a table, and what it must say: nothing, a person or shares."""
    told, closer, at, expected, *outlet = row
    whole = {expected: Decimal(100)} if isinstance(expected, int) else expected
    return said(told.deal(closer, at, *outlet), ground), whole
