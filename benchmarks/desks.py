"""Desks that register customers at once, each in a process of its own, through Odoo's own retrying.

    VENV/python benchmarks/desks.py DATABASE [--desks 8] [--each 30] [--gap 0.2] [--kill 0] [--restart COMMAND]

Prints how long people waited, and what the ledger says afterwards. `--kill N` ends N desks with SIGKILL in the middle;
`--restart "pg_ctl … -m immediate restart"` runs a command in the middle that restarts PostgreSQL: whoever loses their
connection saves the same form again, as a person would.
PYTHONPATH and ODOO_RC as in dev/; DATABASE has the module and is thrown away afterwards.
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import time
import uuid

import psycopg2
from psycopg2.pool import PoolError

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

OUTLET = {"name": "Stress", "outlet_code": "STRESS", "outlet_kind": "showroom", "tz": "Asia/Shanghai"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("--desks", type=int, default=8)
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--gap", type=float, default=0.2)
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--restart", default="")
    parser.add_argument("--desk", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    config.parse_config(["-d", options.database, "--no-http", "--log-level=warn"], setup_logging=True)
    registry = Registry(options.database)
    desk(registry, options) if options.desk is not None else conduct(registry, options)


def conduct(registry, options):
    stage(registry)
    before = count(registry)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    desks = [subprocess.Popen([*sys.argv_again, "--desk", str(n)], **pipes) for n in range(options.desks)]
    for each in desks:
        each.stdout.readline()  # it has loaded its registry
    for each in desks:
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in desks[: options.kill]:
        time.sleep(random.uniform(0.2, 1.0))
        os.kill(each.pid, signal.SIGKILL)
    if options.restart:
        time.sleep(options.gap * options.each / 4)
        subprocess.run(options.restart, shell=True, check=True, stdout=subprocess.DEVNULL)
    waits = [float(line) for each in desks[options.kill :] for line in each.communicate()[0].split()]
    sys.exit(report(registry, waits, before, options))


def desk(registry, options):
    persist(registry, {"phone": f"138{options.desk:02d}{random.randrange(10**6):06d}", "customer_name": "First"})
    print("ready", flush=True)  # what a worker learns at its first request is not part of what people wait for
    sys.stdin.readline()
    for number in range(options.each):
        time.sleep(random.uniform(0, options.gap))
        start = time.perf_counter()
        phone = f"139{options.desk:02d}{random.randrange(10**6):06d}"
        persist(registry, {"phone": phone, "customer_name": f"Customer {options.desk}/{number}"})
        print(time.perf_counter() - start, flush=True)


def persist(registry, vals, tries=60):
    """Save a form, again after a lost connection: its key makes it one line, however often it is saved."""
    vals = {**vals, "request_key": str(uuid.uuid4())}
    for _each in range(tries):
        try:
            return register(registry, vals)
        except (psycopg2.Error, PoolError):
            sql_db.close_all()
            time.sleep(0.5)
    raise SystemExit("PostgreSQL did not come back.")


def register(registry, vals):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", "stress_desk")])
        outlet = env["crm.team"].search([("outlet_code", "=", "STRESS")])
        Reception = env["showroom.reception"].with_user(user)
        vals = {**vals, "outlet_id": outlet.id}
        Head = env["showroom.ledger.head"]
        cr.rollback()

        def request():
            Head._queue(1)  # as ir.http does for a request
            Reception.create(vals)

        retrying(request, Reception.env)


def stage(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env.company.country_id = env.ref("base.cn")
        if env["crm.team"].search([("outlet_code", "=", "STRESS")]):
            return
        outlet = env["crm.team"].create({**OUTLET, "policy_id": env.ref("showroom_ownership.policy_six_principles").id})
        group = env.ref("showroom_ownership.group_consultant")
        vals = {"name": "Desk", "login": "stress_desk", "email": "desk@example.com", "group_ids": [(6, 0, group.ids)]}
        user = env["res.users"].with_context(no_reset_password=True).create(vals)
        env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": user.id})


def count(registry):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        return env["showroom.reception"].search_count([("outlet_id.outlet_code", "=", "STRESS")])


def report(registry, waits, before, options):
    """Say what came out; 1 if a line was lost, saved twice, or the ledger does not verify."""
    sql_db.close_all()  # a restart has left this process with dead connections
    lines = count(registry) - before - options.desks
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        outlet = env["crm.team"].search([("outlet_code", "=", "STRESS")])
        flaw = env["showroom.ledger.entry"]._verify(outlet)
    cuts = statistics.quantiles(waits, n=100)
    wanted = (options.desks - options.kill) * options.each
    print(f"{len(waits)} of {wanted} saved, {lines} lines, ledger: {flaw or 'verifies'}")
    print(f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, max {max(waits) * 1000:.0f} ms")
    whole = len(waits) == wanted and (lines >= wanted if options.kill else lines == wanted)
    return 0 if whole and not flaw else 1


if __name__ == "__main__":
    sys.argv_again = [sys.executable, *sys.argv]
    main()
