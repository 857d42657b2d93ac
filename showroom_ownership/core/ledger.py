"""The evidence ledger's arithmetic: canonical payloads, commitments, hashes, verification.

A chain is a sequence of entries, each hashed over the hash before it and its own payload. Payloads are text: what
was hashed is what is stored, so a later version of this module can still verify what an earlier one wrote.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = 1
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    seq: int
    payload: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first entry that fails, and what is wrong: gap, link, hash or head.

    The shell also finds columns, records and seals that do not say what an entry says, and gives the entry's number.
    """

    seq: int
    what: str
    number: str = ""


def normalise(text: str) -> str:
    """One spelling for texts that look the same."""
    return unicodedata.normalize("NFC", text)


def canonical(facts: dict) -> str:
    """The text that is hashed: JSON with sorted keys, no spaces, one Unicode form and a version tag."""
    plain = _normalised({**facts, "v": VERSION})
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _normalised(value):
    """The value with every text in one form; before it is JSON, where an accent could melt into an escape."""
    if isinstance(value, dict):
        return {normalise(name): _normalised(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normalised(item) for item in value]
    return normalise(value) if isinstance(value, str) else value


def commitment(salt: str, text: str) -> str:
    """Binds to a name or a phone number without showing it; the salt is kept beside the clear text."""
    return hashlib.sha256(f"{salt}\x1f{normalise(text)}".encode()).hexdigest()


def chain_hash(prev_hash: str, payload: str) -> str:
    return hashlib.sha256((prev_hash + payload).encode()).hexdigest()


def verify(entries: Iterable[Entry], head_seq: int, head_hash: str) -> Flaw | None:
    """The first flaw of a whole chain given in its order, or None if it verifies up to its head."""
    seq, last = 0, GENESIS
    for entry in entries:
        flaw = _flaw(entry, seq + 1, last)
        if flaw:
            return Flaw(entry.seq, flaw)
        seq, last = entry.seq, entry.hash
    return None if (seq, last) == (head_seq, head_hash) else Flaw(seq, "head")


def _flaw(entry: Entry, seq: int, prev_hash: str) -> str | None:
    if entry.seq != seq:
        return "gap"
    if entry.prev_hash != prev_hash:
        return "link"
    return None if entry.hash == chain_hash(prev_hash, entry.payload) else "hash"
