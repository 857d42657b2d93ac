"""Pairs of samples, taken in turns, and what follows from them."""

import random
import statistics
from dataclasses import dataclass

WARMING = 2
DRAWS = 2000
BAND = 0.90


@dataclass
class Pairs:
    """What two sides took for the same work, sample by sample."""

    first: list
    second: list

    @property
    def sides(self):
        return self.first, self.second

    @property
    def ratios(self):
        return [ours["seconds"] / theirs["seconds"] for theirs, ours in zip(self.first, self.second, strict=True)]

    @property
    def ratio(self):
        return statistics.median(self.ratios)

    @property
    def band(self):
        return band(self.ratios)

    def seconds(self, side):
        return statistics.median(sample["seconds"] for sample in getattr(self, side))

    def queries(self, side):
        return statistics.median(sample["queries"] for sample in getattr(self, side))

    @property
    def more_queries(self):
        """How many queries more the second side needs, pair by pair: the same record on both sides."""
        return statistics.median(
            ours["queries"] - theirs["queries"] for theirs, ours in zip(self.first, self.second, strict=True)
        )


def take(count, first, second, warm=WARMING):
    """Take so many pairs in turns. The first rounds fill what each process keeps in memory, and do not count.

    :param first, second: functions of the number of the pair that give one sample each.
    """
    taken = Pairs([], [])
    for number in range(-warm, count):
        theirs, ours = first(number), second(number)
        if number >= 0:
            taken.first.append(theirs)
            taken.second.append(ours)
    return taken


def singles(count, side):
    """Samples of one side alone, after the same warming."""
    return [side(number) for number in range(-WARMING, count)][WARMING:]


def band(values):
    """The band that holds the median with 90 %, by drawing from the values again and again."""
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _each in range(DRAWS))
    cut = int(DRAWS * (1 - BAND) / 2)
    return medians[cut], medians[-cut - 1]
