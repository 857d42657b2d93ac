from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..core.dossier import local_day
from . import clock, said
from .crm_lead_owner import REGISTER

# What Odoo would compute of a lead that has a number and no revenue yet, whatever its probability.
FOREKNOWN = {
    "phone_state": "correct", "prorated_revenue": 0.0, "recurring_revenue_monthly": 0.0,
    "recurring_revenue_monthly_prorated": 0.0, "recurring_revenue_prorated": 0.0,
}  # fmt: skip
ODOOS_OWN = ("odoo.addons.crm.", "odoo.addons.phone_validation.")


class CrmLead(models.Model):
    """Cards and the register: how a reception takes a card, and how leads that come otherwise are registered (2)."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        cards = leads.filtered("outlet_id")
        if cards and self.env.context.get("showroom_register") is not REGISTER:
            cards._register_opened()
        return leads

    @api.model
    def _create(self, data_list):
        leads = super()._create(data_list)
        if self.env.context.get("showroom_register") is REGISTER:
            leads._keep_foreknown()  # before the score of the leads asks for it
        return leads

    def _keep_foreknown(self):
        """Leave new cards with what they were created with of what Odoo would compute, which is the same.

        Who gave cards another revenue by default, or computes otherwise, has it computed.
        """
        plain = self.filtered(lambda card: not card.expected_revenue and not card.recurring_revenue)
        for name in ("phone_sanitized", *FOREKNOWN):
            field = self._fields[name]
            if getattr(type(self), field.compute).__module__.startswith(ODOOS_OWN):
                self.env.remove_to_compute(field, plain)

    def _register_opened(self):
        """Cards that did not come through the register: opened by hand, or come in by website, mail, integration."""
        self._check_named_as_closer()
        self._check_opened_for()
        self._open_history({})
        self._at_rest().filtered(lambda card: card._grade() != card._usual_grade())._tell_of_rest()
        self._tell_of_unowned()
        by_hand = self.env.user.has_group("showroom_ownership.group_receptionist") and not self.env.user._is_superuser()
        self.filtered(lambda card: card.won_status != "won")._register_channel("outreach" if by_hand else "online")

    def _enter_outlet(self):
        """Leads of other teams that came to an outlet: registered as if they had been opened there, paced from now."""
        self._check_ruled()
        self._become_opportunities()
        self._leave_foreign_grades()
        self._check_opened()
        self._register_opened()
        self.sudo().filtered("user_id")._update_card({"rhythm_start": clock.now(self.env)})
        self._refresh_rhythm()
        self.sudo()._unfollow_strangers()

    def _check_opened_for(self):
        """A consultant opens cards for themselves, and everybody for who works at the outlet; managers for anybody.

        What a consultant put on a card of nobody would stay on it when a colleague files it.

        :raise UserError: for others, and for cards that are opened as won.
        """
        user = self.env.user
        for card in self if not self.env.su else self.browse():
            owner, outlet = card.user_id, card.outlet_id
            if user._manages(outlet):
                continue
            if card.sudo().ruling_id:  # it would be in no register, and pass a reception at the same moment
                raise UserError(self.env._("A deal is made on a card that is there. Save it open, then mark it won."))
            if not owner and not user._is_consultant():
                continue
            if user._is_consultant() and owner != user:
                raise UserError(self.env._("Open cards for yourself; a manager can open one for a colleague."))
            if outlet not in owner._outlets():
                text = self.env._("%(who)s does not work at %(outlet)s. Open the card at an outlet of theirs.",
                    who=owner.sudo().name, outlet=outlet.sudo().name)  # fmt: skip
                raise UserError(text)

    def _register_channel(self, channel):
        """Keep a line in the register for the consultant of cards that came without one."""
        cards = self.filtered(lambda card: card.user_id and card.phone_sanitized)
        vals_list = [card._register_vals(channel) for card in cards]
        self.env["showroom.reception"].sudo()._record(vals_list)
        cards._refresh_contested()  # the line goes on the customer's senior card, which may be another

    def _register_vals(self, channel):
        self.ensure_one()
        name = self.contact_name or self.partner_id.name or self.name
        who = {"consultant_id": self.user_id.id, "customer_name": said.beginning(name), "phone": self.phone_sanitized}
        where = {"outlet_id": self.outlet_id.id, "channel": channel, "arrived_at": clock.now(self.env)}
        return {**who, **where, "asked": "not_asked"}

    # Receiving

    def _take_filing(self, line):
        """A valid reception files a card without a filing, and reopens a lost or cancelled one (2)."""
        card = self.sudo()
        free = card._is_free()
        if card.won_status == "lost":
            card._reopen()
        if free or card._was_filed_after(line):
            card._file(line, line._credited())
            card._tell_named(line)
        elif card._is_unfiled_deal() and line._credited() != card.ruling_id.closer_id:
            card._tell_of_unfiled_deal(line)

    def _file(self, line, owner):
        former = (self.user_id - owner - self.env.user).filtered("active")
        self._update_card({"filing_id": line.id, "filing_at": line._moment()})
        self._change_owner(owner, "filing")
        self._tell_people(former, lambda card: card._words_of_filing(line))
        if self.partner_id and (others := self._with_contact(self.partner_id.ids).filtered("filing_id") - self):
            (others[:1] | self)._tell_of_link(others[:1] | self, "same_customer")  # by their contact they are one

    def _words_of_filing(self, line):
        text = self.env._(
            "Card %(number)s went to %(owner)s: no filing held it when the customer was received at %(outlet)s"
            " (%(line)s).",
            number=self.card_number, owner=self.user_id.name or "-", outlet=line.outlet_id.name, line=line.number,
        )  # fmt: skip
        return self.env._("A card of yours was filed by a colleague"), text

    def _was_filed_after(self, line):
        """Lines of the paper register come in late, but tell of an earlier filing; deals and departures stand."""
        stands = self.won_status == "won" or self.owner_departed or not self.filing_at
        return bool(line.attested_before) and not stands and line._moment() < self.filing_at

    def _file_after_deal(self, at):
        """A deal that is taken back held nobody's filing: who received the customer since has it (2)."""
        lines = self.reception_ids.filtered(lambda line: line.is_evidence and line._moment() >= at)
        if first := lines.sorted(lambda line: (line._moment(), line.id))[:1]:
            self._take_filing(first)
            self._tell_of_refiling(first)
            self._refresh_rhythm()
            self._refresh_contested()

    def _tell_of_refiling(self, line):
        """Whoever has the card now because a line before theirs, or a deal, is none any more."""
        if self.filing_id == line:
            self._tell_people(self.user_id - self.env.user, lambda card: card._words_of_refiling(line))

    def _words_of_refiling(self, line):
        text = self.env._("Card %(number)s is yours now: it stands on line %(line)s. %(who)s changed what came before.",
            number=self.card_number, line=line.number, who=self.env.user.name)  # fmt: skip
        return self.env._("A card has become yours"), text

    def _filing_expired(self):
        """In local days, as the principles count them (5)."""
        days = self.outlet_id.policy_id._in_force().filing_validity_days
        if not days:
            return False
        filed = local_day(self.filing_at, self.filing_id.outlet_id.tz)
        return self.outlet_id._today() > filed + timedelta(days=days)

    def _reopen(self):
        """A lost or cancelled card comes back with the same number."""
        vals = {
            "active": True,
            "lost_reason_id": False,
            "is_cancelled": False,
            "stage_id": self.team_id._first_stage().id,
        }
        self.write({**vals, "probability": self.automated_probability or 10})

    def _check_may_come_back(self):
        """By hand, managers open a lost card, for all; also one that is won at once (2)."""
        if self and not self.env.su and not self.env.user._manages(self.sudo().outlet_id):
            raise AccessError(
                self.env._("A closed card is opened again by the customer's next reception, or by a manager.")
            )

    def _end_filing(self):
        """A lost or cancelled card's filing ends (2)."""
        self.sudo()._withdraw_transfers(self.env._("The card was closed."))
        self.sudo()._end_notices()
        self._update_card({"filing_id": False, "filing_at": False, "followup_due": False})
        self._orders_that_end().sudo()._end()

    def _refile(self):
        """After a filing was voided or lost its validity, the next valid reception takes the card (2)."""
        for card in self.sudo().filtered(lambda each: each.won_status != "won"):  # a ruling stands on its facts
            if card.filing_id and not (card.filing_id.is_evidence and card.filing_id.lead_id == card):
                card._update_card({"filing_id": False, "filing_at": False})
                line = card.reception_ids.filtered("is_evidence").sorted(lambda each: (each._moment(), each.id))[:1]
                if line:
                    card._file(line, line._credited())
                    card._tell_of_refiling(line)
            if card.order_ids:
                card._refresh_order()
            card._refresh_rhythm()
            card._refresh_contested()

    def _tell_holder(self, line):
        """The holder learns at once that their customer is at the desk; no phone number leaves the card."""
        if line.channel in ("outreach", "online"):  # nobody was there
            return self._tell_of_double(line.consultant_id, line.outlet_id)
        return self._tell_people(self.user_id, lambda card: card._words_of_reception(line))

    def _words_of_reception(self, line):
        text = self.env._("Your customer of card %(number)s was received by %(who)s at %(outlet)s.",
            number=self.card_number, who=line.consultant_id.name or "-", outlet=line.outlet_id.name)  # fmt: skip
        return self.env._("Your customer is here"), text

    def _tell_named(self, line):
        """Whoever got a card by a colleague's word, on their behalf, hears of it: it has a rhythm, and may lapse."""
        named = line.on_behalf_of_id - self.env.user - line.told_holder_id
        self._tell_people(named, lambda card: card._words_of_name(line))

    def _words_of_name(self, line):
        text = self.env._("Card %(number)s was opened in your name: %(who)s received the customer at %(outlet)s.",
            number=self.card_number, who=line.consultant_id.name or "-", outlet=line.outlet_id.name)  # fmt: skip
        return self.env._("A customer in your name"), text

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        """Cards that carry evidence are kept; a card whose evidence was merged away may go."""
        if not self.filtered("outlet_id"):
            return
        for model in ("showroom.reception", "showroom.followup", "showroom.ruling", "showroom.order"):
            if self.env[model].sudo().search_count([("lead_id", "in", self.ids)], limit=1):
                raise UserError(
                    self.env._("This card carries evidence and cannot be deleted. Request its cancellation.")
                )
        self.env["showroom.ownership"].sudo().search([("lead_id", "in", self.ids)]).unlink()
        self.env["showroom.grade.change"].sudo().search([("lead_id", "in", self.ids)]).unlink()
