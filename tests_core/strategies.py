"""Stories nobody would think of: events of all kinds in any order, at outlets in several time zones."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

from core.facts import FAMILY, SAME, Card, Facts
from hypothesis import strategies as st
from story import (
    CARD,
    EAST,
    GRADES,
    GROUNDS,
    HE,
    HOMES,
    KINDS,
    LI,
    MAIN,
    NEW_YORK,
    SECOND,
    SHAN,
    SHANGHAI,
    SPOUSE,
    SUN,
    URUMQI,
    WANG,
    Story,
    policy,
)

EVENTS = ["receptions", "followups", "communications", "orders", "transfers", "preregistrations", "settlements"]
# Days on which the clocks of New York and Kiritimati's calendar are most likely to be got wrong.
STARTS = [datetime(2026, 3, 1), datetime(2026, 10, 25), datetime(2026, 12, 28)]
ZONES = [SHANGHAI, SHANGHAI, URUMQI, NEW_YORK, "Asia/Kathmandu", "Pacific/Kiritimati"]
PEOPLE = st.sampled_from([LI] * 6 + [WANG] * 6 + [*HOMES])
MAYBE = st.none() | PEOPLE
OUTLETS = st.sampled_from([MAIN] * 5 + [EAST, SHAN, *KINDS])
CARDS = st.sampled_from([CARD, CARD, CARD, CARD, SECOND, SPOUSE])
# Hours into the story: often whole days apart, so that one visit, the same day and the next day all occur.
HOURS = st.integers(0, 24 * 10) | st.integers(0, 10).map(lambda day: 24 * day + 4)
RARELY = st.sampled_from([False] * 9 + [True])
MOSTLY = RARELY.map(lambda each: not each)
LINE_FLAWS = [{"void": True}, {"corrected": True}, {"changed_after_close": True}, {"intact": False}]
LINE_FLAWS += [{"has_name": False}, {"has_phone": False}, {"late": 5}, {"late": 30}]
CALL_FLAWS = [{"late": 1}, {"late": 20}, {"late": 50}, {"reached": False}, {"intact": False}]


def event(name: str, flaws=({"intact": False},), **arguments):
    """A step of a story: a method, when, what with, and rarely something wrong with it."""
    flaw = st.sampled_from([{}] * 4 * len(flaws) + list(flaws)) if flaws else st.just({})
    return st.tuples(st.just(name), HOURS, st.fixed_dictionaries(arguments), flaw)


RECEPTION = event(
    "reception",
    LINE_FLAWS,
    by=PEOPLE,
    outlet=st.none() | OUTLETS,
    card=CARDS,
    channel=st.sampled_from(["visit"] * 6 + ["call", "online", "outreach"]),
    asked=st.sampled_from(["yes", "no", "no", "not_asked"]),
    on_behalf_of=MAYBE,
    prior=MAYBE,
    named=MAYBE,
    told_by_match=MAYBE,
    accompanied_by=MAYBE,
)
FOLLOWUP = event("followup", CALL_FLAWS, by=PEOPLE, card=CARDS, on_behalf_of=MAYBE)
REASONS = ["manager", "lapsed", "departure", "customer_request"]
AGREEMENTS = [{LI: 100}, {LI: 50, WANG: 50}, {LI: "33.33", SUN: "33.33", HE: "33.34"}]
COMMUNICATION = event("communicate", by=PEOPLE, with_=PEOPLE)
ORDER = event("ordered", by=PEOPLE, card=CARDS)
TRANSFER = event("transfer", (), to=PEOPLE, card=CARDS, reason=st.sampled_from(REASONS))
UNTIL = st.sampled_from([None, None, "2026-03-08"])
PREREGISTRATION = event("preregister", by=PEOPLE, outlet=st.none() | OUTLETS, valid_until=UNTIL)
SETTLEMENT = event("settled", (), shares=st.sampled_from(AGREEMENTS))
GRADE = event("graded", (), code=st.sampled_from(sorted(GRADES)), card=CARDS)
DEPARTURE = event("departed", (), who=PEOPLE)
# Drawn by weight: a union of strategies would give every kind the same chance.
KINDS_OF_EVENT = [RECEPTION] * 12 + [FOLLOWUP] * 8 + [GRADE, COMMUNICATION, TRANSFER, PREREGISTRATION] * 2
KINDS_OF_EVENT += [ORDER, SETTLEMENT, DEPARTURE]
FIRST = st.tuples(st.just("reception"), st.just(4), st.fixed_dictionaries({"by": PEOPLE, "card": CARDS}), st.just({}))
STEPS = st.lists(st.sampled_from(KINDS_OF_EVENT).flatmap(lambda kind: kind), min_size=2, max_size=12)


@st.composite
def policies(draw):
    """Any dealer: principles in any order, some of them switched off, small and large limits."""
    grounds = draw(st.just(list(GROUNDS)) | st.permutations(GROUNDS))
    off = draw(st.sets(st.sampled_from(GROUNDS), max_size=3))
    limits = {name: draw(st.integers(0, 8)) for name in ("brief_contact_days", "negotiation_days", "appeal_days")}
    return policy(
        principles=tuple(ground for ground in grounds if ground not in off),
        same_day_correction=draw(st.sampled_from(["allowed", "voids"])),
        call_counts_as_filing=draw(MOSTLY),
        outreach_counts_as_filing=draw(RARELY),
        match_counts_as_told=draw(RARELY),
        unanswered_counts=draw(RARELY),
        filing_validity_days=draw(st.sampled_from([0, 0, 0, 1, 5, 30])),
        branch_followup_limit=draw(st.integers(0, 3)),
        tracking_days=draw(st.integers(0, 9)),
        **limits,
    )


@st.composite
def stories(draw, rules=None):
    """What happened, in its order; some of it may be after the deal."""
    start = draw(st.sampled_from(STARTS))
    told = Story(SHANGHAI, draw(policies() if rules is None else rules))
    for outlet in KINDS:
        told.zone(outlet, draw(st.sampled_from(ZONES)))
    told.linked(SECOND, customer=draw(st.sampled_from([SAME, FAMILY])), grade="H").linked(
        SPOUSE, outlet=EAST, grade="A"
    )
    for name, hour, arguments, flaw in sorted([draw(FIRST), *draw(STEPS)], key=lambda step: step[1]):
        tell(told, name, start + timedelta(hours=hour), arguments | flaw)
    told.ends = (draw(PEOPLE), start + timedelta(hours=draw(HOURS | st.just(24 * 11))), draw(OUTLETS))
    return told


def tell(told: Story, name: str, at: datetime, arguments: dict) -> None:
    """One step; what was recorded late happened some hours before."""
    late = timedelta(hours=arguments.pop("late", 0))
    if name == "departed":
        told.departed(**arguments)
    elif late:
        told_when = "arrived" if name == "reception" else "happened"
        getattr(told, name)(at=at, **{told_when: at - late}, **arguments)
    else:
        getattr(told, name)(at=at, **arguments)


@st.composite
def shuffled(draw, facts: Facts):
    """The same facts, told in another order."""
    mixed = {}
    for each in fields(Facts):
        value = getattr(facts, each.name)
        if isinstance(value, tuple):
            mixed[each.name] = tuple(draw(st.permutations(value)))
    mixed["cards"] = tuple(draw(regraded(card)) for card in mixed["cards"])
    return replace(facts, **mixed)


@st.composite
def regraded(draw, card: Card):
    """The grades of a card in another order; of two given at one moment, the later stays the later."""
    moments = {grade.at for grade in card.grades}
    return replace(card, grades=tuple(draw(st.permutations(card.grades)))) if len(moments) == len(card.grades) else card


def refs(facts: Facts) -> set[str]:
    """Every record that a finding may cite."""
    return {fact.ref for name in EVENTS for fact in getattr(facts, name)} | {
        card.filing.ref for card in facts.cards if card.filing
    }
