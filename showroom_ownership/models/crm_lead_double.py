from datetime import timedelta

from odoo import models

from ..core.dossier import day_end

DOUBLE = "showroom_ownership.mt_double"


class CrmLead(models.Model):
    """Who holds a customer learns of a second card of theirs: it was opened, nobody was received (2)."""

    _inherit = "crm.lead"

    def _tell_of_double(self, who, outlet):
        """Tell the owners of these filed cards, in their language; once a day of each colleague."""
        known = who | self.env.user
        for card in self.sudo().filtered(lambda each: each.filing_id and each.user_id and each.user_id not in known):
            card._tell_double(who, outlet)

    def _tell_of_unowned(self):
        """Cards that staff opened for nobody come into no register; the holders hear of them as of others."""
        cards = self.filtered(lambda card: not card.user_id and card.phone_sanitized) if not self.env.su else ()
        same = self.env["showroom.facts"]._customer_cards(cards) if cards else {}
        for card in cards:
            (same[card.id] - card)._tell_of_double(self.env.user, card.sudo().outlet_id)

    def _tell_double(self, who, outlet):
        if not self._knows_of_double(who):
            options = {"author_id": who.partner_id.id, "subtype_xmlid": DOUBLE}
            self._tell_people(self.user_id, lambda told: told._words_of_double(who, outlet), **options)

    def _words_of_double(self, who, outlet):
        text = self.env._(
            "%(who)s has a card at %(outlet)s with the number or the contact of your card %(number)s. Your customer"
            " stays yours; tell a manager if it is a mistake.",
            who=who.name, outlet=outlet.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A second card of your customer"), text

    def _knows_of_double(self, who):
        today = day_end(self.outlet_id._today() - timedelta(days=1), self.outlet_id.tz)
        domain = [("model", "=", "crm.lead"), ("res_id", "=", self.id), ("author_id", "=", who.partner_id.id)]
        domain += [("subtype_id", "=", self.env.ref(DOUBLE).id), ("date", ">=", today)]
        return bool(self.env["mail.message"].search_count(domain, limit=1))

    def _tell_of_family(self):
        """Cards that have become a customer's bring their families along: all hear of it as of a new link (5)."""
        links = self.env["showroom.card.link"].sudo().search([*self._linked_either_way(), ("kind", "=", "family")])
        family = links._ends()
        family._tell_of_link(family, "family")
