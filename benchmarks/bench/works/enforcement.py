"""What the scheduled actions and managers do with many cards, and finding what is due."""

from contextlib import contextmanager

from .. import pairs
from . import step, work

STOCK_RATE, RATE = 407, 800  # leads a second on the machine of the targets: Odoo's owner write, and what is asked for
BIG = "c0000"
DUE = [["outlet_id", "!=", False], ["followup_due", "!=", False]]


class Enough(Exception):
    """As many cards as were asked for are done."""


# Moving cards


@step
def policy(env, **vals):
    env["crm.team"].search([("outlet_kind", "!=", False)]).policy_id.write(vals)


@step
def lapsed(env):
    """The cards whose grace is over; what is overdue without a notice waits for nobody any more."""
    env.cr.execute("UPDATE crm_lead SET followup_due = NULL WHERE notice_id IS NULL AND followup_due < now()::date + 1")
    return env["crm.lead"].search([("notice_id", "!=", False)], order="id").ids


@step
def nothing_due(env):
    """As after a run: what was overdue is followed up or passed on, and its notices have ended."""
    env.cr.execute("UPDATE showroom_notice SET ended_at = now() WHERE ended_at IS NULL AND lapsed_at IS NULL")
    env.cr.execute("UPDATE crm_lead SET followup_due = NULL, notice_id = NULL WHERE followup_due < now()::date + 1")


@step
def pending(env, login):
    return env["crm.lead"].search([("user_id.login", "=", login), ("won_status", "=", "pending")], order="id").ids


@work
def transfer(env, number):
    """The scheduled action, until it has passed on so many cards."""
    with not_committing(env, number) as done:
        try:
            env["crm.lead"]._cron_lapses()
        except Enough:
            pass
    yield
    yield done[0]


@contextmanager
def not_committing(env, number):
    """Between two batches everything is written and forgotten as by a commit, but stays in this transaction."""
    from odoo.addons.showroom_ownership.models import showroom_batch  # noqa: PLC0415 - found by Odoo

    cron, done = type(env["ir.cron"]), [0]
    original, whole = cron._commit_progress, showroom_batch.BATCH

    def progress(self, processed=0, **_kwargs):
        done[0] += processed
        self.env.cr.flush()
        self.env.cr.clear()
        if done[0] >= number:
            raise Enough
        return 1000.0

    cron._commit_progress, showroom_batch.BATCH = progress, min(whole, number)
    try:
        yield done
    finally:
        cron._commit_progress, showroom_batch.BATCH = original, whole


@work
def reassign(env, ids, owner):
    """Odoo's own: followers and tracking kept, no mail."""
    env["crm.lead"].with_context(mail_auto_subscribe_no_notify=True).browse(ids).write({"user_id": owner})


@work
def depart(env, login):
    env["res.users"].search([("login", "=", login)]).write({"active": False})
    yield
    yield env["crm.lead"].search_count([("user_id.login", "=", login), ("won_status", "=", "pending")])


# Finding


@work
def due_list(env):
    return env["crm.lead"].search(DUE, order="followup_due, id", limit=80).ids


@work
def overdue_filter(env):
    return env["crm.lead"].search([("type", "=", "opportunity"), ("due_when", "=", "overdue")], limit=80).ids


@work
def rotting(env):
    return env["crm.lead"].search([("is_rotting", "=", True)], limit=80).ids


@step
def rot(env):
    stages = env["crm.stage"].search([("is_won", "=", False)])
    for days, stage in zip((5, 10, 20), stages, strict=False):
        stage.rotting_threshold_days = days


@work
def idle_lapses(env):
    env["crm.lead"]._cron_lapses()


@work
def idle_departures(env):
    env["crm.lead"]._cron_departures()


def finding(worker, name, login=None):
    return lambda _number: worker.do(f"enforcement.{name}", {}, login)


def lines(bench):
    for worker in (bench.module, bench.twentieth):
        worker.ask("enforcement.policy", lapse_transfer="automatic")
    due_lines(bench)
    ids = bench.module.ask("enforcement.lapsed")
    bench.twentieth.ask("enforcement.lapsed")
    bench.tidy()
    rates = [_transfers(bench, number, ids) for number in bench.size["transfers"]]
    bench.growth("transfers: five times as many cards, each", rates[1] / rates[0], 1.1)
    _departure(bench)


def _transfers(bench, number, ids):
    """How long each of so many cards takes."""
    owner = bench.stock.uid("m00")

    def theirs(_number):
        return bench.stock.do("enforcement.reassign", {"ids": ids[:number], "owner": owner}, "d00")

    def ours(_number):
        done = bench.module.do("enforcement.transfer", {"number": number})
        if done["result"] != number:
            raise SystemExit(f"{done['result']} cards were passed on, not {number}.")
        return done

    taken = pairs.take(bench.batches, theirs, ours, 1)
    name = f"transfer of {number} lapsed cards, against Odoo's owner write"
    bench.compare(name, taken, time=STOCK_RATE / RATE, each=number, queries_each=0.5, only="large")
    return taken.seconds("second") / number


def _departure(bench):
    ids, owner = bench.stock.ask("enforcement.pending", login=BIG), bench.stock.uid("m00")

    def ours(_number):
        done = bench.module.do("enforcement.depart", {"login": BIG}, None)
        if done["result"]:
            raise SystemExit(f"{done['result']} cards of who left are still theirs.")
        return done

    theirs = {"ids": ids, "owner": owner}
    taken = pairs.take(bench.batches, lambda _n: bench.stock.do("enforcement.reassign", theirs, "d00"), ours, 1)
    bench.compare(f"departure of a consultant with {len(ids)} cards", taken, time=1.0, each=len(ids))


def due_lines(bench):
    """What is due, while cards are; compared with Odoo's own search for what rots."""
    bench.stock.ask("enforcement.rot")
    stock = pairs.singles(bench.some, finding(bench.stock, "rotting", "d00"))
    bench.stock_only("what rots, Odoo's own, of everybody", stock)
    for name, work_name, login in (
        ("what is due: list of a consultant", "due_list", "c0004"),
        ("what is due: list of everybody", "due_list", "d00"),
        ("what is overdue: filter, everybody", "overdue_filter", "d00"),
    ):
        bench.absolute(name, pairs.singles(bench.many, finding(bench.module, work_name, login)), ms=2, queries=1)


def idle_lines(bench):
    for worker in (bench.module, bench.twentieth):
        worker.ask("enforcement.nothing_due")
    bench.tidy()
    for name, work_name in (("lapses", "idle_lapses"), ("departures", "idle_departures")):
        first, second = finding(bench.twentieth, work_name), finding(bench.module, work_name)
        taken = pairs.take(bench.many, first, second)
        bench.absolute(f"a scheduled run with nothing to do: {name}", taken.second, ms=2, queries=1)
        bench.growth(f"growth: a run with nothing to do, {name}", taken, 1.1)
