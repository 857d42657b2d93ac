from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import ledger
from . import ledger_guard

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
    ("erasure", "Erased on request"),
]
SHORT = 12


class ShowroomLedgerEntry(models.Model):
    """One fact that a ruling can cite. Entries are appended, never changed: no group may create, write or delete."""

    _name = "showroom.ledger.entry"
    _description = "Ledger Entry"
    _inherit = ["showroom.log.mixin"]
    _order = "outlet_id, seq desc, id"
    _rec_name = "number"

    outlet_id = fields.Many2one("crm.team", required=True, readonly=True, ondelete="restrict")
    seq = fields.Integer("Place in the Chain", required=True, readonly=True)
    number = fields.Char(required=True, readonly=True, help="Outlet, local day and number of the day.")
    day = fields.Date(required=True, readonly=True, help="The local day of the outlet on which it was recorded.")
    tz = fields.Char("Time Zone", readonly=True, help="The zone in which the day was reckoned.")
    line_no = fields.Integer("Line", readonly=True, help="The line of the register page; 0 for other entries.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    about = fields.Char(
        readonly=True, index="btree_not_null", help="The number of the entry that this one corrects, voids or ends."
    )
    recorded_at = fields.Datetime(
        required=True, readonly=True, help="The server's time stamp; nobody can set it (2.1)."
    )
    user_id = fields.Many2one("res.users", "Recorded By", readonly=True, ondelete="restrict")
    payload = fields.Text(required=True, readonly=True, help="Exactly the text that was hashed.")
    prev_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    receipt = fields.Char(compute="_compute_receipt", help="The number and the beginning of the hash.")

    ruling_ids = fields.Many2many(
        "showroom.ruling", "showroom_ruling_cited_rel", "entry_id", "ruling_id", "Cited By", readonly=True
    )

    _seq_unique = models.UniqueIndex("(outlet_id, seq)", "This place in the chain is taken.")
    _number_unique = models.UniqueIndex("(number)", "This number is taken.")
    _day_idx = models.Index("(outlet_id, day) WHERE kind = 'reception'")

    def init(self):
        ledger_guard.install(self.env.cr, self._table)

    @api.depends("number", "hash")
    def _compute_receipt(self):
        for entry in self:
            entry.receipt = f"{entry.number} {entry.hash[:SHORT]}"

    # Appending

    @api.model
    def _append(self, outlet, kind, facts_list, **head_vals):
        """Append entries of a kind to an outlet's chain, in the transaction of what they record.

        :param facts_list: a list of dicts of JSON values, one for each entry.
        :param head_vals: what else the head of the chain is to remember.
        :return: the entries, in the same order.
        :raise UserError: for a line of the register, when the page of the day is sealed.
        """
        Head = self.env["showroom.ledger.head"].sudo()
        head = Head._take(outlet, len(facts_list))
        self._check_page_open(head, outlet, kind)
        vals_list = [self._entry_vals(head, outlet, kind, facts) for facts in facts_list]
        return self.sudo()._append_lines(vals_list, after=Head._put({**head, **head_vals}))

    @api.model
    def _check_page_open(self, head, outlet, kind):
        if kind == "reception" and head["sealed_to"] and head["sealed_to"] >= head["day"]:
            text = self.env._("Today's page of %s is closed. Register the customer tomorrow, as a late line.")
            raise UserError(text % outlet.name)

    @api.model
    def _entry_vals(self, head, outlet, kind, facts):
        """The next entry after `head`, which moves on."""
        line_no, number = self._next_number(head, outlet, kind)
        seq, prev_hash = head["last_seq"] + 1, head["last_hash"]
        stamp = {"outlet": outlet.outlet_code, "tz": outlet.tz, "seq": seq, "number": number, "kind": kind}
        at = {"at": head["at"].isoformat(), "day": head["day"].isoformat(), "by": self.env.uid}
        payload = ledger.canonical(
            {**stamp, **at, "facts": self._sealed(facts, prev_hash) if kind == "close" else facts}
        )
        head.update(last_seq=seq, last_hash=ledger.chain_hash(prev_hash, payload))
        stored = {"seq": seq, "number": number, "line_no": line_no, "kind": kind, "payload": payload, "tz": outlet.tz}
        where = {"outlet_id": outlet.id, "day": head["day"], "recorded_at": head["at"], "user_id": self.env.uid}
        return {**stored, **where, "about": facts.get("of"), "prev_hash": prev_hash, "hash": head["last_hash"]}

    @api.model
    def _sealed(self, facts, prev_hash):
        """A seal says in so many words which hash the chain had reached."""
        return {**facts, "head": prev_hash}

    @api.model
    def _next_number(self, head, outlet, kind):
        """Lines of the register are numbered 1..n on each day; other entries have a count of their own, with an E."""
        counter, mark = ("day_lines", "") if kind == "reception" else ("day_entries", "E")
        head[counter] += 1
        line_no = head[counter] if kind == "reception" else 0
        return line_no, f"{outlet.outlet_code}/{head['day']}/{mark}{head[counter]:03d}"

    @api.model
    def _managers(self, outlet):
        """Who manages an outlet there; if nobody does, who manages it from above."""
        group = self.env.ref("showroom_ownership.group_manager")
        managers = group.all_user_ids.filtered("active")
        return managers.filtered(lambda user: outlet in user._outlets()) or managers.filtered(
            lambda user: user._manages(outlet)
        )
