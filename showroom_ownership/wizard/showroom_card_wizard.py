from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list


class ShowroomCardWizard(models.AbstractModel):
    """What the dialogs about cards share: which cards, and what of them their user may see.

    A consultant who received the customer comes here from the reception, without access to somebody else's card.
    """

    _name = "showroom.card.wizard"
    _description = "Dialog about Cards"

    lead_ids = fields.Many2many("crm.lead", string="Cards", context={"active_test": False})
    reception_id = fields.Many2one("showroom.reception", "Reception")
    customer = fields.Char(compute="_compute_customer")

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        model, ids = self.env.context.get("active_model"), self.env.context.get("active_ids") or []
        if model == "crm.lead":
            values.setdefault("lead_ids", [Command.set(ids)])
        elif model == "showroom.reception":
            values.setdefault("reception_id", ids[0] if len(ids) == 1 else False)
        return values

    @api.depends("lead_ids", "reception_id")
    def _compute_customer(self):
        for wizard in self:
            line = wizard.reception_id._origin
            cards = wizard._cards()[:10]  # checks that the line may be read
            wizard.customer = format_list(self.env, [card._screen_name(line.customer_name) for card in cards])

    def _cards(self):
        """The cards the dialog is about, in the user's name; only through what the user may read."""
        line = self.reception_id._origin
        if not line:
            return self.lead_ids._origin._filtered_access("read")
        line.check_access("read")
        return line.sudo().lead_id.with_env(self.env)

    def _all_cards(self):
        """:raise UserError: if the dialog is about no card, or one is out of sight since it was opened."""
        cards = self._cards()
        if not cards or (not self.reception_id and len(cards) < len(self.sudo().lead_ids)):
            raise UserError(self.env._("These cards are not before you any more. Choose them again."))
        return cards

    def _card(self):
        card = self._cards()
        if len(card) != 1:
            raise UserError(self.env._("Choose one card."))
        return card

    @api.model
    def _done(self, message):
        """Close the dialog, reload what is below it, and say what was done."""
        close = {"type": "ir.actions.act_window_close"}
        params = {"message": message, "type": "success", "next": close}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
