"""The pipeline kanban: what the web client asks for when somebody opens it.

The read specification is made from the view as the web client makes it; it was compared with what Chromium sent.
"""

from lxml import etree

from .. import pairs
from . import work

OTHER_VIEWS = [[False, kind] for kind in ("list", "calendar", "pivot", "graph", "form", "activity", "search")]
BAR = {"colors": {"planned": "success", "today": "warning", "overdue": "danger"}, "field": "activity_state"}
AGGREGATES = [
    "expected_revenue:sum", "recurring_revenue_monthly:sum", "company_currency:array_agg_distinct",
    "expected_revenue:sum_currency", "recurring_revenue_monthly:sum_currency",
]  # fmt: skip
NAMED, BARE = {"fields": {"display_name": {}}}, {"fields": {}}
TAGS = {"fields": {"display_name": {}, "color": {}}}
# What the widget of activities asks for beside its field.
ACTIVITY = dict.fromkeys(
    (f"activity_{n}" for n in "exception_decoration exception_icon state summary type_icon".split()), {}
)
CONTEXT = {"read_group_expand": True, "default_type": "opportunity", "show_user_team_stages": 1}


@work
def views(env):
    got = _views(env)
    yield
    yield specification(got)


@work
def progress(env, domain):
    env["crm.lead"].with_context(**CONTEXT).read_progress_bar(domain, "stage_id", BAR)


@work
def columns(env, domain, spec):
    got = env["crm.lead"].with_context(**CONTEXT).web_read_group(
        domain, ["stage_id"], AGGREGATES, auto_unfold=True, opening_info=[], unfold_read_specification=spec,
        unfold_read_default_limit=80, groupby_read_specification={}, order="",
    )  # fmt: skip
    yield
    yield [[group["__count"], [record["id"] for record in group.get("__records", ())]] for group in got["groups"]]


def _views(env):
    kanban = env["ir.model.data"]._xmlid_to_res_id("crm.crm_case_kanban_view_leads")
    wanted = [[kanban, "kanban"], *OTHER_VIEWS]
    return env["crm.lead"].get_views(wanted, {"load_filters": True, "toolbar": True})


def specification(got):
    """What the web client reads of each card of this view."""
    fields, spec = got["models"]["crm.lead"]["fields"], {}
    for node in etree.fromstring(got["views"]["kanban"]["arch"]).iter("field"):
        spec.setdefault(node.get("name"), _asked(fields[node.get("name")]["type"], node))
        if node.get("widget") == "kanban_activity":
            spec.update({**ACTIVITY, "activity_type_id": NAMED})
    return spec


def _asked(kind, node):
    if kind == "many2many":
        return TAGS
    if kind == "many2one":
        return BARE if node.get("invisible") in ("1", "True") else NAMED
    return BARE if kind == "one2many" else {}


def opening(worker, login, domain):
    """One sample: the three calls of an opening, each a request of its own."""
    spec = worker.do("pipeline.views", {}, login)["result"]
    domain = [["type", "=", "opportunity"], *domain]
    calls = (
        ("pipeline.views", {}),
        ("pipeline.progress", {"domain": domain}),
        ("pipeline.columns", {"domain": domain, "spec": spec}),
    )

    def sample(_number):
        done = [worker.do(name, args, login) for name, args in calls]
        sums = {name: sum(each[name] for each in done) for name in ("seconds", "queries")}
        return {**sums, "result": done[2]["result"], "columns": {**done[2], "result": None}}

    return sample


def lines(bench):
    mine = [["user_id", "=", bench.stock.uid("c0000")]]
    seller = next(iter(bench.told["leads"]))
    for name, login, domain, time in (
        ("lead of no outlet: pipeline", seller, [["team_id", "=", bench.told["team"]]], 1.02),
        ("pipeline of a consultant", "c0000", mine, 1.03),
        ("pipeline of everybody, for a director", "d00", [], 1.03),
    ):
        first, second = (opening(worker, login, domain) for worker in (bench.stock, bench.module))
        taken = pairs.take(bench.some, first, second)
        if taken.first[0]["result"] != taken.second[0]["result"]:
            bench.fail(f"{name}: both sides must show the same cards")
        bench.compare(name, taken, time=time, queries=0)
        bench.note("  of it web_read_group", pairs.Pairs(*([each["columns"] for each in s] for s in taken.sides)))
    sides = (opening(worker, "d00", []) for worker in (bench.stock, bench.stock2))
    bench.control("pipeline of everybody, stock against stock", pairs.take(bench.some, *sides))
