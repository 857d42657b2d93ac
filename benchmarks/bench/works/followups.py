"""A follow-up recorded by completing the activity that was planned, against Odoo's own completion."""

from .. import pairs
from . import work

LOGIN = "c0000"


@work
def done(env, activity):
    env["mail.activity"].browse(activity).action_feedback("Spoke with the customer.")
    yield
    yield not env["mail.activity"].browse(activity).exists().active


def side(worker, activities):
    return lambda number: worker.do("followups.done", {"activity": activities[number % len(activities)]}, LOGIN)


def lines(bench):
    activities = bench.told["activities"]
    taken = pairs.take(bench.many, side(bench.stock, activities), side(bench.module, activities))
    bench.compare("follow-up recorded (activity done)", taken, time=1.3, queries=5)
