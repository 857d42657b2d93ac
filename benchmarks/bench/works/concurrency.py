"""Eight people who win different deals of one outlet at once, through Odoo's own retrying."""

import threading
from time import perf_counter

from . import step, user

PEOPLE = 8
SCORING = "crm.pls_start_date"


@step
def win(env, jobs):
    """Everybody wins their deals one after the other, each in a transaction of its own.

    :param jobs: the leads by login.
    :return: how many were won, how often Odoo had to begin again, and how many it gave up.
    """
    people = [(user(env, login).uid, leads) for login, leads in jobs.items()]
    counts, ready = [], threading.Barrier(len(people))
    threads = [threading.Thread(target=_work, args=(env.registry, *each, counts, ready)) for each in people]
    env.cr.commit()
    start = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {name: sum(each[name] for each in counts) for name in ("won", "retries", "failed")}
    return {**told, "seconds": perf_counter() - start}


def _work(registry, uid, leads, counts, ready):
    mine = {"won": 0, "retries": 0, "failed": 0}
    counts.append(mine)
    ready.wait()
    for lead in leads:
        tries = _win(registry, uid, lead)
        mine["won" if tries else "failed"] += 1
        mine["retries"] += max(tries, 1) - 1


def _win(registry, uid, lead):
    """Win one lead as a request does; gives how many tries it took, 0 if Odoo gave up."""
    from odoo import api  # noqa: PLC0415 - the process that conducts has no Odoo
    from odoo.service.model import retrying  # noqa: PLC0415

    tries = []
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, uid, {"lang": "en_US", "tz": "UTC"})

            def request():
                tries.append(lead)
                env["crm.lead"].browse(lead).action_set_won()

            retrying(request, env)
    except Exception:
        return 0
    return len(tries)


@step
def ruled(env, ids):
    """Of these leads: how many are won, and how many rulings stand on them."""
    won = env["crm.lead"].search_count([("id", "in", ids), ("won_status", "=", "won")])
    domain = [("lead_id", "in", ids), ("state", "!=", "cancelled")]
    return {"won": won, "rulings": env["showroom.ruling"].search_count(domain) if "showroom.ruling" in env else won}


@step
def started(env):
    return env["ir.config_parameter"].get_param(SCORING)


def lines(bench):
    """With predictive scoring off and on; without it nobody is in anybody's way."""
    on = bench.module.ask("concurrency.started")
    for scoring, rounds in ((False, 1), (on, bench.size["contests"])):
        for worker in (bench.stock, bench.module):
            worker.ask("dealership.parameter", key=SCORING, value=scoring)
        _line(bench, bool(scoring), [_round(bench) for _each in range(rounds)])


def _round(bench):
    """The same deals, first with stock Odoo and then with the module; and the rulings that came of them."""
    jobs = bench.take_cards(PEOPLE, bench.size["wins"])
    told = [worker.ask("concurrency.win", jobs=jobs) for worker in (bench.stock, bench.module)]
    ids = [lead for leads in jobs.values() for lead in leads]
    ruled = bench.module.ask("concurrency.ruled", ids=ids)
    return {"stock": told[0], "module": told[1], "ruled": ruled, "wins": len(ids)}


def _line(bench, on, rounds):
    """Retries come by chance: with scoring, as many more than stock's are allowed as two standard errors of both."""
    wins, exact = sum(each["wins"] for each in rounds), all(_is_exact(each) for each in rounds)
    retries = {side: sum(each[side]["retries"] for each in rounds) for side in ("stock", "module")}
    most = round(retries["stock"] + 2 * (sum(retries.values()) ** 0.5)) if on else 0
    failed = {side: sum(each[side]["failed"] for each in rounds) for side in retries}
    texts = {side: f"{retries[side]} retries, {failed[side]} failed" for side in retries}
    name = f"{PEOPLE} people win {wins} deals, scoring {'on' if on else 'off'}"
    target = f"at most {most} retries, one ruling each"
    bench.number(name, texts["module"], target, exact and retries["module"] <= most, stock=texts["stock"])


def _is_exact(told):
    """Each deal that was said to be won is won, and has exactly one ruling; none that failed has any."""
    return told["ruled"] == {"won": told["module"]["won"], "rulings": told["module"]["won"]}
