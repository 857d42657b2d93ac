from odoo import api, models

from .kept_targets import unnamed

PEOPLE = {"author_id", "partner_ids", "notified_partner_ids", "notification_ids"}


class MailMessage(models.Model):
    """A link to a message tells no subject to who may not read the message: Odoo reads names of links as the system.

    It tells the names of who wrote a message and of who got it in the same way: they are people whom the writer sees.
    """

    _name = "mail.message"
    _inherit = ["showroom.kept.name", "mail.message"]

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

    def _message_notifications_to_store(self, store):
        """Odoo tells who wrote something that its mail has failed, with the name of what it is about, as the system."""
        told = self
        if self.env.user._is_limited():
            records = self.sudo(False)._record_by_message()
            told = self.filtered(lambda each: each not in records or records[each].has_access("read"))
        return super(MailMessage, told)._message_notifications_to_store(store)

    def _people(self):
        told = self.sudo()
        return told.author_id | told.partner_ids | told.notified_partner_ids | told.notification_ids.res_partner_id


class MailMail(models.Model):
    _name = "mail.mail"
    _inherit = ["showroom.kept.name", "mail.mail"]


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
