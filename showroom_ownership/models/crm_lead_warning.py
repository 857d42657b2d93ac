from functools import lru_cache

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from ..core import rhythm

DUE_WHEN = [("overdue", "Overdue"), ("today", "Due today"), ("tomorrow", "Due tomorrow"), ("later", "Later")]
# What is about to be lost: today, tomorrow, or the day after.
LOST_WHEN = [("today", "Lost today"), ("tomorrow", "Lost tomorrow"), ("soon", "Lost in two days")]
WARNINGS = ("due_when", "lost_on", "lost_when", "loss_warning", "card_face")


class CrmLead(models.Model):
    """What is due, what will be lost, and when (3, 4): computed from columns that the kanban has read anyway."""

    _inherit = "crm.lead"

    notice_until = fields.Date(
        "Last Day to Follow Up", related="notice_id.until", store=True,
        help="The last local day on which a follow-up saves a card that was noticed (4.2).",
    )  # fmt: skip
    due_when = fields.Selection(
        DUE_WHEN, "Due", compute="_compute_warning", search="_search_due_when",
        help="Where the due date stands to the local day of the outlet, wherever the reader is (3).",
    )  # fmt: skip
    lost_on = fields.Date(
        compute="_compute_warning",
        help="The local day on which a transfer to a colleague is requested, unless the customer is followed up "
        "before: the day after the grace of the notice. Before a notice it is reckoned from the due date: a day for "
        "the notice, the days of grace, and the day after. Where managers give notices by hand, nothing is lost "
        "before they do (4).",
    )
    lost_when = fields.Selection(
        LOST_WHEN, "About to Be Lost", compute="_compute_warning", search="_search_lost_when",
        help="Whether the card is lost within two local days of the outlet (4).",
    )  # fmt: skip
    loss_warning = fields.Char(
        compute="_compute_loss_warning", help="What the owner must do by when to keep the card, in a sentence (4)."
    )

    # Computes

    @api.depends("outlet_id", "followup_due", "notice_until", "pending_transfer_id", "won_status", "user_id")
    def _compute_warning(self):
        outlets = self.env["crm.team"]._outlet_terms() if any(card.outlet_id for card in self) else {}
        for card in self:
            terms = outlets.get(card.outlet_id.id) if card.followup_due else None
            lost = lost_on(card, terms) if terms else None
            card.lost_on = lost or False
            card.due_when = self._due_word(card.followup_due, terms.today) if terms else False
            card.lost_when = self._lost_word(lost, terms.today) if lost else False

    @api.model
    def _due_word(self, due, today):
        ahead = (due - today).days
        return "overdue" if ahead < 0 else ("today", "tomorrow", "later")[min(ahead, 2)]

    @api.model
    def _lost_word(self, lost, today):
        """False for what is lost in more than two days."""
        ahead = (lost - today).days
        return LOST_WHEN[ahead][0] if ahead < len(LOST_WHEN) else False

    @api.depends("lost_on", "due_when", "notice_id", "pending_transfer_id")
    @api.depends_context("lang")
    def _compute_loss_warning(self):
        for card in self:
            warned = card.due_when in ("overdue", "today") or card.lost_when
            card.loss_warning = card._loss_sentence() if warned else False

    # The words

    @api.model
    def _lost_text(self, day):
        """When a card is lost; without a day nothing moves it."""
        return day and self.env._("Lost on %s unless followed up", self._day_text(day))

    def _loss_sentence(self):
        """What happens when, in the language of the environment: on the card, in the activity and in the mail."""
        if self.sudo().pending_transfer_id.reason == "lapsed":
            return self.env._("Follow up before the transfer is approved, and the card stays where it is.")
        if self.lost_on:
            last = self._day_text(fields.Date.subtract(self.lost_on, days=1))
            return self.env._("Follow up by %s, or the card goes to a colleague.", last)
        if self.due_when == "overdue" and not self.notice_id:
            return self.env._("Follow up before a manager points out the lapse.")
        return False

    @api.model
    def _day_text(self, day):
        """A near day as people say it in the reader's language: Tue, Nov 24."""
        return near_day(day, self.env.lang or "en_US")

    # Keeping the day of the notice

    def _update_cards(self, values):
        """Whoever stores or ends a notice stores its last day with it: the kanban must not ask for it."""
        result = super()._update_cards({card: self._with_notice_day(vals) for card, vals in values.items()})
        self.browse([card.id for card in values]).invalidate_recordset(WARNINGS, flush=False)
        return result

    @api.model
    def _with_notice_day(self, vals):
        if "notice_id" not in vals:
            return vals
        notice = self.env["showroom.notice"].sudo().browse(vals["notice_id"] or ())
        return {"notice_until": notice.until, **vals}


def lost_on(card, terms):
    """The day on which a card, or what is known of one, is lost; None for cards that no lapse moves: closed, in the
    pool, or in a request already."""
    if card.won_status != "pending" or not card.user_id or card.pending_transfer_id:
        return None
    until = card.notice_until or None
    return rhythm.lost_on(card.followup_due or None, until, terms.today, terms.grace, terms.automatic)


@lru_cache(maxsize=1000)  # a pipeline says the same few days on hundreds of cards
def near_day(day, lang):
    return format_skeleton("MMMEd", day, locale=babel_locale_parse(lang))
