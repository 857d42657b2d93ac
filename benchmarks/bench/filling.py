"""Rows for tables that a generated dealership leaves almost empty, so that PostgreSQL plans for them as after years.

They mean nothing, are never read by a rule, and are taken back.
"""

import random

ROWS = 5000
COLUMNS = """
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'
"""


def fill(env, models):
    """Give each of these models so many rows, and let PostgreSQL look at them."""
    chance = random.Random(1)
    env.cr.execute("SET LOCAL session_replication_role = replica")
    for model in models:
        env.cr.execute(f'SELECT count(*) FROM "{model._table}"')  # pylint: disable=sql-injection
        if env.cr.fetchone()[0] < ROWS:
            _free(env, model._table)
            _fill(env, model, chance)
            env.cr.execute(f'ANALYZE "{model._table}"')  # pylint: disable=sql-injection
    env.cr.execute("SET LOCAL session_replication_role = DEFAULT")
    env.invalidate_all(flush=False)


def _free(env, table):
    """Rows that mean nothing cannot keep what the table asks of each."""
    env.cr.execute(
        """SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) FROM pg_constraint
           WHERE contype = 'c' AND conrelid = %s::regclass""",
        [table],
    )
    for (command,) in env.cr.fetchall():
        env.cr.execute(command)


def _fill(env, model, chance):
    env.cr.execute(COLUMNS, [model._table])
    columns = [(name, kind, model._fields.get(name)) for name, kind in env.cr.fetchall()]
    values = {name: _values(env, kind, field, chance) for name, kind, field in columns}
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    query = f'INSERT INTO "{model._table}" ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING'
    env.cr._obj.executemany(query, [[value(row) for value in values.values()] for row in range(ROWS)])


def _values(env, kind, field, chance):
    """A function that gives the value of a column in a row."""
    if field is not None and field.type == "many2one":
        env.cr.execute(f'SELECT id FROM "{env[field.comodel_name]._table}" LIMIT 2000')  # pylint: disable=sql-injection
        ids = [row[0] for row in env.cr.fetchall()] or [1]
        return lambda _row: chance.choice(ids)
    if field is not None and field.type == "selection" and kind != "integer":
        words = [word for word, _label in field._description_selection(env)]
        return lambda _row: chance.choice(words)
    return {
        "boolean": lambda _row: chance.random() < 0.9,
        "date": lambda row: f"2026-{row % 12 + 1:02d}-{row % 28 + 1:02d}",
        "timestamp without time zone": lambda row: f"2026-{row % 12 + 1:02d}-{row % 28 + 1:02d} 08:00:00",
        "jsonb": lambda _row: "{}",
    }.get(kind, lambda row: str(row))
