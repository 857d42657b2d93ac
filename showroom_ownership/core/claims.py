"""What somebody who was not credited may ask: which principles could have spoken for them, which of their records do
not count, and why they were overdue. Read from the same facts as the ruling; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import evidence
from .dossier import Dossier
from .facts import Card, Facts, Policy
from .ruling import parties

# The principles under which a person of each standing could have been credited (5).
HOPES = {
    "closer": "settlement order_customer named_consultant more_diligent sole_claimant no_valid_filing".split(),
    "holder": "settlement order_customer duty_on_behalf closed_without_communication more_diligent".split(),
    "outlet": "settlement order_customer preregistered_branch unregistered_branch satellite more_diligent".split(),
    "other": "settlement order_customer more_diligent".split(),
}


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A record of a person that is no evidence: its ledger number, whether a reception or a follow-up, and why not."""

    ref: str
    kind: str
    flaw: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """What the grade asked of the holder, the last contact that counted, and when the next one was due (3)."""

    count: int
    period: int
    last: date | None
    last_ref: str | None
    due: date


def losers(facts: Facts, policy: Policy, credited: set[int]) -> list[int]:
    """The parties who are not credited: the holder first, then the closer, then the others."""
    dossier = Dossier(facts, policy)
    first = [person for person in (dossier.holder, dossier.closer) if person]
    others = sorted(parties(facts) - set(first))
    return [person for person in dict.fromkeys(first + others) if person not in credited]


def standing(facts: Facts, policy: Policy, person: int) -> str:
    """As what the person may claim the deal: `closer`, `holder`, `outlet` (of another one), `other` or `departed`."""
    dossier = Dossier(facts, policy)
    if not dossier.is_active(person):
        return "departed"
    roles = {dossier.closer: "closer", dossier.holder: "holder"}
    elsewhere = any(line.credited == person and line.outlet != facts.deal.outlet for line in dossier.receptions)
    return roles.get(person) or ("outlet" if elsewhere else "other")


def uncounted(facts: Facts, policy: Policy, person: int) -> tuple[Uncounted, ...]:
    """The person's receptions and follow-ups that no principle may rely on, each with the first reason (2)."""
    dossier = Dossier(facts, policy)
    judged = [(line, "reception", evidence.reception_flaw) for line in facts.receptions]
    judged += [(contact, "followup", evidence.followup_flaw) for contact in facts.followups]
    found = [
        Uncounted(fact.ref, kind, flaw_of(fact, policy, dossier.day_of(fact.outlet)))
        for fact, kind, flaw_of in judged
        if person in (fact.consultant, fact.on_behalf_of)
    ]
    return tuple(each for each in found if each.flaw)


def lapse(facts: Facts, policy: Policy) -> Lapse | None:
    """Why the holder was overdue on the day of the deal; None if they were not (3, 5.13)."""
    dossier = Dossier(facts, policy)
    card = dossier.senior
    if card is None or not dossier.overdue(card):
        return None
    grade = max(card.grades, key=lambda spell: spell.at)
    last, ref = _last_contact(dossier, card)
    return Lapse(grade.count, grade.period, last, ref, dossier.due(card))


def _last_contact(dossier: Dossier, card: Card) -> tuple[date | None, str | None]:
    """The owner's last contact on the card that counts: its day and its ledger number; none after a transfer alone."""
    lines = [(r.moment, r.outlet, r.ref) for r in dossier.received_for(card.owner) if r.card == card.id]
    calls = [(f.happened_at, f.outlet, f.ref) for f in dossier.followups_for(card.owner) if f.card == card.id]
    start = [(card.rhythm_start, card.outlet, None)] if card.rhythm_start else []
    at, outlet, ref = max(lines + calls + start, key=lambda each: each[0], default=(None, None, None))
    return (dossier.day_at(at, outlet) if at else None), ref
