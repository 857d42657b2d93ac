from odoo import api, fields, models

from ..models import said

IN_AN_OUTLET = "[('crm_team_ids.outlet_kind', '!=', False)]"


class ShowroomCorrectionWizard(models.TransientModel):
    """What a line says, to be corrected on its own day; the earlier text is kept beside it (2.3)."""

    _name = "showroom.correction.wizard"
    _description = "Correct Reception"

    reception_id = fields.Many2one("showroom.reception", required=True)
    customer_name = fields.Char("Customer")
    phone = fields.Char()
    asked = fields.Selection(
        lambda self: self.env["showroom.reception"]._fields["asked"]._description_selection(self.env),
        "Been Here Before?", required=True,
    )  # fmt: skip
    prior_id = fields.Many2one("res.users", "Received Before By", domain=IN_AN_OUTLET)
    named_id = fields.Many2one("res.users", "Asked For", domain=IN_AN_OUTLET)
    on_behalf_of_id = fields.Many2one("res.users", "On Behalf Of", domain=IN_AN_OUTLET)
    accompanied_by_id = fields.Many2one("res.users", "Accompanied By", domain=IN_AN_OUTLET)
    party_size = fields.Integer()
    interest = fields.Char("Model of Interest")

    @api.model
    def default_get(self, names):
        """Start from what the line says now."""
        values = super().default_get(names)
        line = self.env["showroom.reception"].browse(self.env.context.get("active_id"))
        if self.env.context.get("active_model") == line._name and line:
            values.update({"reception_id": line.id, **self._said(line)})
        return values

    @api.model
    def _said(self, record):
        names = self.env["showroom.reception"]._correctable
        return {name: record._fields[name].convert_to_write(record[name], record) for name in names}

    @said.takes(one=True)
    def action_correct(self):
        self.reception_id.action_correct(self._said(self))
        return {"type": "ir.actions.act_window_close"}
