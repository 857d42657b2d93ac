"""Everything done for one record, in a database with a twentieth of the cards and in the whole one."""

from .. import pairs
from . import deals, enforcement, followups, lookups, receptions

MOST = 1.1


def lines(bench):
    small, large = bench.twentieth, bench.module
    small.told = small.ask("dealership.told", thick=bench.size["thick"])
    large.told = bench.told
    for name, rounds, side in (
        ("a reception", bench.many, lambda worker: receptions.side(worker, worker.told["outlet"], 1)),
        ("a deal", bench.many, lambda worker: deals.side(worker, worker.told["cards"], 1)),
        ("a follow-up", bench.many, lambda worker: followups.side(worker, worker.told["activities"])),
        ("a look-up by phone", bench.some, lambda worker: lookups.card_side(worker, worker.told["phones"])),
        ("a look-up at the desk", bench.many, lambda worker: lookups.desk_side(worker, worker.told)),
        ("due list, everybody", bench.many, lambda worker: enforcement.finding(worker, "due_list", "d00")),
        ("overdue filter, everybody", bench.many, lambda worker: enforcement.finding(worker, "overdue_filter", "d00")),
    ):
        bench.growth(f"growth: {name}", pairs.take(rounds, side(small), side(large)), MOST)
