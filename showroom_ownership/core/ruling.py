"""From facts to a ruling, and from an appeal to a recommendation (rulebook 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from .dossier import Dossier, day_end
from .facts import Facts, Policy, Shares
from .principles import PRINCIPLES
from .verdict import ARBITRATION, NEGOTIATION, PROVISIONAL, WHOLE, Award, Principle, Verdict, whole

DECIDED, OUTRANKED, NOT_MET, OFF = "decided", "outranked", "not_met", "off"


class Finding(NamedTuple):
    """What one principle said, in the order in which it was asked; `person` is who it would have credited."""

    ground: str
    principle: str
    clause: str
    verdict: str
    reason: str
    words: Mapping
    cites: tuple[str, ...] = ()
    shares: Shares = ()


class Ruling(NamedTuple):
    """Who is credited with a deal and why.

    :param day: the local day of the deal at its outlet.
    :param until: the last local day to appeal (provisional) or to settle (negotiation).
    :param deadline: the UTC moment at which that day is over.
    """

    state: str
    ground: str
    principle: str
    shares: Shares
    closer: int
    holder: int | None
    day: date
    until: date | None
    deadline: datetime | None
    appellants: tuple[int, ...]
    conduct: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What an appeal is recommended to end with; no shares where a manager has to find them."""

    ground: str
    shares: Shares
    cites: tuple[str, ...] = ()


def rule(facts: Facts, policy: Policy) -> Ruling:
    """Ask the policy's principles in their order; the first that decides makes the ruling.

    All the others are asked too and their findings kept. If none decides, a manager has to: `arbitration`.
    """
    dossier = Dossier(facts, policy)
    asked = [(each, each.ask(dossier)) for each in map(PRINCIPLES.__getitem__, policy.principles)]
    deciding = next(((each, verdict.award) for each, verdict in asked if verdict.award), None)
    principle, award = deciding or _nobody_decides(dossier)
    findings = tuple([_finding(each, verdict, principle) for each, verdict in asked])
    return _ruling(dossier, principle, award, findings + _switched_off(policy))


def recommend(facts: Facts, policy: Policy, ground: str) -> Recommendation:
    """What to do with an appeal made in time against a ruling on `ground` (5, appeal window)."""
    if ground == "more_diligent":
        return Recommendation("arbitration", ())
    dossier = Dossier(facts, policy)
    cites = _tracked(dossier)
    if cites:
        return Recommendation("appeal_tracked", whole(dossier.holder), cites)
    return Recommendation("appeal_untracked", whole(dossier.closer))


def parties(facts: Facts) -> set[int]:
    """Everybody who received, owned or followed up the customer, and the closer."""
    people = {facts.deal.closer} | {card.owner for card in facts.cards}
    people |= {person for line in facts.receptions for person in (line.consultant, line.on_behalf_of)}
    people |= {person for contact in facts.followups for person in (contact.consultant, contact.on_behalf_of)}
    return people - {None}


def shares_flaw(shares: Mapping[int, object]) -> str | None:
    """Why shares cannot stand: `empty`, `not_a_number`, `not_positive`, `too_fine` or `sum`; None if they can."""
    try:
        values = [Decimal(str(value)) for value in shares.values()]
    except InvalidOperation:
        return "not_a_number"
    checks = {
        "empty": not values,
        "not_a_number": not all(value.is_finite() for value in values),
        "not_positive": not all(value > 0 for value in values if value.is_finite()),
    }
    flaw = next((code for code, found in checks.items() if found), None)
    return flaw or _sum_flaw(values)


def winner(shares: Shares, closer: int) -> int:
    """The owner of the card once a ruling is final: the largest share, the closer among equals."""
    return max(shares, key=lambda share: (share[1], share[0] == closer, -share[0]))[0]


def _sum_flaw(values: list[Decimal]) -> str | None:
    if any(value > WHOLE for value in values):
        return "sum"
    if any(value != value.quantize(Decimal("0.01")) for value in values):
        return "too_fine"
    return None if sum(values) == WHOLE else "sum"


def _nobody_decides(dossier: Dossier) -> tuple[Principle, Award]:
    silent = Principle("arbitration", "company_ruling", "5", lambda _d: Verdict("nobody_decides"))
    return silent, Award(whole(dossier.closer), ARBITRATION)


def _ruling(dossier: Dossier, principle: Principle, award: Award, findings: tuple[Finding, ...]) -> Ruling:
    until = _until(dossier, award.state)
    return Ruling(
        state=award.state,
        ground=_ground(principle, findings),
        principle=principle.name,
        shares=award.shares,
        closer=dossier.closer,
        holder=dossier.holder,
        day=dossier.day,
        until=until,
        deadline=until and day_end(until, dossier.outlet.tz),
        appellants=award.appellants,
        conduct=award.conduct,
        findings=findings,
    )


def _ground(principle: Principle, findings: tuple[Finding, ...]) -> str:
    """The ground to name; that nobody holds the customer because of a departure has a name of its own."""
    left = [each for each in findings if each.reason == "holder_has_left" and each.verdict == DECIDED]
    return "holder_departed" if left else principle.ground


def _until(dossier: Dossier, state: str) -> date | None:
    days = {PROVISIONAL: dossier.policy.appeal_days, NEGOTIATION: dossier.policy.negotiation_days}
    return dossier.day + timedelta(days=days[state]) if state in days else None


def _finding(asked: Principle, verdict: Verdict, deciding: Principle) -> Finding:
    reason, cites, words, award = verdict
    outcome = NOT_MET if award is None else DECIDED if asked is deciding else OUTRANKED
    shares = award.shares if award else ()
    return Finding(asked.ground, asked.name, asked.clause, outcome, reason, words, cites, shares)


def _switched_off(policy: Policy) -> tuple[Finding, ...]:
    silent = PRINCIPLES.keys() - policy.principles
    off = [each for ground, each in PRINCIPLES.items() if ground in silent] if silent else ()
    return tuple([Finding(each.ground, each.name, each.clause, OFF, "switched_off", {}) for each in off])


def _tracked(dossier: Dossier) -> tuple[str, ...]:
    """The holder's receptions and follow-ups in the days before the deal; none if there is no holder."""
    if dossier.holder is None:
        return ()
    first = dossier.day - timedelta(days=dossier.policy.tracking_days)
    holder = dossier.holder
    calls = [(f.happened_at, f.outlet, f.ref) for f in dossier.followups_for(holder)]
    lines = [(r.moment, r.outlet, r.ref) for r in dossier.received_for(holder)]
    return tuple(ref for at, outlet, ref in calls + lines if dossier.day_at(at, outlet) >= first)
