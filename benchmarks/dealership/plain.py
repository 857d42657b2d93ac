"""Sales teams that are no outlets, with leads of their own: what they cost must not change with the module."""

import random
from datetime import timedelta

LOST_EACH = 4  # one lead in so many is lost
FIRST = 100_000_000


def fill(env, cards, names, count, options, now):
    """A team, its people, and leads of the last days.

    :param cards: the `Cards` that make rows.
    :param names: the name of the team and the logins of its salespeople.
    :return: the team.
    """
    name, logins = names
    team = env["crm.team"].create({"name": name, "user_id": False})
    chance = random.Random(options.seed)
    sellers = [_hire(env, team, login) for login in logins]
    first = FIRST + team.id * 1_000_000
    for index in range(count):
        _lead(cards, team, sellers[index % len(sellers)], first + index, now, chance)
    return team


def _hire(env, team, login):
    group = env.ref("sales_team.group_sale_salesman_all_leads").id
    vals = {"name": login.title(), "login": login, "email": f"{login}@example.com", "group_ids": [(6, 0, [group])]}
    user = env["res.users"].with_context(no_reset_password=True).create(vals)
    env["crm.team.member"].create({"crm_team_id": team.id, "user_id": user.id})
    return user


def _lead(cards, team, owner, serial, now, chance):
    opened = (now - timedelta(seconds=chance.randrange(86_400, 60 * 86_400))).replace(microsecond=0)
    card = {"id": cards.tables.id("crm_lead"), "owner": owner, "serial": serial, "name": f"Lead {serial}"}
    card["phone"] = f"+861{3_700_000_000 + serial}"
    if not serial % LOST_EACH:
        card["closed_at"] = opened + (now - opened) / 2
    cards.follow(card, opened, "<p>A new lead has been created.</p>")
    cards.lead(card, team, opened)
