"""What a principle answers, and the list of them: the words in which `principles` is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from .dossier import Dossier
from .facts import Shares

FINAL, PROVISIONAL, NEGOTIATION, ARBITRATION = "final", "provisional", "negotiation", "arbitration"
WHOLE = Decimal(100)


class Award(NamedTuple):
    """Who is credited; who may contest it; what is noted about whom."""

    shares: Shares
    state: str = FINAL
    appellants: tuple[int, ...] = ()
    conduct: tuple[tuple[str, int], ...] = ()


class Verdict(NamedTuple):
    """A principle's answer: a reason code with the words it needs, what it relied on, and the award if it decides."""

    reason: str
    cites: tuple[str, ...] = ()
    words: Mapping = MappingProxyType({})
    award: Award | None = None


@dataclass(frozen=True, slots=True)
class Principle:
    ground: str
    name: str
    clause: str
    ask: Callable[[Dossier], Verdict]


PRINCIPLES: dict[str, Principle] = {}


def principle(ground: str, name: str, clause: str):
    """Register a function as the test of a ground, under the principle it belongs to."""

    def register(ask):
        PRINCIPLES[ground] = Principle(ground, name, clause, ask)
        return ask

    return register


def whole(person: int) -> Shares:
    return ((person, WHOLE),)


def passed(reason: str, *cites: str, **words) -> Verdict:
    return Verdict(reason, cites, words) if cites or words else _silent(reason)


@cache
def _silent(reason: str) -> Verdict:
    """Most principles are passed over for a reason that needs no words and no record: one verdict is enough."""
    return Verdict(reason)


def decided(reason: str, person: int, *cites: str, award: dict | None = None, **words) -> Verdict:
    return Verdict(reason, cites, {"person": person, **words}, Award(whole(person), **(award or {})))
