"""Facts and policies as plain JSON values and back, so that a ruling can be made again from what is stored."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache


def dump(value):
    """A frozen value as JSON types; fields that have their default are left out."""
    shape = _shape(type(value))
    if shape is not None:
        told = [(name, getattr(value, name), default) for name, default in shape]
        return {name: dump(item) for name, item, default in told if item != default}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, Decimal) else value


def load(kind: type, stored):
    """The value of type `kind` that `dump` made `stored` from. Unknown keys are refused with a TypeError."""
    if stored is None:
        return None
    if _shape(kind) is not None:
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
def _shape(kind) -> tuple | None:
    """The fields of a kind of value and their defaults; None for what has no fields."""
    if is_dataclass(kind):
        return tuple((each.name, each.default) for each in fields(kind))
    named = getattr(kind, "_fields", None)
    return named and tuple((name, kind._field_defaults.get(name, MISSING)) for name in named)


@cache
def _hints(kind: type) -> dict:
    return typing.get_type_hints(kind)
