from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import ledger

KINDS = [
    ("reception", "Reception"),
    ("correction", "Correction"),
    ("void", "Void"),
    ("followup", "Follow-up"),
    ("communication", "Communication"),
    ("order", "Order"),
    ("preregistration", "Pre-registration"),
    ("close", "Page closed"),
    ("adoption", "Adopted at go-live"),
]


class ShowroomLedgerEntry(models.Model):
    """One fact that a ruling can cite. Entries are appended, never changed: no group may create, write or delete."""

    _name = "showroom.ledger.entry"
    _description = "Ledger Entry"
    _order = "outlet_id, seq desc, id"
    _rec_name = "number"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", required=True, index=True, readonly=True, ondelete="restrict")
    seq = fields.Integer("Place in the Chain", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True, index=True, help="Outlet, local day and number of the day.")
    day = fields.Date(required=True, readonly=True, help="The local day of the outlet on which it was recorded.")
    line_no = fields.Integer("Line", readonly=True, help="The line of the register page; 0 for other entries.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    recorded_at = fields.Datetime(
        required=True, readonly=True, help="The server's time stamp; nobody can set it (2.1)."
    )
    user_id = fields.Many2one("res.users", "Recorded By", readonly=True, ondelete="restrict")
    payload = fields.Text(required=True, readonly=True, help="Exactly the text that was hashed.")
    prev_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _seq_unique = models.UniqueIndex("(outlet_id, seq)", "This place in the chain is taken.")
    _number_unique = models.UniqueIndex("(number)", "This number is taken.")

    @api.model
    def _append(self, outlet, kind, facts_list):
        """Append entries of a kind to an outlet's chain, in the transaction of what they record.

        :param facts_list: a list of dicts of JSON values, one for each entry.
        :return: the entries, in the same order.
        """
        Head = self.env["showroom.ledger.head"].sudo()
        head = Head._take(outlet)
        vals_list = [self._entry_vals(head, outlet, kind, facts) for facts in facts_list]
        Head._put(head)
        return self.sudo().create(vals_list)

    @api.model
    def _entry_vals(self, head, outlet, kind, facts):
        """The next entry after `head`, which moves on."""
        line_no, number = self._next_number(head, outlet, kind)
        seq, prev_hash = head["last_seq"] + 1, head["last_hash"]
        stamp = {"outlet": outlet.outlet_code, "tz": outlet.tz, "seq": seq, "number": number, "kind": kind}
        at = {"at": head["at"].isoformat(), "day": head["day"].isoformat(), "by": self.env.uid}
        payload = ledger.canonical({**stamp, **at, "facts": facts})
        head.update(last_seq=seq, last_hash=ledger.chain_hash(prev_hash, payload))
        stored = {"seq": seq, "number": number, "line_no": line_no, "kind": kind, "payload": payload}
        where = {"outlet_id": outlet.id, "day": head["day"], "recorded_at": head["at"], "user_id": self.env.uid}
        return {**stored, **where, "prev_hash": prev_hash, "hash": head["last_hash"]}

    @api.model
    def _next_number(self, head, outlet, kind):
        """Lines of the register are numbered 1..n on each day; other entries have a count of their own, with an E."""
        counter, mark = ("day_lines", "") if kind == "reception" else ("day_entries", "E")
        head[counter] += 1
        line_no = head[counter] if kind == "reception" else 0
        return line_no, f"{outlet.outlet_code}/{head['day']}/{mark}{head[counter]:03d}"

    # Verification

    @api.model
    def _verify(self, outlet):
        """The first flaw of an outlet's chain, or None."""
        self.env.flush_all()
        head = self.env["showroom.ledger.head"].sudo().search([("outlet_id", "=", outlet.id)])
        query = "SELECT seq, payload, prev_hash, hash FROM showroom_ledger_entry WHERE outlet_id = %s ORDER BY seq"
        self.env.cr.execute(query, [outlet.id])
        entries = (ledger.Entry(*row) for row in self.env.cr.fetchall())
        return ledger.verify(entries, head.last_seq, head.last_hash)

    @api.model
    def action_verify(self):
        """Verify every outlet's chain and say what was found. For managers."""
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Ask a manager to verify the ledger."))
        outlets = self.env["crm.team"].search([("outlet_kind", "!=", False)])
        flaws = {outlet: self.sudo()._verify(outlet) for outlet in outlets}
        broken = [f"{outlet.name}: {flaw.what} #{flaw.seq}" for outlet, flaw in flaws.items() if flaw]
        title = self.env._("The ledger does not verify") if broken else self.env._("Every ledger verifies")
        message = "\n".join(broken) or ", ".join(outlets.mapped("name"))
        params = {"title": title, "message": message, "type": "danger" if broken else "success", "sticky": bool(broken)}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    @api.model
    def _cron_verify(self):
        """Verify every chain; managers are told of the first entry that fails."""
        for outlet in self.env["crm.team"].search([("outlet_kind", "!=", False)]):
            flaw = self._verify(outlet)
            if flaw:
                text = self.env._("The ledger of %(outlet)s fails at entry %(seq)s (%(what)s).",
                    outlet=outlet.name, seq=flaw.seq, what=flaw.what)  # fmt: skip
                outlet.message_post(body=text, partner_ids=self._managers(outlet).partner_id.ids)

    @api.model
    def _managers(self, outlet):
        group = self.env.ref("showroom_ownership.group_manager")
        managers = group.all_user_ids.filtered("active")
        return managers.filtered(lambda user: outlet in user._outlets()) or managers
