from odoo import api, models


class ShowroomApproval(models.Model):
    """Which approvals wait for whom, for any number of managers at once."""

    _inherit = "showroom.approval"

    @api.model
    def _waiting(self, users):
        """{user: the pending approvals that they may decide on}, in a constant number of queries."""
        pending = self.sudo().search([("state", "=", "pending")], order="requested_at, id")
        excluded = pending._excluded()
        groups = [self.env.ref(f"showroom_ownership.group_{role}").all_user_ids for role in ("manager", "director")]
        return {
            user: pending.filtered(
                lambda each, user=user: user in groups[bool(each.tier)] and user not in excluded[each]
            )
            for user in users
        }

    def _excluded(self):
        """{approval: who must not decide on it}: who asked, who is a party, and who has given their approval (4)."""
        concerned, nobody = self.sudo()._concerned(), self.env["res.users"]
        return {each: each.requested_by | each.step_ids.user_id | concerned.get(each.id, nobody) for each in self}
