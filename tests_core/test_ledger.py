"""The chain of evidence: what is hashed, and how each kind of tampering shows."""

import json
from dataclasses import replace

import pytest
from core import ledger
from hypothesis import given
from hypothesis import strategies as st

COMPOSED, DECOMPOSED = "Ren\u00e9", "Rene\u0301"


def chain(*payloads):
    entries, last = [], ledger.GENESIS
    for seq, payload in enumerate(payloads, start=1):
        entries.append(ledger.Entry(seq, payload, last, ledger.chain_hash(last, payload)))
        last = entries[-1].hash
    return entries


def verify(entries, seq=4, head=None):
    return ledger.verify(entries, seq, head or HEAD)


TEXTS = [ledger.canonical({"customer": name}) for name in ("zhao", "qian", "sun", "li")]
CHAIN = chain(*TEXTS)
HEAD = CHAIN[-1].hash


def rewritten(seq, payload):
    """Somebody changed an entry and hashed everything after it again."""
    return chain(*(payload if n == seq else text for n, text in enumerate(TEXTS, start=1)))


# What is hashed


def test_the_canonical_text_is_the_same_however_the_facts_are_ordered():
    assert ledger.canonical({"b": 1, "a": {"d": 2, "c": 3}}) == ledger.canonical({"a": {"c": 3, "d": 2}, "b": 1})


def test_the_canonical_text_is_known_to_the_letter():
    """What was hashed years ago must still be what is hashed."""
    assert (
        ledger.canonical({"name": "赵敏", "n": None, "x": [1, True]}) == '{"n":null,"name":"赵敏","v":1,"x":[1,true]}'
    )


def test_the_canonical_text_carries_the_version():
    assert json.loads(ledger.canonical({}))["v"] == ledger.VERSION == 1


def test_names_that_look_the_same_are_the_same():
    assert ledger.canonical({"name": COMPOSED}) == ledger.canonical({"name": DECOMPOSED})
    assert ledger.canonical({COMPOSED: [{"name": COMPOSED}]}) == ledger.canonical({DECOMPOSED: ({"name": DECOMPOSED},)})


@pytest.mark.parametrize("text", ["\n\u0301", "\t\u0308", '"\u0301', "\\\u0301", "\u0338", "\u0000\u0301", "\u202e🚗"])
def test_an_accent_does_not_melt_into_the_json_before_it(text):
    assert json.loads(ledger.canonical({"name": text}))["name"] == ledger.normalise(text)


TEXT = st.text(max_size=5)
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | TEXT, st.lists, max_leaves=4)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_every_canonical_text_can_be_read_and_made_again(facts):
    text = ledger.canonical(facts)
    assert ledger.canonical(json.loads(text)) == text


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_does_not_know_are_refused(number):
    with pytest.raises(ValueError):
        ledger.canonical({"share": number})


def test_a_hash_is_known_to_the_letter():
    """The same as sha256sum makes of 64 zeros and the payload."""
    assert ledger.chain_hash(ledger.GENESIS, '{"v":1}') == (
        "9d3f7943f9ccffbb7314e9cb68bd1177dcdf09638e4d05e1bff56e50346c95de"
    )


def test_the_hash_depends_on_the_hash_before_and_on_the_payload():
    one = ledger.chain_hash(ledger.GENESIS, "a")
    assert len({one, ledger.chain_hash(ledger.GENESIS, "b"), ledger.chain_hash(one, "a")}) == 3


# Commitments


def test_a_commitment_binds_to_the_text_and_the_salt():
    made = ledger.commitment("salt", "+8613810000001")
    assert made == ledger.commitment("salt", "+8613810000001")
    assert made != ledger.commitment("salt", "+8613810000002")
    assert made != ledger.commitment("pepper", "+8613810000001")


def test_a_commitment_has_one_length_whatever_the_text():
    assert {len(ledger.commitment("salt", text)) for text in ("", "138", COMPOSED * 100)} == {64}


def test_a_commitment_is_the_same_for_names_that_look_the_same():
    assert ledger.commitment("salt", COMPOSED) == ledger.commitment("salt", DECOMPOSED)


def test_salt_and_text_do_not_run_into_each_other():
    assert ledger.commitment("ab", "c") != ledger.commitment("a", "bc")


# Verification


def test_a_chain_as_written_verifies():
    assert verify(CHAIN) is None
    assert ledger.verify([], 0, ledger.GENESIS) is None
    assert ledger.verify(iter(CHAIN), 4, HEAD) is None


TAMPERED = {
    "a payload changed": ([CHAIN[0], replace(CHAIN[1], payload=TEXTS[3]), *CHAIN[2:]], 2, "hash"),
    "a payload changed by a space": ([replace(CHAIN[0], payload=TEXTS[0] + " "), *CHAIN[1:]], 1, "hash"),
    "a payload changed and hashed again": (
        [CHAIN[0], replace(CHAIN[1], payload="{}", hash=ledger.chain_hash(CHAIN[0].hash, "{}")), *CHAIN[2:]], 3, "link"
    ),
    "everything after it hashed again": (rewritten(2, "{}"), 4, "head"),
    "the first entry rewritten": (rewritten(1, "{}"), 4, "head"),
    "the last entry rewritten": (rewritten(4, "{}"), 4, "head"),
    "the first entry deleted": (CHAIN[1:], 2, "gap"),
    "an entry deleted": ([CHAIN[0], *CHAIN[2:]], 3, "gap"),
    "an entry deleted and the rest renumbered": (
        [CHAIN[0], replace(CHAIN[2], seq=2), replace(CHAIN[3], seq=3)], 2, "link"
    ),
    "the last entry deleted": (CHAIN[:-1], 3, "head"),
    "everything deleted": ([], 0, "head"),
    "an entry twice": ([*CHAIN[:2], CHAIN[1], *CHAIN[2:]], 2, "gap"),
    "two entries swapped": ([CHAIN[0], CHAIN[2], CHAIN[1], CHAIN[3]], 3, "gap"),
    "two entries swapped and renumbered": (
        [CHAIN[0], replace(CHAIN[2], seq=2), replace(CHAIN[1], seq=3), CHAIN[3]], 2, "link"
    ),
    "an entry added at the end": (chain(*TEXTS, "{}"), 5, "head"),
    "an entry slipped in": ([*CHAIN[:2], replace(CHAIN[1], seq=3), *CHAIN[2:]], 3, "link"),
    "a hash changed": ([replace(CHAIN[0], hash="f" * 64), *CHAIN[1:]], 1, "hash"),
    "the hash before changed": ([CHAIN[0], replace(CHAIN[1], prev_hash="f" * 64), *CHAIN[2:]], 2, "link"),
    "the beginning replaced": ([replace(CHAIN[0], prev_hash="f" * 64), *CHAIN[1:]], 1, "link"),
}  # fmt: skip


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in TAMPERED.items()])
def test_tampering_shows_where_and_how(row):
    entries, seq, what = row
    assert verify(entries) == ledger.Flaw(seq, what)


@pytest.mark.parametrize(("seq", "head"), [(3, HEAD), (5, HEAD), (4, "f" * 64), (4, CHAIN[2].hash)])
def test_a_head_that_was_moved_shows(seq, head):
    assert verify(CHAIN, seq, head) == ledger.Flaw(4, "head")


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6), st.data())
def test_no_change_of_a_single_payload_goes_unseen(payloads, data):
    entries = chain(*payloads)
    place = data.draw(st.integers(0, len(entries) - 1))
    text = data.draw(st.text(max_size=8).filter(lambda each: each != payloads[place]))
    entries[place] = replace(entries[place], payload=text)
    assert ledger.verify(entries, len(entries), entries[-1].hash) == ledger.Flaw(place + 1, "hash")
