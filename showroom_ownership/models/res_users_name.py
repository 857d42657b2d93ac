from odoo import models
from odoo.exceptions import AccessError, ValidationError

GIVEN = ("name", "email")


class ResUsers(models.Model):
    """The name under which somebody stands in rulings and registers is given by the administrator, and the address."""

    _inherit = "res.users"

    def write(self, vals):
        self._check_given(vals)
        if vals.get("lang"):
            self._check_lang(vals["lang"])
        return super().write(vals)

    def _check_given(self, vals):
        """Nobody takes a colleague's name, nor the address of a customer, whose mail Odoo would hand to them: Odoo lets
        users change both of themselves, other addons also as the system.

        :raise AccessError: for staff, but administrators.
        """
        given = [name for name in GIVEN if name in vals]
        if not given or self.env.user._is_superuser() or self.env.user.has_group("base.group_system"):
            return
        changed = [name for name in given if any((user[name] or "") != (vals[name] or "") for user in self.sudo())]
        if changed and any(user.has_group("showroom_ownership.group_receptionist") for user in self):
            raise AccessError(self._words_of_given(changed[0]))

    def _words_of_given(self, name):
        if name == "name":
            return self.env._("Rulings and registers name you: ask an administrator to change the name.")
        return self.env._("What is written to you goes to this address: ask an administrator to change it.")

    def _check_lang(self, code):
        """What is told to somebody is told in their language: an unknown one would stop whoever has to tell."""
        if code not in dict(self.env["res.lang"].get_installed()):
            raise ValidationError(self.env._("This language is not installed: %s.", str(code)[:20]))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        if "name" in vals or ("email" in vals and self.env.user._has_showroom_role()):
            self.with_context(active_test=False).sudo().user_ids.with_env(self.env)._check_given(vals)
        return super().write(vals)
