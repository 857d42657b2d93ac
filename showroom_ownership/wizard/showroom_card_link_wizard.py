from odoo import fields, models

from ..models import said


class ShowroomCardLinkWizard(models.TransientModel):
    _name = "showroom.card.link.wizard"
    _description = "Link Card"
    _inherit = ["showroom.card.wizard"]

    card_number = fields.Char("Number of the Other Card", required=True)
    kind = fields.Selection(
        lambda self: self.env["showroom.card.link"]._fields["kind"]._description_selection(self.env),
        "They Are", required=True, default="family", help="Linked cards are ruled together (5).",
    )  # fmt: skip

    @said.takes(one=True)
    def action_link(self):
        self._card().action_link(self._numbers(), self.kind)
        return self._done(self.env._("The cards are linked."))

    @said.takes(one=True)
    def action_end_link(self):
        """For managers: the link was a mistake."""
        self._card().action_end_link(self._numbers())
        return self._done(self.env._("The link is undone."))

    def _numbers(self):
        return [number.strip() for number in self.card_number.split(",")]
