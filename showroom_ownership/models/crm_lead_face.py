import json
from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ..core import rhythm

# What a card's face is made of: as it is, and whether there is any.
SHOWN = (
    "outlet_id", "team_id", "won_status", "followup_due", "notice_until", "protected_until", "ruling_state",
    "card_kind", "card_due",
)  # fmt: skip
ASKED = (
    "user_id", "notice_id", "pending_transfer_id", "order_date", "is_contested", "is_cancelled", "filing_id",
    "completed_at",
)  # fmt: skip


class Words(NamedTuple):
    """What faces say in the reader's language, and what they take from their outlet."""

    terms: dict
    outlets: dict
    badges: dict
    kinds: dict


class CrmLead(models.Model):
    """What the pipeline shows of a card, in one field: it shows hundreds, and each field costs for each of them."""

    _inherit = "crm.lead"

    card_face = fields.Char(
        compute="_compute_card_face", exportable=False,
        help="Badge, due dates, outlet and what is pending, as the pipeline shows them; empty if the lead is no card.",
    )  # fmt: skip

    @api.depends(*SHOWN, *ASKED)
    @api.depends_context("lang")
    def _compute_card_face(self):
        """Cards that look alike are asked once."""
        self.card_face = False
        alike, words = self._grouped_by_face(), None
        for ids in alike:
            words = words or self._face_words()
            cards = self.browse(ids)
            cards.card_face = cards[0]._face(words)

    def _grouped_by_face(self):
        """The ids of cards, those together that look alike; from what is in memory, past Odoo's records."""
        self._recompute_recordset((*SHOWN, *ASKED))
        values = [*map(self._in_memory, SHOWN), *(map(bool, self._in_memory(name)) for name in ASKED)]
        groups = defaultdict(list)
        for card, look in zip(self._ids, zip(*values, strict=True), strict=True):
            groups[look].append(card)
        return [ids for look, ids in groups.items() if look[0]]

    def _in_memory(self, name):
        """A column's values as Odoo keeps them; what is not there yet is read."""
        field = self._fields[name]
        self.browse(field._cache_missing_ids(self)).mapped(name)
        kept = field._get_cache(self.env)
        return [kept.get(card) for card in self._ids]

    def _face_words(self):
        """The outlets' names are read with those of all teams at once, as Odoo will for properties of leads."""
        teams = self.env["crm.team"].sudo().browse(filter(None, set(self._in_memory("team_id"))))
        badges, kinds = (
            dict(self._fields[name]._description_selection(self.env)) for name in ("ownership_badge", "card_kind")
        )
        return Words(self.env["crm.team"]._outlet_terms(), {team.id: team.name for team in teams}, badges, kinds)

    def _face(self, words):
        """What is said on the card, for the widget `showroom_card_face`; without what there is nothing to say of."""
        terms = words.terms.get(self.outlet_id.id)
        if not terms:
            return False
        state = rhythm.state(self.followup_due or None, terms.today)
        badge = self._badge(state, terms.today)
        told = {
            "badge": badge,
            "label": words.badges[badge],
            "outlet": words.outlets[self.outlet_id.id],
            "due": fields.Date.to_string(self.followup_due),
            "lost": self._lost_text(terms) if state == rhythm.OVERDUE else False,
            "pending": bool(self.pending_transfer_id) and badge != "transfer_pending",
            "after_sales": self.card_kind == "c" and words.kinds["c"],
            "file_due": self._asks_for_file() and fields.Date.to_string(self.card_due),
        }
        return json.dumps({name: value for name, value in told.items() if value})

    def _asks_for_file(self):
        return self.won_status == "pending" and self.card_due and not self.completed_at
