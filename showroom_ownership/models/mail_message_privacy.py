from odoo import api, models

from .kept_targets import unnamed

PEOPLE = {"author_id", "partner_ids", "notified_partner_ids", "notification_ids"}


class MailMessage(models.Model):
    """A link to a message tells no subject to who may not read the message: Odoo reads names of links as the system.

    It tells the names of who wrote a message and of who got it in the same way: they are people whom the writer sees.
    """

    _inherit = "mail.message"

    def write(self, vals):
        if self.env.su or not PEOPLE & vals.keys() or not self.env.user._is_limited():
            return super().write(vals)
        before = self._people()
        result = super().write(vals)
        (self._people() - before).sudo(False)._check_may_use()
        return result

    def _compute_record_name(self):
        result = super()._compute_record_name()
        for message in unnamed(self, "model"):
            message.record_name = False
        return result

    def _people(self):
        told = self.sudo()
        return told.author_id | told.partner_ids | told.notified_partner_ids | told.notification_ids.res_partner_id

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.user._is_limited():
            kept = self._origin.sudo(False)
            for message in (kept - kept._filtered_access("read")).sudo(self.env.su):
                message.display_name = self.env._("Message")
        return result


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.user._is_limited():
            self.display_name = self.env._("Message")
        return result


class MailNotification(models.Model):
    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        named = [vals.get(name) for vals in vals_list for name in ("res_partner_id", "author_id")]
        self.env["res.partner"]._named_in(*named)._check_may_use()
        return super().create(vals_list)

    def write(self, vals):
        named = [vals.get(name) for name in ("res_partner_id", "author_id")]
        self.env["res.partner"]._named_in(*named)._check_may_use()
        return super().write(vals)
