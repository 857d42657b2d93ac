from odoo import api, models
from odoo.exceptions import UserError

from ..core.dossier import local_day
from .crm_lead_owner import REGISTER


class ShowroomReception(models.Model):
    """From a line of the register to a card: opened, joined or reopened (2)."""

    _inherit = "showroom.reception"

    @api.model
    def _record(self, vals_list):
        vals_list = [self._salted(self._clean(vals)) for vals in vals_list]
        known = self.env["crm.lead"]._cards_by_phone([vals.get("phone_key") for vals in vals_list])
        for vals in vals_list:
            vals["told_holder_id"] = self._shown_holder(vals, known)
        lines = super()._record(vals_list)
        lines._judge()
        lines._place(known)
        return lines

    @api.model
    def _shown_holder(self, vals, known):
        card = known.get(vals.get("phone_key"))
        return card.user_id.id if card and card.user_id.id != vals.get("consultant_id") else False

    @api.model
    def _append(self, outlet, batch):
        if any(vals.get("attested_before") for vals in batch):
            return self._append_attested(outlet, batch)
        entries = super()._append(outlet, batch)
        page = self.env["showroom.register.page"]._of(outlet, entries[0].day)
        for vals, entry in zip(batch, entries, strict=True):
            late = local_day(vals["arrived_at"], outlet.tz) != entry.day
            vals.update(page_id=page.id, line_no=entry.line_no, is_late=late)
        return entries

    @api.model
    def _append_attested(self, outlet, batch):
        """Lines of the paper register are in the ledger, but on no page of the day they were typed in."""
        facts = [self._evidence(vals) for vals in batch]
        return self.env["showroom.ledger.entry"]._append(outlet, "adoption", facts)

    def _place(self, known):
        """Put each line on the card of its customer; a line without name or number opens none and joins none."""
        lines = self.filtered(lambda each: each.customer_name and each.phone_key and not each.lead_id)
        known.update(lines._open_cards(known))
        for line in lines:
            line.lead_id = known[line.phone_key]
        lines._arrive()

    def _open_cards(self, known):
        """One new card for each number that has none, all in one go."""
        earliest_last = self.sorted(lambda each: (each._moment(), each.id), reverse=True)
        first = {line.phone_key: line for line in earliest_last if line.phone_key not in known}
        lines = self.browse([line.id for line in first.values()])
        context = {"showroom_register": REGISTER, "mail_auto_subscribe_no_notify": True}
        Lead = self.env["crm.lead"].sudo().with_context(**context)
        stages = {outlet: outlet._first_stage() for outlet in lines.outlet_id}
        cards = Lead.create([line._card_vals(stages[line.outlet_id]) for line in lines]).with_context(
            showroom_register=None
        )
        cards._open_history({card: line for card, line in zip(cards, lines, strict=True)})
        return {line.phone_key: card for card, line in zip(cards, lines, strict=True)}

    def _card_vals(self, stage):
        vals = {"name": self.customer_name, "contact_name": self.customer_name, "phone": self.phone_key}
        company = self.outlet_id.company_id or self.env.company
        vals.update(team_id=self.outlet_id.id, user_id=self._credited().id, company_id=company.id)
        return {**vals, "type": "opportunity", "stage_id": stage.id}

    def _arrive(self):
        """Receptions arrive on their cards: they may file, take or reopen them; the holders are told."""
        for line in self.filtered("is_evidence").sorted(lambda each: (each._moment(), each.id)):
            line.lead_id._take_filing(line)
        cards = self.lead_id.sudo()
        cards._refresh_rhythm()
        for credited, lines in self.filtered("is_evidence").grouped(lambda line: line._credited()).items():
            lines.lead_id.sudo()._contacted_by(credited)
        cards._refresh_contested()
        for line in self.filtered(
            lambda each: each.told_holder_id and each.told_holder_id == each.lead_id.sudo().user_id
        ):
            line.lead_id.sudo()._tell_holder(line)

    # For the desk

    @api.model
    def match(self, phone, outlet_id=False):
        """What a person at the desk may know of a returning customer: owner, outlet, card number, last contact.

        :param phone: the number as it was said.
        :return: a dict, empty if the number is not known.
        """
        self.check_access("create")
        key = self.env["crm.lead"]._showroom_phone(phone, outlet_id)
        card = self.env["crm.lead"]._cards_by_phone([key]).get(key) if key else None
        if not card:
            return {}
        last = card.last_contact_at and local_day(card.last_contact_at, card.outlet_id.tz)
        shown = {"owner": card.user_id.name, "outlet": card.outlet_id.name, "number": card.card_number}
        return {**shown, "last_contact": last and last.isoformat()}

    def action_confirm_deal(self):
        """The consultant who received the customer confirms the deal, without access to somebody else's card (5)."""
        self.ensure_one()
        if self.consultant_id != self.env.user:
            raise UserError(self.env._("Only the consultant of this reception can confirm the deal from it."))
        if not self.lead_id or self.is_void:
            raise UserError(self.env._("This reception is on no card: a name and a phone number are needed first."))
        card = self.sudo().lead_id
        if card.won_status == "won":
            raise UserError(self.env._("This deal is confirmed already."))
        card._confirm_deal(self.env.user)
        return self._say_ruled(card)

    def _say_ruled(self, card):
        ruling = card.ruling_id
        params = {"title": self.env._("Deal confirmed"), "message": ruling._summary(), "type": "success"}
        params["next"] = {"type": "ir.actions.act_window_close"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
