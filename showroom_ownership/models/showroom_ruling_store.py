from odoo import api, models
from odoo.tools import SQL

from .showroom_append_mixin import is_create_extended

# With a ruling go those whom it credits, who may appeal, and the entries that it names; shares in their order.
STORE = """
WITH ruling AS (
    INSERT INTO showroom_ruling (%(columns)s) VALUES %(rows)s RETURNING id, lead_id
), share AS (
    INSERT INTO showroom_ruling_share (ruling_id, user_id, percent, create_uid, create_date, write_uid, write_date)
    SELECT ruling.id, told.user_id, told.percent, %(uid)s, %(now)s, %(uid)s, %(now)s
    FROM unnest(%(share_leads)s::int[], %(users)s::int[], %(percents)s::numeric[])
        WITH ORDINALITY AS told (lead_id, user_id, percent, place) JOIN ruling USING (lead_id) ORDER BY place
    RETURNING id, ruling_id
), appellant AS (
    INSERT INTO showroom_ruling_appellant_rel (showroom_ruling_id, res_users_id)
    SELECT ruling.id, told.user_id
    FROM unnest(%(appellant_leads)s::int[], %(appellants)s::int[]) AS told (lead_id, user_id)
    JOIN ruling USING (lead_id)
), cited AS (
    INSERT INTO showroom_ruling_cited_rel (ruling_id, entry_id)
    SELECT ruling.id, told.entry_id
    FROM unnest(%(cited_leads)s::int[], %(cited)s::int[]) AS told (lead_id, entry_id) JOIN ruling USING (lead_id)
)
SELECT ruling.lead_id, ruling.id, ARRAY(SELECT id FROM share WHERE ruling_id = ruling.id ORDER BY id) FROM ruling
"""


class ShowroomRuling(models.Model):
    """Rulings of any number of deals, and what goes with them, in one statement."""

    _inherit = "showroom.ruling"

    @api.model
    def _store(self, vals_list):
        """As `create` does with the same values; where somebody has extended that, it is called."""
        rulings = self.sudo()
        if not vals_list or any(map(is_create_extended, (rulings, rulings.share_ids))):
            return rulings.create(vals_list)
        stored = [{**rulings._blank(), **vals, **rulings._log_vals()} for vals in vals_list]
        rows = self.env.execute_query(SQL(STORE, **rulings._store_params(stored)))
        made = {lead: (ruling, shares) for lead, ruling, shares in rows}
        for name in ("crm.lead", "showroom.ledger.entry"):
            self.env[name].invalidate_model(["ruling_ids"], flush=False)
        kept = rulings.concat(*(rulings._remember(vals, *made[vals["lead_id"]]) for vals in stored))
        kept.modified(list(stored[0]), create=True)
        return kept

    @api.model
    def _blank(self):
        """Nothing, in every column that a ruling has."""
        columns = [name for name, field in self._fields.items() if field.store and field.column_type and name != "id"]
        return dict.fromkeys(columns, False)

    @api.model
    def _log_vals(self):
        uid, now = self.env.uid, self.env.cr.now()
        return {"create_uid": uid, "create_date": now, "write_uid": uid, "write_date": now}

    @api.model
    def _store_params(self, vals_list):
        columns = list(self._blank())
        rows = [tuple(self._column(vals, name) for name in columns) for vals in vals_list]
        shares = [[(line["user_id"], line["percent"]) for _, _, line in vals["share_ids"]] for vals in vals_list]
        appellants = [[(user,) for user in vals["appellant_ids"][0][2]] for vals in vals_list]
        cited = [[(entry,) for entry in vals["cited_ids"][0][2]] for vals in vals_list]
        return {
            "columns": SQL(", ").join(map(SQL.identifier, columns)),
            "rows": SQL(", ").join(rows),
            "uid": self.env.uid,
            "now": self.env.cr.now(),
            **self._by_lead(vals_list, shares, ("share_leads", "users", "percents")),
            **self._by_lead(vals_list, appellants, ("appellant_leads", "appellants")),
            **self._by_lead(vals_list, cited, ("cited_leads", "cited")),
        }

    @api.model
    def _column(self, vals, name):
        return self._fields[name].convert_to_column_insert(vals[name], self, vals)

    @api.model
    def _by_lead(self, vals_list, lines, names):
        """What goes with each ruling, as columns: the card, by which the database knows the ruling, and the values."""
        rows = [(vals["lead_id"], *line) for vals, some in zip(vals_list, lines, strict=True) for line in some]
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}

    @api.model
    def _remember(self, vals, ruling_id, share_ids):
        """The stored ruling, as it is known from then on in the transaction."""
        ruling, shares = self.browse(ruling_id), self.share_ids.browse(share_ids)
        for share, (_, _, line) in zip(shares, vals["share_ids"], strict=True):
            share._know({**line, "ruling_id": ruling_id})
        linked = {name: tuple(vals[name][0][2]) for name in ("appellant_ids", "cited_ids")}
        ruling._know({**vals, **linked, "appeal_ids": (), "step_ids": (), "share_ids": tuple(shares.sorted().ids)})
        return ruling
