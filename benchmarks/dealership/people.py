"""Outlets in five time zones and the people who work there, made by the ORM."""

ZONES = ["Asia/Shanghai", "Asia/Tokyo", "Asia/Dubai", "Europe/Berlin", "America/New_York"]


def hire(env, outlets, consultants):
    """Outlets, each with its share of the consultants, a manager and a receptionist.

    :return: a list of (outlet, consultants).
    """
    env.company.country_id = env.ref("base.cn")
    teams = env["crm.team"].create([outlet_vals(env, number) for number in range(outlets)])
    group = {role: env.ref(f"showroom_ownership.group_{role}").id for role in ("consultant", "manager")}
    people = [who(f"c{number:04d}", group["consultant"]) for number in range(consultants)]
    managers = [who(f"m{number:02d}", group["manager"]) for number in range(outlets)]
    users = env["res.users"].with_context(no_reset_password=True).create(people + managers)
    sellers, leaders = users[:consultants], users[consultants:]
    places = [(teams[number % outlets].id, user.id) for number, user in enumerate(sellers)]
    places += [(teams[number].id, user.id) for number, user in enumerate(leaders)]
    env["crm.team.member"].create([{"crm_team_id": team, "user_id": user} for team, user in places])
    return [(team, sellers[number::outlets]) for number, team in enumerate(teams)]


def outlet_vals(env, number):
    policy = env.ref("showroom_ownership.policy_six_principles")
    name = {"name": f"Outlet {number + 1}", "outlet_code": f"O{number + 1:02d}", "user_id": False}
    kind = {"outlet_kind": "showroom" if number % 4 else "branch", "tz": ZONES[number % len(ZONES)]}
    return {**name, **kind, "policy_id": policy.id}


def who(login, group):
    return {"name": login.title(), "login": login, "email": f"{login}@example.com", "group_ids": [(6, 0, [group])]}
