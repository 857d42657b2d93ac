"""Which lines of the register and which follow-ups count (rulebook 2).

Each question is answered by `None` for "it counts" or by the code of the first reason why it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from .facts import ADOPTED, VISIT, Facts, FollowUp, Policy, Reception

DayOf = Callable[[datetime], date]

RECEPTION_REASONS = (
    "void",
    "not_intact",
    "no_consultant",
    "no_name",
    "no_phone",
    "recorded_late",
    "not_attested",
    "changed_after_close",
    "corrected",
    "call_is_no_filing",
    "outreach_is_no_filing",
)
FOLLOWUP_REASONS = ("not_intact", "in_future", "recorded_late", "not_reached")


def reception_flaw(line: Reception, policy: Policy, day_of: DayOf) -> str | None:
    """Why a line of the register is no evidence, or None (2.1 to 2.6)."""
    return _record_flaw(line) or _time_flaw(line, day_of) or _change_flaw(line, policy)


def followup_flaw(contact: FollowUp, policy: Policy, day_of: DayOf) -> str | None:
    """Why a follow-up does not count, or None (2)."""
    if not contact.intact:
        return "not_intact"
    if contact.happened_at > contact.recorded_at:
        return "in_future"
    last_day = day_of(contact.happened_at) + timedelta(days=policy.followup_recording_days)
    if day_of(contact.recorded_at) > last_day and not contact.adopted:
        return "recorded_late"
    return None if contact.reached or policy.unanswered_counts else "not_reached"


def left_out(facts: Facts) -> tuple[str, ...]:
    """The numbers of what no principle may rely on, because its ledger entry does not verify (2.4)."""
    kinds = (facts.receptions, facts.followups, facts.communications, facts.orders, facts.preregistrations)
    return tuple(sorted(fact.ref for kind in kinds for fact in kind if not fact.intact))


def _record_flaw(line: Reception) -> str | None:
    if line.void:
        return "void"
    if not line.intact:
        return "not_intact"
    if not (line.on_behalf_of or line.consultant):
        return "no_consultant"
    if not line.has_name:
        return "no_name"
    return None if line.has_phone else "no_phone"


def _time_flaw(line: Reception, day_of: DayOf) -> str | None:
    if line.attested_before:
        known = line.channel == ADOPTED or day_of(line.arrived_at) < line.attested_before
        return None if known else "not_attested"
    return None if day_of(line.arrived_at) == day_of(line.recorded_at) else "recorded_late"


def _change_flaw(line: Reception, policy: Policy) -> str | None:
    if line.changed_after_close:
        return "changed_after_close"
    if line.corrected and policy.same_day_correction == "voids":
        return "corrected"
    return None if line.channel == VISIT else _channel_flaw(line, policy)


def _channel_flaw(line: Reception, policy: Policy) -> str | None:
    if line.channel == "call" and not policy.call_counts_as_filing:
        return "call_is_no_filing"
    if line.channel == "outreach" and not policy.outreach_counts_as_filing:
        return "outreach_is_no_filing"
    return None
