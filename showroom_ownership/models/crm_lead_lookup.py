from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError

from . import said

# By which a lead gets a number, or becomes a card: Odoo works the team out from owner and type.
ASKS = frozenset(["phone", "partner_id", "country_id", "team_id", "user_id", "type"])


class CrmLead(models.Model):
    """A number that a consultant writes on a card asks whose customer it is, as at the desk: it is recorded, too."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [said.ids_of(self, vals) for vals in vals_list]
        inside = (vals for vals in vals_list if vals.get("team_id", True))  # of no team they are as in stock Odoo
        teams = {vals.get("phone"): vals.get("team_id") for vals in inside}
        with self._asking(teams) as asked:
            leads = super().create(vals_list)
        leads._look_up()
        self._asked_besides(asked, leads)
        return leads

    def write(self, vals):
        vals = said.ids_of(self, vals)
        if self.env.su or not ASKS & vals.keys() or self._stay_outside(vals):
            return super().write(vals)
        phones = [vals["phone"]] if "phone" in vals else self._phones_that_come_in(vals)
        team = vals.get("team_id") or (self.filtered("outlet_id") or self).team_id[:1].id
        by_contact = dict.fromkeys(self._numbers_of_contact(vals), team)
        asked = {**dict.fromkeys(phones, team), **by_contact}
        with self._looking_up(also_refused=not asked), self._asking(asked, by_contact) as numbers:
            result = super().write(vals)
        self._asked_besides(numbers, self)
        return result

    def _stay_outside(self, vals):
        """Leads of no outlet ask nobody: how long it takes would tell whose customer a number is."""
        return not {"team_id", "user_id", "type"} & vals.keys() and not self.filtered("outlet_id")

    def _numbers_of_contact(self, vals):
        """Another number than these cards', by a contact that they get: whether it goes there tells whose it is."""
        if not isinstance(vals.get("partner_id"), int) or not vals["partner_id"] or not self.filtered("outlet_id"):
            return set()
        contact = self.env["res.partner"].sudo().browse(vals["partner_id"]).exists()
        return {contact.phone_sanitized} - {False, *self.mapped("phone_sanitized")}

    def _phones_that_come_in(self, vals):
        return self.filtered(lambda lead: not lead.outlet_id).mapped("phone") if vals.get("team_id") else []

    @contextmanager
    def _looking_up(self, also_refused=False):
        """Cards that get another number, by whatever is written, or that become cards, ask for it.

        :param also_refused: whether a refusal would tell of it and nothing else has it recorded.
        """
        numbers = {card: card._asked_number() for card in self}
        other = lambda card: card._asked_number() != numbers[card]  # noqa: E731
        try:
            yield
        except UserError:
            if also_refused:  # the cards have their new numbers until it is taken back
                self.filtered(other)._look_up()
            raise
        self.filtered(other)._look_up()

    def _asked_number(self):
        return self.phone_sanitized if self.outlet_id else False

    @contextmanager
    def _asking(self, teams, told=()):
        """What is refused may tell by its words whose customer a number is: it was asked for, too.

        :param teams: the team at which each number is written, by number.
        :param told: numbers that are asked for also if nothing is refused.
        """
        asked = self._asked_with(teams) if not self.env.su and self.env.user._is_limited() else {}
        # The database may answer no more when it is known that something is refused.
        refused = self.env["showroom.lookup"]._statement([*asked.values()])
        try:
            yield {number: each for number, each in asked.items() if number not in told}
        except Exception:  # whatever it is, it may come of a card that is there
            self.env["showroom.lookup"]._keep_refused(refused)
            raise
        if told and asked:  # another number that was written with them is looked up for the card that has it now
            self.env["showroom.lookup"]._record_all([*self._asked_with(told).values()])

    @api.model
    def _asked_besides(self, asked, leads):
        """Numbers that came on no card were looked for, and that takes longer if there is one: they are recorded, too.

        :param asked: what was asked, by number.
        """
        aside = asked.keys() - set(leads.filtered("outlet_id").mapped("phone_sanitized"))
        self.env["showroom.lookup"]._record_all([asked[number] for number in aside])

    @api.model
    def _asked_with(self, teams):
        """{number: (outlet, outcome, card)}, as the desk would tell them; asked before anything is written."""
        numbers = {}
        outlets = self.env["crm.team"]._outlet_ids()
        for phone, team in teams.items():
            if isinstance(team, int) and team and team not in outlets:
                continue  # a lead that is no card, as in stock Odoo
            outlet = self.env["showroom.reception"]._asked_at(team if isinstance(team, int) else False)
            if isinstance(phone, str) and outlet and (number := self._showroom_phone(phone, outlet.id)):
                numbers[number] = outlet
        known = self._cards_by_phone(numbers)
        shown = {number: known.get(number, self.browse()).sudo()._kept_from_user() for number in numbers}
        return {number: (outlet, shown[number]._looked_up_as(), shown[number]) for number, outlet in numbers.items()}

    def _look_up(self):
        """Record for each card that its number was asked for, as the match would."""
        user = self.env.user
        asked = self.filtered(lambda card: card.outlet_id and card.phone_sanitized and not self.env.su)
        asked = asked.filtered(lambda card: not user._manages(card.outlet_id)) if asked else asked
        if not asked or not user._is_limited():
            return
        outlets = {outlet: self.env["showroom.reception"]._asked_at(outlet.id) for outlet in asked.outlet_id}
        doubles = asked._doubles()
        self.env["showroom.lookup"]._record_all(
            [(outlets[card.outlet_id], double._looked_up_as(), double) for card, double in doubles.items()]
        )

    def _look_up_rivals(self):
        """A card that turns out to be contested tells who sees it that a colleague has the customer, too."""
        user = self.env.user
        if not self or not user._is_limited():
            return
        seen = self.sudo() - self.sudo()._out_of_sight(user)
        doubles = {card: double for card, double in seen._doubles().items() if double} if seen else {}
        at = {outlet: self.env["showroom.reception"]._asked_at(outlet.id) for outlet in seen.outlet_id}
        asked = [(at[card.outlet_id], double._looked_up_as(), double) for card, double in doubles.items()]
        self.env["showroom.lookup"].sudo()._record_all(asked)

    def _looked_up_as(self):
        return self._standing()["state"] if self else "new"

    def _doubles(self):
        """For each card the senior of the same customer's other cards that the user may not see; empty without any."""
        clusters = self.env["showroom.facts"]._customer_cards(self)
        others = {card: (clusters[card.id] - card.sudo())._kept_from_user() for card in self}
        return {card: cards.sorted(lambda each: each._seniority())[:1] for card, cards in others.items()}

    # The forecast

    def _forecast_text(self, closer):
        if double := self._asked_beside():
            return double._told_as_double()
        return super()._forecast_text(closer)

    @said.takes(one=True, closer_id=said.record)
    def get_forecast(self, closer_id=False):
        """The forecast; of a card beside a colleague's, which nobody filed, as much as the desk would say.

        :return: dict with ground, state, shares by user id and the sentence.
        """
        made = super().get_forecast(closer_id)
        if double := self._asked_beside():
            return {"ground": False, "state": False, "shares": {}, "text": double._told_as_double()}
        return made

    def _asked_beside(self):
        """A colleague's card of the same customer, if nobody filed this one; that it is asked for is recorded."""
        double = self._stands_beside()
        self._asked_about(double)
        return double

    def _asked_about(self, other):
        """What is refused, or answered, because of a colleague's card tells of it, whoever speaks: it was asked for."""
        shown = other.sudo()._kept_from_user()
        if shown:
            outlet = self.env["showroom.reception"]._asked_at(self.sudo().outlet_id.id)
            self.env["showroom.lookup"].sudo()._record_all([(outlet, shown._looked_up_as(), shown)])

    def _stands_beside(self):
        if self.filing_id or not self._origin or not self.env.user._is_limited():
            return self.browse()
        return self._doubles()[self]

    def _told_as_double(self):
        name = self.user_id.name or self.env._("pool")
        number = f"{self.card_number} ({name})"
        return self.env._("There is another card of this customer: %s. Receive the customer at the desk.", number)
