def uninstall_hook(env):
    """Leave a stock CRM: teams are no outlets any more, no lead is lost."""
    env.cr.execute("UPDATE crm_team SET outlet_kind = NULL")
