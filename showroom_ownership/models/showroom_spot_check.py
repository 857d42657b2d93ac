from datetime import timedelta
from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ..core import sample
from . import clock, said

STATES = [("open", "To audit"), ("closed", "Closed")]


class ShowroomSpotCheck(models.Model):
    """A manager audits cards that the system has drawn: every week, in every outlet whose policy asks for it (6).

    Nobody chooses or swaps the cards, nobody deletes a check, and nothing changes once it is closed.
    """

    _name = "showroom.spot.check"
    _description = "Spot Check"
    _inherit = ["mail.thread", "mail.activity.mixin", "showroom.kept.mixin"]
    _order = "drawn_at desc, id desc"
    _mail_post_access = "read"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", "Outlet", required=True, readonly=True, index=True, ondelete="restrict")
    week = fields.Date(required=True, readonly=True, help="The Monday of the outlet's local week.")
    drawn_at = fields.Datetime("Drawn", required=True, readonly=True)
    drawn_by = fields.Many2one("res.users", readonly=True, ondelete="restrict", help="Empty: by the scheduled action.")
    state = fields.Selection(STATES, required=True, readonly=True, default="open", index=True)
    closed_at = fields.Datetime("Finished", readonly=True)
    closed_by = fields.Many2one("res.users", "Finished By", readonly=True, ondelete="restrict")
    line_ids = fields.One2many("showroom.spot.check.line", "check_id", "Cards", readonly=True)
    card_count = fields.Integer("Cards Drawn", compute="_compute_counts")
    audited_count = fields.Integer("Audited", compute="_compute_counts")
    objection_count = fields.Integer("Not in Order", compute="_compute_counts")

    _week_unique = models.UniqueIndex(
        "(outlet_id, week) WHERE drawn_by IS NULL", "The spot check of this week has been drawn already."
    )
    _one_open_by_hand = models.UniqueIndex(
        "(outlet_id) WHERE drawn_by IS NOT NULL AND state = 'open'", "Close the spot check that is open first."
    )

    @api.depends("outlet_id", "drawn_at")
    def _compute_display_name(self):
        for check in self:
            day = check.drawn_at and check.outlet_id.sudo()._day_of()(check.drawn_at)
            check.display_name = f"{check.sudo().outlet_id.outlet_code} · {day}"

    @api.depends("line_ids.finding")
    def _compute_counts(self):
        for check in self:
            audited = check.line_ids.filtered("finding")
            objections = audited.filtered(lambda line: line.finding != "in_order")
            check.update({"card_count": len(check.line_ids), "audited_count": len(audited)})
            check.objection_count = len(objections)

    # Drawing

    @api.model
    def _cron_draw(self):
        """Draw this week's sample of every outlet that has none yet, also after an outage of days."""
        domain = [("outlet_kind", "!=", False), ("policy_id.spot_check_cards", ">", 0)]
        for outlet in self.env["crm.team"].search(domain):
            self.env["showroom.failure"]._guard(self._draw_weekly, outlet)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _draw_weekly(self, outlet):
        drawn = [("outlet_id", "=", outlet.id), ("week", "=", self._week_of(outlet))]
        if not self.search_count(drawn, limit=1):
            self._draw(outlet)

    @said.takes()
    def action_draw(self):
        """Draw a sample at once in the manager's outlets; whoever belongs to none draws in all.

        :raise UserError: for anybody but managers, where nothing is asked for, and while a check is still open.
        """
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Only a manager draws a spot check."))
        outlets = self.env.user._outlets() or self.env.user._seen_outlets()
        outlets = outlets.sudo().filtered(lambda outlet: outlet.policy_id.spot_check_cards)
        if not outlets:
            raise UserError(self.env._("The principles of your outlets ask for no spot check."))
        opened = self.sudo().search([("outlet_id", "in", outlets.ids), ("state", "=", "open")], limit=1)
        if opened:
            raise UserError(self.env._("Close the spot check %s first.", opened.display_name))
        drawn = self.browse().union(*(self.sudo()._draw(outlet, self.env.user) for outlet in outlets))
        if not drawn:
            raise UserError(self.env._("There is no open card to check."))
        return True

    @api.model
    def _draw(self, outlet, user=None):
        """A sample of the outlet's open cards; nothing where there are none."""
        rows = self.env["crm.lead"].sudo()._read_group(
            [("outlet_id", "=", outlet.id), ("won_status", "=", "pending"), ("user_id", "!=", False)],
            ["user_id"], ["id:array_agg"],
        )  # fmt: skip
        owners = {owner.id: ids for owner, ids in rows}
        taken = sample.draw(owners, outlet.policy_id.spot_check_cards, SystemRandom())
        cards = self.env["crm.lead"].sudo().browse(taken)
        if not cards:
            return self.browse()
        when = {"week": self._week_of(outlet), "drawn_at": clock.now(self.env), "drawn_by": user and user.id}
        check = self.sudo().create({"outlet_id": outlet.id, **when})
        lines = [{"check_id": check.id, **card._spot_check_vals()} for card in cards.sorted("card_number")]
        self.env["showroom.spot.check.line"].sudo().create(lines)
        check._tell_managers()
        return check

    @api.model
    def _week_of(self, outlet):
        today = outlet._today()
        return today - timedelta(days=today.weekday())

    def _tell_managers(self):
        """An activity for the outlet's managers, to the end of the week."""
        kind = self.env.ref("showroom_ownership.mail_activity_type_spot_check")
        check = self.with_context(mail_activity_quick_update=True)
        for user in self.env["showroom.ledger.entry"]._managers(self.outlet_id):
            end = self.week + timedelta(days=6)
            words = kind.with_context(lang=user.lang).summary
            check.activity_schedule(activity_type_id=kind.id, date_deadline=end, user_id=user.id, summary=words)

    # Closing

    @said.takes()
    def action_close(self):
        """Close checks whose cards are all audited; false records become conduct entries. For managers.

        :raise UserError: for anybody else, or while a card has no finding.
        """
        self.check_access("read")
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Only a manager closes a spot check."))
        for check in self._lock().filtered(lambda each: each.state == "open").sudo():
            if waiting := check.line_ids.filtered(lambda line: not line.finding):
                cards = format_list(self.env, waiting.mapped("card_number"))
                raise UserError(self.env._("Record a finding for each card first: %s.", cards))
            check._close()
        return True

    def _lock(self):
        """A finding is recorded or the check is closed, one after the other."""
        self.env.cr.execute("SELECT id FROM showroom_spot_check WHERE id IN %s FOR UPDATE", [tuple(self.ids) or (0,)])
        self.invalidate_recordset(["state"])
        return self

    def _close(self):
        self.write({"state": "closed", "closed_at": clock.now(self.env), "closed_by": self.env.uid})
        self.line_ids.filtered(lambda line: line.finding == "false_record")._note_conduct()
        self.activity_ids.unlink()
