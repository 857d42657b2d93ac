from odoo import models
from odoo.exceptions import AccessError, ValidationError


class ResUsers(models.Model):
    """The name under which somebody stands in rulings and registers is given by the administrator."""

    _inherit = "res.users"

    def write(self, vals):
        if "name" in vals:
            self._check_may_rename(vals["name"])
        if vals.get("lang"):
            self._check_lang(vals["lang"])
        return super().write(vals)

    def _check_may_rename(self, name):
        """Nobody takes a colleague's name: Odoo lets users rename themselves.

        :raise AccessError: for staff, but administrators.
        """
        renamed = self.filtered(lambda user: user.name != name)
        if renamed and not self.env.su and not self.env.user.has_group("base.group_system"):
            if any(user.has_group("showroom_ownership.group_receptionist") for user in renamed):
                raise AccessError(
                    self.env._("Rulings and registers name you: ask an administrator to change the name.")
                )

    def _check_lang(self, code):
        """What is told to somebody is told in their language: an unknown one would stop whoever has to tell."""
        if code not in dict(self.env["res.lang"].get_installed()):
            raise ValidationError(self.env._("This language is not installed: %s.", str(code)[:20]))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "name" in vals and not self.env.su:
            self.with_context(active_test=False).sudo().user_ids.with_env(self.env)._check_may_rename(vals["name"])
        return super().write(vals)
