from odoo import api, models
from odoo.exceptions import AccessError

from .kept_targets import has_records
from .mail_render_privacy import check_open, told_too_much

# What others add to a message. The rest is what it says.
ADDED = frozenset(["starred", "starred_partner_ids", "reaction_ids"])
# What a mail was called and to whom it came: Odoo finds by it the card that an answer belongs to.
DELIVERED = frozenset(["message_id", "incoming_email_to", "incoming_email_cc"])
COMPOSED = object()
OF_OURS = ("crm.lead", "crm.team", "showroom.")


class MailMessage(models.Model):
    """What the system tells people about cards stays as it was told, whoever caused it; comments are their author's."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_speaks_for_itself(vals_list)
        messages = super().create(vals_list)
        messages._check_about()
        return messages

    def _check_about(self):
        """Odoo lets everybody tell people about any record, and about a model that has none, which stops their inbox.

        :raise AccessError: for staff, about what they may not read.
        """
        if self.env.su or not self.env.user._is_limited():
            return
        for name, messages in self.sudo().filtered("model").grouped("model").items():
            if not has_records(self.env, name):
                raise told_too_much(self)
            check_open(self.env[name].browse(messages.mapped("res_id")))
        self._check_answered()

    def _check_answered(self):
        """Who reads a message reads what it answers: that is of the same thread, or open to its author as well."""
        for message in self.sudo().filtered("parent_id"):
            answered = message.parent_id
            if (answered.model, answered.res_id) != (message.model, message.res_id):
                check_open(answered.sudo(False))

    @api.model
    def _check_speaks_for_itself(self, vals_list):
        """:raise AccessError: for staff who say what the system says: in its name, or that a field was changed."""
        if self.env.su or not self.env.user._is_limited():
            return
        system = self.env.ref("base.partner_root").id
        if any(vals.get("tracking_value_ids") or self._is_of_nobody(vals, system) for vals in vals_list):
            raise AccessError(self.env._("This is told by the system. Write in your own name."))
        if self.env.context.get("showroom_composed") is not COMPOSED:
            self._check_delivery(*vals_list)

    @api.model
    def _check_delivery(self, *vals_list):
        """An answer goes to the newest message with the name that the mail had: nobody gives theirs a colleague's.

        :raise AccessError: for staff.
        """
        if self.env.su or not self.env.user._is_limited():
            return
        if any(vals.get(name) for vals in vals_list for name in DELIVERED):
            raise AccessError(self.env._("How a message is sent and answered is the system's. Leave it out."))

    @api.model
    def _is_of_nobody(self, vals, system):
        """In the system's name, or in that of an address which is nobody's."""
        author = vals.get("author_id")
        return author == system or bool(not author and vals.get("email_from") and not vals.get("author_guest_id"))

    def write(self, vals):
        self._check_delivery(vals)
        if vals.keys() - ADDED and not (vals.keys() == {"attachment_ids"} and self._are_being_told()):
            self._check_own_comments()
        result = super().write(vals)
        if {"model", "res_id", "parent_id"} & vals.keys():
            self._check_about()
        return result

    def _are_being_told(self):
        """By this very call: when an activity is done, Odoo adds its files to what it has just told."""
        mine, now = self.env.user.partner_id, self.env.cr.now().replace(microsecond=0)
        return all(each.author_id == mine and each.create_date.replace(microsecond=0) == now for each in self.sudo())

    def unlink(self):
        self._check_own_comments()
        return super().unlink()

    def _check_own_comments(self):
        """:raise AccessError: for staff of the showroom, about anything else than what they wrote themselves."""
        if self.env.su or not self.env.user._is_limited():
            return
        mine = self.env.user.partner_id
        for name, messages in self.sudo().filtered("model").grouped("model").items():
            if name.startswith(OF_OURS):
                if any(each.author_id != mine or each.message_type != "comment" for each in messages):
                    raise AccessError(self.env._("What was told about a card stays. Add a message of your own."))
                check_open(self.env[name].browse(messages.mapped("res_id")))  # it may be a colleague's by now
