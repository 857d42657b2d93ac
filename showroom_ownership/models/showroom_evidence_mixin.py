import json
import secrets
from collections import defaultdict, namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..core import ledger
from . import said
from .base_limits import AT_ONCE

# Only code in this process can hold this object: a client's context is JSON and never is it.
RECORDING = object()

Row = namedtuple("Row", "of id kind number recorded_at outlet_id user_id day line_no payload stands page_id")

# Entries of records and those that correct, void or end them; `stands`: an entry is as it was written, where it was;
# `page_id`: the page of the register of its day.
ENTRIES = """
SELECT coalesce(e.about, e.number), e.id, e.kind, e.number, e.recorded_at, e.outlet_id, e.user_id, e.day,
       e.line_no, e.payload,
       e.hash = encode(sha256(convert_to(e.prev_hash || e.payload, 'UTF8')), 'hex')
           AND e.prev_hash = coalesce(p.hash, repeat('0', 64)), page.id
FROM showroom_ledger_entry e
LEFT JOIN showroom_ledger_entry p ON p.outlet_id = e.outlet_id AND p.seq = e.seq - 1
LEFT JOIN showroom_register_page page ON page.outlet_id = e.outlet_id AND page.day = e.day
WHERE e.number IN %s OR e.about IN %s ORDER BY e.seq
"""


class ShowroomEvidenceMixin(models.AbstractModel):
    """A business record that is a projection of an entry in the ledger.

    People say what they know (`_user_fields`); when, by whom and under which number is stamped by the system. Names,
    numbers and remarks are in the ledger only as salted commitments (`_committed`), so that they can be erased.

    Every kind of record has two methods of its own: `_evidence(vals)`, the facts that are hashed, and
    `_evidence_vals()`, the stored values in the form `_evidence` takes them.
    """

    _name = "showroom.evidence.mixin"
    _description = "Recorded Evidence"
    _inherit = ["showroom.log.mixin"]
    _order = "recorded_at desc, id desc"
    _rec_name = "number"
    _entry_kind = None
    _user_fields = frozenset()
    _committed = ()
    _at_once = AT_ONCE

    outlet_id = fields.Many2one("crm.team", "Outlet", required=True, index=True, ondelete="restrict")
    entry_id = fields.Many2one("showroom.ledger.entry", "Ledger Entry", readonly=True, index=True, ondelete="restrict")
    number = fields.Char(readonly=True, help="The number of the ledger entry.")
    recorded_at = fields.Datetime(readonly=True, help="The server's time stamp; nobody can set it (2.1).")
    recorded_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    salt = fields.Char(readonly=True, groups="base.group_system")
    is_erased = fields.Boolean("Erased", readonly=True, help="Names and numbers were erased on request.")

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("showroom_recording") is RECORDING:
            return super().create(vals_list)
        self.check_access("create")
        if len(vals_list) > self._at_once:
            raise UserError(self.env._("Record at most %s at once; import a longer list in parts.", self._at_once))
        vals_list = [self._user_vals(vals) for vals in vals_list]
        return said.without_defaults(self)._record(vals_list).with_env(self.env)

    @api.model
    def _user_vals(self, vals):
        """What a person may say; whoever tries to set what the system stamps is refused."""
        said.refuse(self, [name for name, value in vals.items() if value and name not in self._user_fields])
        told = {name: vals[name] for name in vals.keys() & self._user_fields if vals[name] or not self._is_moment(name)}
        return said.fit(self, {**self.default_get(list(self._user_fields - told.keys())), **told})

    @api.model
    def _check_absent(self, vals, cards):
        """Who stands in does so for whose customer it is, or for a consultant of the outlet: a manager who was named
        would be no judge of the deal (5).

        :param cards: a function that tells the customer's cards.
        :raise ValidationError: for a record on behalf of somebody else.
        """
        absent = self.env["res.users"].sudo().browse(vals.get("on_behalf_of_id") or [])
        if not absent or absent._sells_at(vals.get("outlet_id")) or absent in cards().user_id:
            return
        raise ValidationError(
            self.env._("%s has no customers here. Choose the consultant you stood in for.", absent.name or "-")
        )

    @api.model
    def _is_moment(self, name):
        """When something happened; left empty it is now."""
        return self._fields[name].type == "datetime"

    @api.model
    def _record(self, vals_list):
        """Append the facts to the ledger of each outlet and keep the records that go with them."""
        records = self.sudo().browse()
        for outlet, batch in self._by_outlet([self._salted(vals) for vals in vals_list]):
            records |= self._keep(self._stamped(outlet, batch))
        return records

    @api.model
    def _stamped(self, outlet, batch):
        """The values with what the ledger says of them, and whether they count."""
        entries = self._append(outlet, batch)
        stamped = [{**vals, **self._stamp(entry)} for vals, entry in zip(batch, entries, strict=True)]
        return [{**vals, **self._verdict(vals)} for vals in stamped]

    @api.model
    def _keep(self, stamped):
        """Create the records; nobody else can."""
        records = self.sudo().with_context(showroom_recording=RECORDING)._append_filled(stamped)
        return records.with_context(showroom_recording=None)

    @api.model
    def _verdict(self, stamped):
        """Whether a record counts that is being recorded now, for the kinds that may not."""
        return {}

    @api.model
    def _draft(self, stamped):
        """The record that these values will make; without what it hangs on, which is not to learn of drafts."""
        return self.sudo().new({name: value for name, value in stamped.items() if name not in ("lead_id", "page_id")})

    @api.model
    def _append(self, outlet, batch):
        facts = [self._evidence(vals) for vals in batch]
        return self.env["showroom.ledger.entry"]._append(outlet, self._entry_kind, facts)

    @api.model
    def _stamp(self, entry):
        stamp = {"entry_id": entry.id, "number": entry.number, "recorded_at": entry.recorded_at}
        return {**stamp, "recorded_by": self.env.uid}

    @api.model
    def _by_outlet(self, vals_list):
        batches = defaultdict(list)
        for vals in vals_list:
            batches[vals["outlet_id"]].append(vals)
        return [(self.env["crm.team"].sudo().browse(outlet), batches[outlet]) for outlet in sorted(batches)]

    @api.model
    def _salted(self, vals):
        return {"salt": secrets.token_hex(16), **vals}

    @api.model
    def _commitments(self, vals):
        """What binds to the texts without showing them."""
        texts = {name: vals.get(name) or None for name in self._committed}
        return {name: text and ledger.commitment(vals["salt"], text) for name, text in texts.items()}

    # Is it as it was recorded? (2.4)

    def _intact(self, rows=None):
        """The ids of the records whose ledger entries are as they were written and say what the records say.

        :param rows: what `_rows_about` gave for the numbers of these records and of others.
        """
        rows = self._rows_about({record.number for record in self}) if rows is None else rows
        return {record.id for record in self if record._agrees(rows[record.number])}

    @api.model
    def _rows_about(self, numbers):
        """The entries about each record by its number, in the order of the chain."""
        numbers = tuple(number for number in numbers if number) or ("",)
        found = defaultdict(list)
        for values in self.env.execute_query(SQL(ENTRIES, numbers, numbers)):
            found[values[0]].append(Row(*values))
        return found

    def _agrees(self, rows):
        own = next((row for row in rows if row.id == self.entry_id.id), None)
        if not own or not all(row.stands for row in rows):
            return False
        return self._stamped_as(own) and self._state_as(rows) and self._says(self._text_row(rows, own), rows)

    def _stamped_as(self, row):
        """Number, time, outlet and person are those of the entry."""
        mine = (self.number, self.recorded_at, self.outlet_id.id, self.recorded_by.id)
        return mine == (row.number, row.recorded_at, row.outlet_id, row.user_id)

    def _state_as(self, rows):
        """Voids, corrections, cancellations and erasures are those of the entries."""
        return self.is_erased == any(row.kind == "erasure" for row in rows)

    def _text_row(self, rows, own):
        """The entry that holds what the record says now."""
        return own

    def _says(self, row, rows):
        told = self.env["showroom.ledger.entry"]._facts_of(row.payload)
        if told is None:
            return False
        vals = self._evidence_vals()
        now = json.loads(ledger.canonical(self._evidence(vals)))
        hidden = {"v", "of"} | (set(self._committed) if self.is_erased else set())
        plain = lambda facts: {name: value for name, value in facts.items() if name not in hidden}  # noqa: E731
        forgotten = not self.is_erased or not any(vals.get(name) for name in (*self._committed, "salt"))
        return forgotten and plain(now) == plain(told)
