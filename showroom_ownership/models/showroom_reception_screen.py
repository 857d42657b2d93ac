from odoo import api, fields, models

from . import said


class ShowroomReception(models.Model):
    """What the reception desk shows: whose customer it is, who is next, and what the user can do from the line."""

    _inherit = "showroom.reception"

    match_text = fields.Char(compute="_compute_match_text")
    next_up = fields.Char("Next in Turn", compute="_compute_next_up", help="Who has the fewest open cards (4.3).")
    card_number = fields.Char(related="lead_id.card_number")
    holder_id = fields.Many2one(related="lead_id.user_id", string="Customer Of")
    holder_outlet_id = fields.Many2one(related="lead_id.outlet_id", string="Outlet of the Card")
    is_won = fields.Boolean(compute="_compute_screen")
    fingerprint = fields.Char(compute="_compute_screen", help="The first characters of the ledger entry's hash.")
    can_open_card = fields.Boolean(compute="_compute_screen")
    can_act = fields.Boolean(compute="_compute_screen", help="The user received the customer, or stood in for who did.")
    can_change = fields.Boolean(compute="_compute_screen")

    @api.depends("phone", "outlet_id")
    def _compute_match_text(self):
        """Whose customer it is, while the line is being written."""
        for line in self:
            match = line.match(line.phone, line.outlet_id.id) if line.phone and not line._origin else {}
            line.match_text = line._match_text(match) if match.get("number") else False

    def _match_text(self, match):
        who = {"owner": match["owner"] or self.env._("nobody, it is in the pool"), "last": match["last_contact"] or "-"}
        where = {"number": match["number"], "outlet": match["outlet"]}
        text = self.env._("Known customer. Card %(number)s of %(outlet)s belongs to %(owner)s; last contact %(last)s.")
        return text % {**who, **where}

    @api.depends("outlet_id")
    def _compute_next_up(self):
        for line in self:
            outlet = line.sudo().outlet_id
            line.next_up = outlet._next_owners([()])[0].name if outlet and not line._origin else False

    @api.depends("lead_id", "entry_id", "consultant_id", "on_behalf_of_id", "is_void")
    @api.depends_context("uid")
    def _compute_screen(self):
        user = self.env.user
        for line in self:
            card, stored = line.sudo().lead_id, bool(line._origin)
            manages = user._manages(line.sudo().outlet_id)
            line.fingerprint = (line.sudo()._current_entry().hash or "")[:12]
            line.can_open_card = bool(card.outlet_id and (user._manages(card.outlet_id) or card.user_id == user))
            told = line.can_open_card or user in card.ruling_id.closer_id | card.ruling_id.share_ids.user_id
            line.is_won = told and card.won_status == "won"
            line.can_act = bool(card) and not line.is_void and user in (line.consultant_id, line.on_behalf_of_id)
            changeable = stored and not line.is_void and not line.page_id.sudo()._is_closed() if line.page_id else False
            line.can_change = changeable and (manages or user in (line.consultant_id, line.recorded_by))

    @said.takes()
    def action_register(self):
        """The desk's button: the form has been saved by the time this is called."""
        return False

    @said.takes()
    def action_next_customer(self):
        return self.env["ir.actions.client"]._for_xml_id("showroom_ownership.showroom_desk_action")

    @said.takes(one=True)
    def action_open_card(self):
        self.ensure_one()
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "crm.lead", "res_id": self.lead_id.id, **views}
