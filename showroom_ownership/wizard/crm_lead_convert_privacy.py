from odoo import api, fields, models


class CrmLead2opportunityPartner(models.TransientModel):
    """Odoo's wizard shows names of any lead it is given, as the system; here of those that the user may read."""

    _inherit = "crm.lead2opportunity.partner"

    lead_partner_name = fields.Char(related=None, compute="_compute_lead_names", compute_sudo=False)
    lead_contact_name = fields.Char(related=None, compute="_compute_lead_names", compute_sudo=False)

    @api.depends("lead_id.partner_name", "lead_id.contact_name")
    @api.depends_context("uid")
    def _compute_lead_names(self):
        for wizard in self:
            lead = wizard.lead_id._filtered_access("read")  # asked, for the names may be in memory already
            wizard.lead_partner_name, wizard.lead_contact_name = lead.partner_name, lead.contact_name
