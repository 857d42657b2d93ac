"""What the scheduled actions cost on a dealership made by generate.py: the rate, the queries, and growth.

    VENV/python benchmarks/enforcement.py DATABASE STEP [NUMBER]

Steps: idle (nothing is due), notices, requests, transfers (policy: at once), departure (of the consultants with most
cards), approvals, and stock: the same number of leads reassigned by Odoo itself, for comparison on a busy machine.
They commit: DATABASE is a copy that is thrown away. One warm-up of the caches goes before.
"""

import gc
import statistics
import sys
import time

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor
from odoo.tools import config


class Enough(Exception):
    """As many cards as were asked for are done."""


class Meter:
    """Counts queries, and the time until the end of the transaction."""

    def __enter__(self):
        gc.collect()
        self.queries, self.execute = 0, Cursor.execute
        meter = self

        def counting(cursor, *args, **kwargs):
            meter.queries += 1
            return meter.execute(cursor, *args, **kwargs)

        Cursor.execute = counting
        self.start, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error):
        self.seconds, self.cpu = time.perf_counter() - self.start, time.process_time() - self.cpu
        Cursor.execute = self.execute

    def tell(self, name, number):
        each = f"{self.seconds / number * 1000:.2f} ms and {self.queries / number:.2f} queries each" if number else ""
        rate = f"{number / self.seconds:.0f}/s" if number else ""
        took = f"{self.seconds:.2f} s ({self.cpu:.2f} s of Python)"
        print(f"{name}: {number} in {took}, {self.queries} queries; {rate} {each}", flush=True)


def main():
    database, step, *number = sys.argv[1:]
    config.parse_config(["-d", database, "--no-http", "--log-level=warn"], setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        globals()[step](env, int(number[0]) if number else 1000)


def limited(env, number, run):
    """Run a scheduled action until it has done a number of cards."""
    done, cron = [0], type(env["ir.cron"])
    original = cron._commit_progress

    def progress(self, processed=0, **kwargs):
        done[0] += processed
        self.env.cr.commit()
        if done[0] >= number:
            raise Enough
        return 1000.0

    cron._commit_progress = progress
    try:
        run()
    except Enough:
        pass
    finally:
        cron._commit_progress = original
    return done[0]


def policies(env, **vals):
    env["crm.team"].search([("outlet_kind", "!=", False)]).policy_id.write(vals)
    env.cr.commit()


def idle(env, number):
    for method in ("_cron_lapses", "_cron_departures"):
        times, queries = [], 0
        for _each in range(30):
            env.cr.commit()
            with Meter() as meter:
                getattr(env["crm.lead"], method)()
            times.append(meter.seconds * 1000)
            queries = meter.queries
        print(f"idle {method}: {statistics.median(times):.2f} ms (p90 {sorted(times)[26]:.2f}), {queries} queries")


def notices(env, number):
    env.cr.execute("UPDATE crm_lead SET notice_id = NULL, followup_due = NULL WHERE notice_id IS NOT NULL")
    scheduled(env, number, "notices")


def requests(env, number):
    policies(env, lapse_transfer="request")
    only_lapsed(env)
    scheduled(env, number, "requests")


def transfers(env, number):
    policies(env, lapse_transfer="automatic")
    only_lapsed(env)
    scheduled(env, number, "transfers")


def only_lapsed(env):
    env.cr.execute("UPDATE crm_lead SET followup_due = NULL WHERE notice_id IS NULL AND followup_due < now()::date + 1")
    env.cr.commit()


def scheduled(env, number, name):
    """A first, small run warms the caches, as a worker's are."""
    limited(env, 1, env["crm.lead"]._cron_lapses)
    env.cr.execute("CHECKPOINT")
    for size in (number, number * 5):
        with Meter() as meter:
            done = limited(env, size, env["crm.lead"]._cron_lapses)
        meter.tell(name, done)


def stock(env, number):
    """What Odoo itself takes to give leads of no outlet to somebody else, followers and tracking kept, mails apart."""
    team = env["crm.team"].create({"name": "No outlet", "user_id": False})
    users = env["res.users"].search([("login", "=like", "c00%")], limit=2)
    vals = {"team_id": team.id, "user_id": users[0].id, "type": "opportunity"}
    Lead = env["crm.lead"].with_context(tracking_disable=True)
    leads = Lead.create([{**vals, "name": f"Lead {each}"} for each in range(number)]).with_context(
        tracking_disable=False, mail_auto_subscribe_no_notify=True
    )
    env.cr.commit()
    with Meter() as meter:
        leads.write({"user_id": users[1].id})
        env.cr.commit()
    meter.tell("stock reassignment", number)


def departure(env, number):
    groups = env["crm.lead"]._read_group([("won_status", "=", "pending")], ["user_id"], ["__count"])
    ranked = sorted(groups, key=lambda pair: -pair[1])
    for size, (user, count) in ((1, ranked[0]), (2, ranked[1])):
        env.cr.commit()
        with Meter() as meter:
            user.write({"active": False})
            env.cr.commit()
        meter.tell(f"departure {size}", count)


def approvals(env, number):
    requests(env, number)
    manager = env["res.users"].search([("login", "=", "m00")])
    for size in (number // 10, number):
        pending = env["showroom.approval"].search([("state", "=", "pending")], limit=size).with_user(manager)
        env.cr.commit()
        with Meter() as meter:
            pending.action_approve()
            env.cr.commit()
        meter.tell("approvals", size)


if __name__ == "__main__":
    main()
