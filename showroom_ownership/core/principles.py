"""The grounds of the rulebook's section 5, one short function each.

A ground looks at a dossier and answers with a `Verdict`: an award if it decides, and in either case the reason and
the records it relied on. Reasons are codes with words to fill in; the reader's language is not decided here.
"""

from __future__ import annotations

from datetime import datetime

from .dossier import Dossier
from .facts import (
    BEFORE_EIGHTH,
    BRANCH,
    FIFTH_KIND,
    NOT_ASKED,
    SAME,
    SATELLITE,
    SIXTH_KIND,
    VISIT,
    YES,
    Card,
    FollowUp,
    Outlet,
    Reception,
)
from .verdict import (
    ARBITRATION,
    NEGOTIATION,
    PRINCIPLES,
    PROVISIONAL,
    Award,
    Verdict,
    decided,
    passed,
    principle,
    whole,
)

__all__ = ["PRINCIPLES"]  # as they are once this file has been read


@principle("settlement", "negotiation", "5.1")
def settlement(d: Dossier) -> Verdict:
    """An approved settlement exists for the cluster: its shares, final."""
    if not d.facts.settlements:
        return passed("no_settlement")
    agreed = next((each for each in reversed(d.facts.settlements) if d.binds_holder(each)), None)
    if agreed is None:
        return passed("not_signed_by_holder", *(each.ref for each in d.facts.settlements), holder=d.holder)
    return Verdict("settled", (agreed.ref,), {}, Award(agreed.shares))


@principle("order_customer", "company_ruling", "5.2")
def order_customer(d: Dossier) -> Verdict:
    """The customer ordered with S before the deal, S is still here, and the customer did not ask to be moved."""
    orders = [order for order in d.orders if order.card in d.customer_cards]
    held = [order for order in orders if d.was_with_holder(order)]
    for order in held:  # the earliest that stands: a rival's second order does not undo it
        if d.is_active(order.by) and not _moved_on_request(d, order):
            return decided("ordered_with", order.by, order.ref)
    cites = tuple(order.ref for order in orders)
    if orders and not held:
        return passed("order_beside_holder", *cites)
    return passed("order_superseded", *cites) if orders else passed("no_order")


def _moved_on_request(d: Dossier, order) -> bool:
    moves = (move for move in d.facts.transfers if move.card in d.customer_cards)
    return any(move.reason == "customer_request" and order.at < move.at <= d.deal.at for move in moves)


@principle("named_consultant", "company_ruling", "5.3")
def named_consultant(d: Dossier) -> Verdict:
    """The customer asked for the closer by name, on arrival, the last time the closer received them here."""
    visit = d.deal_visit
    if visit is None:
        return passed("closer_received_nobody")
    if visit.named != d.closer:
        return passed("closer_not_named", visit.ref)
    if _moved_since(d, visit):
        return passed("named_before_it_moved", visit.ref, holder=d.holder)
    return decided("asked_for_by_name", d.closer, visit.ref)


def _moved_since(d: Dossier, visit: Reception) -> bool:
    """Whether the holder was given the customer, or filed them, after a line of the closer's: it speaks of before."""
    if d.holder in (None, d.closer) or d.is_told_as_before:
        return False
    moves = [move.at for move in d.facts.transfers if move.card == d.senior.id and move.to == d.holder]
    said = visit.moment if d.facts.kind in BEFORE_EIGHTH else min(visit.moment, visit.recorded_at)
    at_once = said in moves and d.facts.kind not in BEFORE_EIGHTH
    return at_once or d.senior.filing.at > said or any(said < at <= d.deal.at for at in moves)


@principle("preregistered_branch", "preregistration", "5.4")
def preregistered_branch(d: Dossier) -> Verdict:
    """A branch received and pre-registered the customer, and came first or sent them on their first visit."""
    branches = [each for each in d.other_outlets if each.kind == BRANCH]
    for branch in branches:
        entries = d.preregistrations_of(branch.id, d.deal.at)
        if entries and (d.was_received_first_at(branch.id) or d.is_first_visit(d.deal.outlet)):
            entry = entries[0]  # a colleague's later announcement takes nothing from the first
            cites = (d.received_at(branch.id)[0].ref, entry.ref)
            return decided("branch_preregistered", entry.by, *cites, outlet=branch.id)
    return passed("no_preregistered_branch") if branches else passed("no_branch_received")


@principle("unregistered_branch", "preregistration", "5.5")
def unregistered_branch(d: Dossier) -> Verdict:
    """A branch received the customer first, and the closer did not follow up more than allowed."""
    for branch in _unregistered_branches(d):
        calls, limit = _calls_as_receiver(d), d.policy.branch_followup_limit
        made = len(calls)
        first = d.received_at(branch.id)[0]
        if made <= limit:
            return decided("branch_received_first", first.credited, first.ref, outlet=branch.id, made=made, limit=limit)
        return passed("closer_followed_up", first.ref, *(call.ref for call in calls), made=made, limit=limit)
    return passed("no_branch_received_first")


def _calls_as_receiver(d: Dossier) -> list[FollowUp]:
    """The closer's follow-ups on a card that was filed by then, or after they had received the customer.

    Not those that were prepared on a card opened by hand, for a customer whom a branch is the first to receive.
    """
    calls, lines = d.followups_for(d.closer), d.received_for(d.closer)
    if d.is_told_as_before:
        return list(calls)
    since = lines[0].moment if lines else datetime.max
    filed = {card.id: card.filing.at for card in d.filed_cards}
    return [call for call in calls if call.recorded_at >= min(since, filed.get(call.card, since))]


def _unregistered_branches(d: Dossier) -> list[Outlet]:
    branches = [each for each in d.other_outlets if each.kind == BRANCH and d.was_received_first_at(each.id)]
    claiming = [each for each in branches if d.is_active(d.received_at(each.id)[0].credited)]
    return [each for each in claiming if not d.preregistrations_of(each.id, d.deal.at)]


@principle("satellite", "preregistration", "5.6")
def satellite(d: Dossier) -> Verdict:
    """The other one of showroom and satellite filed first and accompanied or announced the customer."""
    pairs = [each for each in d.other_outlets if SATELLITE in (each.kind, d.outlet.kind)]
    for other in pairs:
        first = next((line for line in d.received_at(other.id) if d.is_active(line.credited)), None)
        proof = first and _brought(d, other)
        if proof:
            return decided(proof[0], first.credited, first.ref, *proof[1:], outlet=other.id)
    return passed("satellite_brought_nobody") if pairs else passed("no_satellite")


def _brought(d: Dossier, other: Outlet) -> tuple[str, ...] | None:
    """How the other outlet brought the customer to the visit of the deal, and by which records."""
    visits = [line for line in d.received_at(d.deal.outlet) if line.channel == VISIT]
    for visit in reversed(_of_latest_day(d, visits)):  # what one line of a day says, no other takes back
        if d.works_at(visit.accompanied_by, other.id):
            return ("satellite_accompanied", visit.ref)
    if not _announces_as_first(d, other):
        return None
    entries = d.preregistrations_of(other.id, visits[-1].moment if visits else d.deal.at)
    return ("satellite_preregistered", entries[-1].ref) if entries else None


def _announces_as_first(d: Dossier, other: Outlet) -> bool:
    """Whom one sends to another outlet, one has received before: who files after it has announced nobody."""
    as_before = d.is_told_as_before or d.facts.kind in (FIFTH_KIND, SIXTH_KIND)
    return as_before or d.was_received_first_at(other.id)


def _of_latest_day(d: Dossier, lines: list[Reception]) -> list[Reception]:
    """Those of the day on which the latest of an outlet's lines was written."""
    if not lines or d.is_told_as_before:
        return lines[-1:]
    day_of = d.day_of(lines[-1].outlet)
    day = day_of(lines[-1].moment)
    return [line for line in lines if day_of(line.moment) == day]


@principle("duty_on_behalf", "prior_communication", "5.7")
def duty_on_behalf(d: Dossier) -> Verdict:
    """The closer received the customer on behalf of the holder."""
    if d.holder in (None, d.closer):
        return passed("no_other_holder")
    visit = next((line for line in reversed(_of_deals_day(d)) if line.on_behalf_of == d.holder), None)
    if visit is None:
        return passed("not_on_behalf", holder=d.holder)
    award = {"conduct": (("merit", d.closer),)}
    return decided("on_behalf_of_holder", d.holder, visit.ref, award=award, closer=d.closer)


def _of_deals_day(d: Dossier) -> list[Reception]:
    """The line of the deal's visit; with one that the closer wrote, their others of that day: none takes one back."""
    visit = d.deal_visit
    if visit is None or visit.recorded_by or d.is_told_as_before or d.facts.kind == FIFTH_KIND:
        return [visit] if visit else []
    return _of_latest_day(d, list(d.received_by(d.closer, d.deal.outlet)))


@principle("closed_without_communication", "prior_communication", "5.8")
def closed_without_communication(d: Dossier) -> Verdict:
    """Closed in one visit without speaking with the holder, although told of them or without having asked."""
    if d.holder in (None, d.closer):
        return passed("no_other_holder")
    if not d.one_visit_close:
        return passed("not_one_visit", d.received_by(d.closer)[0].ref)
    spoken = [each.ref for each in d.facts.communications if _between(d, each)]
    if spoken:
        return passed("spoke_with_holder", *spoken, holder=d.holder)
    return _told_or_silent(d)


def _between(d: Dossier, talk) -> bool:
    return {talk.by, talk.with_} == {d.closer, d.holder} and talk.at <= d.deal.at and talk.intact


def _told_or_silent(d: Dossier) -> Verdict:
    lines = d.received_by(d.closer)
    entry = {"conduct": (("conduct", d.closer),)}
    told = [line.ref for line in lines if _names_holder(d, line)]
    if told:
        return decided("told_and_silent", d.holder, *told, award=entry, closer=d.closer)
    asked = [line.ref for line in d.heard(lines) if line.asked != NOT_ASKED]
    if asked:
        return passed("asked_and_told_no", *asked, holder=d.holder)
    if d.overdue(d.senior):
        return passed("nobody_asked_but_overdue", holder=d.holder, due=_day(d.due(d.senior)))
    return _nobody_asked(d, lines, award=entry, closer=d.closer)


def _nobody_asked(d: Dossier, lines, **rest) -> Verdict:
    cites = [line.ref for line in lines]
    if any(line.asked != NOT_ASKED for line in lines):
        return decided("nobody_asked_at_first", d.holder, *cites, **rest)
    return decided("nobody_asked", d.holder, *cites, **rest)


def _names_holder(d: Dossier, line) -> bool:
    said = line.asked == YES and line.prior == d.holder
    return said or (d.policy.match_counts_as_told and line.told_by_match == d.holder)


@principle("more_diligent", "regular_followup", "5.9")
def more_diligent(d: Dossier) -> Verdict:
    """Among the owners of a family's cards, the one who followed up better."""
    if len(d.filed_cards) < 2:
        return passed("no_family")
    cards = [card for card in d.filed_cards if d.claims(card)]
    owners = list(dict.fromkeys([card.owner for card in cards]))
    if len(owners) < 2 or not any(card.customer != SAME for card in cards):
        return passed("no_family")
    scores = {owner: _diligence(d, cards, owner) for owner in owners}
    first, second = sorted(owners, key=scores.get, reverse=True)[:2]
    cites = tuple(f.ref for owner in owners for f in d.followups_for(owner, whole_family=True))
    if scores[first] == scores[second]:
        tie = Award(whole(d.closer), ARBITRATION)
        return Verdict("equally_diligent", cites, {"people": owners}, tie)
    losers = tuple(owner for owner in owners if owner != first)
    award = {"state": PROVISIONAL, "appellants": losers}
    return decided("followed_up_better", first, *cites, award=award, made=scores[first][1], people=list(losers))


def _diligence(d: Dossier, cards: list[Card], owner: int) -> tuple[bool, int]:
    on_time = not any(d.overdue(card) for card in cards if card.owner == owner)
    return on_time, len(d.followups_for(owner, whole_family=True))


@principle("brief_contact", "negotiation", "5.10")
def brief_contact(d: Dossier) -> Verdict:
    """Holder and closer each met the customer once, shortly after each other: let them agree."""
    if d.holder in (None, d.closer):
        return passed("no_other_holder")
    since = (d.day - d.day_at(d.senior.filing.at, d.senior.filing.outlet)).days
    if since > d.policy.brief_contact_days:
        return passed("filing_too_old", d.senior.filing.ref, days=since, limit=d.policy.brief_contact_days)
    if not (_met_once(d, d.holder) and _met_once(d, d.closer)):
        return passed("more_than_brief", d.senior.filing.ref)
    award = {"state": NEGOTIATION}
    visit = d.received_for(d.closer)[0]
    return decided("both_brief", d.closer, d.senior.filing.ref, visit.ref, award=award, holder=d.holder, days=since)


def _met_once(d: Dossier, person: int) -> bool:
    return len(d.received_for(person)) == 1 and len(d.followups_for(person)) <= 1


@principle("sole_claimant", "first_filing", "5.11")
def sole_claimant(d: Dossier) -> Verdict:
    """The holder closed the deal."""
    if d.holder is None:
        return passed("no_holder")
    if d.holder != d.closer:
        return passed("closer_not_holder", d.senior.filing.ref, holder=d.holder)
    return decided("holder_closed", d.closer, d.senior.filing.ref)


@principle("no_valid_filing", "first_filing", "5.12")
def no_valid_filing(d: Dossier) -> Verdict:
    """Nobody holds the customer."""
    if d.holder is not None:
        return passed("there_is_a_holder", d.senior.filing.ref, holder=d.holder)
    return decided("holder_has_left" if d.holder_departed else "nobody_filed", d.closer)


@principle("holder_lapsed", "regular_followup", "5.13")
def holder_lapsed(d: Dossier) -> Verdict:
    """The holder is overdue on the day of the deal."""
    if d.holder in (None, d.closer):
        return passed("no_other_holder")
    due = d.due(d.senior)
    if not d.overdue(d.senior):
        return passed("holder_on_time", holder=d.holder, due=_day(due))
    award = {"state": PROVISIONAL, "appellants": (d.holder,)}
    return decided("holder_overdue", d.closer, d.senior.filing.ref, award=award, holder=d.holder, due=_day(due))


@principle("awaiting_appeal", "company_ruling", "5.14")
def awaiting_appeal(d: Dossier) -> Verdict:
    """The holder is on time, but did not close."""
    if d.holder in (None, d.closer):
        return passed("no_other_holder")
    if d.overdue(d.senior):
        return passed("holder_is_overdue", holder=d.holder, due=_day(d.due(d.senior)))
    award = {"state": PROVISIONAL, "appellants": (d.holder,)}
    return decided("holder_may_appeal", d.closer, d.senior.filing.ref, award=award, holder=d.holder)


def _day(due) -> str | None:
    return due.isoformat() if due else None
