"""A process with one database open: reads works from its input, does and measures them, and writes what they took.

    python -m bench.worker DATABASE

One sample is one request: a new cursor and environment, so that records are read again while what Odoo keeps in memory
stays; up to and including the writing of everything and what Odoo does just before a commit; then rolled back.
"""

import gc
import importlib
import inspect
import json
import os
import pkgutil
import sys
import time
import traceback
from contextlib import contextmanager

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor
from odoo.tools import config

from . import works


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what is printed on the way goes to the log
    database = sys.argv[1]
    config.parse_config(["-d", database, "--no-http", "--log-level=warn"], setup_logging=True)
    registry = Registry(database)
    for module in pkgutil.iter_modules(works.__path__):
        importlib.import_module(f"{works.__name__}.{module.name}")
    gc.collect()
    gc.freeze()
    tell(answers, {"ready": True})
    for line in sys.stdin:
        tell(answers, answer(registry, json.loads(line)))


def tell(answers, what):
    answers.write(json.dumps(what, default=str) + "\n")
    answers.flush()


def answer(registry, told):
    try:
        if told["name"] in works.STEPS:
            return {"result": take(registry, told)}
        return measure(registry, told)
    except Exception:
        return {"error": traceback.format_exc()}


def take(registry, told):
    """A step: committed, and told to the rest of this process as Odoo tells it to other workers."""
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        result = works.STEPS[told["name"]](env, **told["args"])
        env.flush_all()
        cr.commit()
    registry.signal_changes()
    return result


def measure(registry, told):
    """The seconds and queries of a work, as the user and in the context that were asked for."""
    run, context = works.WORKS[told["name"]], told.get("context", {})
    cr = registry.cursor()
    env = api.Environment(cr, told.get("uid") or SUPERUSER_ID, context)
    gc.collect()
    gc.disable()
    try:
        before, start, cpu = cr.sql_log_count, time.perf_counter(), time.process_time()
        with listening(told.get("listen")) as heard:
            running = begin(run, env, told["args"])
            env.flush_all()
            cr.precommit.run()
        taken = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
        taken["queries"] = cr.sql_log_count - before
        return {**taken, "result": end(running), "heard": heard}
    finally:
        gc.enable()
        cr.rollback()
        env.transaction.reset()
        cr.close()
        registry.reset_changes()


@contextmanager
def listening(wanted):
    """The queries of a work, for whoever looks for one that is too many; slower, so not while measuring."""
    heard, execute = [], Cursor.execute

    def recording(cursor, query, params=None, log_exceptions=True):
        heard.append(cursor.mogrify(query, params).decode(errors="replace"))
        return execute(cursor, query, params, log_exceptions)

    if wanted:
        Cursor.execute = recording
    try:
        yield heard
    finally:
        Cursor.execute = execute


def begin(run, env, args):
    running = run(env, **args)
    if inspect.isgenerator(running):
        next(running)
    return running


def end(running):
    """What a work gives back, after it was measured."""
    return next(running, None) if inspect.isgenerator(running) else running


if __name__ == "__main__":
    main()
