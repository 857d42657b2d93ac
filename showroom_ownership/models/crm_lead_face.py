import json
from collections import namedtuple
from typing import NamedTuple

from odoo import api, fields, models

from ..core import rhythm
from .crm_lead_card import badge_of
from .crm_lead_warning import lost_on

# What a card's face is made of: as it is, and whether there is any.
SHOWN = (
    "outlet_id", "team_id", "won_status", "followup_due", "notice_until", "protected_until", "ruling_state",
    "card_kind", "card_due",
)  # fmt: skip
ASKED = (
    "user_id", "notice_id", "pending_transfer_id", "order_date", "is_contested", "is_cancelled", "filing_id",
    "completed_at",
)  # fmt: skip
# What is in memory of a card, asked for under the names of its fields as the card itself, which takes Odoo much longer.
Look = namedtuple("Look", (*SHOWN, *ASKED))


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
        """Cards that look alike are asked once, leads that are no cards nothing."""
        self._recompute_recordset((*SHOWN, *ASKED))
        kept = zip(self._ids, self._in_memory("outlet_id"), strict=True)
        cards = self.browse(card for card, outlet in kept if outlet)
        (self - cards).card_face = False
        if cards:
            words, looks = self._face_words(), cards._looks()
            faces = {look: self._face(look, words) for look in set(looks)}
            self._fields["card_face"]._insert_cache(cards, map(faces.get, looks))  # as Odoo, what it read of many

    def _looks(self):
        """What is in memory of each card, past Odoo's records."""
        values = [*map(self._in_memory, SHOWN), *(map(bool, self._in_memory(name)) for name in ASKED)]
        return [Look(*each) for each in zip(*values, strict=True)]

    def _in_memory(self, name):
        """A column's values as Odoo keeps them; what is not there yet is read."""
        kept = self._fields[name]._get_cache(self.env)
        if missing := set(self._ids).difference(kept):
            self.browse(missing).mapped(name)
        return [*map(kept.get, self._ids)]

    def _face_words(self):
        """The outlets' names are read with those of all teams at once, as Odoo will for properties of leads."""
        teams = self.env["crm.team"].sudo().browse(filter(None, set(self._in_memory("team_id"))))
        badges, kinds = (
            dict(self._fields[name]._description_selection(self.env)) for name in ("ownership_badge", "card_kind")
        )
        return Words(self.env["crm.team"]._outlet_terms(), {team.id: team.name for team in teams}, badges, kinds)

    @api.model
    def _face(self, look, words):
        """What is said on a card, for the widget `showroom_card_face`; without what there is nothing to say of."""
        terms = words.terms.get(look.outlet_id)
        if not terms:
            return False
        state = rhythm.state(look.followup_due, terms.today)
        badge = badge_of(look, state, terms.today)
        told = {
            "badge": badge,
            "label": words.badges[badge],
            "outlet": words.outlets[look.outlet_id],
            "due": fields.Date.to_string(look.followup_due),
            "lost": self._lost_text(lost_on(look, terms)) if state == rhythm.OVERDUE else False,
            "pending": look.pending_transfer_id and badge != "transfer_pending",
            "after_sales": look.card_kind == "c" and words.kinds["c"],
            "file_due": asks_for_file(look) and fields.Date.to_string(look.card_due),
        }
        return json.dumps({name: value for name, value in told.items() if value})


def asks_for_file(card):
    return card.won_status == "pending" and card.card_due and not card.completed_at
