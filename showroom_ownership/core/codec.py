"""Facts and policies as plain JSON values and back, so that a ruling can be made again from what is stored."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache


def dump(value):
    """A frozen value as JSON types; fields that have their default are left out."""
    if is_dataclass(value):
        return {f.name: dump(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) != f.default}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def load(kind: type, stored):
    """The value of type `kind` that `dump` made `stored` from. Unknown keys are refused with a TypeError."""
    if stored is None:
        return None
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: load(hints.get(name), item) for name, item in stored.items()})
    return _plain(kind, stored)


def _plain(kind, stored):
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return load(next(each for each in inner if each is not type(None)), stored)
    if origin is tuple and inner[-1] is Ellipsis:
        return tuple(load(inner[0], item) for item in stored)
    if origin is tuple:
        return tuple(load(each, item) for each, item in zip(inner, stored, strict=True))
    if isinstance(kind, type) and issubclass(kind, date):  # or what a frozen clock put in its place
        return kind.fromisoformat(stored)
    return Decimal(stored) if kind is Decimal else stored


@cache
def _hints(kind: type) -> dict:
    return typing.get_type_hints(kind)
