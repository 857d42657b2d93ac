"""Measure: python -m bench SIZE [--only GROUP ...] [--report]

The databases bench_SIZE_module, bench_SIZE_twentieth and bench_SIZE_stock are there (dev/bench.sh makes them).
"""

import argparse
import os
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from . import databases
from .bench import Bench
from .processes import Worker
from .report import Report
from .sizes import SIZES
from .works import (
    adoption,
    concurrency,
    core,
    deals,
    enforcement,
    followups,
    growth,
    http,
    leads,
    ledger,
    lookups,
    pipeline,
    receptions,
)

# In this order: what is committed to the copies comes after what is rolled back.
GROUPS = {
    "leads": leads.lines, "pipeline": pipeline.lines, "receptions": receptions.lines, "deals": deals.lines,
    "followups": followups.lines, "lookups": lookups.lines, "core": core.lines, "growth": growth.lines,
    "ledger": ledger.lines, "concurrency": concurrency.lines, "http": http.lines, "enforcement": enforcement.lines,
    "idle": enforcement.idle_lines, "adoption": adoption.lines,
}  # fmt: skip
KINDS = ("stock", "module", "twentieth")
PORT = 8471


def main():
    options = parse()
    state = Path(os.environ["BENCH_STATE"])
    report = Report(options.size)
    with open(state / "bench.log", "w") as log, ExitStack() as stack:
        bench = prepare(options, report, log, stack)
        report.head([f"Odoo with the module against stock Odoo, SIZE={options.size}: {about(bench)}", ""])
        for name, lines in GROUPS.items():
            if not options.only or name in options.only:
                lines(bench)
                bench.tidy()
        sound = report.finish(state)
    sys.exit(0 if sound or options.report else 1)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("--only", nargs="*", choices=GROUPS, help="measure some groups only")
    parser.add_argument("--report", action="store_true", help="end with 0 even if a target is missed")
    return parser.parse_args()


def prepare(options, report, log, stack):
    """Copies of the databases, and a process for each of them."""
    print("Copying the databases, they are thrown away afterwards", flush=True)
    names = {kind: f"bench_{options.size}_{kind}" for kind in KINDS}
    copies = {kind: databases.throw_away(name, f"{name}_copy") for kind, name in names.items()}
    for name in copies.values():
        stack.callback(databases.drop, name)
    workers = [Worker(copies[kind], log) for kind in ("stock", "stock", "module", "twentieth")]
    for worker in workers:
        stack.callback(worker.stop)
    ready = [worker.wait() for worker in workers]
    size, tidy = SIZES[options.size], partial(databases.tidy, list(copies.values()))
    size = {**size, **{name: size["data"][name] for name in ("thick", "adopt")}}
    return Bench(options.size, size, (*ready, tidy), report, log, PORT)


def about(bench):
    counts = {"leads": bench.told["all"], "open cards": bench.told["open"], "outlets": bench.size["data"]["outlets"]}
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


if __name__ == "__main__":
    main()
