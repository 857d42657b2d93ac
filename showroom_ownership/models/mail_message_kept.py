from odoo import api, models
from odoo.exceptions import AccessError

from .kept_targets import has_records
from .mail_render_privacy import check_open, told_too_much

# What a message says, by whom and to whom; files may be added, as Odoo does when an activity is done.
SAID = frozenset(
    "subject body author_id author_guest_id email_from partner_ids notified_partner_ids notification_ids model res_id "
    "record_name date message_type subtype_id parent_id reply_to email_to email_cc".split()
)
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

    @api.model
    def _is_of_nobody(self, vals, system):
        """In the system's name, or in that of an address which is nobody's."""
        author = vals.get("author_id")
        return author == system or bool(not author and vals.get("email_from") and not vals.get("author_guest_id"))

    def write(self, vals):
        if SAID & vals.keys():
            self._check_own_comments()
        result = super().write(vals)
        if {"model", "res_id", "parent_id"} & vals.keys():
            self._check_about()
        return result

    def unlink(self):
        self._check_own_comments()
        return super().unlink()

    def _check_own_comments(self):
        """:raise AccessError: for staff of the showroom, about anything else than what they wrote themselves."""
        if self.env.su or not self.env.user._is_limited():
            return
        mine = self.env.user.partner_id
        for message in self.sudo():
            ours = message.model and message.model.startswith(OF_OURS)
            if ours and (message.author_id != mine or message.message_type != "comment"):
                raise AccessError(self.env._("What was told about a card stays. Add a message of your own."))
