from odoo import api, fields, models
from odoo.tools import SQL

from ..core import ledger
from ..core.dossier import local_day
from . import clock


class ShowroomLedgerHead(models.Model):
    _name = "showroom.ledger.head"
    _description = "End of an Outlet's Ledger"
    _order = "outlet_id, id"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", required=True, index=True, ondelete="restrict")
    last_seq = fields.Integer(readonly=True, default=0)
    last_hash = fields.Char(readonly=True, default=ledger.GENESIS)
    last_at = fields.Datetime(readonly=True)
    day = fields.Date(readonly=True, help="The local day that the two counters count.")
    day_lines = fields.Integer(readonly=True, default=0, help="Lines of the register on that day.")
    day_entries = fields.Integer(readonly=True, default=0, help="Other entries on that day.")

    _outlet_unique = models.UniqueIndex("(outlet_id)", "An outlet has one ledger.")

    @api.model
    def _open(self, outlets):
        missing = outlets - self.search([("outlet_id", "in", outlets.ids)]).outlet_id
        self.create([{"outlet_id": outlet.id} for outlet in missing])

    @api.model
    def _take(self, outlet):
        """Lock the end of an outlet's ledger and read it; waits for whoever is writing.

        The time is taken after the lock and never runs backwards, so that numbers and times agree.
        """
        self.flush_model()
        columns = SQL("id, last_seq, last_hash, last_at, day, day_lines, day_entries")
        query = SQL("SELECT %s FROM showroom_ledger_head WHERE outlet_id = %s FOR UPDATE", columns, outlet.id)
        self.env.cr.execute(query)
        head = self.env.cr.dictfetchone()
        head["at"] = max(clock.now(self.env), head["last_at"] or clock.now(self.env))
        today = local_day(head["at"], outlet.tz)
        if head["day"] != today:
            head.update(day=today, day_lines=0, day_entries=0)
        return head

    @api.model
    def _put(self, head):
        self.env.cr.execute(
            SQL(
                """UPDATE showroom_ledger_head SET last_seq = %(last_seq)s, last_hash = %(last_hash)s, last_at = %(at)s,
                   day = %(day)s, day_lines = %(day_lines)s, day_entries = %(day_entries)s WHERE id = %(id)s""",
                **head,
            )
        )
        self.browse(head["id"]).invalidate_recordset()
