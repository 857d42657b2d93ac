from odoo import api, fields, models

RESULTS = [("open", "Undecided"), ("won", "Won"), ("lost", "Lost"), ("void", "Taken Back")]


class ShowroomAppeal(models.Model):
    """How an appeal ended for who made it, so that appeals can be counted."""

    _inherit = "showroom.appeal"

    result = fields.Selection(
        RESULTS,
        compute="_compute_result",
        store=True,
        help="Won: the appellant is credited with the deal, or a part of it, in the final ruling (5).",
    )

    @api.depends("ruling_id.state", "ruling_id.share_ids.user_id")
    def _compute_result(self):
        for appeal in self:
            appeal.result = appeal._result()

    def _result(self):
        """:return: one of ``RESULTS``; a ruling that is cancelled with its deal takes its appeals with it."""
        ruling = self.ruling_id
        if ruling.state == "cancelled":
            return "void"
        if ruling.state != "final":
            return "open"
        return "won" if self.appellant_id in ruling.share_ids.user_id else "lost"
