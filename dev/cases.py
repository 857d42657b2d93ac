"""Run case files on a database that has the module: ``python dev/cases.py PATH``.

``dev/cases.sh`` makes such a database. The runner is the module's own,
``tests/case_runner.py``: ``run_path(registry, path)`` yields ``(case id, passed,
message)`` and keeps each case in a transaction that it rolls back.
"""

import os
import sys
import threading

import odoo.init  # noqa: F401  (what odoo-bin does first)
from odoo.modules.registry import Registry
from odoo.tools import config


def load_registry(database):
    options = ["-d", database, "--no-http", "--log-level", "warn"]
    config.parse_config([*options, "--max-cron-threads", "0"], setup_logging=True)
    threading.current_thread().testing = True  # no mail leaves
    return Registry(database)


def main(path, database):
    registry = load_registry(database)
    from odoo.addons.showroom_ownership.tests.case_runner import run_path

    passed = failed = 0
    for case_id, ok, message in run_path(registry, path):
        verdict = "ok    " if ok else "FAILED"
        print(f"{verdict}  {case_id}  {message or ''}".rstrip(), flush=True)
        if ok:
            passed += 1
        else:
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], os.environ.get("DB", "module")))
