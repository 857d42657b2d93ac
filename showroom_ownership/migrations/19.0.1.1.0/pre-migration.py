def migrate(cr, version):
    """The pipeline shows a card in one field now: what was hung beside its badge would no longer fit there."""
    cr.execute(
        """DELETE FROM ir_ui_view view USING ir_model_data data
           WHERE data.model = 'ir.ui.view' AND data.res_id = view.id AND data.module = 'showroom_ownership'
             AND data.name = 'crm_lead_view_kanban_file'"""
    )
