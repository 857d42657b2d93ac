"""What is stored with a ruling comes back as it was."""

import json
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from core import codec, ruling
from core.facts import Card, Deal, Facts, FollowUp, Outlet, Policy, Reception, Settlement
from story import LI, SHAN, SPOUSE, SUN, WANG, ZHAO, policy, story

NOON = "2026-03-05 12:00"


def through_json(kind, value):
    return codec.load(kind, json.loads(json.dumps(codec.dump(value))))


def everything():
    """A story with every kind of fact and every optional field."""
    told = story().graded("A").reception(LI, "2026-03-02 10:00", asked="yes", prior=ZHAO, named=LI, told_by_match=ZHAO)
    told.reception(WANG, "2026-03-03 10:00", on_behalf_of=LI, accompanied_by=SUN, attested_before=date(2026, 3, 4))
    told.reception(SUN, "2026-03-03 11:00", void=True, corrected=True, changed_after_close=True, intact=False)
    told.reception(ZHAO, "2026-03-03 12:00", channel="call", has_name=False, has_phone=False)
    told.followup(LI, "2026-03-03 13:00", method="email", on_behalf_of=WANG, reached=False, intact=False, adopted=True)
    told.communicate(WANG, LI, "2026-03-03 14:00").ordered(LI, "2026-03-03 15:00", intact=False)
    told.preregister(SUN, "2026-03-03 16:00", outlet=SHAN, accepted="2026-03-03 17:00", valid_until="2026-04-01")
    told.linked(SPOUSE).transfer(WANG, "2026-03-04 10:00", "customer_request").departed(WANG)
    return told.settled("2026-03-04 11:00", {LI: "33.30", WANG: "66.70"}, signed=(LI, WANG))


def test_facts_come_back_as_they_were():
    facts = everything().facts(WANG, NOON)
    assert all(getattr(facts, each.name) for each in fields(Facts))
    assert through_json(Facts, facts) == facts


def test_facts_told_as_text_are_kept_as_they_are_and_ruled_on_as_the_same():
    facts = everything().facts(WANG, NOON)
    lines, calls = (json.dumps(codec.dump(each)) for each in (facts.receptions, facts.followups))
    told = replace(facts, receptions=codec.Told(Reception, lines), followups=codec.Told(FollowUp, calls))
    assert json.loads(codec.text(told)) == json.loads(codec.text(facts)) == codec.dump(told) == codec.dump(facts)
    assert (tuple(told.receptions), tuple(told.followups)) == (facts.receptions, facts.followups)
    assert ruling.rule(told, policy()) == ruling.rule(facts, policy())
    assert told.followups and not codec.Told(FollowUp, "[]")


def test_facts_without_anything_come_back_as_they_were():
    facts = Facts(Deal(1, 2, 3, datetime(2026, 3, 5, 4)), (Outlet(2, "MAIN", "showroom", "Asia/Shanghai"),))
    assert through_json(Facts, facts) == facts
    assert codec.dump(facts).keys() == {"deal", "outlets"}


def test_a_policy_comes_back_as_it_was():
    rules = policy("settlement", appeal_days=5, call_counts_as_filing=False, same_day_correction="voids")
    assert through_json(Policy, rules) == rules
    assert through_json(Policy, Policy()) == Policy()


@pytest.mark.parametrize("closer", [LI, WANG, SUN])
def test_a_ruling_and_its_trace_come_back_as_they_were(closer):
    told = story().reception(LI, "2026-03-02 10:00").linked(SPOUSE).reception(WANG, "2026-03-03 10:00", card=SPOUSE)
    made = told.deal(closer, NOON)
    assert through_json(ruling.Ruling, made) == made


def test_shares_are_kept_to_the_cent_and_moments_to_the_microsecond():
    agreed = Settlement(1, "S1", ((LI, Decimal("33.30")),), datetime(2026, 3, 5, 4, 0, 0, 123456))
    stored = codec.dump(agreed)
    assert (stored["shares"], stored["at"]) == ([[LI, "33.30"]], "2026-03-05T04:00:00.123456")
    assert str(codec.load(Settlement, stored).shares[0][1]) == "33.30"


def test_fields_with_their_default_are_left_out():
    assert codec.dump(Card(1, "A1", 2)) == {"id": 1, "number": "A1", "outlet": 2}
    assert codec.dump(Card(1, "A1", 2, owner=LI, departed=True)).keys() == {
        "id",
        "number",
        "outlet",
        "owner",
        "departed",
    }


def test_a_field_without_a_default_is_kept_even_if_it_is_nothing():
    assert codec.dump(Outlet(0, "", "", "")) == {"id": 0, "code": "", "kind": "", "tz": ""}


@pytest.mark.parametrize("more", [{"colour": "red"}, {"colour": None}, {"colour": {"red": 1}}])
def test_unknown_fields_are_refused(more):
    with pytest.raises(TypeError):
        codec.load(Card, {"id": 1, "number": "A1", "outlet": 2, **more})


def test_missing_fields_are_refused():
    with pytest.raises(TypeError):
        codec.load(Card, {"id": 1})


def test_a_share_is_a_person_and_a_number():
    with pytest.raises(ValueError):
        codec.load(Settlement, {"id": 1, "ref": "S1", "shares": [[LI]], "at": "2026-03-05T04:00:00"})
