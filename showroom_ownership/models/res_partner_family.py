from odoo import models
from odoo.exceptions import AccessError


class ResPartner(models.Model):
    """Contacts below and above each other tell of each other and change each other: a family has one consultant (2)."""

    _inherit = "res.partner"

    def write(self, vals):
        above = self._named_in(vals.get("parent_id")) if not self.env.su else self.browse()
        if above and self.env.user._is_limited():
            self._check_may_join(above)
        below = self._named_in(*(each[1:] for each in vals.get("child_ids") or () if len(each) > 1))
        if below and not self.env.su and self.env.user._is_limited():
            below._check_may_join(self)
        return super().write(vals)

    def _check_may_join(self, above):
        """:raise AccessError: for staff who put what all see, and others made, into the family of a customer."""
        above, people = above.sudo(), self.sudo() - above.sudo()
        taken = above.is_outlet_customer and people.filtered(
            lambda each: not each.is_outlet_customer and each._is_of_a_colleague()
        )
        opened = not above.is_outlet_customer and above.create_uid != self.env.user
        if taken or opened and people.filtered("is_outlet_customer"):
            raise AccessError(
                self.env._("A customer and a contact that somebody else made are put together by a manager.")
            )

    def _is_of_a_colleague(self):
        """Made by somebody of the staff, and not by whoever works now, who is of the staff, too."""
        user, maker = self.env.user, self.sudo().create_uid
        return user._is_limited() and bool(maker - user) and maker._is_limited()

    def _is_below_what_others_made(self):
        """Its firm is not this customer's alone: it would be kept from all others, and tell them of the customer."""
        above = self.sudo().parent_id
        return bool(above) and not above.is_outlet_customer and above.create_uid != self.env.user

    def _family(self):
        """All contacts that hang together with these, archived ones as well; none if they stand alone."""
        contacts = self.sudo().with_context(active_test=False)
        above = [("id", "in", self.ids), ("parent_id", "!=", False)]
        if not self or not contacts.search_count(["|", ("parent_id", "in", self.ids), "&", *above], limit=1):
            return contacts.browse()
        tops = contacts.search([("id", "parent_of", self.ids), ("parent_id", "=", False)])
        return contacts.search([("id", "child_of", tops.ids)])

    def _below_in(self, children):
        """This contact and all below it.

        :param children: the contacts of a family by what they are below.
        """
        return self.union(*(child._below_in(children) for child in children.get(self, ())))

    def _strangers(self, owner, children, owners):
        """Who has to leave the contact above: this customer, if the others are colleagues', and those below who are.

        :param owners: whose customers the contacts of the family are.
        """
        top = self
        while top.parent_id:
            top = top.parent_id
        whose = lambda contacts: set().union(*(owners.get(each, ()) for each in contacts))  # noqa: E731
        around = whose(top._below_in(children) - self._below_in(children))
        leaving = self if around and owner not in around else self.browse()
        return leaving.union(*(each for each in children.get(self, ()) if whose(each._below_in(children)) - {owner}))

    def _leave_family(self):
        """They stand alone; of the firm its name stays."""
        for firm, contacts in self.sudo().grouped("parent_id").items():
            people = contacts.filtered(lambda each: not each.is_company) if firm.is_company else contacts.browse()
            people.write({"parent_id": False, "company_name": firm.name})
            (contacts - people).write({"parent_id": False})

    def _unfollow_outsiders(self):
        """Nobody from outside follows these contacts but themselves: what is written about them would go there."""
        among = [("res_model", "=", "res.partner"), ("res_id", "in", self.ids), ("partner_id.partner_share", "=", True)]
        followers = self.env["mail.followers"].sudo().search(among) if self else self.env["mail.followers"]
        followers.filtered(lambda each: each.partner_id.id != each.res_id).unlink()
