from odoo import api, models

from . import said


class CrmLead(models.Model):
    """The menus of cards open with what makes sense for the role of who opens them."""

    _inherit = "crm.lead"

    @api.model
    @said.takes()
    def action_my_cards(self):
        """Consultants begin with their own cards, managers with those of their outlets, or all if they have none."""
        action = self.env["ir.actions.act_window"]._for_xml_id("showroom_ownership.crm_lead_action_cards")
        user = self.env.user
        own = [("user_id", "=", user.id), ("outlet_id", "!=", False), ("won_status", "=", "pending")]
        if user._is_showroom_manager() and not self.search_count(own, limit=1):
            mine = {"search_default_my_outlets": 1} if user._outlets() else {}
            action["context"] = {"default_type": "opportunity", "show_user_team_stages": 1, **mine}
        return action
