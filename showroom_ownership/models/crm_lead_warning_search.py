from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .crm_lead_warning import DUE_WHEN, LOST_WHEN

# What a lapse can move: open, owned, and in no request yet.
MOVABLE = Domain([("won_status", "=", "pending"), ("user_id", "!=", False), ("pending_transfer_id", "=", False)])


class CrmLead(models.Model):
    """Finding what is due and what will be lost, by the local day of each outlet, in one query."""

    _inherit = "crm.lead"

    # A list shows the first eighty in Odoo's own order: they are read off in this order, and passed over by their date
    # without a look at the cards. Odoo's own index has no date, and closed cards and other leads too.
    _due_in_order_idx = models.Index(
        "(priority DESC, id DESC, followup_due) WHERE followup_due IS NOT NULL AND active IS TRUE"
    )
    # A consultant's own: without it, PostgreSQL goes through the due cards of all.
    _due_of_owner_idx = models.Index("(user_id, followup_due) WHERE followup_due IS NOT NULL AND active IS TRUE")

    def _search_due_when(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._search_by_terms(value, [word for word, _label in DUE_WHEN], self._due_domain)

    def _search_lost_when(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._search_by_terms(value, [word for word, _label in LOST_WHEN], self._lost_domain)

    @api.model
    def _search_by_terms(self, wanted, words, domain_of):
        """The cards of which one of the wanted words is true; outlets with the same day and rules in one condition.

        :param wanted: words, or False for the cards of which none is true.
        :param domain_of: gives the domain of a word under the terms of an outlet.
        """
        groups = self.env["crm.team"]._outlets_by_terms().items()
        if False in wanted:
            others = [word for word in words if word not in wanted]
            return ~self._search_by_terms(others, words, domain_of)
        return Domain.OR(
            Domain("outlet_id", "in", ids) & domain_of(word, terms)
            for terms, ids in groups
            for word in words
            if word in wanted
        )

    @api.model
    def _due_domain(self, word, terms):
        tomorrow = terms.today + timedelta(days=1)
        return {
            "overdue": Domain("followup_due", "<", terms.today),
            "today": Domain("followup_due", "=", terms.today),
            "tomorrow": Domain("followup_due", "=", tomorrow),
            "later": Domain("followup_due", ">", tomorrow),
        }[word]

    @api.model
    def _lost_domain(self, word, terms):
        """`core.rhythm.lost_on`, turned round: the notices and due dates by which a card is lost on a day."""
        ahead = [each for each, _label in LOST_WHEN].index(word)
        last = terms.today + timedelta(days=ahead - 1)
        noticed = Domain("followup_due", "!=", False) & Domain("notice_until", "=" if ahead else "<=", last)
        return MOVABLE & (noticed | self._unnoticed_domain(last, terms))

    @api.model
    def _unnoticed_domain(self, last, terms):
        """Cards whose notice is still to come, and gives them until a day."""
        notice = last - timedelta(days=terms.grace)
        if not terms.automatic or notice < terms.today:
            return Domain.FALSE
        if notice == terms.today:  # for all that are overdue
            return Domain("notice_until", "=", False) & Domain("followup_due", "<", terms.today)
        return Domain("notice_until", "=", False) & Domain("followup_due", "=", notice - timedelta(days=1))
