from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .showroom_append_mixin import is_create_extended

STOCK = "odoo.addons.mail."  # whose `create` does what `_follow_cards` does
SAID = ("res_model", "res_id", "partner_id")
FOLLOW = """
WITH follower AS (
    INSERT INTO mail_followers (res_model, res_id, partner_id)
    SELECT 'crm.lead', card, partner FROM unnest(%(res_ids)s, %(partner_ids)s) AS pair (card, partner)
    RETURNING id, res_model, res_id, partner_id
), subtypes AS (
    INSERT INTO mail_followers_mail_message_subtype_rel (mail_followers_id, mail_message_subtype_id)
    SELECT follower.id, subtype FROM follower CROSS JOIN unnest(%(subtypes)s::int[]) AS subtype
)
SELECT * FROM follower
"""


class CrmLead(models.Model):
    """Who does not see a card does not follow it: followers get its messages, files and recipients (2)."""

    _inherit = "crm.lead"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Nobody learns who a contact is by making it follow a card of theirs."""
        if not self.env.su and (others := self._followers_to_check(partner_ids)):
            self.env["res.partner"].browse(others)._check_may_use()
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids=customer_ids)

    def _followers_to_check(self, partner_ids):
        """The owner always sees; leads that are no cards are followed as ever."""
        cards = self.sudo().filtered("outlet_id")
        return set(partner_ids or ()) - set(cards.user_id.partner_id.ids) if cards else set()

    def _unfollow_strangers(self):
        """Who followed a lead that has become a card, and does not see it."""
        who = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("partner_id.user_ids", "!=", False)]
        following = self.env["mail.followers"].search(who)
        groups = self._grouped_by_strangers(following.partner_id.ids) if following else {}
        ends = {(card, stranger) for strangers, cards in groups.items() for card in cards for stranger in strangers}
        following.filtered(lambda each: (each.res_id, each.partner_id.id) in ends).unlink()

    def _grouped_by_strangers(self, partner_ids):
        """The ids of these cards by those of the partners who are users and do not see them."""
        users = self.env["res.partner"].sudo().browse(partner_ids).user_ids.filtered(lambda user: user._is_limited())
        strangers = defaultdict(set)
        for user in users:
            for card in self.sudo()._out_of_sight(user):
                strangers[card.id].add(user.partner_id.id)
        groups = defaultdict(list)
        for card in self.ids:
            groups[frozenset(strangers[card])].append(card)
        return groups


class MailFollowers(models.Model):
    """Where all followers come by: whom Odoo subscribes with an activity, or because they follow the team."""

    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Who follows a contact tells whose customer it is."""
        if not self.env.su and not kwargs.get("bypass_access") and self.env.user._is_limited():
            open_ones = ["|", ("is_outlet_customer", "=", False), ("is_in_sight", "=", True)]
            seen = self.env["res.partner"].sudo().with_context(active_test=False)._search(open_ones)
            domain = Domain(domain) & (Domain("res_model", "!=", "res.partner") | Domain("res_id", "in", seen))
        return super()._search(domain, offset, limit, order, **kwargs)

    def _insert_followers(self, res_model, res_ids, partner_ids, subtypes=None, **kwargs):
        cards = self.env[res_model].browse(res_ids) if res_model == "crm.lead" else None
        others = cards._followers_to_check(partner_ids) if cards else None
        if not others:
            return super()._insert_followers(res_model, res_ids, partner_ids, subtypes, **kwargs)
        for without, some in cards._grouped_by_strangers(others).items():
            told = [partner for partner in partner_ids if partner not in without]
            super()._insert_followers(res_model, some, told, subtypes, **kwargs)
        return None

    @api.model
    def _follow_cards(self, partners):
        """Who follows cards that nobody follows yet, with what Odoo tells by default; any number in one statement.

        :param partners: the partner by card.
        """
        subtypes = self.env["mail.message.subtype"].default_subtypes("crm.lead")[0].ids
        pairs = [
            {"res_model": "crm.lead", "res_id": card.id, "partner_id": partner.id} for card, partner in partners.items()
        ]
        if not pairs or self._is_extended():
            self.create([{**pair, "subtype_ids": subtypes} for pair in pairs])
            return
        self.flush_model()
        told = {f"{name}s": [pair[name] for pair in pairs] for name in ("res_id", "partner_id")}
        self._followed(self.env.execute_query(SQL(FOLLOW, **told, subtypes=subtypes)))

    @api.model
    def _is_extended(self):
        """Whether another module makes more of a follower than Odoo does."""
        stored = {name for name, field in self._fields.items() if field.store and field.column_type}
        return stored != {"id", *SAID} or is_create_extended(self, STOCK)

    @api.model
    def _followed(self, rows):
        """What hangs on followers is worked out again, and read again, as when Odoo makes them."""
        ids, *columns = zip(*rows, strict=True)
        followers = self.browse(ids)
        for name, said in zip(SAID, columns, strict=True):
            self._fields[name]._insert_cache(followers, said)
        followers.modified([*SAID, "subtype_ids"], create=True)
        cards = self.env["crm.lead"].browse(followers.mapped("res_id"))
        cards.invalidate_recordset(["message_follower_ids", "message_partner_ids", "message_is_follower"])
