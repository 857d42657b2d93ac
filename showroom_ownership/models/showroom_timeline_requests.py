from odoo import api, fields, models

from .crm_lead_deal import AT_ONCE

REQUEST_ICONS = {"transfer": "fa-exchange", "cancellation": "fa-ban", "settlement": "fa-handshake-o"}


class ShowroomTimeline(models.AbstractModel):
    """Notices, requests, owners and rulings in the timeline: what followed from the evidence."""

    _inherit = "showroom.timeline"

    @api.model
    def _notice_items(self, cards):
        for notice in self._found("notice", cards):
            until = self.env._("To follow up until %s.", self.env["showroom.wording"]._day(notice.until))
            ended = notice.ended_at and self.env._("Settled since.")
            who = self.env._("Notice to %s: the follow-up lapsed", notice.user_id.name)
            item = self._item(
                notice, notice.issued_at, "fa-bell", who, self._by(notice.issued_by), until, ended, url=False
            )
            yield notice.lead_id, item

    @api.model
    def _by(self, user):
        """Who did it; what the scheduled actions did, nobody did."""
        return user.filtered(lambda each: not each._is_superuser())

    @api.model
    def _request_items(self, kind, cards):
        """Requests that wait for approval, or did."""
        for request in self._found(kind, cards):
            head = f"{self._label(request, 'kind')} · {self._label(request, 'state')}"
            who, at = self._by(request.requested_by), request.requested_at
            icon = REQUEST_ICONS[kind]
            yield request.lead_id, self._item(request, at, icon, head, who, request.sudo()._subject(), request.text)

    @api.model
    def _transfer_items(self, cards):
        return self._request_items("transfer", cards)

    @api.model
    def _cancellation_items(self, cards):
        return self._request_items("cancellation", cards)

    @api.model
    def _settlement_items(self, cards):
        return self._request_items("settlement", cards)

    @api.model
    def _ownership_items(self, cards):
        """Who owned the card from when on, and why."""
        for change in self._found("ownership", cards):
            owner = change.user_id.name or self.env._("the outlet's pool")
            head = self.env._("The card is now with %s", owner)
            who, reason = self._by(change.by_id - change.user_id), self._label(change, "reason")
            said = " · ".join(text for text in (reason, change.note) if text)
            item = self._item(change, change.at, "fa-user-o", head, who, said, url=False)
            yield change.lead_id, item

    @api.model
    def _ruling_items(self, cards):
        """Rulings, and what became of them."""
        letter = self.env["showroom.ruling.letter"]
        for ruling in self._found("ruling", cards):
            head = self.env._("Deal, and ruling on it")
            gone = ruling.state == "cancelled" and self.env._("The deal was taken back.")
            item = self._item(ruling, ruling.dealt_at, "fa-gavel", head, ruling.closer_id, ruling.summary, flaw=gone)
            yield ruling.lead_id, item
            for step in ruling.step_ids:
                head = self.env._("Ruling: %s", self._label(step, "state"))
                text = letter._step(ruling.sudo(), step)
                same = {"url": item["url"]}
                yield ruling.lead_id, self._item(step, step.at, "fa-gavel", head, self._by(step.user_id), text, **same)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    timeline_html = fields.Html(
        "Timeline", compute="_compute_timeline_html", sanitize=False, groups="showroom_ownership.group_consultant",
        help="All that happened with the customer, the newest first, with what is no evidence and why.",
    )  # fmt: skip

    @api.depends("outlet_id", "reception_ids", "followup_ids", "ruling_state", "notice_id", "pending_transfer_id")
    @api.depends_context("uid", "lang")
    def _compute_timeline_html(self):
        self.timeline_html = False
        self[AT_ONCE:].filtered("outlet_id").timeline_html = self.env._("Open the card to read this.")
        asked = self[:AT_ONCE].filtered("outlet_id")
        pages = self.env["showroom.timeline"]._html(asked._origin) if asked else {}
        for card in asked:
            card.timeline_html = pages.get(card._origin.id)
