from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ..core.dossier import local_day
from . import said
from .crm_lead_owner import REGISTER
from .crm_lead_register import FOREKNOWN

# What is asked of a line before there is one. A draft that does not know would look for defaults, name by name.
OPENING = (
    "outlet_id", "consultant_id", "on_behalf_of_id", "customer_name", "phone_key", "interest", "recorded_at",
    "arrived_at", "attested_before", "identified_at",
)  # fmt: skip


# What a card that the register opens has from nobody: whoever registers could have defaults of their own for it.
FROM_NOBODY = {"grade_id": False, "partner_id": False, "email_cc": False}


class ShowroomReception(models.Model):
    """From a line of the register to a card: opened, joined or reopened (2)."""

    _inherit = "showroom.reception"

    @api.model
    def _record(self, vals_list):
        vals_list = [self._salted(vals if "phone_key" in vals else self._clean(vals)) for vals in vals_list]
        lines, batches = self.sudo().browse(), self._by_outlet(vals_list)
        known = self._known_customers(batches)
        self._look_up(batches, known)
        for outlet, batch in batches:
            lines |= self._keep_on_cards(self._stamped(outlet, batch), known[outlet.company_id])
        return lines

    @api.model
    def _known_customers(self, batches):
        """The cards of the customers by their numbers, for each company; a query for each."""
        numbers = defaultdict(list)
        for outlet, batch in batches:
            numbers[outlet.company_id] += [vals.get("phone_key") for vals in batch]
        Lead = self.env["crm.lead"]
        return {company: Lead._cards_by_phone(asked, company) for company, asked in numbers.items()}

    @api.model
    def _keep_on_cards(self, stamped, known):
        """Keep lines on the cards of their customers; who is new gets one first."""
        drafts = [self._draft({name: vals.get(name, False) for name in OPENING}) for vals in stamped]
        placed = {at: draft for at, draft in enumerate(drafts) if draft._names_customer()}
        placed = {at: draft for at, draft in placed.items() if not stamped[at].get("lead_id")}
        opened = self.browse().concat(*placed.values())._open_cards(known)
        for at, draft in placed.items():
            stamped[at]["lead_id"] = known[draft.phone_key].id
        lines = self._keep(stamped)
        self._begin({opened[draft]: lines[at] for at, draft in placed.items() if draft in opened})
        lines.browse().concat(*(lines[at] for at, draft in placed.items() if draft not in opened))._arrive()
        return lines

    @api.model
    def _look_up(self, batches, known):
        """Whose customers they are. A line without a name is no evidence, tells nothing, and nobody is told of it."""
        asked, none = [], self.env["crm.lead"].sudo()
        for outlet, vals in ((outlet, vals) for outlet, batch in batches for vals in batch):
            card, name = known[outlet.company_id].get(vals.get("phone_key"), none), vals.get("customer_name")
            told = name and card.user_id.id != vals.get("consultant_id")
            vals["told_holder_id"] = card.user_id.id if told else False
            asked += [(outlet, card, name)] if vals.get("phone_key") else []
        self.env["showroom.lookup"]._record_lines(asked)

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
        """Put lines that were changed on the cards of their customers."""
        lines = self.filtered(lambda each: each._names_customer() and not each.lead_id)
        opened = lines._open_cards(known)
        for line in lines:
            line.lead_id = known[line.phone_key]
        self._begin({card: line for line, card in opened.items()})
        (lines - self.browse().concat(*opened))._arrive()

    def _names_customer(self):
        """A line without a name or a number opens no card and joins none."""
        return bool(self.customer_name and self.phone_key)

    def _open_cards(self, known):
        """One new card for each number that has none, all in one go; `known` learns of them.

        :return: dict of the new cards by the line that opened each.
        """
        lines = self._first_of_new(known)
        stages = {outlet: outlet._first_stage() for outlet in lines.outlet_id}
        Lead = said.without_defaults(self.env["crm.lead"].sudo())
        Lead = Lead.with_context(showroom_register=REGISTER, tracking_disable=True)
        cards = Lead.create([line._card_vals(stages[line.outlet_id]) for line in lines]).with_env(self.sudo().env)
        cards._follow_opened()  # Odoo would look for followers card by card
        known.update({line.phone_key: card for card, line in zip(cards, lines, strict=True)})
        return dict(zip(lines, cards, strict=True))

    def _first_of_new(self, known):
        """Of each number without a card the line that counts from the earliest moment."""
        first = {}
        for line in sorted(self, key=lambda each: each._moment()):
            if line.phone_key not in known:
                first.setdefault(line.phone_key, line)
        return self.browse().concat(*first.values())

    @api.model
    def _begin(self, lines):
        """What new cards have from their first moment: history, filing, rhythm, and a note of where they come from.

        :param lines: dict of the line that opened each card, by card.
        """
        cards = self.env["crm.lead"].sudo().concat(*lines)
        cards._open_history(lines)
        for card, line in lines.items():
            card._tell_named(line)
        notes = {card.id: self.env._("Opened by reception %s.", line.number) for card, line in lines.items()}
        if cards:
            cards._log_notes(notes)

    def _card_vals(self, stage):
        vals = {"name": self.customer_name, "contact_name": self.customer_name, "phone": self.phone_key}
        company = self.outlet_id.company_id or self.env.company
        vals.update(team_id=self.outlet_id.id, user_id=self._credited().id, company_id=company.id)
        vals.update(active=True, type="opportunity", stage_id=stage.id, interest=self.interest)
        return {**vals, **FROM_NOBODY, **FOREKNOWN, "phone_sanitized": self.phone_key}

    def _arrive(self):
        """Receptions arrive on their cards: they may file, take or reopen them; the holders are told."""
        counting = self.filtered("is_evidence")
        late = self.lead_id.sudo()._perhaps_reminded()
        for line in counting.sorted(lambda each: (each._moment(), each.id)):
            line.lead_id._take_filing(line)
        cards = self.lead_id.sudo()
        cards._refresh_rhythm()
        for credited, lines in counting.grouped(lambda line: line._credited()).items():
            lines.lead_id.sudo()._contacted_by(credited, late)
        cards._refresh_contested()
        told = self.filtered(lambda each: each.told_holder_id and each.told_holder_id == each.lead_id.sudo().user_id)
        alike = told.grouped(lambda each: (each.lead_id, each.channel, each.consultant_id, each.outlet_id))
        for lines in alike.values():  # of however many that are entered together
            lines.lead_id.sudo()._tell_holder(lines[-1])
        last = {line.lead_id.sudo(): (line._credited(), line) for line in counting}
        counting.lead_id.sudo()._tell_beside(last, lambda told, line: told._words_of_reception(line))

    # Deals

    @said.takes(one=True)
    def action_confirm_deal(self):
        """The consultant who received the customer confirms the deal, without access to somebody else's card (5)."""
        self.ensure_one()
        if self.consultant_id != self.env.user:
            raise UserError(self.env._("Only the consultant of this reception can confirm the deal from it."))
        if not self.lead_id or self.is_void:
            raise UserError(self.env._("This reception is on no card: a name and a phone number are needed first."))
        card = self.sudo().lead_id
        card._check_may_record(self.env.user)  # a card that was opened by hand stands in the register, too
        if card._is_unfiled_deal() and card.ruling_id.closer_id != self.env.user:
            raise UserError(
                self.env._("A colleague won this card before anybody had received the customer. Ask a manager: the card"
                    " is yours once that deal is taken back.")
            )  # fmt: skip
        if card.won_status == "won":
            card.sudo(False)._asked_about(card)
            raise UserError(
                self.env._("This deal is confirmed already. If there is no such deal, ask a manager to take it back.")
            )
        if card.won_status == "lost":  # the customer's next reception had opened it
            card.sudo(False)._check_may_come_back()
        card._confirm_deal(self.env.user)
        return self._say_ruled(card)

    def _say_ruled(self, card):
        ruling = card.ruling_id
        params = {"title": self.env._("Deal confirmed"), "message": ruling._summary(), "type": "success"}
        params["next"] = {"type": "ir.actions.act_window_close"}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
