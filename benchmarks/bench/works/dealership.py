"""What is in the database: who, where, and which leads to work with. The same in both."""

from itertools import zip_longest

from . import step

OPEN = [("won_status", "=", "pending"), ("outlet_id", "!=", False)]
PLACES = 8  # outlets at which somebody works over HTTP
LATEST = 200  # cards of each of them; other works take the earliest
FAR = 1  # days that the next follow-up is away, so that the card is in no state of lapse


@step
def uid(env, login):
    return env["res.users"].search([("login", "=", login)]).id


@step
def parameter(env, key, value):
    env["ir.config_parameter"].set_param(key, value)


@step
def password(env, logins):
    """Who logs in over HTTP does so with their login for a password."""
    for user in env["res.users"].search([("login", "in", logins)]):
        user.password = user.login


@step
def told(env, thick):
    """What the works need to know. Asked of the database with the module; stock has the same rows.

    :param thick: the least number of follow-ups of the card that has many.
    """
    outlet = env["crm.team"].search([("outlet_code", "=", "O01")])
    team = env["crm.team"].search([("name", "=", "No Outlet")])
    adopted = env["crm.team"].search([("name", "=", "To Be Adopted")])
    seller = env["res.users"].search([("login", "=", "c0000")])
    cards = _cards(env, [("outlet_id", "=", outlet.id)])
    return {
        "outlet": outlet.id, "team": team.id, "adopted": adopted.id, "open": _count(env, OPEN),
        "all": _count(env, []), "cards": cards.filtered(lambda card: card.user_id == seller).ids,
        "colleagues": _by_owner(cards - cards.filtered(lambda card: card.user_id == seller)),
        "elsewhere": _elsewhere(env, seller),
        "leads": _by_owner(env["crm.lead"].search([("team_id", "=", team.id)], limit=1000)),
        "thick": _thick(env, thick), "activities": _activities(env, seller),
        "phones": cards.mapped("phone_sanitized")[:400], "emails": cards.mapped("email_normalized")[:400],
    }  # fmt: skip


def _count(env, domain):
    return env["crm.lead"].with_context(active_test=False).search_count(domain)


def _cards(env, domain):
    """Cards that nobody is late with, so that a work does nothing beside its own."""
    env.cr.execute("SELECT now()::date + %s", [FAR])
    quiet = [("won_status", "=", "pending"), ("notice_id", "=", False), ("followup_due", ">", env.cr.fetchone()[0])]
    return env["crm.lead"].search([*domain, *quiet], order="id", limit=4000)


def _by_owner(leads):
    return {owner.login: some.ids for owner, some in leads.grouped("user_id").items()}


def _elsewhere(env, seller):
    """Eight people at as many outlets as there are, by turns: where each of them works, and some of their cards."""
    outlets = env["crm.team"].search([("outlet_kind", "!=", False)], order="id", limit=PLACES)
    people = []
    for outlet in outlets:
        cards = _cards(env, [("outlet_id", "=", outlet.id), ("user_id", "!=", seller.id)])
        people.append([(login, [outlet.id, ids[: -LATEST - 1 : -1]]) for login, ids in _by_owner(cards).items()])
    turns = [person for turn in zip_longest(*people) for person in turn if person]
    return dict(turns[:PLACES])


def _thick(env, least):
    groups = env["showroom.followup"]._read_group([], ["lead_id"], ["__count"], having=[("__count", ">=", least)])
    return [card.id for card, _count in groups if card.won_status == "pending"][:1]


def _activities(env, user):
    """Calls that a consultant has planned on cards of theirs."""
    kind = env.ref("mail.mail_activity_data_call")
    domain = [("res_model", "=", "crm.lead"), ("user_id", "=", user.id), ("activity_type_id", "=", kind.id)]
    return env["mail.activity"].search(domain, limit=400).ids
