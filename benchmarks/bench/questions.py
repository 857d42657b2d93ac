"""What the module asks of the database: by its works, its scheduled actions, its screens and its relations.

Each question has a name and is asked through Odoo, with the rights of whoever asks it; what it leads to is listened to.
"""

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.tools.safe_eval import safe_eval

from . import filling
from .works import deals, enforcement, followups, lookups, pipeline, receptions, user

OURS = "showroom"
PEOPLE = (("consultant", "c0000"), ("manager", "m00"), ("director", "d00"))


def questions(env, told):
    """Pairs of a name and a function without arguments; the first that needs an index is told of it."""
    yield from _works(env, told)
    yield from _scheduled(env)
    filling.fill(env, ours(env))
    yield from _works(env, told)
    yield from _scheduled(env)
    yield from _screens(env)
    yield from _relations(env)


def _works(env, told):
    seller, desk = user(env, "c0000"), user(env, "r00")
    card, activity = told["cards"][0], told["activities"][0]
    vals = receptions.new(7000, 2, told["outlet"])
    again = {"customer_name": "Again", "phone": told["phones"][1], "outlet_id": told["outlet"]}
    yield "reception of a new customer", lambda: done(receptions.create(seller, vals))
    yield "reception of a returning customer", lambda: seller["showroom.reception"].create([again])
    yield "look-up at the desk", lambda: done(lookups.desk(desk, told["phones"][0], told["outlet"]))
    yield "the desk opens", lambda: desk["showroom.reception"].desk_open()
    yield "the page of the day", lambda: desk["showroom.reception"].desk_page(told["outlet"])
    yield "activity done", lambda: done(followups.done(seller, activity))
    yield "forecast", lambda: deals.forecast(seller, [card])
    yield "a deal and its ruling", lambda: done(deals.win(seller, [card]))
    yield "a deal taken back", lambda: env["crm.lead"].browse(card).write({"stage_id": _open_stage(env)})
    yield "a departure", lambda: done(enforcement.depart(env, "c0001"))
    yield "the list of due cards", lambda: enforcement.due_list(user(env, "m00"))
    yield "a consultant's list of due cards", lambda: enforcement.due_list(seller)
    yield "the filter of overdue cards", lambda: enforcement.overdue_filter(user(env, "m00"))
    yield "a card reassigned by a manager", lambda: _reassign(env, told["cards"][1])
    yield "a card linked by its number", lambda: _link(seller, *told["cards"][3:5])
    yield "a lost card", lambda: user(env, "c0000")["crm.lead"].browse(told["cards"][2]).action_set_lost()


def done(running):
    """Whatever a work does after its first yield too."""
    return list(running)


def _open_stage(env):
    return env["crm.stage"].search([("is_won", "=", False)], limit=1).id


def _reassign(env, card):
    colleague = env["res.users"].search([("login", "=", "c0000")])._outlets()._consultants()[-1:]
    user(env, "m00")["crm.lead"].browse(card).action_reassign(colleague.id, "Asked for")


def _link(env, card, other):
    env["crm.lead"].browse(card).action_link([env["crm.lead"].browse(other).card_number], "same_customer")


def _scheduled(env):
    """The module's scheduled actions, a thousand cards of each at most."""
    crons = env["ir.cron"].search([("cron_name", "!=", False)])
    names = env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "=like", f"{OURS}%")]).mapped("res_id")
    for cron in crons.filtered(lambda each: each.id in names):
        yield f"scheduled: {cron.cron_name}", lambda cron=cron: _run(env, cron)


def _run(env, cron):
    with enforcement.not_committing(env, 1000):
        try:
            cron.ir_actions_server_id.sudo().run()
        except Exception as error:
            if "Enough" not in str(error):
                raise


# Screens


def ours(env):
    """The module's own models that have a table."""
    named = [env[name] for name in env.registry if name.startswith(OURS)]
    return [model for model in named if model._auto and not model._abstract and not model._transient]


def _screens(env):
    """Every list as it opens, and every filter and grouping of its search view; for whoever may read it."""
    for model in (*ours(env), env["crm.lead"]):
        for role, login in PEOPLE:
            seen = model.with_env(user(env, login))
            if seen.has_access("read"):
                yield f"list of {model._name}, {role}", lambda seen=seen: seen.search([], limit=80)
    yield "the kanban", lambda: done(pipeline.columns(user(env, "m00"), [["type", "=", "opportunity"]], {"name": {}}))
    for model in (*ours(env), env["crm.lead"]):
        yield from _filters(env, model)


def _filters(env, model):
    seen = model.with_env(user(env, "d00"))
    if not seen.has_access("read"):
        return
    arch = etree.fromstring(seen.get_view(view_type="search")["arch"])
    for node in arch.iter("filter"):
        name = f"filter {node.get('string') or node.get('name')} of {model._name}"
        if node.get("domain"):
            yield name, lambda node=node: seen.search(_domain(env, node.get("domain")), limit=80)
    for node in arch.iter("field"):
        name, field = node.get("name"), model._fields[node.get("name")]
        value = seen.search([], limit=1)[name] if field.store else False
        if value:
            value, operator = (value.ids[0], "=") if field.relational else (value, "ilike")
            domain = [(name, operator, value)]
            yield f"search by {name} of {model._name}", lambda domain=domain: seen.search(domain, limit=80)


def _domain(env, text):
    names = {"context_today": date.today, "datetime": datetime, "relativedelta": relativedelta, "timedelta": timedelta}
    return safe_eval(text, {"uid": env.uid, "allowed_company_ids": env.companies.ids, **names})


def _relations(env):
    """What belongs to a record, as its form shows it or as code reads it."""
    kept = [model for model in env.registry.values() if model._auto and not model._abstract and not model._transient]
    for model in kept:
        for name, field in model._fields.items():
            if field.type in ("one2many", "many2many") and (field._module or "").startswith(OURS):
                if not field.compute:
                    yield f"{name} of {model._name}", lambda model=model, name=name: _read(env, model._name, name)


def _read(env, model, name):
    env[model].with_context(active_test=False).search([], limit=20, order="id desc").mapped(name)
