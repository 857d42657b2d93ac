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

    def _following_contact(self):
        leads = self.sudo()
        apart = leads.filtered(lambda lead: not lead.outlet_id and lead.partner_id.is_outlet_customer)
        return self - apart.filtered(lambda lead: not lead._owner_sees_contact())

    def _owner_sees_contact(self):
        """A lead of nobody is seen by all."""
        user = self.user_id
        return bool(user) and (not user._is_limited() or self.partner_id.with_user(user).sudo().is_in_sight)
