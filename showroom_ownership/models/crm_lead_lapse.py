from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from . import clock, said
from .columns import CARD

# The cards with which the scheduled action has something to do: overdue ones that were not pointed out, and pointed out
# ones whose grace is over. One query for all outlets, each with its own day; what somebody else works on is locked, and
# passed over. Each outlet is looked up in the index, however many cards there are: its earliest card is asked for
# first, which PostgreSQL finds at the beginning of the index; and the last day of all, which is known beforehand, tells
# it that few are due. The card of a notice is looked up by its id; with a plain `=` for the notice, PostgreSQL goes
# through all cards that have one, once for each outlet. A request that waits keeps no overdue card from its notice, or
# asking would put it off; the card is passed on when a manager has decided.
LAPSED = """
WITH clock (now) AS MATERIALIZED (SELECT %(now)s),
outlet (id, today) AS (SELECT * FROM unnest(%(outlets)s::int[], %(days)s::date[])),
late AS (
    SELECT * FROM outlet WHERE today > (
        SELECT card.followup_due FROM crm_lead card
        WHERE card.outlet_id = outlet.id AND card.followup_due < %(last_day)s AND %(waits)s
        ORDER BY card.followup_due LIMIT 1
    )
), overdue AS (
    SELECT due.id FROM late CROSS JOIN LATERAL (
        SELECT card.id FROM crm_lead card
        WHERE card.outlet_id = late.id AND card.followup_due < late.today AND card.followup_due < %(last_day)s
              AND %(waits)s AND NOT EXISTS (%(aside)s)
        ORDER BY card.followup_due LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
    ) due LIMIT %(limit)s
), grace_over AS (
    SELECT due.id FROM outlet CROSS JOIN LATERAL (
        SELECT card.id FROM showroom_notice notice
        JOIN crm_lead card ON card.id = notice.lead_id AND card.notice_id IS NOT DISTINCT FROM notice.id
        WHERE notice.outlet_id = outlet.id AND notice.until < outlet.today AND notice.until < %(last_day)s
              AND notice.ended_at IS NULL AND notice.lapsed_at IS NULL
              AND card.followup_due < outlet.today AND card.user_id IS NOT NULL
              AND card.won_status = 'pending' AND card.active AND card.pending_transfer_id IS NULL
              AND NOT EXISTS (%(aside)s)
        ORDER BY notice.until LIMIT %(limit)s FOR NO KEY UPDATE OF card SKIP LOCKED
    ) due LIMIT %(limit)s
)
SELECT clock.now, due.id
FROM clock LEFT JOIN (SELECT id FROM overdue UNION ALL SELECT id FROM grace_over) AS due ON TRUE
"""
WAITS = SQL(
    "card.won_status = 'pending' AND card.active AND card.user_id IS NOT NULL AND card.notice_id IS NULL"
    " AND card.reminded_due IS DISTINCT FROM card.followup_due"
)


class CrmLead(models.Model):
    """A card that is not followed up in time: pointed out, and passed on when the grace is over (4)."""

    _inherit = "crm.lead"

    reminded_due = fields.Date(
        "Reminded Of",
        readonly=True,
        copy=False,
        help="The due date of whose lapse the consultant was told (4.1).",
        prefetch=CARD,
    )

    _to_remind_idx = models.Index(
        "(outlet_id, followup_due) WHERE won_status = 'pending' AND active AND notice_id IS NULL"
        " AND reminded_due IS DISTINCT FROM followup_due"
    )

    @said.takes()
    def action_notice(self):
        """Point out a lapse to the owners of the selected cards (4.2). For managers."""
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Only a manager points out a lapse."))
        self.check_access("read")
        late = self.filtered(lambda card: card.followup_state == "overdue")
        if not late:
            raise UserError(self.env._("None of these cards is overdue without a notice."))
        self.env["showroom.notice"].sudo()._issue(late)
        late.sudo()._retell_overdue()
        return True

    @api.model
    def _cron_lapses(self):
        """Overdue cards: an activity and a notice for the consultant; after the grace, a transfer request (4)."""
        self.env["showroom.batch"]._run(self._claim_lapsed, type(self)._enforce)

    @api.model
    def _claim_lapsed(self, limit):
        """Lock cards that wait for the scheduled action, some of each kind.

        The query also reads the clock. Which day it is at each outlet is taken from this machine, and asked again where
        the clock says that it is another.
        """
        Team = self.env["crm.team"]
        days = Team._outlet_days(clock.guessed(self.env))
        while days:
            now, cards = self._claim_on(days, limit)
            if Team._outlet_days(now) == days:
                return cards
            days = Team._outlet_days(now)
        return self.browse()

    @api.model
    def _claim_on(self, days, limit):
        """:return: the moment by the clock, and the cards that wait if these are the days."""
        params = {"outlets": list(days), "days": list(days.values()), "last_day": max(days.values()), "limit": limit}
        aside = self.env["showroom.failure"]._aside(SQL("card.id"), SQL("(SELECT now FROM clock)"))
        query = SQL(LAPSED, now=clock.told_by(self.env), waits=WAITS, aside=aside, **params)
        self.env.cr.execute(query, log_exceptions=False)  # who comes second is no error: a new transaction begins
        moments, cards = zip(*self.env.cr.fetchall(), strict=True)
        clock.learn(self.env, moments[0])
        return moments[0], self.browse(filter(None, cards))

    def _enforce(self):
        """The next step for each card: who has no notice gets one, whose grace is over is passed on (4.2, 4.3)."""
        noticed = self.filtered("notice_id")
        (self - noticed)._point_out()
        self.env["showroom.transfer"]._request_by_outlet(noticed, "lapsed")

    def _point_out(self):
        self._schedule_overdue()
        self._update_cards({card: {"reminded_due": card.followup_due} for card in self})
        automatic = self.filtered(lambda card: card.outlet_id.policy_id.notice_mode == "automatic")
        self.env["showroom.notice"]._issue(automatic)

    def _schedule_overdue(self):
        """One activity for each consultant's overdue card, in the consultant's language."""
        kind = self.env.ref("showroom_ownership.mail_activity_type_overdue")
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("activity_type_id", "=", kind.id)]
        has_one = set(self.env["mail.activity"].search(domain).mapped("res_id"))
        model = self.env["ir.model"]._get_id("crm.lead")
        vals = [card._overdue_vals(kind, model) for card in self if card.id not in has_one]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals)

    def _overdue_vals(self, kind, model):
        who = {"user_id": self.user_id.id, "date_deadline": self.followup_due, "summary": self._overdue_summary()}
        return {"res_model_id": model, "res_id": self.id, "activity_type_id": kind.id, **who}

    @api.model
    def _remind_again(self, outlets):
        """The scheduled action looks again at overdue cards of outlets whose policy points lapses out by itself now."""
        cards = self.search(
            [("outlet_id", "in", outlets.ids), ("reminded_due", "!=", False), ("notice_id", "=", False)]
        )
        cards._update_card({"reminded_due": False})
