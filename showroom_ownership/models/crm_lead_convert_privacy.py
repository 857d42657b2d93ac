from odoo import fields, models


class CrmLead2opportunityPartner(models.TransientModel):
    """Odoo's wizard shows names of the lead it is given as the system; here as who asks."""

    _inherit = "crm.lead2opportunity.partner"

    lead_partner_name = fields.Char(related_sudo=False)
    lead_contact_name = fields.Char(related_sudo=False)


class CrmLead2opportunityPartnerMass(models.TransientModel):
    _inherit = "crm.lead2opportunity.partner.mass"

    lead_partner_name = fields.Char(related_sudo=False)
    lead_contact_name = fields.Char(related_sudo=False)
