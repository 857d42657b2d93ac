from collections import defaultdict

from odoo import models


class CrmLead(models.Model):
    """Who does not see a card does not follow it: followers get its messages, files and recipients (2)."""

    _inherit = "crm.lead"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Odoo subscribes whoever is given an activity, as the parties of a ruling are; the owner always sees."""
        cards = self.sudo().filtered("outlet_id")
        others = set(partner_ids or ()) - set(cards.user_id.partner_id.ids)
        if not cards or not others:
            return super()._message_subscribe(partner_ids, subtype_ids, customer_ids=customer_ids)
        if not self.env.su:
            self.env["res.partner"].browse(others)._check_may_use()
        for without, some in self._grouped_by_strangers(others).items():
            told = [partner for partner in partner_ids if partner not in without]
            super(CrmLead, self.browse(some))._message_subscribe(told, subtype_ids, customer_ids=customer_ids)
        return True

    def _grouped_by_strangers(self, partner_ids):
        """The ids of these cards by those of the partners who are users and do not see them."""
        users = self.env["res.partner"].sudo().browse(partner_ids).user_ids.filtered(lambda user: user._is_limited())
        strangers = defaultdict(set)
        for user in users:
            for card in self.sudo()._out_of_sight(user):
                strangers[card.id].add(user.partner_id.id)
        groups = defaultdict(list)
        for card in self.ids:
            groups[frozenset(strangers[card])].append(card)
        return groups
