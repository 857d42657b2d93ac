from odoo import models
from odoo.exceptions import UserError

from . import said

QUICK = ("call", "visit", "message")


class CrmLead(models.Model):
    """A follow-up without a dialog, from the card and from the pipeline."""

    _inherit = "crm.lead"

    @said.takes(one=True, method=said.text, outcome=said.text, reached=said.yes_or_no)
    def action_follow_up(self, method, outcome=False, reached=True):
        """Record that the customer was just contacted; as evidence like any other follow-up (2).

        :param method: `call`, `visit` or `message`.
        :param outcome: what was said, in a line.
        :return: a sentence with the number of the ledger entry and the next due date.
        :raise UserError: for a lead that is no card, or another method.
        :raise AccessError: for somebody who may not record on the card.
        """
        self.ensure_one()
        self.check_access("read")
        if method not in QUICK:
            raise UserError(self.env._("Say how you followed up: by a call, a visit or a message."))
        vals = {"lead_id": self.id, "method": method, "outcome": outcome, "reached": bool(reached)}
        call = self.env["showroom.followup"].create(vals)
        if not self.followup_due:
            return self.env._("Follow-up recorded as %s.", call.number)
        due = self.env["showroom.wording"]._day(self.followup_due)
        return self.env._("Follow-up recorded as %(number)s. Next one due: %(due)s.", number=call.number, due=due)
