"""Outlets in five time zones and the people who work there, made by the ORM."""

ZONES = ["Asia/Shanghai", "Asia/Tokyo", "Asia/Dubai", "Europe/Berlin", "America/New_York"]


def hire(env, outlets, consultants):
    """Outlets, each with its share of the consultants, a manager and a receptionist; a director over all of them.

    :return: a list of (outlet, consultants).
    """
    env.company.country_id = env.ref("base.cn")
    teams = env["crm.team"].create([outlet_vals(env, number) for number in range(outlets)])
    sellers = engage(env, "consultant", [f"c{number:04d}" for number in range(consultants)])
    managers = engage(env, "manager", [f"m{number:02d}" for number in range(outlets)])
    desks = engage(env, "receptionist", [f"r{number:02d}" for number in range(outlets)])
    engage(env, "director", ["d00"])
    places = [(teams[number % outlets].id, user.id) for number, user in enumerate(sellers)]
    places += [(teams[number].id, user.id) for staff in (managers, desks) for number, user in enumerate(staff)]
    env["crm.team.member"].create([{"crm_team_id": team, "user_id": user} for team, user in places])
    return [(team, sellers[number::outlets]) for number, team in enumerate(teams)]


def engage(env, role, logins):
    """Users of a role; who logs in, does so with their login for a password."""
    group = env.ref(f"showroom_ownership.group_{role}").id
    return env["res.users"].with_context(no_reset_password=True).create([who(login, group) for login in logins])


def outlet_vals(env, number):
    policy = env.ref("showroom_ownership.policy_six_principles")
    name = {"name": f"Outlet {number + 1}", "outlet_code": f"O{number + 1:02d}", "user_id": False}
    kind = {"outlet_kind": "showroom" if number % 4 else "branch", "tz": ZONES[number % len(ZONES)]}
    return {**name, **kind, "policy_id": policy.id}


def who(login, group):
    return {"name": login.title(), "login": login, "email": f"{login}@example.com", "group_ids": [(6, 0, [group])]}
