import json
from collections import namedtuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ..core import ledger
from ..core.ledger import Flaw
from . import clock, said

BATCH = 20_000
BEFORE_ALL, AFTER_ALL = -(2**31), 2**31 - 1
RECORDED = (
    "showroom.reception",
    "showroom.followup",
    "showroom.communication",
    "showroom.order",
    "showroom.preregistration",
)
Seal = namedtuple("Seal", "seq number payload prev_hash recorded_at outlet page_id page_day closed_at")

# What stands before and after the facts in a payload, from the columns of its entry.
HEAD = """'{"at":"' || replace(e.recorded_at::text, ' ', 'T') || '","by":' || e.user_id || ',"day":"' || e.day::text
       || '","facts":'"""
TAIL = """',"kind":"' || e.kind || '","number":"' || e.number || '","outlet":"' || split_part(e.number, '/', 1)
       || '","seq":' || e.seq || ',"tz":"' || coalesce(e.tz, '') || '","v":1}'"""

# What is wrong with an entry, the gravest first. The payload is compared as text: it is the canonical one, with its
# keys in order, so what stands before and after the facts follows from the columns. Its end is taken in bytes: to count
# the letters of a long text takes longer than to hash it. Read and hashed apart from the rest (OFFSET 0), so that
# PostgreSQL can do it on more than one core; only what is found out of the long texts is sorted.
LAST = """
SELECT seq FROM showroom_ledger_entry WHERE outlet_id = %(outlet)s AND seq > %(after)s
ORDER BY seq OFFSET %(limit)s LIMIT 1
"""
CHAIN = f"""
WITH read AS (
    SELECT seq, number, hash, prev_hash, recorded_at, day,
           hash <> encode(sha256(convert_to(prev_hash || payload, 'UTF8')), 'hex') AS rehashed,
           NOT (starts_with(payload, {HEAD}) AND convert_to({TAIL}, 'UTF8') = substring(
               convert_to(payload, 'UTF8') FROM octet_length(payload) - octet_length({TAIL}) + 1)) OR user_id IS NULL
           OR CASE WHEN about IS NULL THEN strpos(payload, '"of":"') > 0
                   ELSE strpos(payload, '"of":"' || about || '"') = 0 END
           OR line_no::text <> (CASE kind WHEN 'reception' THEN ltrim(split_part(number, '/', 3), '0') ELSE '0' END)
           AS retold
    FROM showroom_ledger_entry AS e
    WHERE outlet_id = %(outlet)s AND seq > %(after)s AND seq <= %(last)s OFFSET 0
), linked AS (
    SELECT *, lag(seq, 1, %(seq)s) OVER w AS last_seq, lag(hash, 1, %(hash)s::varchar) OVER w AS last_hash,
           lag(recorded_at, 1, recorded_at) OVER w AS last_at, lag(day, 1, day) OVER w AS last_day
    FROM read WINDOW w AS (ORDER BY seq)
), judged AS (
    SELECT seq, number, hash, CASE
        WHEN seq <> last_seq + 1 THEN 'gap'
        WHEN prev_hash <> last_hash THEN 'link'
        WHEN rehashed THEN 'hash'
        WHEN retold THEN 'columns'
        WHEN recorded_at < last_at OR day < last_day THEN 'time' END AS what
    FROM linked
)
(SELECT seq, number, hash, what FROM judged WHERE what IS NOT NULL ORDER BY seq LIMIT 1)
UNION ALL
(SELECT seq, number, hash, NULL FROM judged ORDER BY seq DESC LIMIT 1)
"""
LINES = """
SELECT max(seq), max(number) FROM showroom_ledger_entry WHERE outlet_id = %s AND kind = 'reception' GROUP BY day
HAVING count(*) <> max(line_no) OR count(DISTINCT line_no) <> count(*) ORDER BY day LIMIT 1
"""
SEALS = """
SELECT e.seq, e.number, e.payload, e.prev_hash, e.recorded_at, split_part(e.number, '/', 1), p.id, p.day, p.closed_at
FROM showroom_ledger_entry e LEFT JOIN showroom_register_page p ON p.entry_id = e.id
WHERE e.outlet_id = %s AND e.kind = 'close' ORDER BY e.seq
"""
# Records are looked for at the outlet, all kinds at once; only what is not found there, elsewhere.
ORPHANS = """
SELECT kind, id FROM showroom_ledger_entry WHERE outlet_id = %(outlet)s AND kind IN %(kinds)s AND about IS NULL
EXCEPT SELECT kind, entry_id FROM ({here}) here
"""
MISSING = """
SELECT e.seq, e.number FROM showroom_ledger_entry e LEFT JOIN ({anywhere}) r ON (r.kind, r.entry_id) = (e.kind, e.id)
WHERE e.id IN %(ids)s AND r.entry_id IS NULL ORDER BY e.seq LIMIT 1
"""
# To the end of the transaction: hashes are reckoned on as many cores as PostgreSQL's own settings allow
# (max_parallel_workers_per_gather). Without the memory that they would share for joins: a container has little of it.
TOGETHER = """
SET LOCAL parallel_tuple_cost = 0; SET LOCAL parallel_setup_cost = 200; SET LOCAL min_parallel_index_scan_size = 0;
SET LOCAL enable_parallel_hash = off
"""


class ShowroomLedgerEntry(models.Model):
    """Verification: the first entry of an outlet's ledger that is not as it was written, and what is wrong with it."""

    _inherit = "showroom.ledger.entry"

    @api.model
    def _verify(self, outlet, progress=None):
        """The first flaw of an outlet's ledger, or None.

        :param progress: is called with the number of entries verified so far, after every batch.
        """
        self.env.flush_all()
        flaw = self._verify_chain(outlet, progress)
        if flaw:
            return flaw
        found = [self._verify_lines(outlet), self._verify_seals(outlet), self._verify_orphans(outlet)]
        found += [self._verify_records(outlet, model) for model in RECORDED]
        return min((flaw for flaw in found if flaw), key=lambda each: each.seq, default=None)

    # The chain

    @api.model
    def _verify_chain(self, outlet, progress=None):
        """Gaps, links, hashes, columns and times, in batches, and the head at the end."""
        self.env.cr.execute(TOGETHER)
        after, seq, hashed = BEFORE_ALL, 0, ledger.GENESIS
        while rows := self._chain_rows({"outlet": outlet.id, "after": after, "seq": seq, "hash": hashed}):
            if rows[0][3]:
                return Flaw(rows[0][0], rows[0][3], rows[0][1])
            after, _number, hashed, _what = rows[0]
            seq = after
            if progress:
                progress(seq)
        return self._verify_head(outlet, seq, hashed)

    @api.model
    def _chain_rows(self, params):
        """The first flaw of the next batch of a chain, if there is one, and its last entry."""
        self.env.cr.execute(LAST, {**params, "limit": BATCH})
        [last] = self.env.cr.fetchone() or [AFTER_ALL]
        self.env.cr.execute(CHAIN, {**params, "last": last})
        return self.env.cr.fetchall()

    @api.model
    def _verify_head(self, outlet, seq, last):
        head = self.env["showroom.ledger.head"].sudo().search([("outlet_id", "=", outlet.id)])
        return None if (head.last_seq, head.last_hash) == (seq, last) else Flaw(max(seq, head.last_seq), "head")

    @api.model
    def _verify_lines(self, outlet):
        """Lines of each page are numbered 1..n."""
        self.env.cr.execute(LINES, [outlet.id])
        row = self.env.cr.fetchone()
        return row and Flaw(row[0], "line", row[1])

    # Seals

    @api.model
    def _verify_seals(self, outlet):
        """Seals say what the ledger and the pages say."""
        self.env.cr.execute(SEALS, [outlet.id])
        seals = [Seal(*row) for row in self.env.cr.fetchall()]
        counts = self._line_counts(outlet)
        broken = next((seal for seal in seals if not self._seal_holds(seal, counts)), None)
        if broken:
            return Flaw(broken.seq, "seal", broken.number)
        head = self.env["showroom.ledger.head"].sudo().search([("outlet_id", "=", outlet.id)])
        last_day = max((seal.page_day for seal in seals), default=False)
        unsealed = self._closed_without_seal(outlet)
        return Flaw(head.last_seq, "seal") if unsealed or (head.sealed_to or False) != last_day else None

    @api.model
    def _closed_without_seal(self, outlet):
        domain = [("outlet_id", "=", outlet.id), ("closed_at", "!=", False), ("entry_id", "=", False)]
        return self.env["showroom.register.page"].sudo().search_count(domain, limit=1)

    @api.model
    def _line_counts(self, outlet, days=None):
        """Lines of the register by local day, as the ledger has them."""
        only = SQL("AND day IN %s", tuple(days)) if days else SQL()
        query = """SELECT day, count(*) FROM showroom_ledger_entry
                   WHERE outlet_id = %s AND kind = 'reception' %s GROUP BY day"""
        return dict(self.env.execute_query(SQL(query, outlet.id, only)))

    @api.model
    def _seal_holds(self, seal, counts):
        facts = self._facts_of(seal.payload)
        if not seal.page_id or not facts:
            return False
        page, lines = f"{seal.outlet}/{seal.page_day}", counts.get(seal.page_day, 0)
        says = (facts.get("page"), facts.get("lines"), facts.get("head"))
        return says == (page, lines, seal.prev_hash) and seal.closed_at == seal.recorded_at

    @api.model
    def _facts_of(self, payload):
        """The facts of a payload, None if somebody made it unreadable."""
        try:
            facts = json.loads(payload)["facts"]
        except (ValueError, KeyError, TypeError):
            return None
        return facts if isinstance(facts, dict) else None

    # Records

    @api.model
    def _verify_orphans(self, outlet):
        """The first entry whose record is gone; one that was moved to another outlet is there, and does not agree."""
        kinds = {self.env[model]._entry_kind: self.env[model]._table for model in RECORDED}
        anywhere = [f"SELECT '{kind}' AS kind, entry_id FROM {table}" for kind, table in kinds.items()]
        here = " UNION ALL ".join(f"{each} WHERE outlet_id = %(outlet)s" for each in anywhere)
        query = SQL(ORPHANS.format(here=here), outlet=outlet.id, kinds=tuple(kinds))
        ids = tuple(entry for _kind, entry in self.env.execute_query(query))
        query = MISSING.format(anywhere=" UNION ALL ".join(anywhere))
        rows = self.env.execute_query(SQL(query, ids=ids)) if ids else ()
        return Flaw(rows[0][0], "missing", rows[0][1]) if rows else None

    @api.model
    def _verify_records(self, outlet, model):
        """Records that no longer say what their entry says; a thousand at a time, forgotten as soon as compared."""
        Model, found = self.env[model].sudo().with_context(active_test=False, prefetch_fields=True), []
        for ids in split_every(1000, Model._doubted(outlet)):
            records = Model.browse(ids)
            intact = records._intact()
            found += [Flaw(each.entry_id.seq, "record", each.number or "") for each in records if each.id not in intact]
            self.env.invalidate_all(flush=False)
        return min(found, key=lambda flaw: flaw.seq, default=None)

    # Asking for it

    @api.model
    @said.takes()
    def action_verify(self):
        """Verify every outlet's ledger and say what was found. For managers."""
        if not self.env.user._is_showroom_manager():
            raise UserError(self.env._("Ask a manager to verify the ledger."))
        outlets = self.env.user._seen_outlets()
        flaws = {outlet: self.sudo()._verify(outlet) for outlet in outlets}
        broken = [self._told(outlet, flaw) for outlet, flaw in flaws.items() if flaw]
        title = self.env._("The ledger does not verify") if broken else self.env._("Every ledger verifies")
        message = "\n".join(broken) or ", ".join(outlets.mapped("name"))
        params = {"title": title, "message": message, "type": "danger" if broken else "success", "sticky": bool(broken)}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    @api.model
    def _told(self, outlet, flaw):
        """A flaw in words."""
        words = {"outlet": outlet.name, "seq": flaw.seq, "number": flaw.number or "-", "what": self._what(flaw.what)}
        return self.env._("The ledger of %(outlet)s fails at entry %(seq)s (%(number)s): %(what)s", **words)

    @api.model
    def _what(self, code):
        return {
            "gap": self.env._("entries before it are missing."),
            "link": self.env._("it does not continue the entry before it."),
            "hash": self.env._("its text is not the one that was hashed."),
            "columns": self.env._("its columns do not say what its text says."),
            "time": self.env._("it is dated before the entry before it."),
            "head": self.env._("the end of the ledger is missing or was replaced."),
            "line": self.env._("the lines of its page are not numbered without gaps."),
            "seal": self.env._("the seal of a page does not agree with the ledger."),
            "missing": self.env._("the record it is about is gone."),
            "record": self.env._("its record no longer says what was recorded."),
        }.get(code, code)

    @api.model
    def _cron_verify(self):
        """Verify every ledger; managers are told once of each flaw, and of outlets that are not set up any more."""
        for head in self.env["showroom.ledger.head"].search([]):
            Failure = self.env["showroom.failure"]
            Failure._guard(self._verify_outlet, head)
            Failure._guard(type(head.outlet_id)._check_set_up, head.outlet_id)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _verify_outlet(self, head):
        flaw = self._verify(head.outlet_id)
        code = f"{flaw.what} #{flaw.seq}" if flaw else False
        if flaw and head.flaw != code:
            self._notify(head.outlet_id, flaw)
        head.write({"flaw": code, "verified_at": clock.now(self.env)})

    @api.model
    def _notify(self, outlet, flaw):
        partners = self._managers(outlet).partner_id
        subject = self.env._("The ledger does not verify")
        outlet.message_notify(partner_ids=partners.ids, subject=subject, body=self._told(outlet, flaw))
