from odoo import models


class CrmLead(models.Model):
    """Who no longer owns a card is a stranger to its customer, too: nothing of theirs keeps the contact in sight."""

    _inherit = "crm.lead"

    def _let_go(self, owners):
        self.sudo().filtered(lambda card: card.user_id and card.partner_id)._let_go_of_contacts()
        return super()._let_go(owners)

    def _let_go_of_contacts(self):
        """The present owners follow the contacts no more; from cards that they opened by hand the contacts go.

        What they filed with the contact stays theirs: the customer deals with both.
        """
        if not self:
            return
        others = self._others_with_contacts()
        filed = {(card.user_id, card.partner_id) for card in others if card.filing_id}
        left = {(card.user_id, card.partner_id) for card in self} - filed
        planted = others.filtered(lambda card: (card.user_id, card.partner_id) in left)
        if planted:
            told = self.env._("The contact is a colleague's customer now, and was taken off this card.")
            planted._message_log_batch(bodies=dict.fromkeys(planted.ids, told))
            planted.partner_id = False
        self._unfollow_contacts(left)

    def _others_with_contacts(self):
        """Further cards of the owners with the same contacts; one query for any number."""
        same = [("partner_id", "in", self.partner_id.ids), ("user_id", "in", self.user_id.ids)]
        everything = self.with_context(active_test=False)
        return everything.search([*same, ("outlet_id", "!=", False), ("id", "not in", self.ids)])

    def _unfollow_contacts(self, left):
        """Neither do they follow the meetings with the customers."""
        partners = {(partner.id, owner.partner_id) for owner, partner in left}
        events = self.env["calendar.event"].with_context(active_test=False)
        meetings = events.search_fetch([("opportunity_id", "in", self.ids)], ["opportunity_id"])
        theirs = {meeting.id: meeting.opportunity_id.user_id.partner_id for meeting in meetings}
        of_these = ["|", "&", ("res_model", "=", "res.partner"), ("res_id", "in", self.partner_id.ids),
                    "&", ("res_model", "=", "calendar.event"), ("res_id", "in", meetings.ids)]  # fmt: skip
        who = [("partner_id", "in", self.user_id.partner_id.ids), *of_these]
        following = self.env["mail.followers"].search(who)
        following.filtered(
            lambda each: (each.res_id, each.partner_id) in partners
            if each.res_model == "res.partner" else theirs[each.res_id] == each.partner_id
        ).unlink()  # fmt: skip
