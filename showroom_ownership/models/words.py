"""The principles and the core's reasons as sentences. They are translated when they are read, not here."""

from odoo.tools import LazyTranslate

# Constants are made before there is an environment to translate with.
# pylint: disable=prefer-env-translation

_lt = LazyTranslate(__name__)

# What each principle says, with the policy's own numbers: for the policy page and the wall.
RULES = {
    "settlement": _lt("If the parties agreed on shares and a manager approved, those shares stand."),
    "order_customer": _lt("If the customer ordered with a consultant, the deal is that consultant's."),
    "named_consultant": _lt("If the customer asked for the closer by name on arrival, the deal is the closer's."),
    "preregistered_branch": _lt("If a branch received and announced the customer first, the deal is the branch's."),
    "unregistered_branch": _lt(
        "If a branch received the customer first and the closer made at most %(limit)s follow-ups, the "
        "deal is the branch's."
    ),
    "satellite": _lt(
        "Between a satellite and another outlet, the deal goes to who filed first and brought or "
        "announced the customer."
    ),
    "duty_on_behalf": _lt("Whoever receives on behalf of the absent holder leaves the deal to the holder."),
    "closed_without_communication": _lt(
        "Whoever closes in one visit, without a word to the holder they were told of or did not ask "
        "about, leaves the deal to the holder."
    ),
    "more_diligent": _lt("Within a family, the consultant who followed up better is credited."),
    "brief_contact": _lt(
        "If both met the customer only briefly within %(brief)s days, they have %(negotiate)s days to agree."
    ),
    "sole_claimant": _lt("Whoever filed first and closes, keeps the deal."),
    "no_valid_filing": _lt("If nobody filed, or whoever filed has left, the deal is the closer's."),
    "holder_lapsed": _lt("If the holder let the follow-up lapse, the deal is the closer's; the holder may appeal."),
    "awaiting_appeal": _lt(
        "If the holder is on time but did not close, the deal is the closer's; the holder may appeal."
    ),
}

# Why a principle decided or did not: one sentence for each reason code of core/principles.py.
REASONS = {
    "no_settlement": _lt("No approved settlement exists."),
    "not_signed_by_holder": _lt("A settlement exists, but %(holder)s, the holder, did not sign it."),
    "settled": _lt("The parties agreed on shares, and a manager approved."),
    "no_order": _lt("No order was recorded before the deal."),
    "order_superseded": _lt("Whoever took the order has left, or the customer asked for another consultant since."),
    "order_beside_holder": _lt(
        "The order was recorded past the consultant who held the customer, or on a card that a colleague was the first"
        " to file."
    ),
    "ordered_with": _lt("The customer ordered with %(person)s."),
    "closer_received_nobody": _lt("The closer has no valid reception of the customer at this outlet."),
    "closer_not_named": _lt("The customer did not ask for the closer by name."),
    "named_before_it_moved": _lt(
        "The customer asked for the closer before %(holder)s was given the customer, or filed them, and not since."
    ),
    "asked_for_by_name": _lt("The customer asked for %(person)s by name on arrival."),
    "no_branch_received": _lt("No branch received the customer."),
    "no_preregistered_branch": _lt("No branch that received the customer had announced them in time."),
    "branch_preregistered": _lt("%(outlet)s had received and announced the customer; %(person)s announced them."),
    "no_branch_received_first": _lt("No branch received the customer first."),
    "closer_followed_up": _lt("The closer made %(made)s follow-ups, more than the %(limit)s allowed."),
    "branch_received_first": _lt(
        "%(person)s of %(outlet)s received the customer first, and the closer made %(made)s follow-ups "
        "(limit %(limit)s)."
    ),
    "no_satellite": _lt("No satellite is involved."),
    "satellite_brought_nobody": _lt("The other outlet neither accompanied nor announced the customer."),
    "satellite_accompanied": _lt("%(person)s of %(outlet)s filed first, and the outlet's staff came along."),
    "satellite_preregistered": _lt("%(person)s of %(outlet)s filed first, and the outlet had announced the customer."),
    "no_other_holder": _lt("There is no other holder than the closer."),
    "not_on_behalf": _lt("The closer did not receive the customer on behalf of %(holder)s."),
    "on_behalf_of_holder": _lt("%(closer)s received the customer on behalf of %(person)s."),
    "not_one_visit": _lt("The closer had received the customer on an earlier day."),
    "spoke_with_holder": _lt("The closer and %(holder)s had spoken about the customer."),
    "told_and_silent": _lt("%(closer)s was told of %(person)s, said nothing to them, and closed on the spot."),
    "asked_and_told_no": _lt("The customer was asked and did not name %(holder)s."),
    "nobody_asked": _lt("Nobody asked the customer, and %(person)s was on time; %(closer)s closed on the spot."),
    "nobody_asked_at_first": _lt(
        "On arrival nobody asked the customer, and what %(closer)s wrote of it later that day takes nothing back; "
        "%(person)s was on time, and %(closer)s closed on the spot."
    ),
    "nobody_asked_but_overdue": _lt("Nobody asked the customer, but %(holder)s was overdue since %(due)s."),
    "no_family": _lt("No family cards of several consultants are involved."),
    "followed_up_better": _lt("%(person)s followed up better than %(people)s (%(made)s valid follow-ups)."),
    "equally_diligent": _lt("%(people)s followed up equally well: a manager decides."),
    "filing_too_old": _lt("The filing was %(days)s days old, more than %(limit)s."),
    "more_than_brief": _lt("One of them had more than a brief contact, or none, with the customer."),
    "both_brief": _lt("%(person)s and %(holder)s each met the customer once, %(days)s days apart."),
    "no_holder": _lt("Nobody holds the customer."),
    "closer_not_holder": _lt("%(holder)s holds the customer, not the closer."),
    "holder_closed": _lt("%(person)s filed first and closed."),
    "there_is_a_holder": _lt("%(holder)s holds the customer."),
    "nobody_filed": _lt("Nobody has a filing in force, so %(person)s who closed is credited."),
    "holder_has_left": _lt("Whoever filed has left, so %(person)s who closed is credited."),
    "holder_on_time": _lt("%(holder)s was not overdue (due %(due)s)."),
    "holder_overdue": _lt("%(holder)s was overdue: the follow-up was due on %(due)s."),
    "holder_is_overdue": _lt("%(holder)s was overdue: the follow-up was due on %(due)s."),
    "holder_may_appeal": _lt("%(holder)s was on time, but %(person)s closed; %(holder)s may appeal."),
    "nobody_decides": _lt("No principle of the policy decides: a manager has to."),
    "switched_off": _lt("This principle is switched off."),
}

# What became of a principle in a ruling.
VERDICT_WORDS = {
    "decided": _lt("Decided"),
    "outranked": _lt("Would have decided, but came later"),
    "not_met": _lt("Did not apply"),
    "off": _lt("Switched off"),
}
