"""Verifying every ledger, in a process of its own so that its memory can be told."""

import json
import subprocess
import sys

from . import work

ENTRIES, SECONDS, MEGABYTES = 300_000, 3, 200

# What one SQL statement can verify: each hash, and that each entry continues the one before it.
ONE_STATEMENT = """
SELECT count(*) FROM (
    SELECT hash = encode(sha256(convert_to(prev_hash || payload, 'UTF8')), 'hex')
           AND prev_hash = lag(hash, 1, repeat('0', 64)::varchar) OVER (PARTITION BY outlet_id ORDER BY seq) AS sound
    FROM showroom_ledger_entry) AS entry WHERE NOT sound
"""


@work
def statement(env):
    env.cr.execute(ONE_STATEMENT)
    return env.cr.fetchone()[0]


def lines(bench):
    command = [sys.executable, "-m", "bench.verify", bench.module.database]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=bench.log, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    if told["flaws"]:
        bench.fail(f"the ledger does not verify: {told['flaws']}")
    anchor = bench.module.do("ledger.statement", {})["seconds"] * ENTRIES / told["entries"]
    for name, seconds in (("the chain alone", told["chain"]), ("chains and every record", told["all"])):
        whole = seconds * ENTRIES / told["entries"]
        text = f"{whole:.1f} s for {ENTRIES:,}"
        floor, target = f"{anchor:.1f} s in one SQL", f"at most {SECONDS} s"
        if bench.name == "large":
            bench.number(f"ledger: {name}", text, target, whole <= SECONDS, stock=floor)
        else:
            bench.number(f"ledger: {name}", text, f"{target} at large", None, stock=floor)
    sound = told["megabytes"] <= MEGABYTES
    bench.number("ledger: memory", f"{told['megabytes']:.0f} MB", f"under {MEGABYTES} MB", sound)
