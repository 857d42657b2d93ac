from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..core import facts
from ..core.facts import SAME

NONE = Domain.FALSE
# What people told: kept in the ledger, and to be compared with it.
EVIDENCE = {
    "receptions": "showroom.reception",
    "followups": "showroom.followup",
    "communications": "showroom.communication",
    "orders": "showroom.order",
    "preregistrations": "showroom.preregistration",
}
DECIDED = {"transfers": "showroom.transfer", "settlements": "showroom.settlement"}
ON_CARDS = [*EVIDENCE, *DECIDED]


class ShowroomFacts(models.AbstractModel):
    """Gathers the facts of deals for the pure core: the only place that reads, always as a batch."""

    _name = "showroom.facts"
    _description = "Facts of a Deal"

    @api.model
    def _gather(self, deals):
        """The facts of each deal, in the same order, with a constant number of queries.

        :param deals: a list of `facts.Deal`.
        """
        return self._gather_cited(deals)[0]

    @api.model
    def _gather_cited(self, deals, around=None):
        """The same, and the ids of the ledger entries that can be cited, by their number.

        :param around: what `_around` found around the cards of the deals, if somebody has asked already.
        """
        this = self.sudo().with_context(active_test=False)
        around = around or this._around(this.env["crm.lead"].browse([deal.card for deal in deals]))
        cards = this.env["crm.lead"].browse({card for cluster in around.clusters.values() for card in cluster})
        records = this._records(cards, around)
        return this._assemble(deals, around.clusters, records), records["entries"]

    # Records

    @api.model
    def _records(self, cards, around):
        """Everything on the cards, by kind and card, as facts."""
        told = {kind: self._told(kind, cards, around.there[kind]) for kind in EVIDENCE}
        numbers = {record.number for records in told.values() for record in records}
        rows = self.env["showroom.evidence.mixin"]._rows_about(numbers)
        intact = {kind: records._intact(rows) if records else set() for kind, records in told.items()}
        found = {kind: self._by_card(records, intact[kind], cards) for kind, records in told.items()}
        found.update({kind: self._decided(kind, cards, around.there[kind]) for kind in DECIDED})
        broken = set(told["receptions"].ids) - intact["receptions"]
        entries = {filing.number: filing.entry_id.id for filing in cards.filing_id}
        entries.update({row.number: row.id for about in rows.values() for row in about})
        return {"cards": cards, "broken": broken, "grades": around.grades, "entries": entries, **found}

    @api.model
    def _told(self, kind, cards, there):
        """The records of a kind, from those cards that have any: every card may have receptions."""
        Model, concerned = self.env[EVIDENCE[kind]], cards if kind == "receptions" else cards.browse(there)
        if kind == "preregistrations":  # they name a phone number, and not a card
            return Model._accepted(concerned.mapped("phone_sanitized"))
        standing = Domain("cancelled_at", "=", False) if kind == "orders" else Domain.TRUE
        return Model.search_fetch(Domain("lead_id", "in", concerned.ids) & standing) if concerned else Model

    @api.model
    def _by_card(self, records, intact, cards):
        found = defaultdict(list)
        by_phone = cards.grouped("phone_sanitized") if records._name == "showroom.preregistration" else None
        for record in records:
            for card in record.lead_id if by_phone is None else by_phone.get(record.phone_key, ()):
                found[card.id].append(record._fact(record.id in intact))
        return found

    @api.model
    def _decided(self, kind, cards, there):
        domain = [("lead_id", "in", list(there)), ("state", "=", "approved")]
        found = defaultdict(list)
        for record in self.env[DECIDED[kind]].search(domain if there else NONE):
            found[record.lead_id.id].append(record._fact())
        return found

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
        places = self.env["res.users"]._workplaces()
        found = self.env["res.users"].browse(users)
        return {user.id: self._person(user, *places.get(user.id, ((), (), ()))) for user in found}

    @api.model
    def _person(self, user, where, once, _led):
        here = user.active and bool(where or user._is_here())
        return facts.Person(user.id, here, tuple(sorted(where or once)))

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
