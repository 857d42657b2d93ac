"""The pure core: rulings a second, without a database."""

from datetime import datetime, timedelta
from time import perf_counter

from . import work

ROUNDS = 2000
WANTED = 20_000


@work
def rulings(env):
    """Rule on a typical case again and again on this core, three times; gives the best rate."""
    from odoo.addons.showroom_ownership.core.ruling import rule  # noqa: PLC0415 - found by Odoo

    facts, policy = typical_case(), env.ref("showroom_ownership.policy_six_principles")._in_force()
    return max(_rate(rule, facts, policy) for _each in range(3))


def _rate(rule, facts, policy):
    start = perf_counter()
    for _each in range(ROUNDS):
        rule(facts, policy)
    return ROUNDS / (perf_counter() - start)


def typical_case():
    """One customer, two consultants, ten facts: four receptions and six follow-ups; a colleague closes."""
    from odoo.addons.showroom_ownership.core import facts  # noqa: PLC0415

    day = datetime(2026, 3, 2, 2, 0)
    at = [day + timedelta(days=number) for number in range(12)]
    lines = tuple(_line(facts, number, at[number * 3], 1 if number < 3 else 2) for number in range(4))
    calls = tuple(
        facts.FollowUp(id=number, ref=f"M/E{number}", outlet=1, card=1, consultant=1, happened_at=at[number + 1],
                       recorded_at=at[number + 1])
        for number in range(6)
    )  # fmt: skip
    card = facts.Card(
        id=1, number="M-1", outlet=1, owner=1, filing=facts.Filing("M/0", at[0], 1),
        grades=(facts.GradeSpell(at[0], "B", 1, 15),),
    )  # fmt: skip
    deal, outlet = facts.Deal(card=1, outlet=1, closer=2, at=at[11]), facts.Outlet(1, "M", "showroom", "Asia/Shanghai")
    people = (facts.Person(1, True, (1,)), facts.Person(2, True, (1,)))
    return facts.Facts(
        deal=deal, outlets=(outlet,), people=people, cards=(card,), receptions=lines, followups=calls
    )  # fmt: skip


def _line(facts, number, at, consultant):
    when = {"recorded_at": at, "arrived_at": at, "asked": "yes"}
    return facts.Reception(id=number, ref=f"M/{number}", outlet=1, card=1, consultant=consultant, **when)


def lines(bench):
    rate = bench.module.ask("core.rulings")
    bench.number("pure core, ten facts", f"{rate:,.0f}/s", f"at least {WANTED:,}/s", rate >= WANTED)
