from odoo import api, models
from odoo.tools import SQL

from .showroom_ledger_verify import TAIL

# The records of an outlet that are not plainly as they were recorded. Nothing was appended about those that are, and
# their columns make the payload of their entry again, letter by letter, from the facts on: what stands before them was
# compared with the entry's columns when the chain was verified, and is as long as the number of the user makes it. In
# bytes, as what stands before has no others; letters would have to be counted.
DOUBTED = """
SELECT r.id FROM {table} r LEFT JOIN showroom_ledger_entry e ON e.id = r.entry_id AND e.outlet_id = %(outlet)s {joins}
WHERE r.outlet_id = %(outlet)s AND ({stamped} AND {untouched} AND convert_to({facts} || {tail}, 'UTF8')
      = substring(convert_to(e.payload, 'UTF8') FROM 62 + length(e.user_id::text))) IS NOT TRUE
ORDER BY r.id
"""
STAMPED = "(r.number, r.recorded_at, r.outlet_id, r.recorded_by) = (e.number, e.recorded_at, e.outlet_id, e.user_id)"
UNTOUCHED = (
    "r.is_erased IS NOT TRUE AND r.number NOT IN (SELECT about FROM showroom_ledger_entry WHERE about IS NOT NULL)"
)
# Each kind of column as `core.ledger.canonical` writes it.
AS_JSON = {
    "many2one": "coalesce({0}::text, 'null')",
    "boolean": "coalesce({0}, false)::text",
    "selection": "coalesce(to_json({0})::text, 'null')",
    "date": """coalesce('"' || {0}::text || '"', 'null')""",
    "datetime": """'"' || {0}::text || '"'""",
}
# Most texts are in the one form already, which is found out faster than they are brought into it.
COMMITTED = """
CASE WHEN {0} <> '' THEN '"' || encode(sha256(convert_to(r.salt || chr(31) || CASE
     WHEN {0} IS NFC NORMALIZED THEN {0} ELSE normalize({0}, NFC) END, 'UTF8')), 'hex') || '"' ELSE 'null' END
"""


class ShowroomEvidenceMixin(models.AbstractModel):
    """All records of an outlet against their entries in one statement, for the verification (2.4).

    The statement only clears: whatever it does not find in order, for instance what was corrected, is for `_intact`.
    """

    _inherit = "showroom.evidence.mixin"
    _told_columns = {}  # the columns that the facts of an entry tell, by their names there, beside what is committed

    @api.model
    def _doubted(self, outlet):
        """The ids of an outlet's records that `_intact` has to look at; its chain was verified before."""
        self.flush_model()
        parts = {"stamped": self._stamped_sql(), "untouched": self._untouched_sql(), "joins": self._joins_sql()}
        query = DOUBTED.format(table=self._table, facts=self._facts_sql(), tail=TAIL, **parts)
        return [record for (record,) in self.env.execute_query(SQL(query, outlet=outlet.id))]

    @api.model
    def _facts_sql(self):
        """The facts as JSON text, the names in order."""
        facts = {name: self._told_sql(column) for name, column in self._told_columns.items()}
        facts.update({name: COMMITTED.format(f"r.{name}") for name in self._committed})
        return "'{' || " + " || ',' || ".join(f"'\"{name}\":' || {facts[name]}" for name in sorted(facts)) + " || '}'"

    @api.model
    def _told_sql(self, column):
        return AS_JSON[self._fields[column].type].format(f"r.{column}")

    # What the kinds of records add; as `_stamped_as` and `_state_as` do for one record

    @api.model
    def _joins_sql(self):
        return ""

    @api.model
    def _stamped_sql(self):
        return STAMPED

    @api.model
    def _untouched_sql(self):
        return UNTOUCHED
