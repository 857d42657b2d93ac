from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts makes their cards one customer's: across owners that is a manager's decision (5)."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        user = self.env.user
        if not self.env.su and not user._is_showroom_manager() and not user.has_group("base.group_system"):
            self._check_one_owner(partner_ids)._check_as_one()
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _check_one_owner(self, partner_ids):
        Lead = self.env["crm.lead"].sudo().with_context(active_test=False)
        cards = Lead.search([("partner_id", "in", partner_ids), ("outlet_id", "!=", False)])
        if len(cards.mapped("user_id")) > 1 or len(cards) > len(cards.filtered("user_id")):
            raise UserError(
                self.env._("These contacts are several colleagues' customers. Ask a manager to merge them.")
            )
        return cards
