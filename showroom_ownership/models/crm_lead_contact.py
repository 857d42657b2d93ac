from odoo import api, models


class CrmLead(models.Model):
    """A lead of another team does not follow the contact of an outlet's customer before somebody who may not see it."""

    _inherit = "crm.lead"

    @api.depends("partner_id.email")
    def _compute_email_from(self):
        return super(CrmLead, self._following_contact())._compute_email_from()

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        return super(CrmLead, self._following_contact())._compute_phone()

    @api.model
    def _take_contacts_off(self, contacts):
        """Staff who may not see these contacts any more keep none of them on leads of other teams."""
        among = [("partner_id", "in", contacts.ids), ("outlet_id", "=", False), ("user_id", "!=", False)]
        aside = self.sudo().with_context(active_test=False).search([*among, ("won_status", "=", "pending")])
        aside.filtered(lambda lead: not lead._owner_sees_contact())._take_contact_off()

    def _take_contact_off(self):
        if self:
            told = self.env._("The contact is a colleague's customer now, and was taken off this card.")
            self._message_log_batch(bodies=dict.fromkeys(self.ids, told))
            self.partner_id = False

    def _following_contact(self):
        leads = self.sudo()
        apart = leads.filtered(lambda lead: not lead.outlet_id and lead.partner_id.is_outlet_customer)
        return self - apart.filtered(lambda lead: not lead._owner_sees_contact())

    def _owner_sees_contact(self):
        """A lead of nobody is seen by all."""
        user = self.user_id
        return bool(user) and (not user._is_limited() or self.partner_id.with_user(user).sudo().is_in_sight)
