from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..core import facts
from ..core.facts import FAMILY, SAME

NONE = Domain.FALSE
ON_CARDS = "receptions followups communications orders transfers settlements preregistrations".split()
ON_FEW_CARDS = [
    f"showroom.{kind}" for kind in "followup communication order approval settlement preregistration".split()
]
KINDS_ON_CARDS = """
SELECT DISTINCT 'followup', lead_id FROM showroom_followup WHERE lead_id = ANY(%(cards)s)
UNION ALL SELECT 'communication', lead_id FROM showroom_communication WHERE lead_id = ANY(%(cards)s)
UNION ALL SELECT 'order', lead_id FROM showroom_order WHERE lead_id = ANY(%(cards)s)
UNION ALL SELECT replace(kind, 'showroom.', ''), lead_id FROM showroom_approval
          WHERE lead_id = ANY(%(cards)s) AND state = 'approved' AND kind IN ('showroom.transfer', 'showroom.settlement')
UNION ALL SELECT 'preregistration', card.id FROM crm_lead card
          JOIN showroom_preregistration announced ON announced.phone_key = card.phone_sanitized
          WHERE card.id = ANY(%(cards)s)
"""


class ShowroomFacts(models.AbstractModel):
    """Gathers the facts of deals for the pure core: the only place that reads, always as a batch."""

    _name = "showroom.facts"
    _description = "Facts of a Deal"

    @api.model
    def _gather(self, deals):
        """The facts of each deal, in the same order, with a constant number of queries.

        :param deals: a list of `facts.Deal`.
        """
        this = self.sudo().with_context(active_test=False)
        leads = this.env["crm.lead"].browse([deal.card for deal in deals])
        clusters = this._clusters(leads)
        cards = this.env["crm.lead"].browse({card for cluster in clusters.values() for card in cluster})
        records = this._records(cards)
        return this._assemble(deals, clusters, records)

    # Clusters

    @api.model
    def _customer_cards(self, leads):
        """For each lead, all cards of the same customer."""
        clusters = self.sudo().with_context(active_test=False)._clusters(leads)
        Lead = self.env["crm.lead"].sudo()
        return {
            lead: Lead.browse([card for card, relation in cluster.items() if relation == SAME])
            for lead, cluster in clusters.items()
        }

    @api.model
    def _clusters(self, leads):
        """For each lead: the ids of its cluster's cards, each `same` customer or `family` (5)."""
        links, twins = self._links(leads), self._twins(leads)
        same = {lead.id: {lead.id} | twins[lead.id] | links[SAME][lead.id] for lead in leads}
        cards = leads.browse(set().union(*same.values()))  # the customer's other cards have families of their own
        families = (links if cards <= leads else self._links(cards))[FAMILY]
        clusters = {}
        for lead, mine in same.items():
            family = set().union(*(families[card] for card in mine)) - mine
            clusters[lead] = {**dict.fromkeys(family, FAMILY), **dict.fromkeys(mine, SAME)}
        return clusters

    @api.model
    def _links(self, leads):
        found = {SAME: defaultdict(set), FAMILY: defaultdict(set)}
        for link in self._links_of(leads):
            relation = SAME if link.kind == "same_customer" else FAMILY
            found[relation][link.lead_id.id].add(link.other_id.id)
            found[relation][link.other_id.id].add(link.lead_id.id)
        return found

    @api.model
    def _links_of(self, leads):
        domain = ["|", ("lead_id", "in", leads.ids), ("other_id", "in", leads.ids)]
        return self.env["showroom.card.link"].search(domain)

    @api.model
    def _twins(self, leads):
        """Cards with the same normalised phone number or the same contact."""
        phones = [phone for phone in leads.mapped("phone_sanitized") if phone]
        domain = [
            ("outlet_id", "!=", False),
            "|",
            ("phone_sanitized", "in", phones),
            ("partner_id", "in", leads.partner_id.ids),
        ]
        found = self.env["crm.lead"].search(domain) if phones or leads.partner_id else leads.browse()
        alike = {**found.grouped("phone_sanitized"), **found.grouped("partner_id")}
        nobody, alike[False] = found.browse(), found.browse()
        keys = {lead.id: (lead.phone_sanitized, lead.partner_id or False) for lead in leads}
        return {lead: {card for key in pair for card in alike.get(key, nobody).ids} for lead, pair in keys.items()}

    # Records

    @api.model
    def _records(self, cards):
        """Everything on the cards, by model and card, as facts."""
        there = self._kinds_on(cards)
        standing = [("cancelled_at", "=", False)]
        on_cards = {
            "receptions": self._intact_facts("showroom.reception", cards),
            "followups": self._intact_facts("showroom.followup", cards & there["followup"]),
            "communications": self._intact_facts("showroom.communication", cards & there["communication"]),
            "orders": self._intact_facts("showroom.order", cards & there["order"], standing),
            "transfers": self._approved_facts("showroom.transfer", cards & there["transfer"]),
            "settlements": self._approved_facts("showroom.settlement", cards & there["settlement"]),
            "preregistrations": self._preregistrations(cards & there["preregistration"]),
            "grades": cards._grade_spells(),
        }
        broken = {fact.id for lines in on_cards["receptions"].values() for fact in lines if not fact.intact}
        return {"cards": cards, "broken": broken, **on_cards}

    @api.model
    def _kinds_on(self, cards):
        """Which cards have what: most have receptions alone, and nothing else needs to be looked for."""
        there = defaultdict(cards.browse)
        for model in ON_FEW_CARDS:
            self.env[model].flush_model()
        for kind, card in self.env.execute_query(SQL(KINDS_ON_CARDS, cards=cards.ids)):
            there[kind] |= cards.browse(card)
        return there

    @api.model
    def _intact_facts(self, model, cards, domain=()):
        records = self.env[model].search([("lead_id", "in", cards.ids), *domain] if cards else NONE)
        intact = records._intact() if records else set()
        return self._by_card((record, record._fact(record.id in intact)) for record in records)

    @api.model
    def _approved_facts(self, model, cards):
        records = self.env[model].search([("lead_id", "in", cards.ids), ("state", "=", "approved")] if cards else NONE)
        return self._by_card((record, record._fact()) for record in records)

    @api.model
    def _by_card(self, pairs):
        found = defaultdict(list)
        for record, fact in pairs:
            found[record.lead_id.id].append(fact)
        return found

    @api.model
    def _preregistrations(self, cards):
        """Accepted announcements of the customers, which name a phone number and not a card."""
        entries = self.env["showroom.preregistration"]._accepted(cards.mapped("phone_sanitized"))
        intact = entries._intact() if entries else set()
        made = [(entry.phone_key, entry._fact(entry.id in intact)) for entry in entries]
        return {card.id: [fact for phone, fact in made if phone == card.phone_sanitized] for card in cards}

    # Deals

    @api.model
    def _assemble(self, deals, clusters, records):
        """The facts of each deal; people and outlets are read once for all of them."""
        parts = [self._parts(clusters[deal.card], records) for deal in deals]
        involved = [self._involved(deal, *found) for deal, found in zip(deals, parts, strict=True)]
        people = self._people(set().union(*involved))
        made = zip(deals, parts, involved, strict=True)
        return [self._facts(deal, *found, [people[user] for user in sorted(users)]) for deal, found, users in made]

    @api.model
    def _people(self, users):
        """Who works where, and who has left; by user. Of those who left, where they worked."""
        domain = [("user_id", "in", list(users)), ("crm_team_id.outlet_kind", "!=", False)]
        where, once = defaultdict(list), defaultdict(list)
        for member in self.env["crm.team.member"].search_fetch(domain, ["user_id", "crm_team_id", "active"]):
            (where if member.active else once)[member.user_id.id].append(member.crm_team_id.id)
        found = self.env["res.users"].browse(users)
        here = found.filtered(lambda user: user.active and (where[user.id] or user._is_here()))
        places = {user: tuple(sorted(where[user.id] or once[user.id])) for user in found}
        return {user.id: facts.Person(user.id, user in here, places[user]) for user in found}

    @api.model
    def _parts(self, cluster, records):
        """The cards of a cluster, and what is on them."""
        customer = {card: relation for card, relation in cluster.items() if relation == SAME}
        about_customer = {"communications", "preregistrations"}  # what was said of a relative is not of the customer
        found = {
            name: self._of_cluster(records[name], customer if name in about_customer else cluster) for name in ON_CARDS
        }
        cards = tuple(self._card(card, cluster[card.id], records) for card in records["cards"] if card.id in cluster)
        return cards, found

    @api.model
    def _facts(self, deal, cards, found, people):
        told = [fact for name in ON_CARDS for fact in found[name] if hasattr(fact, "outlet")]
        outlets = {deal.outlet, *(card.outlet for card in cards), *(fact.outlet for fact in told)}
        places = tuple(outlet._fact() for outlet in self.env["crm.team"].browse(sorted(outlets)))
        return facts.Facts(deal=deal, outlets=places, people=tuple(people), cards=cards, **found)

    @api.model
    def _of_cluster(self, by_card, cluster):
        unique = {fact.id: fact for card in cluster for fact in by_card.get(card, ())}
        return tuple(unique.values())

    @api.model
    def _card(self, card, relation, records):
        filing = card.filing_id if card.filing_id.id not in records["broken"] else card.filing_id.browse()
        filed = filing and facts.Filing(filing.number or "", card.filing_at, filing.outlet_id.id)
        return facts.Card(
            id=card.id,
            number=card.card_number or "",
            outlet=card.outlet_id.id,
            customer=relation,
            owner=card.user_id.id or None,
            departed=card.owner_departed,
            filing=filed or None,
            rhythm_start=card.rhythm_start or None,
            grades=tuple(records["grades"].get(card.id, ())),
        )

    @api.model
    def _involved(self, deal, cards, found):
        names = ("consultant", "on_behalf_of", "prior", "named", "accompanied_by", "by", "with_", "to")
        people = {getattr(fact, name, None) for facts_list in found.values() for fact in facts_list for name in names}
        return (people | {deal.closer} | {card.owner for card in cards}) - {None}
