from collections import defaultdict

from odoo import models


class CrmLead(models.Model):
    """Where customers of two consultants are of one family or firm, their contacts part; managers put them together."""

    _inherit = "crm.lead"

    def _hand_over(self, former, reason):
        if self.sudo()._part_families():
            near = self.sudo().partner_id._family() - self.sudo().partner_id
            near._unfollow_outsiders()  # whom the last owner may have put there
        return super()._hand_over(former, reason)

    def _keep_customers(self):
        if self.env.user._is_limited():
            cards = self.sudo().filtered("outlet_id")
            cards.partner_id.filtered(lambda each: each._is_below_what_others_made())._leave_family()
            cards._part_families()
        return super()._keep_customers()

    def _part_families(self):
        """The contacts of these cards leave, and are left by, contacts that are colleagues' customers.

        :return: whether there are any other contacts with them.
        """
        cards = self.filtered(lambda card: card.outlet_id and card.user_id and card.partner_id)
        family = cards.partner_id._family()
        if not family:
            return False
        owners, children = self._owners_in(family), family.grouped("parent_id")
        leaving = {card: card.partner_id._strangers(card.user_id, children, owners) for card in cards}
        if alone := family.browse().union(*leaving.values()):
            alone._leave_family()
            self._sight_changed()
            told = self.env._("The contact was parted from contacts that are colleagues' customers.")
            parted = [card.id for card, contacts in leaving.items() if contacts]
            self.browse(parted)._message_log_batch(bodies=dict.fromkeys(parted, told))
        return True

    def _owners_in(self, family):
        """Whose customers these contacts are."""
        owners = defaultdict(set)
        among = [("partner_id", "in", family.ids), ("outlet_id", "!=", False), ("user_id", "!=", False)]
        for card in self.with_context(active_test=False).search_fetch(among, ["partner_id", "user_id"]):
            owners[card.partner_id].add(card.user_id)
        return owners
