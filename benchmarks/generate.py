"""A dealership of any size in a database that has the module: outlets, consultants, cards, and their evidence.

    VENV/python benchmarks/generate.py DATABASE [--cards 200000] [--outlets 40] [--consultants 600] ... (see --help)

Rows are copied in past Odoo, but are those that the module's own methods would have left: every reception and follow-up
has its entry in its outlet's chain of hashes, every past day its seal, every card its history, grade, due date and
follower. The ledger verifies. Deals are won by the module's own methods, so that each has its ruling. A database that
has the wanted dealership already is left as it is.
"""

import argparse
import json
import time

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

MADE = "showroom_ownership.generated"
OPTIONS = {
    "cards": (200_000, "open cards"),
    "won": (0, "deals, won by the module's own methods"),
    "lost": (0, "lost cards"),
    "outlets": (40, "outlets, in five time zones"),
    "consultants": (600, "consultants, shared among the outlets"),
    "lapsed": (10_000, "open cards that were noticed and whose grace is over"),
    "overdue": (10_000, "open cards that are overdue and were not noticed yet"),
    "big": (500, "cards of the first consultant of each outlet"),
    "thick": (0, "follow-ups of one card"),
    "plain": (0, "leads of a team that is no outlet; predictive scoring learns from all leads"),
    "adopt": (0, "leads of another such team"),
    "days": (365, "how far the lost cards go back"),
    "seed": (1, "another number, another dealership"),
}


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
        # Cards that were written again lie where they would have lain.
        cr.execute("VACUUM FULL ANALYZE crm_lead" if options.won or options.plain else "ANALYZE")
        cr.execute("VACUUM ANALYZE")
    return print("Done.")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    for name, (value, text) in OPTIONS.items():
        parser.add_argument(f"--{name}", type=int, default=value, help=f"{text} (%(default)s)")
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
        wanted = [share(count, len(outlets), number) for count in (options.cards + options.won, options.lost)]
        register.fill(outlet, wanted, number)
        tables.copy()
        print(f"outlet {number + 1} of {len(outlets)}: {time.perf_counter() - start:.0f} s", flush=True)
    beside(env, register, options)
    tables.finish()
    env.cr.execute("ANALYZE")  # the deals are won in a database that knows how large it is
    afterwards(env, options)


def beside(env, register, options):
    """Teams that are no outlets: one whose leads are worked with, one that is to become an outlet."""
    from dealership import plain  # noqa: PLC0415

    for name, logins, count in (
        ("No Outlet", ["s00", "s01", "s02", "s03", "s04"], options.plain),
        ("To Be Adopted", ["t00", "t01", "t02", "t03", "t04"], options.adopt),
    ):
        if count:
            plain.fill(env, register.cards, (name, logins), count, options, register.now)
            register.tables.copy()
            print(f"{count} leads of {name}", flush=True)


def afterwards(env, options):
    from dealership import deals, scoring  # noqa: PLC0415

    env.registry.clear_cache()
    env.invalidate_all()
    if options.won:
        deals.win(env, options.won)
    if options.plain:
        scoring.learn(env)


def share(total, parts, number):
    """The part of a whole that falls to one of several, so that the parts add up."""
    return total * (number + 1) // parts - total * number // parts


if __name__ == "__main__":
    main()
