"""A team with leads becomes an outlet; and what a change of principles would do to past deals."""

from . import work

ADOPTED, ADOPT_SECONDS = 200_000, 120
RULED, CHANGE_SECONDS = 10_000, 20


@work
def adopt(env, team):
    """As the wizard of a manager does it; all leads are read anew by whoever looks at them."""
    outlet = env["crm.team"].browse(team)
    policy = env.ref("showroom_ownership.policy_six_principles").id
    outlet.write({"outlet_kind": "showroom", "outlet_code": "ADOPTED", "tz": "Asia/Shanghai", "policy_id": policy})
    yield
    yield env["showroom.reception"].search_count([("outlet_id", "=", team)])


@work
def change(env, policy, after):
    """One batch of past deals, ruled on again under principles in another order."""
    grounds = env["showroom.policy"].browse(policy).principle_ids.mapped("ground")
    told = env["showroom.policy"].what_would_change(policy, {"principles": grounds[::-1]}, after)
    yield
    yield {"asked": told["asked"], "last": told["last"]}


def lines(bench):
    _change(bench)
    taken = bench.module.do("adoption.adopt", {"team": bench.told["adopted"]})
    if not taken["result"]:
        raise SystemExit("No lead was adopted.")
    seconds, count = taken["seconds"] * ADOPTED / bench.size["adopt"], bench.size["adopt"]
    told = f"{taken['seconds']:.1f} s for {count:,}: {seconds:.0f} s for {ADOPTED:,}"
    target = f"at most {ADOPT_SECONDS} s for {ADOPTED:,}"
    bench.number("adopting existing leads", told, target, seconds <= ADOPT_SECONDS)


def _change(bench):
    """All past deals, a batch a request, as the screen asks for them."""
    policy, after, seconds, asked = bench.module.ask("adoption.policy"), 0, 0.0, 0
    while after is not False:
        done = bench.module.do("adoption.change", {"policy": policy, "after": after}, "d00")
        after, seconds, asked = done["result"]["last"], seconds + done["seconds"], asked + done["result"]["asked"]
    whole = seconds * RULED / asked
    told = f"{seconds:.2f} s for {asked:,}: {whole:.1f} s for {RULED:,}"
    bench.number("what would change", told, f"at most {CHANGE_SECONDS} s for {RULED:,}", whole <= CHANGE_SECONDS)


@work
def policy(env):
    return env.ref("showroom_ownership.policy_six_principles").id
