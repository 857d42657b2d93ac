"""Databases: stock Odoo with the very rows of the one with the module, and copies to be measured and thrown away."""

import os
import subprocess

import psycopg2

# Rows that came with the dealership, and not with Odoo: newer than what both databases were copied from.
NEWER = ("res_partner", "res_users", "mail_alias", "crm_team", "crm_team_member", "mail_activity_type")
OF_LEADS = {
    "crm_lead": "true",
    "mail_message": "model = 'crm.lead'",
    "mail_followers": "res_model = 'crm.lead'",
    "mail_followers_mail_message_subtype_rel": """mail_message_subtype_id <= {mail_message_subtype}
        AND mail_followers_id IN (SELECT id FROM mail_followers WHERE res_model = 'crm.lead')""",
    "mail_activity": "res_model = 'crm.lead'",
    "crm_lead_scoring_frequency": "true",
}  # fmt: skip
COMPANIES = ("res_company_users_rel", "user_id > {res_users}")
OF_COMPANY = "id = (SELECT partner_id FROM res_company LIMIT 1)"
NOTE = "SELECT res_id FROM ir_model_data WHERE module = 'mail' AND name = 'mt_note'"
# Rights are stock's own: those that a role of the module implies.
RIGHTS = """
WITH RECURSIVE had (uid, gid) AS (
    SELECT uid, gid FROM res_groups_users_rel WHERE uid > {res_users}
    UNION SELECT had.uid, implied.hid FROM had JOIN res_groups_implied_rel implied ON implied.gid = had.gid
) SELECT DISTINCT gid, uid FROM had WHERE gid <= {res_groups}
"""
COUNTED = (*NEWER, "res_groups", "mail_message_subtype")


def mirror(source, target):
    """Give a fresh stock database the people, teams, leads and scoring of one with the module."""
    last = {table: scalar(target, f"SELECT coalesce(max(id), 0) FROM {table}") for table in COUNTED}
    for table in NEWER:
        copy_rows(source, target, table, f"id > {last[table]}")
    for table, which in (*OF_LEADS.items(), COMPANIES):
        copy_rows(source, target, table, which.format(**last))
        print(f"{table}: copied", flush=True)
    copy(source, target, RIGHTS.format(**last), "res_groups_users_rel (gid, uid)")
    alike(source, target, last)


def alike(source, target, last):
    """What was changed on rows that both have: the company's country, and scoring on for all data."""
    country = scalar(source, f"SELECT country_id FROM res_partner WHERE {OF_COMPANY}")
    start = scalar(source, "SELECT value FROM ir_config_parameter WHERE key = 'crm.pls_start_date'")
    run(
        target,
        f"UPDATE res_partner SET country_id = {country} WHERE {OF_COMPANY}",
        f"UPDATE ir_config_parameter SET value = '{start}' WHERE key = 'crm.pls_start_date'",
        f"UPDATE mail_message SET subtype_id = ({NOTE}) WHERE subtype_id > {last['mail_message_subtype']}",
        *(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))" for table in with_ids()),
        "VACUUM ANALYZE",
    )


def with_ids():
    return (*NEWER, *(table for table in OF_LEADS if not table.endswith("_rel")))


def copy_rows(source, target, table, which):
    """The rows of one table, with the columns that both databases have, as they lie."""
    names = columns(source, table) & columns(target, table)
    listed = ", ".join(f'"{name}"' for name in sorted(names))
    copy(source, target, f"SELECT {listed} FROM {table} WHERE {which}", f"{table} ({listed})")


def copy(source, target, query, into):
    """From one database into the other; foreign keys come out right in the end."""
    reading = ["psql", "-X", "-q", "-d", source, "-c", f"COPY ({query}) TO STDOUT"]
    writing = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", target, "-c", f"COPY {into} FROM STDIN"]
    with subprocess.Popen(reading, stdout=subprocess.PIPE) as rows:
        subprocess.run(writing, stdin=rows.stdout, check=True, env=without_triggers())
    if rows.returncode:
        raise SystemExit(f"{source} could not be read.")


def without_triggers():
    return {**os.environ, "PGOPTIONS": "-c session_replication_role=replica"}


def columns(database, table):
    query = f"SELECT array_agg(column_name::text) FROM information_schema.columns WHERE table_name = '{table}'"
    return set(scalar(database, query))


# Copies


def throw_away(source, name):
    """A copy of a database, file by file; an older one of that name goes."""
    drop(name)
    run("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    # A lead that was made and taken back has used a number up: what is made now has the same on both sides.
    run(name, "SELECT setval(pg_get_serial_sequence('crm_lead', 'id'), (SELECT max(id) FROM crm_lead))")
    return name


def drop(name):
    run("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def tidy(names):
    """Take away what rolled-back samples left, so that the next ones meet tables as they were."""
    for name in names:
        run(name, "VACUUM ANALYZE")


def run(database, *queries):
    """Each query in a transaction of its own. The server is that of PGHOST."""
    connection = psycopg2.connect(dbname=database)
    connection.autocommit = True
    with connection.cursor() as cr:
        for query in queries:
            cr.execute(query)
    connection.close()


def rows(database, query):
    """What a query gives."""
    connection = psycopg2.connect(dbname=database)
    with connection.cursor() as cr:
        cr.execute(query)
        found = cr.fetchall()
    connection.close()
    return found


def scalar(database, query):
    [[value]] = rows(database, query)
    return value
