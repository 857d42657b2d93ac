"""What holds for every ruling, whatever happened."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from core import codec, ruling
from core.dossier import Dossier, day_end
from core.facts import FollowUp, Policy, Reception
from core.principles import PRINCIPLES
from hypothesis import Phase, event, find, given, settings
from hypothesis import strategies as st
from story import CARD, LI, MAIN, policy
from strategies import EVENTS, refs, shuffled, stories

SIX_PRINCIPLES = st.just(policy())
STORIES = stories(SIX_PRINCIPLES)
SEARCH = settings(max_examples=10_000, phases=[Phase.generate])


def judge(told, note=True):
    """The facts of a story and their ruling; its ground is noted for `--hypothesis-show-statistics`."""
    facts = told.facts(*told.ends)
    made = ruling.rule(facts, told.rules)
    if note:
        event(made.ground)
    return facts, made


@given(stories())
def test_shares_always_make_a_hundred(told):
    _facts, made = judge(told)
    assert sum(share for _person, share in made.shares) == 100
    assert ruling.shares_flaw(dict(made.shares)) is None


@given(stories())
def test_one_principle_decides_or_a_manager_has_to(told):
    _facts, made = judge(told)
    deciding = [each for each in made.findings if each.verdict == "decided"]
    if deciding:
        assert [(deciding[0].principle, deciding[0].shares)] == [(made.principle, made.shares)] * len(deciding)
        assert made.ground in (deciding[0].ground, "holder_departed")
    else:
        assert (made.state, made.ground) == ("arbitration", "arbitration")


@given(stories())
def test_the_first_principle_that_would_decide_does(told):
    _facts, made = judge(told)
    asked = [each for each in made.findings if each.verdict != "off"]
    willing = [each.verdict for each in asked if each.shares]
    assert willing[:1] in ([], ["decided"])
    assert set(willing[1:]) <= {"outranked"}
    assert [each.verdict for each in asked if not each.shares] == ["not_met"] * (len(asked) - len(willing))


@given(stories())
def test_every_principle_is_in_the_trace_once_in_the_dealers_order(told):
    _facts, made = judge(told)
    asked = [each.ground for each in made.findings if each.verdict != "off"]
    assert tuple(asked) == told.rules.principles
    assert Counter(each.ground for each in made.findings) == Counter(PRINCIPLES.keys())


@given(stories())
def test_a_principle_that_is_switched_off_never_decides(told):
    _facts, made = judge(told)
    for each in made.findings:
        assert (each.verdict == "off") == (each.ground not in told.rules.principles)
        assert not (each.verdict == "off" and each.shares)


@given(stories())
def test_every_finding_cites_records_that_exist(told):
    facts, made = judge(told)
    for each in made.findings:
        assert set(each.cites) <= refs(facts)
        assert "" not in each.cites


@given(stories())
def test_ruling_again_on_what_is_stored_gives_the_same_ruling(told):
    facts, made = judge(told)
    stored = json.loads(json.dumps([codec.dump(facts), codec.dump(told.rules), codec.dump(made)]))
    again, rules = codec.load(type(facts), stored[0]), codec.load(Policy, stored[1])
    assert (again, rules) == (facts, told.rules)
    assert ruling.rule(again, rules) == made == codec.load(ruling.Ruling, stored[2])


@given(st.data())
def test_the_order_in_which_facts_are_told_does_not_matter(data):
    facts, made = judge(told := data.draw(stories()))
    mixed = data.draw(shuffled(facts))
    assert ruling.rule(mixed, told.rules) == made


@given(stories())
def test_nothing_that_was_recorded_after_the_deal_changes_it(told):
    """Except a settlement, which the parties may make at any time before the ruling is final."""
    facts, made = judge(told)
    known = {name: tuple(each for each in getattr(facts, name) if recorded(each) <= facts.deal.at) for name in EVENTS}
    known["settlements"] = facts.settlements
    assert without_words(ruling.rule(replace(facts, **known), told.rules)) == without_words(made)


def recorded(fact):
    for name in ("recorded_at", "accepted_at"):
        if hasattr(fact, name):
            return (
                fact.moment if name == "recorded_at" and getattr(fact, "attested_before", None) else getattr(fact, name)
            )
    return fact.at


def without_words(made):
    return made._replace(findings=tuple(each._replace(words={}) for each in made.findings))


@given(stories())
def test_a_line_or_a_call_that_is_no_evidence_changes_nothing(told):
    facts, made = judge(told)
    at = facts.deal.at - timedelta(minutes=1)
    closer = facts.deal.closer
    line = Reception(9001, "R9001", facts.deal.outlet, CARD, closer, at, at, named=closer, asked="no", void=True)
    call = FollowUp(9002, "F9002", MAIN, CARD, LI, at - timedelta(days=9), at)
    padded = replace(facts, receptions=(*facts.receptions, line), followups=(*facts.followups, call))
    assert ruling.rule(padded, told.rules) == made


@given(stories())
def test_nobody_who_has_left_is_credited_but_by_settlement_or_as_the_closer(told):
    facts, made = judge(told)
    for person, _share in made.shares:
        here = Dossier(facts, told.rules).is_active(person)
        assert here or made.ground == "settlement" or person == made.closer


@given(stories())
def test_only_a_provisional_ruling_can_be_appealed_and_only_by_who_lost(told):
    facts, made = judge(told)
    assert bool(made.appellants) == (made.state == "provisional")
    assert not set(made.appellants) & {person for person, _share in made.shares}
    assert (made.until is not None) == (made.state in ("provisional", "negotiation"))
    if made.until:
        outlet = next(each for each in facts.outlets if each.id == facts.deal.outlet)
        assert made.until >= made.day
        assert made.deadline == day_end(made.until, outlet.tz) > facts.deal.at


@given(STORIES)
def test_under_the_six_principles_a_holder_who_closes_is_credited_or_outranked(told):
    """Only a settlement, an order, another outlet or a family may take it from a holder who closes."""
    _facts, made = judge(told)
    if made.holder == made.closer:
        taken = {"settlement", "order_customer", "preregistered_branch", "unregistered_branch", "satellite"}
        assert dict(made.shares).get(made.closer) == 100 or made.ground in taken | {"more_diligent"}


@given(STORIES)
def test_under_the_six_principles_some_principle_always_decides(told):
    _facts, made = judge(told)
    assert any(each.verdict == "decided" for each in made.findings)


@given(stories())
def test_an_appeal_ends_with_the_holder_the_closer_or_a_manager(told):
    facts, made = judge(told)
    advice = ruling.recommend(facts, told.rules, made.ground)
    expected = {"appeal_tracked": made.holder, "appeal_untracked": made.closer}
    assert [person for person, _share in advice.shares] == [
        expected[each] for each in [advice.ground] if each in expected
    ]
    assert set(advice.cites) <= refs(facts)
    assert bool(advice.cites) == (advice.ground == "appeal_tracked")


@given(stories())
def test_a_duty_is_a_merit_and_silence_an_entry_for_the_closer_alone(told):
    _facts, made = judge(told)
    kinds = {"duty_on_behalf": "merit", "closed_without_communication": "conduct"}
    assert made.conduct == tuple((kinds[each], made.closer) for each in [made.ground] if each in kinds)


@pytest.mark.parametrize("ground", PRINCIPLES)
def test_the_generated_stories_reach_every_ground(ground):
    """Otherwise the properties above would say little about it."""
    assert find(STORIES, lambda told: judge(told, note=False)[1].ground == ground, settings=SEARCH, random=Random(1))


@pytest.mark.parametrize("state", ["final", "provisional", "negotiation", "arbitration"])
def test_the_generated_stories_reach_every_state(state):
    assert find(STORIES, lambda told: judge(told, note=False)[1].state == state, settings=SEARCH, random=Random(1))
