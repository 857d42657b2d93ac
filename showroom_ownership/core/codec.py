"""Facts and policies as plain JSON values and back, so that a ruling can be made again from what is stored."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property

AS_THEY_ARE = frozenset([str, int, bool, type(None)])


class Text(str):
    """JSON as text: what is stored as it is."""


class Told(Sequence):
    """Facts of one kind, in their order, that are told as the text that is stored of them.

    They are made of it when a principle asks: a customer of years has a thousand contacts, and few deals turn on them.
    """

    def __init__(self, kind: type, stored: str):
        self.kind, self.text = kind, Text(stored)

    @cached_property
    def facts(self) -> tuple:
        return tuple(map(_loader(self.kind), json.loads(self.text)))

    def __bool__(self):
        return self.text != "[]"

    def __len__(self):
        return len(self.facts)

    def __getitem__(self, index):
        return self.facts[index]

    def __iter__(self):
        return iter(self.facts)

    def __reversed__(self):
        return reversed(self.facts)


def text(value) -> Text:
    """What `dump` makes of a value, as text; facts that are told as text are taken as they are."""
    if isinstance(value, Told):
        return value.text
    shape = _shape(type(value)) or ()
    if not any(isinstance(getattr(value, name), Told) for name, _default in shape):
        return Text(json.dumps(dump(value)))
    told = [(name, getattr(value, name), default) for name, default in shape]
    pairs = ", ".join([f'"{name}": {text(item)}' for name, item, default in told if item != default])
    return Text(f"{{{pairs}}}")


def dump(value):
    """A frozen value as JSON types; fields that have their default are left out."""
    shape = _shape(type(value))
    if shape is not None:
        told = [(name, getattr(value, name), default) for name, default in shape]
        return {name: _dumped(item) for name, item, default in told if item != default}
    if isinstance(value, tuple):
        return [_dumped(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Told):
        return json.loads(value.text)
    return str(value) if isinstance(value, Decimal) else value


def _dumped(item):
    """Most values are told as they are; asking no more of these halves the time."""
    return item if type(item) in AS_THEY_ARE else dump(item)


def load(kind: type, stored):
    """The value of type `kind` that `dump` made `stored` from. Unknown keys are refused with a TypeError."""
    return None if stored is None else _loader(kind)(stored)


@cache
def _loader(kind) -> Callable:
    """How values of a kind are made of what is stored; made once for each kind, as rulings tell a thousand of them."""
    if _shape(kind) is not None:
        return _record_loader(kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _loader(next(each for each in inner if each is not type(None)))
    if origin is tuple:
        return _tuple_loader(inner)
    if isinstance(kind, type) and issubclass(kind, date):  # or what a frozen clock put in its place
        return kind.fromisoformat
    return Decimal if kind is Decimal else _as_it_is


def _record_loader(kind) -> Callable:
    loaders = {name: _loader(hint) for name, hint in typing.get_type_hints(kind).items()}
    made = [(name, loader) for name, loader in loaders.items() if loader is not _as_it_is]

    def of_record(stored):
        values = dict(stored)
        for name, loader in made:
            if values.get(name) is not None:
                values[name] = loader(values[name])
        return kind(**values)

    return of_record


def _tuple_loader(inner) -> Callable:
    """Of as many values of one kind as there are, or of one value of each kind."""
    if inner[-1] is Ellipsis:
        kind = inner[0]
        return lambda stored: tuple([load(kind, item) for item in stored])
    return lambda stored: tuple([load(kind, item) for kind, item in zip(inner, stored, strict=True)])


def _as_it_is(stored):
    return stored


@cache
def _shape(kind) -> tuple | None:
    """The fields of a kind of value and their defaults; None for what has no fields."""
    if is_dataclass(kind):
        return tuple((each.name, each.default) for each in fields(kind))
    named = getattr(kind, "_fields", None)
    return named and tuple((name, kind._field_defaults.get(name, MISSING)) for name in named)
