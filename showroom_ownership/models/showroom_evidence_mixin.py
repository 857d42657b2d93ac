import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core import ledger

# Only code in this process can hold this object: a client's context is JSON and never is it.
RECORDING = object()


class ShowroomEvidenceMixin(models.AbstractModel):
    """A business record that is a projection of an entry in the ledger.

    People say what they know (`_user_fields`); when, by whom and under which number is stamped by the system.
    """

    _name = "showroom.evidence.mixin"
    _description = "Recorded Evidence"
    _order = "recorded_at desc, id desc"
    _rec_name = "number"
    _allow_sudo_commands = False
    _entry_kind = None
    _user_fields = frozenset()

    outlet_id = fields.Many2one("crm.team", "Outlet", required=True, index=True, ondelete="restrict")
    entry_id = fields.Many2one("showroom.ledger.entry", "Ledger Entry", readonly=True, index=True, ondelete="restrict")
    number = fields.Char("Number", readonly=True, index="btree_not_null", help="The number of the ledger entry.")
    recorded_at = fields.Datetime(readonly=True, help="The server's time stamp; nobody can set it (2.1).")
    recorded_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("showroom_recording") is RECORDING:
            return super().create(vals_list)
        self.check_access("create")
        return self._record([self._user_vals(vals) for vals in vals_list]).with_env(self.env)

    @api.model
    def _user_vals(self, vals):
        """What a person may say; whoever tries to set what the system stamps is refused."""
        forged = [name for name, value in vals.items() if value and name not in self._user_fields]
        if forged:
            labels = ", ".join(self._fields[name]._description_string(self.env) or name for name in forged)
            raise UserError(self.env._("Leave out what the system records by itself: %s.", labels))
        defaults = self.default_get(list(self._user_fields - vals.keys()))
        return {**defaults, **{name: value for name, value in vals.items() if name in self._user_fields}}

    @api.model
    def _record(self, vals_list):
        """Append the facts to the ledger of each outlet and keep the records that go with them."""
        records = self.sudo().browse()
        for outlet, batch in self._by_outlet(vals_list):
            entries = self._append(outlet, batch)
            stamped = [{**vals, **self._stamp(entry)} for vals, entry in zip(batch, entries, strict=True)]
            records |= self.sudo().with_context(showroom_recording=RECORDING).create(stamped)
        return records.with_context(showroom_recording=None)

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
    def _evidence(self, vals):
        """The facts that are hashed, from values or from a record's own values."""
        raise NotImplementedError

    def _evidence_vals(self):
        """The stored values in the form `_evidence` takes them."""
        raise NotImplementedError

    def _current_entry(self):
        """The entry that holds what the record says now."""
        return self.entry_id

    def _intact(self):
        """The ids of the records whose ledger entry is as it was written and says what the record says (2.4)."""
        rows = self._entry_rows()
        return {record.id for record in self if record._agrees(rows.get(record._current_entry().id))}

    def _entry_rows(self):
        ids = tuple({record._current_entry().id for record in self if record.entry_id})
        query = SQL("SELECT id, payload, prev_hash, hash FROM showroom_ledger_entry WHERE id IN %s", ids or (0,))
        return {row[0]: row[1:] for row in self.env.execute_query(query)}

    def _agrees(self, row):
        if not row:
            return False
        return self._says(json.loads(row[0])["facts"], row)

    def _says(self, facts, row):
        payload, prev_hash, entry_hash = row
        now = json.loads(ledger.canonical(self._evidence(self._evidence_vals())))
        now.pop("v")
        return now == facts and ledger.chain_hash(prev_hash, payload) == entry_hash
