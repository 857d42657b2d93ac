from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from . import said
from .showroom_card_link import KINDS

AT_ONCE = 20  # a family is smaller; each pair of cards is a link


class CrmLead(models.Model):
    """Links between cards, which are ruled on together (5): owners make them, managers undo them, all hear of it."""

    _inherit = "crm.lead"

    link_ids = fields.One2many("showroom.card.link", "lead_id", "Linked Cards", readonly=True)
    apart_ids = fields.Many2many(
        "crm.lead", "showroom_card_apart", "lead_id", "other_id", "Taken Apart", readonly=True, copy=False,
        help="Cards whose link with this one a manager undid: a manager alone links them again (5).",
    )  # fmt: skip

    @said.takes(one=True, card_numbers=said.texts, kind=said.one_of(KINDS))
    def action_link(self, card_numbers, kind="family"):
        """Link this card with others, by their card numbers. For their owners and for managers.

        :param kind: `family` or `same_customer`.
        :raise UserError: for an unknown number, for more than 20, for cards none of which is the user's, or that are
            closed.
        """
        cards = self._numbered(card_numbers)
        customers = cards.union(*cards._customers().values())
        managed = self._check_may_link(cards, customers)
        if managed:
            customers._forget_apart(kind)
        customers._check_not_apart(kind)
        if kind == "same_customer" and not managed:
            cards._check_same_customer()
        links = self.env["showroom.card.link"].sudo()._link(cards, kind)
        links._ends()._tell_of_link(cards, kind)
        return True

    @said.takes(one=True, card_numbers=said.texts)
    def action_end_link(self, card_numbers):
        """Undo the links of this customer with others, on whatever cards of theirs, whoever made them. For managers.

        :raise UserError: for anybody else, or if these cards are not linked.
        """
        cards = self._numbered(card_numbers)
        if not self.env.user._manages(self.outlet_id):
            raise AccessError(self.env._("Ask a manager to undo the link."))
        links = self.sudo()._links_with(cards - self.sudo())
        if not links:
            raise UserError(self.env._("These cards are not linked."))
        concerned = links._ends()
        links._take_apart()
        concerned._tell_of_link(concerned, False)
        return True

    def _links_with(self, others):
        """The links of this card with others; if there are none, those between further cards of the two customers."""
        links = self.env["showroom.card.link"].sudo().search(self._linked_either_way())
        if direct := links.filtered(lambda link: link._ends() & others):
            return direct
        customers = (self | others)._customers()
        mine, theirs = customers[self], self.union(*(customers[other] for other in others)) - customers[self]
        links = links.search(mine._linked_either_way())
        return links.filtered(lambda link: link._ends() & mine and link._ends() & theirs)

    def _forget_apart(self, kind):
        for card in self.filtered("apart_ids"):
            again = card.apart_ids & self._near(kind)
            card.apart_ids -= again
            for other in again:
                other.apart_ids -= card

    def _part_from(self, others):
        for here, there in ((self, others), (others, self)):
            for card in here:
                card.apart_ids |= there

    def _check_not_apart(self, kind="same_customer"):
        """What a manager took apart stays so, on whatever cards of these customers, who come with all of theirs.

        :param kind: as what they are to be linked.
        :raise UserError: for customers whom a manager took apart.
        """
        if self.apart_ids and self.apart_ids & self._near(kind):
            raise UserError(self.env._("A manager undid the link of these cards. Ask a manager to link them again."))

    def _near(self, kind):
        """Whose cards would be ruled on with these: who becomes one with a customer gets their family, too (5)."""
        if kind == "family":
            return self
        links = self.env["showroom.card.link"].sudo().search([*self._linked_either_way(), ("kind", "=", "family")])
        family = links._ends() - self
        return self.union(family, *family._customers().values())

    def _check_awaits_nobody(self):
        """:raise UserError: if one of these cards waits in the pool, or for a manager's yes, for a colleague (4)."""
        if any(card._awaits_owner() for card in self):
            raise UserError(self.env._("A card that waits for a colleague is linked by a manager."))

    def _awaits_owner(self):
        return self.won_status == "pending" and bool(not self.user_id or self.pending_transfer_id)

    def _linked_either_way(self):
        return ["|", ("lead_id", "in", self.ids), ("other_id", "in", self.ids)]

    def _numbered(self, card_numbers):
        """This card, which the user can read, with those of some numbers, which they need not."""
        self.ensure_one()
        self.check_access("read")
        if len(card_numbers) > AT_ONCE:
            raise UserError(self.env._("Link at most %s cards at once.", AT_ONCE))
        cards = self.sudo() | self.sudo().with_context(active_test=False).search([("card_number", "in", card_numbers)])
        if len(cards) < 2 or not all(card.outlet_id for card in cards):
            raise UserError(self.env._("No card has this number. Copy it from the card or from the match at the desk."))
        return cards

    def _check_may_link(self, cards, customers):
        """A consultant links a card of their own with others, all of them open.

        :param customers: all cards of the same customers.
        :return: whether the user manages all the outlets.
        """
        user = self.env.user
        if any(user._manages(outlet) for outlet in cards.outlet_id):
            return user._manages(cards.outlet_id)
        if user not in cards.user_id:
            raise UserError(self.env._("Link your own card with another, or ask a manager."))
        customers._check_awaits_nobody()
        if any(card.won_status != "pending" for card in cards):
            raise UserError(self.env._("A card that is closed is linked by a manager."))
        return False

    def _check_same_customer(self):
        """Nobody becomes the holder of a colleague's customer by saying that an old card of theirs is the same, nor
        puts one behind another of their own, which may go to a colleague (5).

        Cards that were filed under one name, and cards that give whoever links them nothing, are linked by their
        owners; all others by a manager.
        """
        parts = (self | self._linked_as_same())._parts()
        firsts = self.browse().union(*(part._heads()[0] for part in parts))
        taken = self.union(*parts)._take_from(parts)
        taken[:1]._asked_about(taken[:1])
        if (taken and not (firsts._have_one_name() and taken._never_owned_by_user())) or self._of_two_names(parts):
            raise UserError(
                self.env._("These cards were filed under different names. Ask a manager to link them as one customer.")
            )

    def _never_owned_by_user(self):
        """Whose card went to a colleague does not get ahead of it by an older one under the same name (4, 5)."""
        return self.env.user not in self.sudo().ownership_ids.user_id

    @api.model
    def _name_key(self, name):
        return "".join((name or "").casefold().split())

    def _linked_as_same(self):
        """The cards that are linked with these as cards of the same customer."""
        links = self.env["showroom.card.link"].search([*self._linked_either_way(), ("kind", "=", "same_customer")])
        return links._ends() - self

    # What was joined before anybody filed

    def _file(self, line, owner):
        beside = self._customers()[self].filtered(lambda card: not card.filing_id) - self
        beside._leave_to_who_files(line, owner)
        if not self.filing_id and "filing" not in self.ownership_ids.mapped("reason"):
            if self.user_id - owner:
                self._stand_alone()
                self._take_from_register(line)
            elif self._is_joined_under_another_name(line):
                self._stand_alone()
        elif self.user_id - owner:
            self._part_from_former()
        result = super()._file(line, owner)
        (self | beside)._tell_of_followups_before(self)
        for card in beside.filtered(lambda each: each.won_status == "pending" and each.user_id - owner):
            self._tell_double(card.user_id, card.outlet_id)
        return result

    def _part_from_former(self):
        """Whoever loses a card and with it the filing, has no say in whose customer it is afterwards: what consultants
        linked with it is undone, or the next filing would go to another card of theirs (2, 5)."""
        links = self.env["showroom.card.link"].search(self._linked_either_way())
        links.filtered(lambda link: not link.create_uid._manages(self.outlet_id))._cut_and_tell()
        if self.partner_id and self._with_contact(self.partner_id.ids).filtered(self._was_left_with) - self:
            self.partner_id = False

    def _was_left_with(self, other):
        return other.won_status == "pending" and other.user_id == self.user_id

    def _leave_to_who_files(self, line, owner):
        """What a colleague prepared on further cards that nobody filed falls away, too; their deals are told (2). A
        contact stays on what is sold as long as it is.

        :param owner: who files the customer now, by this line.
        """
        for card in self:
            if card._is_unfiled_deal() and card.ruling_id.closer_id != owner:
                card._tell_of_unfiled_deal(line)
            if card.won_status == "won" and (card.user_id | card.ruling_id.closer_id) - owner:
                card._cut_links()
            elif card.won_status != "won" and card.user_id - owner:
                card._stand_alone()

    def _leave_to_who_filed_beside(self):
        """The same of cards that were sold or put aside while a colleague filed their customer, and are opened again;
        the colleague hears of them (2)."""
        cards = self.sudo().filtered(lambda card: card.phone_sanitized and not card.filing_id)
        customers = cards._customers() if cards else {}
        for card in cards:
            same = customers[card].filtered(lambda each, number=card.phone_sanitized: each.phone_sanitized == number)
            if theirs := same.filtered(lambda each, owner=card.user_id: each.filing_id and each.user_id - owner):
                card._stand_alone()
                theirs._tell_of_double(card.user_id or self.env.user, card.outlet_id)

    def _is_joined_under_another_name(self, line):
        """What was joined while it had no filing is not one customer with who was filed under another name (5)."""
        joined = self._linked_as_same() - self
        joined |= self._with_contact(self.partner_id.ids) - self if self.partner_id else joined
        name = self._name_key(line.customer_name)
        filed = joined.filtered(lambda card: card.filing_id and card.phone_sanitized != self.phone_sanitized)
        return any(card.filing_id._name_as_filed() != name for card in filed)

    def _take_from_register(self, line):
        """The customer is who the register says: mail goes to no address that a colleague wrote on the card, which its
        log still tells; an order that was taken before binds nobody (5.2)."""
        who = {"name": line.customer_name, "contact_name": line.customer_name, "phone": self.phone}
        blank = dict.fromkeys(("partner_id", "partner_name", "email_from", "email_cc"), False)
        self.sudo()._unfollow_outsiders()
        self.write({**who, **blank, "grade_id": self.outlet_id.policy_id._default_grade().id})
        if self.order_date:
            self._refresh_order()

    def _stand_alone(self):
        """Who opened a card and was not the one to file it has no say in whose customer it is: links and a contact that
        is on other cards end, or the first filing would go to an older card at once (2, 5)."""
        self._cut_links()
        if self.partner_id and self.with_context(active_test=False).search_count(
            [("partner_id", "=", self.partner_id.id), ("id", "!=", self.id), ("outlet_id", "!=", False)], limit=1
        ):
            self.partner_id = False

    def _cut_links(self):
        self.env["showroom.card.link"].search(self._linked_either_way())._cut_and_tell()

    # Who hears of it

    def _tell_of_link(self, cards, kind):
        """The owners of the customers' cards and the managers are told at once, by numbers; the cards keep a note.

        :param kind: what they are now, False if the link was undone.
        """
        if not self:
            return
        numbers = format_list(self.env, cards.mapped("card_number"))
        self._message_log_batch(dict.fromkeys(self.ids, self._words_of_link(numbers, kind)))
        concerned = self.union(*self._customers().values()).filtered(lambda each: each.active)
        lenders = concerned._lenders_by_card()
        for card in concerned:
            readers = card.user_id | lenders[card.id] | self.env["showroom.ledger.entry"]._managers(card.outlet_id)
            readers -= self.env.user
            card._tell_people(readers, lambda told: told._letter_of_link(numbers, kind))

    def _letter_of_link(self, numbers, kind):
        return self.env._("Linked cards: %s", self.card_number), self._words_of_link(numbers, kind)

    def _words_of_link(self, numbers, kind):
        words = {"who": self.env.user.name, "numbers": numbers}
        if not kind:
            return self.env._("%(who)s undid the link of %(numbers)s.", **words)
        if kind == "family":
            return self.env._(
                "%(who)s linked %(numbers)s as one family: deals are ruled on with all of them. If that is wrong, a"
                " manager undoes it on the card.", **words
            )  # fmt: skip
        return self.env._(
            "%(who)s linked %(numbers)s as one customer: the first filing decides. If that is wrong, a manager undoes"
            " it on the card.", **words
        )  # fmt: skip
