"""Leads of a team that is no outlet: they must not notice that the module is there."""

from .. import pairs
from . import work

TIME = 1.02


@work
def create(env, vals_list):
    env["crm.lead"].create(vals_list)


@work
def write(env, ids, vals):
    env["crm.lead"].browse(ids).write(vals)


@work
def win(env, ids):
    leads = env["crm.lead"].browse(ids)
    leads.action_set_won()
    yield
    yield sorted(set(leads.mapped("won_status")))


def new(serial, count, **vals):
    """What is known of so many new leads."""
    serials = range(serial * 10_000, serial * 10_000 + count)
    known = [{"name": f"New {n}", "contact_name": f"New {n}", "phone": f"+861{5_000_000_000 + n}"} for n in serials]
    return [{**each, "type": "opportunity", **vals} for each in known]


def lines(bench):
    """A salesperson of that team, with the rights of one."""
    login, leads = next(iter(bench.told["leads"].items()))
    mine = {"team_id": bench.told["team"], "user_id": bench.stock.uid(login)}

    def creating(worker):
        return lambda number: worker.do("leads.create", {"vals_list": new(number + 10, 1, **mine)}, login)

    def writing(worker):
        return lambda number: worker.do("leads.write", {"ids": [leads[number]], "vals": {"priority": "2"}}, login)

    def winning(worker):
        return lambda number: worker.do("leads.win", {"ids": [leads[number]]}, login)

    for name, side in (("create", creating), ("write", writing), ("won", winning)):
        if name != "write":
            bench.control(f"{name}, stock against stock", pairs.take(bench.many, side(bench.stock), side(bench.stock2)))
        taken = pairs.take(bench.many, side(bench.stock), side(bench.module))
        bench.compare(f"lead of no outlet: {name}", taken, time=TIME, queries=0)
