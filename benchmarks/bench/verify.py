"""Verify all ledgers of a database, and tell how long the chains and how long the records took.

python -m bench.verify DATABASE
"""

import json
import resource
import sys
from time import perf_counter

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def main():
    config.parse_config(["-d", sys.argv[1], "--no-http", "--log-level=warn"], setup_logging=True)
    with Registry(sys.argv[1]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        outlets, Entry = env["showroom.ledger.head"].search([]).outlet_id, env["showroom.ledger.entry"]
        told = {"entries": Entry.search_count([])}
        start = perf_counter()
        for outlet in outlets:
            Entry._verify_chain(outlet)
        told["chain"], start = perf_counter() - start, perf_counter()
        flaws = [Entry._told(outlet, flaw) for outlet in outlets if (flaw := Entry._verify(outlet))]
        told["all"] = perf_counter() - start
        cr.rollback()
    print(json.dumps({**told, "flaws": flaws, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
