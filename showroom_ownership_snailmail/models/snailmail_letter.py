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

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A letter that was prepared while one saw the contact does not go on telling its name."""
        result = super()._compute_display_name()
        kept = self.sudo().partner_id._kept_from_user()
        for letter in self.filtered(lambda each: each.sudo().partner_id & kept) if kept else ():
            letter.display_name = letter.sudo().partner_id.display_name
        return result

    def _check_about(self):
        """:raise AccessError: for showroom staff, about a record or a contact that is kept from them."""
        for model, letters in self.sudo().grouped("model").items():
            check_open(self.env[model].browse(letters.mapped("res_id")))
        check_open(self.sudo().partner_id.sudo(self.env.su))
