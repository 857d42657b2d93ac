"""A dealership of any size in a database that has the module: outlets, consultants, cards, and their evidence.

    VENV/python benchmarks/generate.py DATABASE [--cards 200000] [--outlets 40] [--consultants 600] [--lapsed 10000]
                                                [--overdue 10000] [--big 500] [--days 60] [--seed 1]

Rows are copied in past Odoo, but are those that the module's own methods would have left: every reception and follow-up
has its entry in its outlet's chain of hashes, every past day its seal, every card its history, grade, due date and
follower. The ledger verifies. A database that has the wanted dealership already is left as it is.
"""

import argparse
import json
import time

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

MADE = "showroom_ownership.generated"


def main():
    options = parse()
    config.parse_config(["-d", options.database, "--no-http", "--log-level=warn"], setup_logging=True)
    with Registry(options.database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
        wanted = json.dumps({name: value for name, value in vars(options).items() if name != "database"})
        if env["ir.config_parameter"].get_param(MADE) == wanted:
            return print(f"{options.database} is there already.")
        if env["ir.config_parameter"].get_param(MADE):
            raise SystemExit(f"{options.database} has another dealership. Make it again with dev/fresh first.")
        generate(env, options)
        env["ir.config_parameter"].set_param(MADE, wanted)
    with Registry(options.database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")
    return print("Done.")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    for name, value in (("cards", 200_000), ("outlets", 40), ("consultants", 600), ("lapsed", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("overdue", 10_000), ("big", 500), ("days", 60), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


def generate(env, options):
    from dealership.people import hire  # noqa: PLC0415 - the module is found only now
    from dealership.register import Register  # noqa: PLC0415
    from dealership.rows import Tables  # noqa: PLC0415

    start = time.perf_counter()
    outlets = hire(env, options.outlets, options.consultants)
    print(f"{len(outlets)} outlets, {options.consultants} consultants: {time.perf_counter() - start:.0f} s", flush=True)
    tables = Tables(env)
    register = Register(env, tables, options)
    for number, outlet in enumerate(outlets):
        register.fill(outlet, share(options.cards, len(outlets), number), number)
        tables.copy()
        print(f"outlet {number + 1} of {len(outlets)}: {time.perf_counter() - start:.0f} s", flush=True)
    tables.finish()


def share(total, parts, number):
    """The part of a whole that falls to one of several, so that the parts add up."""
    return total * (number + 1) // parts - total * number // parts


if __name__ == "__main__":
    main()
