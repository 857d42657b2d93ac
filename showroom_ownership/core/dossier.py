"""What the principles ask of the facts: who is the holder, what counts, which day it was.

A dossier reads the facts of one deal under one policy. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from . import evidence, rhythm
from .facts import (
    BEFORE_EIGHTH,
    FIRST_KIND,
    FOURTH_KIND,
    SAME,
    SECOND_KIND,
    THIRD_KIND,
    VISIT,
    Card,
    Facts,
    Filing,
    FollowUp,
    Order,
    Outlet,
    Policy,
    Preregistration,
    Reception,
    Settlement,
)

UTC = timezone.utc  # datetime.UTC is not there in Python 3.10


@lru_cache(maxsize=256)
def zone(tz: str) -> tzinfo:
    """A time zone by its name; days go by UTC where nobody knows it, so that one outlet does not stop the others."""
    try:
        return ZoneInfo(tz)
    except (OSError, KeyError, ValueError, TypeError):  # what a name can be that is none
        return UTC


def local_day(at: datetime, tz: str) -> date:
    """The day of a UTC moment at an outlet."""
    return day_of_zone(tz)(at)


@lru_cache(maxsize=1024)
def day_of_zone(tz: str) -> Callable[[datetime], date]:
    """The function that gives the day of a UTC moment at the outlets of a zone."""
    clocks = zone(tz)

    @lru_cache(maxsize=4096)
    def offset_on(day: int) -> timedelta | None:
        """By how much clocks differ from UTC all through a day of UTC; None if they are changed on it."""
        ends = [datetime.combine(date.fromordinal(each), time.min, UTC) for each in (day, day + 1)]
        first, last = (end.astimezone(clocks).utcoffset() for end in ends)
        return first if first == last else None

    @lru_cache(maxsize=4096)  # a ruling asks for the day of the same moments again and again
    def day_of(at: datetime) -> date:
        offset = offset_on(at.toordinal())
        return (at + offset if offset is not None else _utc(at).astimezone(clocks)).date()

    return day_of


def _utc(at: datetime) -> datetime:
    return datetime.combine(at, at.time(), UTC)


def local_hour(at: datetime, tz: str) -> int:
    """The hour, 0 to 23, that clocks at an outlet show at a UTC moment."""
    return _utc(at).astimezone(zone(tz)).hour


@lru_cache(maxsize=1024)
def day_end(day: date, tz: str) -> datetime:
    """The UTC moment at which a local day is over: the first moment of the next one."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, zone(tz))
    return midnight.astimezone(UTC).replace(tzinfo=None)


class Dossier:
    """The facts of a deal, looked at under a policy."""

    def __init__(self, facts: Facts, policy: Policy):
        self.facts, self.policy = facts, policy
        self.deal, self.closer = facts.deal, facts.deal.closer
        self.outlets = {outlet.id: outlet for outlet in facts.outlets}
        self.people = {person.id: person for person in facts.people}
        self._days_of = {outlet.id: day_of_zone(outlet.tz) for outlet in facts.outlets}
        self._dues: dict[int, date | None] = {}
        self.day = self.day_at(facts.deal.at, facts.deal.outlet)
        self.customer_cards = {card.id: card for card in facts.cards if card.customer == SAME}
        # What counts, up to the deal, the earliest first: the whole cluster's, and of receptions the customer's own.
        at, days_of = self.deal.at, self._days_of
        self.lines = tuple([
            line for line in facts.receptions
            if line.moment <= at and evidence.reception_flaw(line, policy, days_of[line.outlet]) is None
        ])  # fmt: skip
        self.receptions = tuple([line for line in self.lines if line.card in self.customer_cards])
        self.orders = tuple([order for order in facts.orders if order.intact and order.at <= self.deal.at])
        # The holder: who owns the customer's card with the earliest filing, and is still here.
        self.filed_cards = self._filed_cards()
        self.senior = next((card for card in self._customer_filed() if self.claims(card)), None)
        self.holder = self.senior.owner if self.senior else None
        # The closer's latest valid reception of the customer at the deal's outlet.
        self.deal_visit = next(reversed(self.heard(self.received_by(self.closer, self.deal.outlet))), None)
        # Outlets that received the customer before the deal, the first to receive first; not the deal's own.
        elsewhere = dict.fromkeys([line.outlet for line in self.receptions if line.outlet != self.deal.outlet])
        self.other_outlets = tuple([self.outlets[each] for each in elsewhere])

    # Days and people

    def day_at(self, at: datetime, outlet: int) -> date:
        return self._days_of[outlet](at)

    def day_of(self, outlet: int) -> Callable[[datetime], date]:
        return self._days_of[outlet]

    def is_active(self, person: int | None) -> bool:
        return person is not None and (person not in self.people or self.people[person].active)

    def works_at(self, person: int | None, outlet: int) -> bool:
        return person in self.people and outlet in self.people[person].outlets

    @property
    def outlet(self) -> Outlet:
        return self.outlets[self.deal.outlet]

    # What counts

    def received_by(self, person: int | None, outlet: int | None = None) -> tuple[Reception, ...]:
        mine = [line for line in self.receptions if line.consultant == person]
        return tuple(mine if outlet is None else [line for line in mine if line.outlet == outlet])

    def received_for(self, person: int | None) -> tuple[Reception, ...]:
        """Receptions by the person or on their behalf."""
        return tuple([line for line in self.receptions if person in (line.consultant, line.on_behalf_of)])

    def heard(self, lines: Sequence[Reception]) -> list[Reception]:
        """Of a consultant's lines, those that tell what was said on arrival.

        What somebody else wrote down stands for its day: a line of one's own that comes after it takes nothing back.
        """
        told, written = [], set()
        for line in lines:
            where = (line.outlet, self.day_at(line.moment, line.outlet)) if len(lines) > 1 else None
            if line.recorded_by and line.channel == VISIT:
                written.add(where)
            elif where in written:
                continue
            told.append(line)
        return told

    def received_at(self, outlet: int) -> tuple[Reception, ...]:
        return tuple([line for line in self.receptions if line.outlet == outlet])

    def followups_for(self, person: int | None, whole_family: bool = False) -> tuple[FollowUp, ...]:
        """The follow-ups that count for the person, on the customer's cards or on the family's too."""
        mine = [contact for contact in self.followups if contact.credited == person]
        return tuple([contact for contact in mine if whole_family or contact.card in self.customer_cards])

    @property
    def is_told_as_before(self) -> bool:
        """Facts that were stored before these readings are ruled on as they were."""
        return self.facts.kind in (FIRST_KIND, SECOND_KIND, THIRD_KIND, FOURTH_KIND)

    # The holder

    def _filed_cards(self) -> tuple[Card, ...]:
        """Cards of the cluster with a filing in force, the earliest filing first."""
        filed = [card for card in self.facts.cards if card.filing and self._stands(card.filing)]
        return tuple(sorted(filed, key=self._order_of_filing)) if len(filed) > 1 else tuple(filed)

    def _order_of_filing(self, card: Card) -> tuple:
        """Those of one second in the order in which their lines were written."""
        line = 0 if self.facts.kind in BEFORE_EIGHTH else self._line_numbers.get(card.filing.ref, 0)
        return card.filing.at, line, card.id

    @cached_property
    def _line_numbers(self) -> dict[str, int]:
        return {line.ref: line.id for line in self.facts.receptions}

    @property
    def holder_departed(self) -> bool:
        """There is no holder because whoever filed has left."""
        departed = (card for card in self._customer_filed() if card.departed or card.owner is not None)
        return self.senior is None and any(departed)

    def claims(self, card: Card) -> bool:
        return self.is_active(card.owner) and not card.departed

    def binds_holder(self, agreed: Settlement) -> bool:
        """A settlement binds a holder who signed it, or who was given the card by a transfer after it."""
        if agreed.signed is None or self.holder is None or self.holder in agreed.signed:
            return True
        moves = (move for move in self.facts.transfers if move.card == self.senior.id and move.to == self.holder)
        return any(move.at > agreed.at for move in moves)

    def _customer_filed(self):
        return [card for card in self.filed_cards if card.customer == SAME]

    def _stands(self, filing: Filing) -> bool:
        """Made before the deal and not expired since; without a limit, filings never expire."""
        return filing.at <= self.deal.at and not self._expired(filing, self.day)

    def _expired(self, filing: Filing, day: date) -> bool:
        days = self.policy.filing_validity_days
        return bool(days) and day > self.day_at(filing.at, filing.outlet) + timedelta(days=days)

    # Orders and who held the customer when they were taken

    def was_with_holder(self, order: Order) -> bool:
        """Whether an order was taken by who held the customer, or on the senior card: not on a card beside it (5.2)."""
        if not self.was_by_first_to_file(order):
            return False
        if len(self.customer_cards) == 1 or self.facts.kind == FIRST_KIND:
            return True
        first = self._senior_at(order.at)
        return first is None or first.id == order.card or first.owner == order.by

    def was_by_first_to_file(self, order: Order) -> bool:
        """Taken when nobody had filed, an order is of who was the first to: the filing takes the card, and it (2)."""
        first = None if self.facts.kind in (FIRST_KIND, SECOND_KIND) else next(iter(self.receptions), None)
        if first is None or first.moment < order.at or first.credited == order.by:
            return True
        return first.moment == order.at and self.facts.kind == THIRD_KIND

    def _senior_at(self, at: datetime) -> Card | None:
        """Whose filing came first, of those made by that moment; of all, if nobody had filed by then."""
        cards = [card for card in self.customer_cards.values() if card.filing and self.claims(card)]
        filed = sorted([card for card in cards if card.filing.at <= self.deal.at], key=self._order_of_filing)
        return next((card for card in filed if self._stood(card.filing, at)), filed[0] if filed else None)

    def _stood(self, filing: Filing, at: datetime) -> bool:
        return filing.at <= at and not self._expired(filing, self.day_at(at, filing.outlet))

    # Diligence

    @cached_property
    def followups(self) -> tuple[FollowUp, ...]:
        """The cluster's follow-ups that count, up to the deal, the earliest first: looked at if anybody asks."""
        at, policy, days_of = self.deal.at, self.policy, self._days_of
        return tuple([
            call for call in self.facts.followups
            if call.recorded_at <= at and evidence.followup_flaw(call, policy, days_of[call.outlet]) is None
        ])  # fmt: skip

    def due(self, card: Card) -> date | None:
        """The follow-up due date of a card's owner, as it stood at the deal."""
        if card.id not in self._dues:
            self._dues[card.id] = self._due(card)
        return self._dues[card.id]

    def _due(self, card: Card) -> date | None:
        if any(order.card == card.id and self.was_by_first_to_file(order) for order in self.orders):
            return None
        return rhythm.due_date(self._contacts(card), card.grades, self.day_of(card.outlet))

    def overdue(self, card: Card) -> bool:
        return rhythm.state(self.due(card), self.day) == rhythm.OVERDUE

    def _contacts(self, card: Card) -> list[datetime]:
        start = card.rhythm_start
        mine, owner = card.id, card.owner
        lines = [r.moment for r in self.lines if r.card == mine and owner in (r.consultant, r.on_behalf_of)]
        calls = [f.happened_at for f in self.followups if f.card == mine and f.credited == owner]
        moments = lines + calls
        return [start, *[at for at in moments if at > start]] if start else moments

    # The visit

    @property
    def one_visit_close(self) -> bool:
        """The closer first received the customer on the day of the deal, or never."""
        mine = self.received_by(self.closer)
        return not mine or self.day_at(mine[0].moment, mine[0].outlet) == self.day

    def is_first_visit(self, outlet: int) -> bool:
        """The customer's first valid reception at the outlet was on the day of the deal."""
        lines = self.received_at(outlet)
        return bool(lines) and self.day_at(lines[0].moment, outlet) == self.day

    def was_received_first_at(self, outlet: int) -> bool:
        """The outlet's first valid reception precedes the deal outlet's, or that has none."""
        here = self.received_at(self.deal.outlet)
        return not here or self.received_at(outlet)[0].moment < here[0].moment

    def preregistrations_of(self, outlet: int, before: datetime) -> tuple[Preregistration, ...]:
        """Accepted pre-registrations of the outlet, made before the moment and in force then."""
        mine = (entry for entry in self.facts.preregistrations if entry.outlet == outlet and entry.intact)
        return tuple(entry for entry in mine if self._in_force(entry, before) and self.is_active(entry.by))

    def _in_force(self, entry: Preregistration, at: datetime) -> bool:
        made = entry.made_at <= at and entry.accepted_at <= self.deal.at
        return made and (entry.valid_until is None or self.day_at(at, entry.outlet) <= entry.valid_until)
