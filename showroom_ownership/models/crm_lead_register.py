from odoo import api, models
from odoo.exceptions import UserError

from . import clock
from .crm_lead_owner import DOOR, REGISTER


class CrmLead(models.Model):
    """Cards and the register: how a reception takes a card, and how leads that come otherwise are registered (2)."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if self.env.context.get("showroom_register") is not REGISTER:
            leads.filtered("outlet_id")._register_opened()
        return leads

    def _register_opened(self):
        """Cards that did not come through the register: opened by hand, or come in by website, mail, integration."""
        self._check_opened_for()
        for card in self:
            card.with_context(showroom_door=None)._open_history(card.user_id, "created")
        self.filtered(lambda card: card.won_status != "won")._register_channel()

    def _check_opened_for(self):
        user = self.env.user
        if not self.env.su and user._is_consultant() and any(card.user_id not in (user, user.browse()) for card in self):
            raise UserError(self.env._("Open cards for yourself; a manager can open one for a colleague."))

    def _register_channel(self):
        by_hand = self.env.user.has_group("showroom_ownership.group_receptionist") and not self.env.user._is_superuser()
        channel = "outreach" if by_hand else "online"
        cards = self.filtered(lambda card: card.user_id and card.phone_sanitized)
        vals_list = [card._register_vals(channel) for card in cards]
        cards._receive_opened(self.env["showroom.reception"].sudo()._record(vals_list))

    def _register_vals(self, channel):
        self.ensure_one()
        name = self.contact_name or self.partner_id.name or self.name
        who = {"consultant_id": self.user_id.id, "customer_name": name[:200], "phone": self.phone_sanitized}
        where = {"outlet_id": self.outlet_id.id, "channel": channel, "arrived_at": clock.now(self.env)}
        return {**who, **where, "asked": "not_asked"}

    def _receive_opened(self, lines):
        """A line made for a card goes on the customer's senior card; the new card is then a duplicate of it."""
        for line in lines.filtered("lead_id"):
            line.lead_id._refresh_contested()

    # Receiving

    def _receive(self, line):
        """A reception arrives on a card: it may file, take or reopen it; the holder is told."""
        self.ensure_one()
        card = self.sudo()
        if line.is_evidence:
            card._take_filing(line)
        card._after_contact(line._credited(), line._moment())
        card._refresh_contested()
        if line.told_holder_id and card.user_id == line.told_holder_id:
            card._tell_holder(line)

    def _take_filing(self, line):
        owner = line._credited()
        if self.won_status == "lost":
            self._reopen()
            self._file(line, owner)
        elif not self.filing_id or self._filing_expired():
            if self.won_status != "won" and not self.owner_departed:
                self._file(line, owner)

    def _file(self, line, owner):
        self.write({"filing_id": line.id, "filing_at": line._moment()})
        self._change_owner(owner, "filing")

    def _filing_expired(self):
        days = self.outlet_id.policy_id.filing_validity_days
        return bool(days) and (clock.now(self.env) - self.filing_at).days > days

    def _reopen(self):
        """A lost or cancelled card comes back with the same number."""
        stage = self.env["crm.stage"].search(
            [("is_won", "=", False), "|", ("team_ids", "=", False), ("team_ids", "in", self.team_id.ids)],
            order="sequence, id", limit=1,
        )  # fmt: skip
        vals = {"active": True, "lost_reason_id": False, "is_cancelled": False, "stage_id": stage.id}
        self.write({**vals, "probability": self.automated_probability or 10})

    def _end_filing(self):
        """A lost or cancelled card's filing ends (2)."""
        self.sudo()._withdraw_transfers(self.env._("The card was closed."))
        self.sudo()._end_notices()
        self.sudo().write({"filing_id": False, "filing_at": False, "followup_due": False})

    def _refile(self):
        """After a filing was voided or lost its validity, the next valid reception takes the card (2)."""
        for card in self.sudo():
            if card.filing_id and not card.filing_id.is_evidence:
                card.write({"filing_id": False, "filing_at": False})
                line = card.reception_ids.filtered("is_evidence").sorted(lambda each: (each._moment(), each.id))[:1]
                if line:
                    card._file(line, line._credited())
            card._refresh_rhythm()
            card._refresh_contested()

    def _tell_holder(self, line):
        """The holder learns at once that their customer is at the desk; no phone number leaves the card."""
        text = self.env._("Your customer of card %(number)s was received by %(who)s at %(outlet)s.",
            number=self.card_number, who=line.consultant_id.name or "-", outlet=line.outlet_id.name)  # fmt: skip
        subject = self.env._("Your customer is here")
        self.message_notify(partner_ids=self.user_id.partner_id.ids, subject=subject, body=text)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        """Cards that carry evidence are kept; a card whose evidence was merged away may go."""
        for model in ("showroom.reception", "showroom.followup", "showroom.ruling", "showroom.order"):
            if self.env[model].sudo().search_count([("lead_id", "in", self.ids)], limit=1):
                raise UserError(self.env._("This card carries evidence and cannot be deleted. Request its cancellation."))
        self.env["showroom.ownership"].sudo().search([("lead_id", "in", self.ids)]).unlink()
        self.env["showroom.grade.change"].sudo().search([("lead_id", "in", self.ids)]).unlink()

    def _update_card(self, vals):
        """Write what the system keeps on a card, past the guard of the door."""
        self.sudo().with_context(showroom_door=DOOR).write(vals)
