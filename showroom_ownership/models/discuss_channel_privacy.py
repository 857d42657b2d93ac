from odoo import api, models
from odoo.exceptions import AccessError

OF_ITS_MAKER = frozenset(
    "active default_display_mode description group_ids group_public_id image_128 name uuid".split()
)


class DiscussChannelMember(models.Model):
    """A channel tells the names and addresses of its members: who is put into one is somebody whom one may see."""

    _inherit = "discuss.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo adds members as the system, for whoever asks for them."""
        named = self.env["res.partner"]._named_in(*(vals.get("partner_id") for vals in vals_list))
        (named - self.env.user.partner_id).sudo(False)._check_may_use()
        return super().create(vals_list)

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Nor does it go on telling of somebody who is a colleague's customer by now."""
        result = super()._compute_display_name()
        kept = self.sudo().partner_id._kept_from_user()
        for member in self.filtered(lambda each: each.sudo().partner_id & kept) if kept else ():
            member.display_name = self.env._("Customer of an outlet")
        return result


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        nameless = self.filtered(lambda channel: not channel.name)
        kept = nameless.sudo().channel_member_ids.partner_id._kept_from_user() if nameless else ()
        for channel in nameless if kept else ():
            if channel.sudo().channel_member_ids.partner_id & kept:
                channel.display_name = self.env._("Customer of an outlet")
        return result

    def write(self, vals):
        """Odoo lets every member close a channel, or its door, to everybody else.

        :raise AccessError: for staff, but for who made the channel.
        """
        if OF_ITS_MAKER & vals.keys() and not self.env.su and self.env.user._is_limited():
            if any(each.channel_type == "channel" and each.create_uid != self.env.user for each in self.sudo()):
                raise AccessError(self.env._("Ask who made the channel, or an administrator, to change it."))
        return super().write(vals)
