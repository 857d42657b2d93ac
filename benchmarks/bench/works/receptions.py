"""Receptions of new customers, each with its entry, its line, its card and its history, against leads of Odoo."""

from .. import pairs
from . import leads, step, work

LOGIN = "c0000"
BULK = 1000


@work
def create(env, vals_list):
    lines = env["showroom.reception"].create(vals_list)
    yield
    yield [len(lines.sudo().lead_id), len(lines.sudo().filtered("is_evidence"))]


@step
def open_day(env, outlet):
    """The first customer of a day opens its page; what is measured are the others. Stock has the customer too."""
    seller, phone = env["res.users"].search([("login", "=", LOGIN)]), "+8615999999999"
    if "showroom.reception" in env:
        vals = {"customer_name": "First", "phone": phone, "outlet_id": outlet, "consultant_id": seller.id}
        return env["showroom.reception"].create([vals]).lead_id.id
    vals = {"name": "First", "contact_name": "First", "phone": phone, "type": "opportunity"}
    return env["crm.lead"].create([{**vals, "team_id": outlet, "user_id": seller.id}]).id


def new(serial, count, outlet):
    """The same customers as `leads.new`, as a person at the desk types them."""
    keys = {"contact_name": "customer_name", "phone": "phone"}
    known = [{keys[name]: value for name, value in vals.items() if name in keys} for vals in leads.new(serial, count)]
    return [{**vals, "outlet_id": outlet} for vals in known]


def stock_side(bench, count):
    """The consultant makes the leads themselves, with all that Odoo tracks."""
    who = {"team_id": bench.told["outlet"], "user_id": bench.stock.uid(LOGIN)}
    return lambda number: bench.stock.do("leads.create", {"vals_list": leads.new(number + 100, count, **who)}, LOGIN)


def side(worker, outlet, count):
    def sample(number):
        done = worker.do("receptions.create", {"vals_list": new(number + 100, count, outlet)}, LOGIN)
        if done["result"] != [count, count]:
            raise SystemExit(f"{worker.database}: {count} receptions opened {done['result']} cards")
        return done

    return sample


def lines(bench):
    for count, rounds, time, more in ((1, bench.many, 1.35, 8), (100, bench.few, 1.2, 12)):
        ours = side(bench.module, bench.told["outlet"], count)
        taken = pairs.take(rounds, stock_side(bench, count), ours, bench.warm)
        bench.compare(f"receptions that open a card, {count} at once", taken, time=time, queries=more, each=count)
    taken = pairs.take(bench.batches, stock_side(bench, BULK), side(bench.module, bench.told["outlet"], BULK), 1)
    bench.compare(f"bulk intake of {BULK} receptions", taken, time=0.25, each=BULK, queries_each=0.5)
