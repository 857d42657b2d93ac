from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..core.facts import FAMILY, SAME, GradeSpell
from . import clock

# The cards around cards: of the same customer (same number, same contact, or linked as the same), and of the family,
# which is linked with any of those. Customers are a company's; cards of no company are everybody's.
CLUSTERS = """
WITH deal AS (SELECT id, phone_sanitized, partner_id, company_id FROM crm_lead WHERE id = ANY(%(cards)s)),
link AS NOT MATERIALIZED (
    SELECT lead_id AS card, other_id AS other, kind FROM showroom_card_link
    UNION ALL SELECT other_id, lead_id, kind FROM showroom_card_link
), same AS (
    SELECT id AS lead, id AS card FROM deal
    UNION SELECT deal.id, card.id FROM deal JOIN crm_lead card USING (phone_sanitized)
           WHERE card.outlet_id IS NOT NULL AND (card.company_id = deal.company_id) IS NOT FALSE
    UNION SELECT deal.id, card.id FROM deal JOIN crm_lead card USING (partner_id)
           WHERE card.outlet_id IS NOT NULL AND (card.company_id = deal.company_id) IS NOT FALSE
    UNION SELECT deal.id, other FROM deal JOIN link ON link.card = deal.id WHERE kind = 'same_customer'
), around AS (
    SELECT lead, card, 'same' AS relation FROM same
    UNION ALL (
        SELECT lead, other, 'family' FROM same JOIN link USING (card) WHERE kind = 'family'
        EXCEPT SELECT lead, card, 'family' FROM same
    )
)
"""
WHO = "SELECT lead, card, relation FROM around"
# Most cards have contacts and a grade alone, and nothing else needs to be looked for.
WHAT = """
SELECT lead, card, relation, array_remove(ARRAY[
    CASE WHEN EXISTS (SELECT FROM showroom_communication WHERE lead_id = card) THEN 'communications' END,
    CASE WHEN EXISTS (SELECT FROM showroom_order WHERE lead_id = card) THEN 'orders' END,
    CASE WHEN EXISTS (SELECT FROM showroom_preregistration
                      WHERE phone_key = (SELECT phone_sanitized FROM crm_lead WHERE id = card))
         THEN 'preregistrations' END,
    CASE WHEN EXISTS (SELECT FROM showroom_ruling WHERE lead_id = card AND state = 'cancelled') THEN 'taken_back' END,
    CASE WHEN EXISTS (SELECT FROM showroom_ruling WHERE lead_id = card AND state <> 'cancelled') THEN 'sold' END
], NULL) || ARRAY(
    SELECT DISTINCT replace(kind, 'showroom.', '') || 's' FROM showroom_approval
    WHERE lead_id = card AND state = 'approved' AND kind IN ('showroom.transfer', 'showroom.settlement')
), clock_timestamp() AT TIME ZONE 'UTC', ats, codes, counts, periods
FROM around LEFT JOIN LATERAL (
    SELECT array_agg(at ORDER BY at, id) AS ats, array_agg(code ORDER BY at, id) AS codes,
           array_agg(count ORDER BY at, id) AS counts, array_agg(period ORDER BY at, id) AS periods
    FROM showroom_grade_change WHERE lead_id = card AND is_merged IS NOT TRUE
) AS grades ON TRUE
"""
READ_FROM = [
    f"showroom.{name}" for name in "card.link communication order approval preregistration ruling grade.change".split()
]


class Around(NamedTuple):
    """What is there around the cards of deals.

    :param clusters: for each card, the cards of its cluster and whether they are `same` or `family`, by id.
    :param there: the ids of the cards that have records of a kind, by kind.
    :param grades: the grades of each card from the first on, by id.
    """

    clusters: dict
    there: dict
    grades: dict


class ShowroomFacts(models.AbstractModel):
    """Which cards are of one customer or family, and what there is on them, in one query for any number of cards."""

    _inherit = "showroom.facts"

    @api.model
    def _customer_cards(self, leads, clusters=None):
        """For each lead, all cards of the same customer.

        :param clusters: what `_clusters` told, if it was asked before.
        """
        Lead = self.env["crm.lead"].sudo()
        return {
            lead: Lead.browse([card for card, relation in cluster.items() if relation == SAME])
            for lead, cluster in (clusters or self._clusters(leads)).items()
        }

    @api.model
    def _clusters(self, leads):
        """For each lead: the ids of its cluster's cards, each `same` customer or `family` (5)."""
        return self._by_lead(leads, self._asked(CLUSTERS + WHO, leads) if leads else ())

    @api.model
    def _around(self, leads):
        """What there is, and what time it is."""
        found, there, grades = self._asked(CLUSTERS + WHAT, leads), defaultdict(set), {}
        for _lead, card, _relation, kinds, now, *spells in found:
            clock.learn(self.env, now)
            for kind in kinds:
                there[kind].add(card)
            grades[card] = [GradeSpell(*spell) for spell in zip(*spells, strict=True)] if spells[0] else []
        return Around(self._by_lead(leads, [row[:3] for row in found]), there, grades)

    @api.model
    def _asked(self, query, leads):
        self.env["crm.lead"].flush_model(["phone_sanitized", "partner_id", "company_id", "outlet_id"])
        for model in READ_FROM:
            self.env[model].flush_model()
        return self.env.execute_query(SQL(query, cards=leads.ids))

    @api.model
    def _by_lead(self, leads, rows):
        """Relatives first, as they are told; what is not stored yet has nothing around it."""
        clusters = {lead: {} for lead in leads.ids}
        for lead, card, relation in sorted(rows, key=lambda row: row[2] != FAMILY):
            clusters[lead][card] = relation
        return clusters
