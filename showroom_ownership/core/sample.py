"""Which cards a spot check takes: by chance alone, and everybody's turn comes (rulebook 6, card management)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random


def draw(cards: Mapping[int, Collection[int]], size: int, rng: Random) -> list[int]:
    """A random sample of cards with at least one of each consultant, as far as the size allows.

    :param cards: the open cards of each consultant.
    :param size: how many cards to take; fewer if there are fewer.
    """
    owners = sorted(owner for owner in cards if cards[owner])
    chosen = rng.sample(owners, min(size, len(owners)))
    taken = [rng.choice(sorted(cards[owner])) for owner in chosen]
    others = sorted({card for owner in owners for card in cards[owner]} - set(taken))
    return taken + rng.sample(others, min(size - len(taken), len(others)))
