"""Deals won, each with its ruling, against Odoo's own button on the same leads."""

from .. import pairs
from . import work

LOGIN = "c0000"


@work
def win(env, ids):
    """Win leads; in the database with the module each must have its ruling."""
    cards = env["crm.lead"].browse(ids)
    cards.action_set_won()
    yield
    ruled = "ruling_id" not in cards or all(card.ruling_id.share_ids for card in cards.sudo())
    yield ruled and set(cards.mapped("won_status")) == {"won"}


@work
def forecast(env, ids):
    env["crm.lead"].browse(ids).read(["forecast"])


def side(worker, cards, count):
    """Other cards each time for single ones, the same for many."""

    def sample(number):
        ids = cards[number % len(cards)] if count == 1 else cards[:count]
        done = worker.do("deals.win", {"ids": ids if isinstance(ids, list) else [ids]}, LOGIN)
        if not done["result"]:
            raise SystemExit(f"{worker.database}: a deal without a ruling")
        return done

    return sample


def lines(bench):
    cards, thick = bench.told["cards"], bench.told["thick"]
    for name, of, count, rounds, time, more in (
        ("a deal won with its ruling", cards, 1, bench.many, 1.25, 6),
        (f"a deal with {bench.size['thick']} pieces of evidence", thick, 1, bench.many, 1.25, 6),
        ("deals won with their rulings, 100 at once", cards, 100, bench.few, 1.15, 10),
    ):
        taken = pairs.take(rounds, side(bench.stock, of, count), side(bench.module, of, count), bench.warm)
        bench.compare(name, taken, time=time, queries=more, each=count)
    taken = pairs.singles(bench.many, lambda number: bench.module.do("deals.forecast", {"ids": [cards[number]]}, LOGIN))
    bench.absolute("forecast on the card form", taken, ms=15, queries=10)
