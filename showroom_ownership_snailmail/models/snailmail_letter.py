from odoo import api, models

from odoo.addons.showroom_ownership.models.mail_render_privacy import check_open

ABOUT = {"model", "res_id", "partner_id", "report_template"}


class SnailmailLetter(models.Model):
    """A scheduled action prints letters as the system, with a report and an address that their sender chose."""

    _name = "snailmail.letter"
    _inherit = ["showroom.kept.name", "snailmail.letter"]

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        letters._check_about()
        return letters

    def write(self, vals):
        result = super().write(vals)
        if ABOUT & vals.keys():
            self._check_about()
        return result

    def _check_about(self):
        """:raise AccessError: for showroom staff, about a record or a contact that is kept from them."""
        for model, letters in self.sudo().grouped("model").items():
            check_open(self.env[model].browse(letters.mapped("res_id")))
        check_open(self.sudo().partner_id.sudo(self.env.su))
