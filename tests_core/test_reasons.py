"""What each principle says when it decides and when it does not, and the records it relies on."""

import inspect
import re

import pytest
from core import principles
from story import DESK, HE, LI, SECOND, SHAN, SPOUSE, SUN, WANG, finding, story

NOON = "2026-03-05 12:00"
LATER = "2026-04-20 12:00"


def filed():
    return story().reception(LI, "2026-03-02 10:00")


def met(at="2026-03-05 10:00", **rest):
    return filed().reception(WANG, at, **rest)


def branch():
    return story().reception(SUN, "2026-03-02 10:00").reception(LI, "2026-03-03 10:00")


def spouse():
    return filed().linked(SPOUSE).reception(WANG, "2026-03-02 11:00", card=SPOUSE)


def brought(**rest):
    return story().reception(HE, "2026-03-02 10:00").reception(LI, "2026-03-05 10:00", **rest)


CALLS = ("2026-03-04 10:00", "2026-03-04 11:00")
# reason: ground, what happened, closer, at, records, words
REASONS = {
    "settled": ("settlement", filed().settled("2026-03-03 10:00", {LI: 100}), WANG, NOON, "S2", {}),
    "not_signed_by_holder": (
        "settlement", filed().settled("2026-03-03 10:00", {WANG: 100}, (WANG,)), WANG, NOON, "S2", {"holder": LI}
    ),
    "no_settlement": ("settlement", filed(), WANG, NOON, "", {}),
    "ordered_with": (
        "order_customer", filed().ordered(LI, "2026-03-03 10:00"), WANG, NOON, "O2", {"person": LI}
    ),
    "order_superseded": (
        "order_customer", filed().ordered(LI, "2026-03-03 10:00").departed(LI), WANG, NOON, "O2", {}
    ),
    "order_beside_holder": (
        "order_customer", filed().linked(SECOND, customer="same").ordered(WANG, "2026-03-03 10:00", card=SECOND),
        WANG, NOON, "O2", {},
    ),
    "no_order": ("order_customer", filed().ordered(LI, "2026-03-05 12:01"), WANG, NOON, "", {}),
    "named_before_it_moved": (
        "named_consultant", story().reception(WANG, "2026-03-02 10:00", named=WANG).transfer(LI, "2026-03-03 10:00"),
        WANG, NOON, "R1", {"holder": LI},
    ),
    "asked_for_by_name": ("named_consultant", met(named=WANG), WANG, NOON, "R2", {"person": WANG}),
    "closer_not_named": ("named_consultant", met(), WANG, NOON, "R2", {}),
    "closer_received_nobody": ("named_consultant", filed(), WANG, NOON, "", {}),
    "branch_preregistered": (
        "preregistered_branch", branch().preregister(SUN, "2026-03-03 11:00"), LI, NOON, "R1 P3",
        {"person": SUN, "outlet": 2},
    ),
    "no_preregistered_branch": ("preregistered_branch", branch(), LI, NOON, "", {}),
    "no_branch_received": ("preregistered_branch", filed(), LI, NOON, "", {}),
    "branch_received_first": (
        "unregistered_branch", branch().followup(LI, CALLS[0]), LI, NOON, "R1",
        {"person": SUN, "outlet": 2, "made": 1, "limit": 1},
    ),
    "closer_followed_up": (
        "unregistered_branch", branch().followups(LI, *CALLS), LI, NOON, "R1 F3 F4", {"made": 2, "limit": 1}
    ),
    "no_branch_received_first": ("unregistered_branch", filed(), LI, NOON, "", {}),
    "satellite_accompanied": (
        "satellite", brought(accompanied_by=HE), LI, NOON, "R1 R2", {"person": HE, "outlet": SHAN}
    ),
    "satellite_preregistered": (
        "satellite", brought().preregister(HE, "2026-03-03 10:00"), LI, NOON, "R1 P3", {"person": HE, "outlet": SHAN}
    ),
    "satellite_brought_nobody": ("satellite", brought(), LI, NOON, "", {}),
    "no_satellite": ("satellite", branch(), LI, NOON, "", {}),
    "on_behalf_of_holder": (
        "duty_on_behalf", met(on_behalf_of=LI), WANG, NOON, "R2", {"person": LI, "closer": WANG}
    ),
    "not_on_behalf": ("duty_on_behalf", met(), WANG, NOON, "", {"holder": LI}),
    "no_other_holder": ("duty_on_behalf", filed(), LI, NOON, "", {}),
    "not_one_visit": (
        "closed_without_communication", met("2026-03-04 10:00"), WANG, NOON, "R2", {}
    ),
    "spoke_with_holder": (
        "closed_without_communication", met().communicate(WANG, LI, "2026-03-05 11:00"), WANG, NOON, "C3",
        {"holder": LI},
    ),
    "told_and_silent": (
        "closed_without_communication", met(asked="yes", prior=LI), WANG, NOON, "R2", {"person": LI, "closer": WANG}
    ),
    "asked_and_told_no": ("closed_without_communication", met(asked="no"), WANG, NOON, "R2", {"holder": LI}),
    "nobody_asked_but_overdue": (
        "closed_without_communication", met("2026-04-20 10:00"), WANG, LATER, "", {"holder": LI, "due": "2026-03-17"}
    ),
    "nobody_asked": ("closed_without_communication", met(), WANG, NOON, "R2", {"person": LI, "closer": WANG}),
    "nobody_asked_at_first": (
        "closed_without_communication", met(recorded_by=DESK).reception(WANG, "2026-03-05 11:00", asked="no"),
        WANG, NOON, "R2 R3", {"person": LI, "closer": WANG},
    ),
    "no_family": ("more_diligent", met(), WANG, NOON, "", {}),
    "followed_up_better": (
        "more_diligent", spouse().followup(LI, CALLS[0]).followups(WANG, *CALLS, card=SPOUSE), LI, NOON, "F3 F4 F5",
        {"person": WANG, "made": 2, "people": [LI]},
    ),
    "equally_diligent": ("more_diligent", spouse(), LI, NOON, "", {"people": [LI, WANG]}),
    "both_brief": (
        "brief_contact", met("2026-03-04 10:00"), WANG, NOON, "R1 R2", {"person": WANG, "holder": LI, "days": 3}
    ),
    "filing_too_old": ("brief_contact", met(), WANG, "2026-03-10 00:00", "R1", {"days": 8, "limit": 7}),
    "more_than_brief": ("brief_contact", filed(), WANG, NOON, "R1", {}),
    "holder_closed": ("sole_claimant", filed(), LI, NOON, "R1", {"person": LI}),
    "closer_not_holder": ("sole_claimant", filed(), WANG, NOON, "R1", {"holder": LI}),
    "no_holder": ("sole_claimant", story(), WANG, NOON, "", {}),
    "nobody_filed": ("no_valid_filing", story(), WANG, NOON, "", {"person": WANG}),
    "holder_has_left": ("no_valid_filing", filed().departed(LI), WANG, NOON, "", {"person": WANG}),
    "there_is_a_holder": ("no_valid_filing", filed(), WANG, NOON, "R1", {"holder": LI}),
    "holder_overdue": (
        "holder_lapsed", filed(), WANG, LATER, "R1", {"person": WANG, "holder": LI, "due": "2026-03-17"}
    ),
    "holder_on_time": ("holder_lapsed", filed(), WANG, NOON, "", {"holder": LI, "due": "2026-03-17"}),
    "holder_may_appeal": ("awaiting_appeal", filed(), WANG, NOON, "R1", {"person": WANG, "holder": LI}),
    "holder_is_overdue": ("awaiting_appeal", filed(), WANG, LATER, "", {"holder": LI, "due": "2026-03-17"}),
}  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_a_principle_says_why_and_cites_its_records(reason):
    ground, told, closer, at, records, words = REASONS[reason]
    said = finding(told.deal(closer, at), ground)
    assert (said.reason, " ".join(said.cites), said.words) == (reason, records, words)


def test_a_holder_without_a_due_date_is_on_time():
    said = finding(filed().ordered(LI, "2026-03-03 10:00").deal(WANG, LATER), "holder_lapsed")
    assert (said.reason, said.words) == ("holder_on_time", {"holder": LI, "due": None})


@pytest.mark.parametrize(
    "ground", ["duty_on_behalf", "closed_without_communication", "brief_contact", "holder_lapsed", "awaiting_appeal"]
)
def test_what_is_asked_about_another_holder_says_when_there_is_none(ground):
    assert finding(filed().deal(LI, NOON), ground).reason == "no_other_holder"
    assert finding(story().deal(LI, NOON), ground).reason == "no_other_holder"


def test_every_reason_in_the_code_is_told_above():
    """The addon has a sentence for each of them."""
    source = inspect.getsource(principles)
    codes = re.findall(
        r'(?:passed|decided|Verdict)\(\s*"(\w+)"|else "(nobody_filed)"|return \("(satellite_\w+)"', source
    )
    used = {code for found in codes for code in found if code} | {"holder_has_left", "satellite_preregistered"}
    assert used == REASONS.keys()


def test_a_principle_names_its_clause_of_the_rulebook():
    clauses = [each.clause for each in principles.PRINCIPLES.values()]
    assert clauses == [f"5.{number}" for number in range(1, 15)]
