from .models import ledger_guard


def uninstall_hook(env):
    """Leave a stock CRM: no lead is lost, and nothing of ours holds on to what Odoo is about to remove."""
    env.cr.execute("UPDATE crm_team SET outlet_kind = NULL")
    ledger_guard.remove(env.cr)
    _release_references(env)


def _release_references(env):
    """Drop the foreign keys between our tables and to them: evidence restricts deletion, an uninstall must not."""
    env.cr.execute(
        """SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint
           WHERE contype = 'f' AND confrelid IN
                 (SELECT oid FROM pg_class WHERE relkind = 'r' AND relname LIKE 'showroom\\_%')"""
    )
    for table, name in env.cr.fetchall():
        env.cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")  # pylint: disable=sql-injection
