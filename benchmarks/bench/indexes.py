"""Every index that the module adds, and a query that needs it: python -m bench.indexes SIZE [--plans]

Compares the databases with and without the module for indexes, listens to what the module asks, and has PostgreSQL
explain it. Nothing is kept. Prints a table for README.md, and at the end the indexes for which no query was found.
"""

import argparse
import re
import sys
from collections import namedtuple

import odoo.init  # noqa: F401
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor
from odoo.tools import config

from . import databases
from .works import dealership

INDEXES = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, i.indisunique, pg_get_indexdef(i.indexrelid),
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.indexrelid),
       (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = i.indrelid AND attnum > 0)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND NOT i.indisprimary ORDER BY 2, 1
"""
# What PostgreSQL asks before it deletes a row that others may refer to.
REFERRED = """
SELECT conrelid::regclass::text, confrelid::regclass::text, a.attname::text FROM pg_constraint
JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
WHERE contype = 'f' AND array_length(conkey, 1) = 1
"""
LONG = 110
Index = namedtuple("Index", "name table unique definition columns all_columns")
Need = namedtuple("Need", "question query plan few")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size")
    parser.add_argument("--plans", action="store_true", help="the plans too")
    options = parser.parse_args()
    names = {kind: f"bench_{options.size}_{kind}" for kind in ("module", "stock")}
    added = added_indexes(names)
    config.parse_config(["-d", names["module"], "--no-http", "--log-level=error"], setup_logging=True)
    with Registry(names["module"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        needs = found(env, added)
        cr.rollback()
    print_table(added, needs, options.plans)


def added_indexes(names):
    """The indexes of the database with the module that stock has not."""
    both = [{row[0]: Index(*row) for row in databases.rows(names[kind], INDEXES)} for kind in ("module", "stock")]
    return {name: index for name, index in both[0].items() if name not in both[1] and not of_a_relation(index)}


def of_a_relation(index):
    """Odoo itself makes the indexes of tables that link many with many."""
    return len(index.columns) == 2 and set(index.columns) == set(index.all_columns)


def found(env, added):
    """For each index the first question that needs it, then the deletions."""
    needs, asked = {}, set()
    for question, query in heard(env):
        shape = re.sub(r"'[^']*'|\d+", "?", query)
        if shape not in asked and re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", query):
            asked.add(shape)
            for name, need in explained(env, question, query).items():
                if name in added and (name not in needs or needs[name].few and not need.few):
                    needs[name] = need
    missing = [index for name, index in added.items() if name not in needs and not index.unique]
    return {**needs, **deletions(env, missing)}


def heard(env):
    """The queries of every question, one question after the other, each taken back before the next."""
    from .questions import questions  # noqa: PLC0415 - needs Odoo's models

    told = dealership.told(env, 10)
    for question, ask in questions(env, told):
        with listening() as queries:
            try:
                with env.cr.savepoint():
                    ask()
                    env.flush_all()
                    raise TakenBack
            except TakenBack:
                pass
            except Exception as error:
                print(f"{question}: {str(error).splitlines()[0]}", file=sys.stderr)
        env.invalidate_all(flush=False)
        for query in queries:
            yield question, query


class TakenBack(Exception):
    """The question was asked; what it wrote is taken back."""


class listening:
    """Collects the queries of this process."""

    def __enter__(self):
        self.execute, queries = Cursor.execute, []

        def recording(cursor, query, params=None, log_exceptions=True):
            queries.append(cursor.mogrify(query, params).decode(errors="replace"))
            return self.execute(cursor, query, params, log_exceptions)

        Cursor.execute, Cursor.commit, self.commit = recording, Cursor.flush, Cursor.commit
        return queries

    def __exit__(self, *error):
        Cursor.execute, Cursor.commit = self.execute, self.commit


def explained(env, question, query):
    """The indexes of the plan. Where tables are almost empty, those that it has when they would not be."""
    plans = {}
    for few, setting in ((False, "on"), (True, "off")):  # without sequential scans if need be
        try:
            with env.cr.savepoint(flush=False):
                env.cr.execute(f"SET LOCAL enable_seqscan = {setting}")
                env.cr.execute("EXPLAIN " + query.replace("%", "%%"), log_exceptions=False)
                lines = [row[0] for row in env.cr.fetchall()]
                env.cr.execute("SET LOCAL enable_seqscan = on")
        except Exception:
            return plans
        for name in used(lines, few):
            plans.setdefault(name, Need(question, " ".join(query.split()), lines, few))
    return plans


def used(lines, few):
    """The indexes in which a plan looks something up; of its own choice, it may also read along one."""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        match = re.search(r"(?:using|Bitmap Index Scan on) (\S+)", line)
        if match and (not few or "Index Cond" in after):
            yield match[1]


def deletions(env, missing):
    """Of the indexes that no question needs: those by which PostgreSQL looks for rows that refer to a deleted one."""
    env.cr.execute(REFERRED)
    referred = {(table, column): other for table, other, column in env.cr.fetchall()}
    needs = {}
    for index in missing:
        other = referred.get((index.table, index.columns[0]))
        if other and len(index.columns) == 1:
            query = f'SELECT 1 FROM ONLY {index.table} x WHERE "{index.columns[0]}" = 1 FOR KEY SHARE OF x'
            needs[index.name] = Need(f"only before a row of {other} is deleted", query, [], True)
    return needs


def print_table(added, needs, plans):
    print("| index | needed by | plan |\n|---|---|---|")
    for name, index in added.items():
        need = needs.get(name)
        told = need.question if need else "it is unique" if index.unique else "NO QUERY FOUND"
        print(f"| `{name}` {columns_of(index)} | {told} | {plan_of(name, need)} |")
        if plans and need and need.plan:
            print("\n".join(["```", need.query[:600], *need.plan[:8], "```"]))
    unused = [name for name, index in added.items() if name not in needs and not index.unique]
    keys = [name for name, need in needs.items() if not need.plan]
    covered = [f"{name} by {other}" for name, index in added.items() if (other := covering(index, added.values()))]
    print(f"\n{len(added)} indexes; {len(unused)} without a query: {', '.join(unused) or 'none'}")
    print(f"{len(keys)} for deletions alone: {', '.join(sorted(keys))}")
    print(f"{len(covered)} covered: {', '.join(covered) or 'none'}")


def covering(index, others):
    """Another index on whole rows that begins with the same columns; a unique one first."""
    whole = [each for each in others if each.table == index.table and " WHERE " not in each.definition]
    longer = [each.name for each in whole if each.columns[: len(index.columns)] == index.columns and each != index]
    return not index.unique and " WHERE " not in index.definition and next(iter(longer), None)


def plan_of(name, need):
    """The line of the plan that names the index, and how the index is used."""
    if not need or not need.plan:
        return ""
    at = next(number for number, line in enumerate(need.plan) if re.search(rf"\b{name}\b", line))
    node = re.sub(r"\s*\(cost=.*|.*->\s*", "", need.plan[at]).strip()
    scan = node.partition(" using ")[0].partition(" on ")[0]
    after = need.plan[at + 1].strip() if at + 1 < len(need.plan) else ""
    how = after.replace("|", "\\|") if after.startswith("Index Cond") else "in order"
    how = how if len(how) < LONG else how[:LONG] + " ..."
    return f"{scan}: {how}" + (", sequential scans off" if need.few else "")


def columns_of(index):
    """What is indexed, and under which condition."""
    return index.definition.partition(" USING ")[2].partition(" ")[2]


if __name__ == "__main__":
    main()
