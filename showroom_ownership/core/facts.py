"""The facts a ruling is made from.

Everything is a frozen value. Persons, outlets and cards are plain numbers; moments are UTC without zone; days are
made from them by the outlet they belong to (see `dossier`). `ref` is the number under which a reader finds the
record in the ledger, for example ``MAIN/2026-03-02/007``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

SHOWROOM, BRANCH, SATELLITE = "showroom", "branch", "satellite"
YES, NO, NOT_ASKED = "yes", "no", "not_asked"
VISIT, ADOPTED = "visit", "adopted"
SAME, FAMILY = "same", "family"
# Facts of earlier kinds are ruled on as they were: of the first, an order counted on whichever card of the customer; of
# the second, also on a card that a colleague of who took it was the first to file; of the third, only in the same
# second. Up to the fourth, the latest visit alone told who came along, and follow-ups of before any filing counted, and
# so did a wish for a consultant of before the card was given to another. Of the fifth, the latest visit alone told on
# whose behalf the customer was received. Up to the sixth, an outlet beside a satellite had announced also whom the
# other one was the first to receive. Up to the seventh, of two filings of one second that of the older card was first,
# and a wish of the second in which the card was given away was one of after it, as was one of a line that was completed
# after it.
FIRST_KIND, SECOND_KIND, THIRD_KIND, FOURTH_KIND = "facts/1", "facts/2", "facts/3", "facts/4"
FIFTH_KIND, SIXTH_KIND, SEVENTH_KIND, KIND = "facts/5", "facts/6", "facts/7", "facts/8"
BEFORE_EIGHTH = {FIRST_KIND, SECOND_KIND, THIRD_KIND, FOURTH_KIND, FIFTH_KIND, SIXTH_KIND, SEVENTH_KIND}

Shares = tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    id: int
    code: str
    kind: str
    tz: str


@dataclass(frozen=True, slots=True)
class Person:
    """A consultant and the outlets they belong to. `active` is false once they have departed (4)."""

    id: int
    active: bool = True
    outlets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeSpell:
    """A grade in force from `at` on: `count` contacts in every `period` days; count 0 asks for none (3)."""

    at: datetime
    code: str
    count: int
    period: int


@dataclass(frozen=True, slots=True)
class Filing:
    """The reception by which a card was filed, and its moment (1)."""

    ref: str
    at: datetime
    outlet: int


@dataclass(frozen=True, slots=True)
class Card:
    """A customer's file.

    :param customer: ``same`` if it is the deal's customer, ``family`` if linked to it as family (5).
    :param departed: the card has no owner, or a former one, because its consultant left (4).
    :param rhythm_start: when an approved transfer gave the card to its owner; counts as a contact (3).
    """

    id: int
    number: str
    outlet: int
    customer: str = SAME
    owner: int | None = None
    departed: bool = False
    filing: Filing | None = None
    rhythm_start: datetime | None = None
    grades: tuple[GradeSpell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reception:
    """One line of the register (2).

    :param recorded_at: the server's time stamp; decides which line came first.
    :param asked: the answer to "have you been here before?": yes, no, not_asked.
    :param prior: the consultant whom the customer named as having received them.
    :param named: the consultant whom the customer asked for on arrival.
    :param recorded_by: who wrote the line down, if it was not its consultant.
    :param told_by_match: the holder whom the screen showed when the line was recorded.
    :param attested_before: for an adopted card or a line of the paper register: the go-live day.
    :param identified_at: when a correction by somebody who is no manager said whose line it is: it counts from then.
    """

    id: int
    ref: str
    outlet: int
    card: int
    consultant: int | None
    recorded_at: datetime
    arrived_at: datetime
    channel: str = VISIT
    on_behalf_of: int | None = None
    asked: str = NOT_ASKED
    prior: int | None = None
    named: int | None = None
    accompanied_by: int | None = None
    recorded_by: int | None = None
    told_by_match: int | None = None
    has_name: bool = True
    has_phone: bool = True
    void: bool = False
    corrected: bool = False
    changed_after_close: bool = False
    intact: bool = True
    attested_before: date | None = None
    identified_at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When the line counts from: as recorded or identified, or as attested for what happened before go-live."""
        return self.arrived_at if self.attested_before else self.identified_at or self.recorded_at

    @property
    def credited(self) -> int | None:
        return self.on_behalf_of or self.consultant


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An outgoing contact of a consultant with the customer (2)."""

    id: int
    ref: str
    outlet: int
    card: int
    consultant: int
    happened_at: datetime
    recorded_at: datetime
    method: str = "call"
    on_behalf_of: int | None = None
    reached: bool = True
    intact: bool = True
    adopted: bool = False

    @property
    def credited(self) -> int:
        return self.on_behalf_of or self.consultant


@dataclass(frozen=True, slots=True)
class Communication:
    """A consultant spoke with the holder about the customer."""

    id: int
    ref: str
    by: int
    with_: int
    at: datetime
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """The customer ordered and paid a deposit with `by`."""

    id: int
    ref: str
    card: int
    by: int
    at: datetime
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Transfer:
    """An approved transfer of a card."""

    id: int
    ref: str
    card: int
    to: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Preregistration:
    """An outlet announced the customer; `valid_until` is its last day, none for no end."""

    id: int
    ref: str
    outlet: int
    by: int
    made_at: datetime
    accepted_at: datetime
    valid_until: date | None = None
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the parties agreed on and a manager approved.

    :param signed: who signed it; none if it was stored when that was not kept, and binds everybody.
    """

    id: int
    ref: str
    shares: Shares
    at: datetime
    signed: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    card: int
    outlet: int
    closer: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Policy:
    """The dealer's written principles: `principles` are the grounds asked, in their order (5)."""

    version: str = ""
    principles: tuple[str, ...] = ()
    same_day_correction: str = "allowed"
    call_counts_as_filing: bool = True
    outreach_counts_as_filing: bool = False
    match_counts_as_told: bool = False
    unanswered_counts: bool = False
    followup_recording_days: int = 1
    filing_validity_days: int = 0
    branch_followup_limit: int = 1
    brief_contact_days: int = 7
    negotiation_days: int = 3
    appeal_days: int = 3
    tracking_days: int = 7


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was known about a deal. The order in which facts are given does not matter."""

    deal: Deal
    outlets: tuple[Outlet, ...]
    people: tuple[Person, ...] = ()
    cards: tuple[Card, ...] = ()
    receptions: tuple[Reception, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    communications: tuple[Communication, ...] = ()
    orders: tuple[Order, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    preregistrations: tuple[Preregistration, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    kind: str = field(default=FIRST_KIND)

    def __post_init__(self):
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, tuple):
                object.__setattr__(self, each.name, tuple(sorted(value, key=_chronological)))


def _chronological(fact) -> tuple:
    """Order by the moment a fact counts from, then by its number."""
    for name in ("moment", "happened_at", "at", "made_at"):
        moment = getattr(fact, name, None)
        if moment is not None:
            return (moment, fact.id)
    return (datetime.min, fact.id)
