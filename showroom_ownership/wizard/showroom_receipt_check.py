import re

from odoo import fields, models

from ..models import said

WRITTEN = re.compile(r"([A-Z0-9]{1,12}/\d{4}-\d{2}-\d{2}/E?\d{3,})\W+([0-9a-f]{12,64})\b", re.I)
LINES = re.compile(r"=\s*(\d+)")


class ShowroomReceiptCheck(models.TransientModel):
    """Check a receipt or a mailed seal against the ledger: yes, or exactly what differs.

    What somebody outside has in hand is compared with what the ledger says now. Anybody who works with the register may
    ask; the answer names no customer.
    """

    _name = "showroom.receipt.check"
    _description = "Check a Receipt or Seal"

    text = fields.Char("Receipt or Seal", help="The number and the characters after it, or what the QR code says.")
    holds = fields.Boolean(readonly=True)
    answer = fields.Text(readonly=True)

    @said.takes(one=True)
    def action_check(self):
        self.ensure_one()
        differs = self._differs()
        self.write({"holds": not differs, "answer": "\n".join(differs) or self.env._("Yes: the ledger says the same.")})
        views = {"view_mode": "form", "target": "new", "name": self.env._("Check a Receipt or Seal")}
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, **views}

    def _differs(self):
        """What is not as the receipt says, in sentences; empty if all of it is."""
        written = WRITTEN.search(self.text or "")
        if not written:
            return [
                self.env._(
                    "Write the number and the characters after it, for example MAIN/2026-03-02/007 1a2b3c4d5e6f."
                )
            ]
        number, mark = written[1].upper(), written[2].lower()
        entry = self.env["showroom.ledger.entry"].sudo().search([("number", "=", number)])
        if not entry:
            return [self.env._("The ledger has no entry %s.", number), *self._elsewhere(mark)]
        if not entry.hash.startswith(mark):
            return [self._words_of_another(entry, mark), *self._elsewhere(mark)]
        return self._seal_differs(entry, self.text[written.end() :]) + self._chain_differs(entry)

    def _words_of_another(self, entry, mark):
        """What the ledger has is told to managers: anybody else could write a receipt of somebody's line with it."""
        told = {"number": entry.number, "mark": entry.hash[: len(mark)], "paper": mark}
        if self.env.user._is_showroom_manager():
            return self.env._(
                "The ledger has %(mark)s for %(number)s; you have %(paper)s: the entry was replaced.", **told
            )
        return self.env._("The ledger has another code for %(number)s than %(paper)s: the entry was replaced.", **told)

    def _elsewhere(self, mark):
        """The entry that carries the hash now, if it was only renumbered."""
        found = self.env["showroom.ledger.entry"].sudo().search([("hash", "=like", f"{mark}%")], limit=1)
        return [self.env._("The hash is that of entry %s.", found.number)] if found else []

    def _seal_differs(self, entry, rest):
        """A seal also says how many lines its page has."""
        said, facts = LINES.search(rest), entry._facts_of(entry.payload) or {}
        if entry.kind != "close" or not said or int(said[1]) == facts.get("lines"):
            return []
        told = {"said": said[1], "lines": facts.get("lines")}
        return [self.env._("The seal says %(said)s lines, the ledger %(lines)s.", **told)]

    def _chain_differs(self, entry):
        """The hash binds everything before the entry, if the chain up to it verifies."""
        flaw = entry._verify_chain(entry.outlet_id)
        if not flaw or (flaw.seq > entry.seq and flaw.what != "head"):
            return []
        words = {"number": entry.number, "flaw": entry._told(entry.outlet_id, flaw)}
        return [self.env._("Entry %(number)s is the same, but what it rests on is not. %(flaw)s", **words)]
