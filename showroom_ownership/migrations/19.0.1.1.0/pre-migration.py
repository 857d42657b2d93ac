# No query needs them: others begin with the same column, or nobody asks.
NEEDLESS = (
    "showroom_ledger_entry__outlet_id_index", "showroom_ledger_entry__number_index",
    "showroom_ledger_head__outlet_id_index", "showroom_register_page__outlet_id_index",
    "showroom_policy_principle__policy_id_index", "showroom_grade__policy_id_index",
    "showroom_policy_version__policy_id_index", "showroom_followup_card_valid_idx",
    "showroom_reception_card_owner_idx", "showroom_reception__number_index", "showroom_followup__number_index",
    "showroom_communication__number_index", "showroom_order__number_index", "showroom_preregistration__number_index",
    "crm_lead__outlet_id_index",  # made anew, without the leads of no outlet
)  # fmt: skip


def migrate(cr, version):
    """The pipeline shows a card in one field now: what was hung beside its badge would no longer fit there."""
    cr.execute(
        """DELETE FROM ir_ui_view view USING ir_model_data data
           WHERE data.model = 'ir.ui.view' AND data.res_id = view.id AND data.module = 'showroom_ownership'
             AND data.name = 'crm_lead_view_kanban_file'"""
    )
    for index in NEEDLESS:
        cr.execute(f'DROP INDEX IF EXISTS "{index}"')
