from markupsafe import Markup, escape

from odoo import models
from odoo.tools import SQL

from .showroom_append_mixin import is_extended

STOCK = "odoo.addons.mail."
OWN = frozenset(["id", "res_id", "body"])  # what a note has that another one of the same moment has not
COPY = """
INSERT INTO mail_message (res_id, body, %(columns)s) SELECT card, text, %(values)s
FROM mail_message first CROSS JOIN unnest(%(cards)s, %(texts)s) WITH ORDINALITY AS note (card, text, place)
WHERE first.id = %(first)s ORDER BY place RETURNING id
"""


class CrmLead(models.Model):
    """A note on each of many cards, at once and by the same person: only card and text differ."""

    _inherit = "crm.lead"

    def _log_notes(self, bodies):
        """As Odoo's `_message_log_batch`, which makes the first note; the others are that one with a text of their own.

        Odoo makes messages one by one: for a thousand cards that takes a quarter of the time of their transfer. Where
        another module has a say in how messages are made, it makes them all.

        :param bodies: the text by the id of the card; what is formatted can bring pictures, and is left to Odoo.
        """
        formatted = any(isinstance(text, Markup) for text in bodies.values())
        if len(self) < 2 or formatted or self._are_notes_extended():
            return self._message_log_batch(bodies)
        first = self[:1]._message_log_batch(bodies)
        return first + self[1:]._log_like(first, bodies)

    def _are_notes_extended(self):
        maker = is_extended(self.env["mail.message"], "create", STOCK)
        return maker or any(is_extended(self, name, STOCK) for name in ("_message_log_batch", "_message_create"))

    def _log_like(self, first, bodies):
        first.flush_recordset()
        names = self._columns_of(first)
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        values = SQL(", ").join(SQL.identifier("first", name) for name in names)
        told = {"cards": self.ids, "texts": self._texts_of(first, bodies)}
        rows = self.env.execute_query(SQL(COPY, columns=columns, values=values, first=first.id, **told))
        return self._noted(first.browse(note for (note,) in rows), names)

    def _noted(self, notes, names):
        """What hangs on notes is worked out again, and read again, as when Odoo makes them."""
        for name, said in (("model", [self._name] * len(self)), ("res_id", self.ids)):
            notes._fields[name]._insert_cache(notes, said)
        notes.modified([*names, *OWN], create=True)
        self.invalidate_recordset(["message_ids", "message_needaction", "message_needaction_counter"])
        return notes

    @staticmethod
    def _columns_of(note):
        stored = (field for field in note._fields.values() if field.store and field.column_type)
        return sorted(field.name for field in stored if field.name not in OWN)

    def _texts_of(self, note, bodies):
        """Each text as Odoo cleans it; most notes of a batch say the same."""
        told = [bodies.get(card, "") for card in self.ids]
        clean = {text: note._fields["body"].convert_to_column_insert(escape(text), note) for text in set(told)}
        return [clean[text] for text in told]
