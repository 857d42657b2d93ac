"""What a worker can be told to do, by name. Each file holds one group of works.

A work is measured and rolled back; a step is neither: it prepares the throw-away database, or tells what is in it.
"""

WORKS, STEPS = {}, {}


def work(function):
    """A function of an environment and JSON arguments. If it yields, what comes after is not measured."""
    WORKS[f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"] = function
    return function


def step(function):
    """A function of an environment and JSON arguments that is committed, and not measured."""
    STEPS[f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"] = function
    return function


def user(env, login):
    """The environment of somebody with their own rights, as a request of theirs has it."""
    found = env["res.users"].sudo().search([("login", "=", login)])
    context = {"lang": "en_US", "tz": "UTC", "uid": found.id, "allowed_company_ids": env.company.ids}
    return env(user=found.id, su=False, context=context)
