from odoo import models
from odoo.exceptions import AccessError, UserError

from .crm_lead_owner import DOOR

MOVED = (
    "showroom.reception", "showroom.followup", "showroom.communication", "showroom.order", "showroom.ownership",
    "showroom.grade.change", "showroom.notice", "showroom.ruling", "showroom.approval", "showroom.leave.line",
    "showroom.conduct", "showroom.spot.check.line",
)  # fmt: skip
OF_THE_FIRST = ("card_number", "filing_id", "filing_at", "user_id", "team_id", "grade_id")
# When it has to be followed up and completed: a card that was opened for it would start both anew.
SINCE = ("owner_since", "rhythm_start", "card_due", "card_lapsed", "completed_at")


class CrmLead(models.Model):
    """Merging cards keeps every reception, follow-up, owner and ruling (2)."""

    _inherit = "crm.lead"

    def _merge_opportunity(self, user_id=False, team_id=False, auto_unlink=True, max_length=5):
        cards = self.filtered("outlet_id")
        if not cards:
            return super()._merge_opportunity(user_id, team_id, auto_unlink, max_length)
        cards._check_one_person()
        self._check_may_merge()
        pressing = cards._due_or_lapsed()
        senior = cards.sudo().sorted(lambda card: card._seniority())[:1]
        kept = {name: senior[name] for name in OF_THE_FIRST + SINCE}
        merged = super()._merge_opportunity(False, False, auto_unlink, max_length)
        merged._become(kept)
        merged._check_ruled()
        merged._check_not_relieved(pressing)
        return merged

    def _check_one_person(self):
        """:raise AccessError: for cards of customers of which a contact with one would count for the other (3, 5)."""
        cards = self._guarded().sudo().filtered(lambda card: card.filing_id or card.order_date)
        if len(cards) < 2 or cards <= cards[0]._customers()[cards[0]]:
            return
        names = {card.filing_id and card.filing_id._name_as_filed() for card in cards}
        if len(names) > 1 or not all(names):
            raise AccessError(self.env._("These cards have different names and numbers. Ask a manager to merge them."))

    def _due_or_lapsed(self):
        """When a contact was asked for of those cards for which it is: due, noticed or about to be given away (4)."""
        cards = self._guarded().sudo()
        asked = cards.filtered(
            lambda card: card.followup_due
            and (card.followup_due <= card.outlet_id._today() or card.notice_id or card._is_lapsing())
        )
        return asked.mapped("followup_due")

    def _is_lapsing(self):
        return self.pending_transfer_id.reason == "lapsed"

    def _check_not_relieved(self, pressing):
        """:raise UserError: if a merge would do what a contact is asked for."""
        due = self.sudo().followup_due
        if pressing and (not due or due > min(pressing)):
            raise UserError(
                self.env._("A follow-up is due on one of these cards. Follow up first, or ask a manager to merge them.")
            )

    def _check_may_merge(self):
        """Nobody loses a customer by it; a filing goes to no number that nobody filed, and a deal to no other (2, 5).

        :raise AccessError: for who does not manage the outlets.
        """
        cards = self.filtered("outlet_id")
        if self.env.su or not cards._joinable():
            return
        cards._check_as_one()
        if not cards._guarded():
            return
        cards._check_not_lent()
        if any(card._awaits_owner() for card in cards.sudo()):
            raise UserError(self.env._("A card that waits for a colleague is merged by a manager."))
        known = cards.filtered("ruling_id") or cards.filtered(lambda card: card.order_date or card._first_line())
        others = self.sudo().filtered(lambda lead: lead.phone_sanitized or lead.partner_id)
        strange = known and others - self.env["crm.lead"].union(*known._customers().values())
        if strange or known and set(others.mapped("phone_sanitized")) - known._numbers_as_filed() - {False}:
            raise AccessError(self.env._("These are cards of several customers. Ask a manager to merge them."))

    def _numbers_as_filed(self):
        """What the register knows of these cards: by a merge, lines of it get no other number, nor by an order on a
        card that nobody filed."""
        cards = self.sudo().filtered(lambda card: card._first_line()) or self.sudo()
        return {*cards.mapped("phone_sanitized"), *cards.reception_ids.filtered("is_evidence").mapped("phone_key")}

    def _merge_data(self, fnames=None):
        """The owner and the outlet are not merged field by field: the earliest filing decides."""
        data = super()._merge_data(fnames)
        if self.filtered("outlet_id"):
            for name in ("user_id", "team_id"):
                data.pop(name, None)
        return data

    def _become(self, kept):
        """The merged card carries the earliest filing, its number, and goes to its owner."""
        card = self.sudo()
        owner, team = kept["user_id"], kept["team_id"]
        vals = {"card_number": kept["card_number"], "filing_id": kept["filing_id"].id, "filing_at": kept["filing_at"]}
        vals.update(grade_id=kept["grade_id"].id, team_id=team.id)
        card.with_context(showroom_door=DOOR).write(vals)
        if owner != card.user_id:
            card._change_owner(owner, "merge")
        card._update_card({name: kept[name] for name in SINCE})
        card._refresh_rhythm()
        card._refresh_contested()
        card._refresh_protection()

    def _merge_dependences(self, opportunities):
        """Move what hangs on the merged cards in every way of merging, Odoo's own deduplication included."""
        result = super()._merge_dependences(opportunities)
        tails = opportunities.sudo().filtered("outlet_id")
        if tails:
            self._take_over(tails)
        return result

    def _take_over(self, tails):
        done = self.env["mail.activity"].sudo().with_context(active_test=False)
        done.search([("res_model", "=", "crm.lead"), ("res_id", "in", tails.ids)]).write({"res_id": self.id})
        self._set_grades_aside(tails)
        self._take_over_state(tails)
        for model in MOVED:
            records = self.env[model].sudo().with_context(active_test=False).search([("lead_id", "in", tails.ids)])
            records.write({"lead_id": self.id})
        self._take_over_links(tails)

    def _set_grades_aside(self, tails):
        """Whose filing counts, their grades set the rhythm; those of the other cards are history (2, 3)."""
        cards = (self | tails).sudo().filtered("outlet_id")
        others = cards - cards.sorted(lambda card: card._seniority())[:1]
        self.env["showroom.grade.change"].sudo().search([("lead_id", "in", others.ids)]).write({"is_merged": True})

    def _take_over_state(self, tails):
        """Of what only one card can have, the merged card keeps the head's, else the first of the others'."""
        card = self.sudo()
        for name in ("pending_transfer_id", "notice_id", "ruling_id"):
            found = card[name] or tails.filtered(name)[:1][name]
            if name == "pending_transfer_id":
                (tails[name] - found)._withdraw(self.env._("The cards were merged."))
            card._update_card({name: found.id})
        dates = [each.order_date for each in card | tails if each.order_date]
        card._update_card({"order_date": min(dates, default=False), "ruling_state": card.ruling_id.state or False})
        tails._update_card({"pending_transfer_id": False, "notice_id": False, "ruling_id": False, "filing_id": False})

    def _take_over_links(self, tails):
        self.sudo()._part_from(tails.apart_ids - self.sudo() - tails)
        links = self.env["showroom.card.link"].sudo().search(tails._linked_either_way())
        others = [(self._other_end(link, tails), link.kind) for link in links]
        links.unlink()
        for other, kind in others:
            if other and other != self:
                self.env["showroom.card.link"].sudo()._link(self.sudo() | other, kind)

    def _other_end(self, link, tails):
        return link.other_id if link.lead_id in tails else link.lead_id
