from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Archiving a user, by whatever way, is their departure (4). Coming back gives them nothing back."""
        leaving = self.filtered("active") if vals.get("active") is False else self.browse()
        result = super().write(vals)
        if leaving:
            leaving.sudo()._leave_outlets()
        return result

    def _leave_outlets(self, outlets=None):
        """The consultants leave for good, all outlets or some: memberships and claims end, open cards go to the pool.

        Deals closed before stay credited to them.
        """
        domain = [("user_id", "in", self.ids), ("crm_team_id.outlet_kind", "!=", False)]
        if outlets is not None:
            domain.append(("crm_team_id", "in", outlets.ids))
        self.env["crm.team.member"].search(domain).write({"active": False})
        for outlet in [None] if outlets is None else outlets:
            self.env["crm.lead"]._release_to_pool(self, outlet)
        gone = self.filtered(lambda user: not user._is_here())
        self.env["showroom.transfer"]._propose_others(gone)
        self.env["crm.lead"]._end_contests(gone)

    def _is_here(self):
        """Whether a user is still with the dealership: what those who left have claimed counts no more (4)."""
        return self.active and bool(self._outlet_ids_of() or self._is_showroom_manager())

    def _suspended(self):
        """Those of these users who are suspended, at whichever outlet."""
        domain = [("user_id", "in", self.ids), ("is_suspended", "=", True)]
        return self.env["crm.team.member"].sudo().search(domain).user_id & self

    def _absent(self, outlet, day):
        """Those of these users who are given no cards of an outlet on a local day: who is on an arranged long leave.

        Addons that know of other absences add to it.
        """
        return self.env["showroom.leave"].sudo()._away(self, day)

    def _is_showroom_manager(self):
        return self.has_group("showroom_ownership.group_manager")

    def _has_showroom_role(self):
        return self.has_group("showroom_ownership.group_receptionist")  # all others imply it

    def _is_consultant(self):
        """The user's role is consultant: who manages can sell, but is not given cards by rule."""
        return self.has_group("showroom_ownership.group_consultant") and not self._is_showroom_manager()

    def _sells_at(self, outlet_id):
        """Whether somebody has customers at an outlet: a consultant of it, or a manager with cards of their own."""
        if outlet_id not in self._outlets().ids:
            return False
        cards = [("user_id", "=", self.id), ("outlet_id", "=", outlet_id)]
        return self._is_consultant() or bool(self.env["crm.lead"].sudo().search_count(cards, limit=1))

    def _outlets(self):
        """The outlets a user belongs to, as member or leader, in the order of their membership."""
        ids = [outlet for user in self for outlet in user._outlet_ids_of()]
        return self.env["crm.team"].sudo().browse(dict.fromkeys(ids))

    def _outlet_ids_of(self):
        """Asked at every line of the register, and answered from memory."""
        where, _once, led = self._workplaces().get(self.id, ((), (), ()))
        return tuple(dict.fromkeys(where + led))
