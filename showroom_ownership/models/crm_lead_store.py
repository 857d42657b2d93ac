from collections import defaultdict

from odoo import api, models


class CrmLead(models.Model):
    """Writing what the system keeps on cards: past tracking and the door's guard."""

    _inherit = "crm.lead"

    def _update_card(self, vals):
        """Give every card of the set the same values: only for our own columns."""
        self._update_cards(dict.fromkeys(self, vals))

    @api.model
    def _update_cards(self, values):
        """Give each card its own values; Odoo writes them with whatever else changes on the cards, in one statement.

        :param values: dict of values by card; relations as ids.
        """
        alike = defaultdict(list)  # what many cards get is given to all of them at once
        for card, vals in values.items():
            for said in vals.items():
                alike[said].append(card.id)
        for (name, value), ids in alike.items():
            self._fields[name].write(self.sudo().browse(ids), value)
        self.sudo().browse([card.id for card in values]).modified({name for name, _value in alike})

    def _touch(self):
        """Write the cards though nothing changes, so that who changes them at the same time starts over (4.4).

        A lock alone is not noticed by a transaction that began before; a new version of the row is.
        """
        field = self._fields["last_contact_at"]
        for card in self.sudo():
            field._update_cache(card, field.convert_to_cache(card[field.name], card), dirty=True)
