from odoo import api, fields, models


class ShowroomForecastWizard(models.TransientModel):
    """The ruling as it would be if a chosen consultant closed now. For managers (5, forecast)."""

    _name = "showroom.forecast.wizard"
    _description = "Forecast for a Consultant"
    _inherit = ["showroom.card.wizard"]

    consultant_id = fields.Many2one(
        "res.users", "Consultant", domain="[('crm_team_ids.outlet_kind', '!=', False)]",
        compute="_compute_consultant_id", store=True, readonly=False,
    )  # fmt: skip
    forecast = fields.Char(compute="_compute_forecast")

    @api.depends("lead_ids")
    def _compute_consultant_id(self):
        for wizard in self:
            wizard.consultant_id = wizard._cards().user_id[:1]

    @api.depends("lead_ids", "consultant_id")
    def _compute_forecast(self):
        for wizard in self:
            card = wizard._cards()._origin
            asked = len(card) == 1 and wizard.consultant_id
            wizard.forecast = card.get_forecast(wizard.consultant_id.id)["text"] if asked else False
