from collections import defaultdict

from odoo import models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Writing what the system keeps on cards: any number in one statement, past tracking and the door's guard."""

    _inherit = "crm.lead"

    def _update_card(self, vals):
        """Give every card of the set the same values: only for our own columns that nothing stored depends on."""
        self._update_cards({card: vals for card in self})

    def _update_cards(self, values):
        """Give each card its own values, in one statement for each set of columns.

        :param values: dict of values by card; relations as ids.
        """
        groups = defaultdict(list)
        for card, vals in values.items():
            groups[tuple(sorted(vals))].append((card.id, vals))
        for names, rows in groups.items():
            self._store_columns(names, rows)

    def _store_columns(self, names, rows):
        cards = self.sudo().browse([card for card, _vals in rows])
        cards.flush_recordset(names)
        self.env.cr.execute(self._update_query(names, rows))
        cards.invalidate_recordset(["ownership_badge", "followup_state"], flush=False)
        for card, vals in rows:
            self._remember(self.sudo().browse(card), vals)

    def _remember(self, card, vals):
        """What was stored is known, and need not be read again."""
        for name, value in vals.items():
            field = self._fields[name]
            field._update_cache(card, field.convert_to_cache(value, card, validate=False))

    def _update_query(self, names, rows):
        fields = [self._fields[name] for name in names]
        lines = [self._value_line(fields, card, vals) for card, vals in rows]
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        sets = SQL(", ").join(SQL("%s = new.%s", SQL.identifier(name), SQL.identifier(name)) for name in names)
        values = SQL(", ").join(lines)
        query = "UPDATE crm_lead SET %s FROM (VALUES %s) AS new (id, %s) WHERE crm_lead.id = new.id"
        return SQL(query, sets, values, columns)

    def _value_line(self, fields, card, vals):
        """One row of values, cast to the types of their columns: an empty column has none of its own."""
        told = [field.convert_to_column(vals[field.name], self) for field in fields]
        pairs = zip(fields, told, strict=True)
        casts = SQL(", ").join(SQL("%s::%s", value, SQL(field.column_type[1])) for field, value in pairs)
        return SQL("(%s, %s)", card, casts)
