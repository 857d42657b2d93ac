from odoo import fields, models
from odoo.tools import SQL

from . import said


class ShowroomDanger(models.Model):
    """Who is about to lose cards: the consultants of each outlet who have overdue ones (4)."""

    _name = "showroom.danger"
    _description = "About to Lose Cards"
    _auto = False
    _order = "outlet_id, lost_today desc, lost_tomorrow desc, lost_soon desc, overdue desc, id"
    _rec_name = "user_id"
    _depends = {
        "crm.lead": [
            "active", "followup_due", "notice_id", "notice_until", "outlet_id", "pending_transfer_id", "user_id",
            "won_status",
        ],
        "crm.team": ["company_id"],
    }  # fmt: skip

    outlet_id = fields.Many2one("crm.team", "Outlet", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", "Consultant", readonly=True)
    overdue = fields.Integer(readonly=True, help="Cards whose follow-up was due before today, noticed or not (4.1).")
    noticed = fields.Integer(readonly=True, help="Overdue cards of which a notice tells the consultant (4.2).")
    lost_today = fields.Integer(readonly=True, help="Cards whose grace is over: the transfer is requested today (4.3).")
    lost_tomorrow = fields.Integer(readonly=True, help="Cards that only a follow-up today keeps (4.3).")
    lost_soon = fields.Integer(
        "Lost in Two Days", readonly=True, help="Cards that a follow-up today or tomorrow keeps (4.3)."
    )
    in_request = fields.Integer(
        "Transfer Pending", readonly=True, help="Cards whose transfer waits for approval; a follow-up keeps them (4.4)."
    )

    @property
    def _table_query(self):
        """One row for each consultant of an outlet; days are those of the outlets, told in the query."""
        lost = SQL(
            """CASE WHEN card.pending_transfer_id IS NOT NULL THEN NULL
                    WHEN card.notice_until IS NOT NULL THEN GREATEST(card.notice_until + 1, terms.today)
                    WHEN terms.automatic THEN terms.today + terms.grace + 1 END - terms.today"""
        )
        return SQL(
            """SELECT MIN(card.id) AS id, card.outlet_id, outlet.company_id, card.user_id,
                      COUNT(*) AS overdue, COUNT(card.notice_id) AS noticed,
                      COUNT(*) FILTER (WHERE %(lost)s = 0) AS lost_today,
                      COUNT(*) FILTER (WHERE %(lost)s = 1) AS lost_tomorrow,
                      COUNT(*) FILTER (WHERE %(lost)s = 2) AS lost_soon,
                      COUNT(card.pending_transfer_id) AS in_request
                 FROM crm_lead card
                 JOIN (%(terms)s) AS terms (outlet_id, today, automatic, grace) ON terms.outlet_id = card.outlet_id
                 JOIN crm_team outlet ON outlet.id = card.outlet_id
                WHERE card.followup_due < terms.today AND card.won_status = 'pending' AND card.active
                  AND card.user_id IS NOT NULL
             GROUP BY card.outlet_id, outlet.company_id, card.user_id""",
            lost=lost,
            terms=self._terms_sql(),
        )

    def _terms_sql(self):
        rows = [(outlet, *terms) for outlet, terms in self.env["crm.team"]._outlet_terms().items()]
        # Without any outlet there is one row all the same, which joins nothing.
        rows = rows or [(None, None, None, None)]
        values = (SQL("(%s::integer, %s::date, %s::boolean, %s::integer)", *row) for row in rows)
        return SQL("VALUES %s", SQL(", ").join(values))

    def _lost_within_two_days(self):
        return sum(line.lost_today + line.lost_tomorrow + line.lost_soon for line in self)

    @said.takes(one=True)
    def action_open_cards(self):
        """The overdue cards of a consultant."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("showroom_ownership.crm_lead_action_due")
        found = {"search_default_user_id": self.user_id.id, "search_default_outlet_id": self.outlet_id.id}
        action["context"] = {"default_type": "opportunity", "search_default_followup_overdue": 1, **found}
        return action
