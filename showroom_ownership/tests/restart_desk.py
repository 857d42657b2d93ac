"""A reception desk in a process of its own, for the test that restarts PostgreSQL under it.

    python restart_desk.py DATABASE PGHOST LINES

Registers customers one after the other and prints each number of a line as soon as it is saved. Whoever loses the
connection says so and saves the same form again, as a person would. At last it prints what the ledger says.
"""

import sys
import time
import uuid

import psycopg2
from psycopg2.pool import PoolError

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

OUTLET = {"name": "Restart", "outlet_code": "RESTART", "outlet_kind": "showroom", "tz": "Asia/Shanghai"}


def main(database, host, lines):
    options = ["-d", database, "--db_host", host, "--db_user", "odoo", "--no-http", "--log-level=critical"]
    config.parse_config(options, setup_logging=True)
    registry = Registry(database)
    with registry.cursor() as cr:
        outlet = api.Environment(cr, SUPERUSER_ID, {})["crm.team"].create(OUTLET).id
    for number in range(int(lines)):
        form = {"customer_name": f"Customer {number}", "phone": f"+86139{number:08d}", "outlet_id": outlet}
        say(save(registry, {**form, "request_key": str(uuid.uuid4())}))
    say(verdict(registry, outlet))


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def save(registry, form, tries=120):
    for _each in range(tries):
        try:
            with registry.cursor() as cr:
                return api.Environment(cr, SUPERUSER_ID, {})["showroom.reception"].create(form).number
        except (psycopg2.Error, PoolError):
            say("lost")
            sql_db.close_all()
            time.sleep(0.25)
    sys.exit("PostgreSQL did not come back")


def verdict(registry, outlet):
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        lines = env["showroom.reception"].search_count([("outlet_id", "=", outlet)])
        flaw = env["showroom.ledger.entry"]._verify(env["crm.team"].browse(outlet))
        return f"{lines} lines, {flaw or 'verifies'}"


if __name__ == "__main__":
    main(*sys.argv[1:])
