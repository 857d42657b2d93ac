"""Which cards a spot check takes."""

from random import Random

from core.sample import draw
from hypothesis import given
from hypothesis import strategies as st

piles = st.dictionaries(st.integers(1, 9), st.lists(st.integers(1, 9), unique=True)).map(
    lambda piles: {owner: [owner * 100 + card for card in cards] for owner, cards in piles.items()}
)


@given(piles, st.integers(0, 30), st.integers())
def test_everybody_has_a_card_in_it_as_far_as_it_goes(cards, size, seed):
    drawn = draw(cards, size, Random(seed))
    everything = {card for pile in cards.values() for card in pile}
    owners = [owner for owner, pile in cards.items() if pile]
    assert len(drawn) == len(set(drawn)) == min(size, len(everything))
    assert set(drawn) <= everything
    assert len({card // 100 for card in drawn}) >= min(size, len(owners))


def test_every_card_comes_up():
    cards = {1: [101, 102, 103], 2: [201]}
    seen = {card for seed in range(200) for card in draw(cards, 2, Random(seed))}
    assert seen == {101, 102, 103, 201}
