from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError


class CrmLead(models.Model):
    """Cards become one customer's by number, contact, link and merge, over any number of steps (5, cluster).

    Nobody's act makes anybody but the present holder the holder of a colleague's customer, unless a manager does it.
    """

    _inherit = "crm.lead"

    # Who is one customer with whom

    def _neighbours(self):
        """For each of these cards and of all that hang together with them, the ids of the cards next to it."""
        found, new = {}, self.sudo()
        while new:
            around = self.env["showroom.facts"]._customer_cards(new)
            found.update({card: set(cards.ids) for card, cards in around.items()})
            new = new.browse(set().union(*found.values()) - found.keys())
        return found

    @api.model
    def _reached(self, start, neighbours, without=frozenset()):
        """The cards that hang together with one of them, also without some that may be in between."""
        reached, new = {start}, {start}
        while new:
            new = set().union(*(neighbours[card] for card in new)) - reached - without
            reached |= new
        return self.sudo().browse(sorted(reached))

    def _customers(self):
        """For each card all that are the same customer's."""
        neighbours = self._neighbours()
        return {card: self._reached(card.id, neighbours) for card in self.sudo()}

    def _parts(self):
        """What becomes one if these cards do: all that hang together with each of them, and what is next to each filed
        card there, as a ruling looks no further: a card that hangs together with them over others comes next to it."""
        neighbours, cards = self._neighbours(), self.sudo()
        near = cards.browse(set().union(*(neighbours[card.id] for card in cards)))
        filed = [cards.browse(neighbours[card.id]) for card in near.filtered("filing_id")]
        return [*(self._reached(card.id, neighbours) for card in cards), *filed]

    # Who holds them

    def _heads(self):
        """Of cards of one customer the one that was filed first, and the first whose owner can be the holder (5)."""
        filed = self.filtered("filing_id").sorted(lambda card: card._seniority())
        return filed[:1], filed.filtered(lambda card: card._claims())[:1]

    def _claims(self):
        return bool(not self.owner_departed and self.user_id._is_here() and not self._filing_expired())

    def _take_from(self, parts):
        """The cards of colleagues that would have somebody else ahead of them, of parts that become one customer.

        Who has a part themselves may give it to the holder of another; who manages the outlet decides for it.
        """
        mine, taken = self.env.user, self.browse()
        for part in parts:
            for before, now in zip(part._heads(), self._heads(), strict=True):
                if before != now and before._whose() not in (mine | now._whose()):
                    taken |= before
        return taken.filtered(lambda card: not mine._manages(card.outlet_id))

    @api.model
    def _of_two_names(self, parts):
        """Whether several customers of somebody's would be one: if the later card goes to a colleague, the older one
        would stay ahead of it (5)."""
        user, firsts = self.env.user, self.sudo().browse().union(*(part._heads()[0] for part in parts))
        firsts = firsts.filtered(lambda card: not user._manages(card.outlet_id))
        return any(not cards._have_one_name() for cards in firsts.grouped("user_id").values() if len(cards) > 1)

    # The guard

    def _guarded(self):
        """The cards of which it is not for the user to say whose customer they are."""
        user = self.env.user
        return self.filtered(lambda card: card.outlet_id and not self.env.su and not user._manages(card.outlet_id))

    def _joinable(self):
        """The cards by which the user might join those of an outlet that they do not manage."""
        if not self.env.su and self.env.user._is_limited():
            return self.filtered("outlet_id")
        return self._guarded()

    def _check_as_one(self):
        """:raise AccessError: if these cards cannot be made one customer's by somebody who is no manager."""
        parts = self._parts()
        self._check_parts(self.sudo().union(*parts), parts)

    @api.model
    def _check_parts(self, whole, parts):
        if taken := whole._take_from(parts):
            taken[:1]._asked_about(taken[:1])
            raise AccessError(
                self.env._("By this a colleague would lose their customer to an earlier card. Ask a manager to do it.")
            )
        if self._of_two_names(parts):
            raise AccessError(
                self.env._("These cards were filed under different names. Ask a manager to link them as one customer.")
            )
        whole._check_not_apart()
        whole._check_not_prepared(parts)
        # Who joins one of them with others at the same moment starts over, and sees what was joined here.
        whole._touch()

    def _check_not_prepared(self, parts):
        """A family, or a card that is filed, is no more brought to a card that waits for a colleague by a number or a
        contact than it is linked with one (4, 5).

        :raise UserError: for who is no manager.
        """
        waiting = self.filtered(lambda card: card._awaits_owner())
        if waiting and len(parts) > 1:
            links = self.env["showroom.card.link"].sudo()
            ends = links.search([*self._linked_either_way(), ("kind", "=", "family")])
            bringing = ends._ends() | self.filtered("filing_id")
            self.browse().union(*(waiting - part for part in parts if part & bringing))._check_awaits_nobody()

    @contextmanager
    def _joining(self):
        """What is done within may join these cards with others, if nobody loses a customer by it; owners are told."""
        cards = self._joinable()
        before = cards._customers() if cards else {}
        numbers = {card: card.phone_sanitized for card in cards}
        fixed = cards.filtered(lambda card: card._keeps_identity())
        yield
        if cards:
            moved = cards._guarded().filtered(lambda card: card.phone_sanitized != numbers[card])
            if moved:
                self.env["showroom.ledger.head"].sudo()._let_nobody_pass(moved.sudo())
            moved._check_numbers(before, fixed)
            cards._check_joined(before)

    def _check_joined(self, before):
        neighbours, joined = self._neighbours(), set()
        for card in self.sudo():
            whole = self._reached(card.id, neighbours)
            touched = whole & self.sudo()
            known = [before.get(each, each) & whole for each in touched]
            rest = whole - self.sudo().union(*known)
            apart = [self._reached(each.id, neighbours, set(touched.ids)) for each in rest]
            self._check_parts(whole, known + apart)
            rest._tell_of_double(card.user_id or self.env.user, card.outlet_id)
            if rest:
                touched._tell_of_family()
                touched._tell_of_followups_before(rest)
            joined.add(whole.browse().union(*(part._heads()[0] for part in known + apart)))
        for firsts in joined:
            if len(firsts) > 1:
                firsts._tell_of_link(firsts, "same_customer")

    def _check_numbers(self, before, fixed):
        """A card that carries evidence or a ruling keeps its number, also when its country or its contact changes."""
        if self & fixed:
            raise AccessError(self.env._("This number stands in the register. Ask a manager to change it on the card."))
        for card in self.sudo():
            if not card.phone_sanitized and before[card]._heads()[0].user_id - self.env.user:
                raise AccessError(self.env._("A colleague's customer has this number. Ask a manager to remove it."))
        self._check_unknown_to_register()

    def _check_unknown_to_register(self):
        """A number that only the register knows, as of merged cards, is its card's: no other card takes it over."""
        numbers = [number for number in self.mapped("phone_sanitized") if number]
        domain = [("phone_key", "in", numbers), ("is_void", "=", False), ("lead_id.filing_id", "!=", False)]
        lines = self.env["showroom.reception"].sudo().search(domain) if numbers else self.env["showroom.reception"]
        known = lines.lead_id.filtered(lambda card: card.phone_sanitized not in numbers)
        companies = self.sudo().company_id
        if any(not companies or not card.company_id or card.company_id in companies for card in known - self.sudo()):
            raise AccessError(
                self.env._(
                    "The register knows this number from another card. Receive the customer at the desk instead."
                )
            )
