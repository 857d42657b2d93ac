from markupsafe import Markup

from odoo import api, models


class ShowroomWording(models.AbstractModel):
    """Rulings in words: the core's reason codes as sentences in the reader's language."""

    _name = "showroom.wording"
    _description = "Rulings in Words"

    # The principles themselves

    @api.model
    def _rule(self, ground, policy):
        """What a principle says, with the policy's own numbers: for the policy page and the wall."""
        _ = self.env._
        days = {"brief": policy.brief_contact_days, "negotiate": policy.negotiation_days, "limit": policy.branch_followup_limit}
        return {
            "settlement": _("If the parties agreed on shares and a manager approved, those shares stand."),
            "order_customer": _("If the customer ordered with a consultant, the deal is that consultant's."),
            "named_consultant": _("If the customer asked for the closer by name on arrival, the deal is the closer's."),
            "preregistered_branch": _("If a branch received and announced the customer first, the deal is the branch's."),
            "unregistered_branch": _("If a branch received the customer first and the closer made at most %(limit)s "
                "follow-ups, the deal is the branch's.", **days),
            "satellite": _("Between a satellite and another outlet, the deal goes to who filed first and brought or "
                "announced the customer."),
            "duty_on_behalf": _("Whoever receives on behalf of the absent holder leaves the deal to the holder."),
            "closed_without_communication": _("Whoever closes in one visit, without a word to the holder they were told of "
                "or did not ask about, leaves the deal to the holder."),
            "more_diligent": _("Within a family, the consultant who followed up better is credited."),
            "brief_contact": _("If both met the customer only briefly within %(brief)s days, they have %(negotiate)s days "
                "to agree.", **days),
            "sole_claimant": _("Whoever filed first and closes, keeps the deal."),
            "no_valid_filing": _("If nobody filed, or whoever filed has left, the deal is the closer's."),
            "holder_lapsed": _("If the holder let the follow-up lapse, the deal is the closer's; the holder may appeal."),
            "awaiting_appeal": _("If the holder is on time but did not close, the deal is the closer's; the holder may appeal."),
        }[ground]  # fmt: skip

    # Reasons

    @api.model
    def _reason(self, finding):
        """Why a principle decided or did not, as a sentence."""
        text = self._reasons().get(finding["reason"], finding["reason"])
        return text % _Words(self._fill(finding.get("words") or {}))

    @api.model
    def _fill(self, words):
        """Persons and outlets of a reason by name."""
        filled = dict(words)
        Users = self.env["res.users"].sudo().with_context(active_test=False)
        for name in ("person", "holder", "closer"):
            if words.get(name):
                filled[name] = Users.browse(words[name]).name
        if words.get("people"):
            filled["people"] = ", ".join(Users.browse(words["people"]).mapped("name"))
        if words.get("outlet"):
            filled["outlet"] = self.env["crm.team"].sudo().browse(words["outlet"]).name
        return filled

    @api.model
    def _reasons(self):
        _ = self.env._
        return {
            "no_settlement": _("No approved settlement exists."),
            "settled": _("The parties agreed on shares, and a manager approved."),
            "no_order": _("No order was recorded before the deal."),
            "order_superseded": _("Whoever took the order has left, or the customer asked for another consultant since."),
            "ordered_with": _("The customer ordered with %(person)s."),
            "closer_received_nobody": _("The closer has no valid reception of the customer at this outlet."),
            "closer_not_named": _("The customer did not ask for the closer by name."),
            "asked_for_by_name": _("The customer asked for %(person)s by name on arrival."),
            "no_branch_received": _("No branch received the customer."),
            "no_preregistered_branch": _("No branch that received the customer had announced them in time."),
            "branch_preregistered": _("%(outlet)s had received and announced the customer; %(person)s announced them."),
            "no_branch_received_first": _("No branch received the customer first."),
            "closer_followed_up": _("The closer made %(made)s follow-ups, more than the %(limit)s allowed."),
            "branch_received_first": _("%(person)s of %(outlet)s received the customer first, and the closer made "
                "%(made)s follow-ups (limit %(limit)s)."),
            "no_satellite": _("No satellite is involved."),
            "satellite_brought_nobody": _("The other outlet neither accompanied nor announced the customer."),
            "satellite_accompanied": _("%(person)s of %(outlet)s filed first, and the outlet's staff came along."),
            "satellite_preregistered": _("%(person)s of %(outlet)s filed first, and the outlet had announced the customer."),
            "no_other_holder": _("There is no other holder than the closer."),
            "not_on_behalf": _("The closer did not receive the customer on behalf of %(holder)s."),
            "on_behalf_of_holder": _("%(closer)s received the customer on behalf of %(person)s."),
            "not_one_visit": _("The closer had received the customer on an earlier day."),
            "spoke_with_holder": _("The closer and %(holder)s had spoken about the customer."),
            "told_and_silent": _("%(closer)s was told of %(person)s, said nothing to them, and closed on the spot."),
            "asked_and_told_no": _("The customer was asked and did not name %(holder)s."),
            "nobody_asked": _("Nobody asked the customer, and %(person)s was on time; %(closer)s closed on the spot."),
            "nobody_asked_but_overdue": _("Nobody asked the customer, but %(holder)s was overdue since %(due)s."),
            "no_family": _("No family cards of several consultants are involved."),
            "followed_up_better": _("%(person)s followed up better than %(people)s (%(made)s valid follow-ups)."),
            "equally_diligent": _("%(people)s followed up equally well: a manager decides."),
            "filing_too_old": _("The filing was %(days)s days old, more than %(limit)s."),
            "more_than_brief": _("One of them had more than a brief contact, or none, with the customer."),
            "both_brief": _("%(person)s and %(holder)s each met the customer once, %(days)s days apart."),
            "no_holder": _("Nobody holds the customer."),
            "closer_not_holder": _("%(holder)s holds the customer, not the closer."),
            "holder_closed": _("%(person)s filed first and closed."),
            "there_is_a_holder": _("%(holder)s holds the customer."),
            "nobody_filed": _("Nobody has a filing in force, so %(person)s who closed is credited."),
            "holder_has_left": _("Whoever filed has left, so %(person)s who closed is credited."),
            "holder_on_time": _("%(holder)s was not overdue (due %(due)s)."),
            "holder_overdue": _("%(holder)s was overdue: the follow-up was due on %(due)s."),
            "holder_is_overdue": _("%(holder)s was overdue: the follow-up was due on %(due)s."),
            "holder_may_appeal": _("%(holder)s was on time, but %(person)s closed; %(holder)s may appeal."),
            "nobody_decides": _("No principle of the policy decides: a manager has to."),
            "switched_off": _("This principle is switched off."),
        }  # fmt: skip

    # Sentences and pages

    @api.model
    def _label(self, name, value):
        field = self.env["showroom.ruling"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)

    @api.model
    def _shares_text(self, pairs):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return ", ".join(f"{users.browse(user).name} {float(percent):g} %" for user, percent in pairs)

    @api.model
    def _summary(self, ruling):
        shares = self._shares_text((share.user_id.id, share.percent) for share in ruling.share_ids)
        ground, state = self._label("ground", ruling.ground), self._label("state", ruling.state)
        text = self.env._("%(shares)s. Ground: %(ground)s. State: %(state)s.", shares=shares, ground=ground, state=state)
        open_window = ruling.until and ruling.state in ("provisional", "negotiation")
        return f"{text} {self.env._('Open until %s.', ruling.until)}" if open_window else text

    @api.model
    def _forecast(self, made, closer):
        shares, ground = self._shares_text(made.shares), self._label("ground", made.ground)
        text = self.env._("If %(closer)s closed now: %(shares)s (%(state)s). Ground: %(ground)s.",
            closer=closer.sudo().name, shares=shares, state=self._label("state", made.state), ground=ground)  # fmt: skip
        return text

    @api.model
    def _findings_html(self, ruling):
        """Every principle in its order, with its verdict in words and links to what it relied on."""
        findings = ruling.findings or []
        refs = sorted({ref for finding in findings for ref in finding.get("cites", ())})
        entries = self.env["showroom.ledger.entry"].sudo().search([("number", "in", refs)])
        links = {entry.number: f"/odoo/showroom.ledger.entry/{entry.id}" for entry in entries}
        rows = Markup("").join(self._finding_row(number, finding, links) for number, finding in enumerate(findings, start=1))
        return Markup('<ol class="o_showroom_findings list-unstyled mb-0">%s</ol>') % rows

    @api.model
    def _finding_row(self, number, finding, links):
        verdict = finding["verdict"]
        name = self._label("ground", finding["ground"])
        cites = Markup(" ").join(self._cite(ref, links) for ref in finding.get("cites", ()))
        row = Markup(
            '<li class="o_showroom_finding o_showroom_%s"><i class="fa %s" aria-hidden="true"/> '
            '<b>%s. %s</b> <span class="badge rounded-pill text-bg-%s">%s</span><br/>%s %s</li>'
        )
        icon, colour, label = self._verdict_look(verdict)
        return row % (verdict, icon, number, name, colour, label, self._reason(finding), cites)

    @api.model
    def _verdict_look(self, verdict):
        _ = self.env._
        return {
            "decided": ("fa-gavel", "success", _("Decided")),
            "outranked": ("fa-level-down", "secondary", _("Would have decided, but came later")),
            "not_met": ("fa-minus", "light", _("Did not apply")),
            "off": ("fa-power-off", "light", _("Switched off")),
        }[verdict]

    @api.model
    def _cite(self, ref, links):
        if ref not in links:
            return Markup('<span class="text-muted">%s</span>') % ref
        return Markup('<a href="%s" class="o_showroom_cite">%s</a>') % (links[ref], ref)


class _Words(dict):
    """Missing words show as a dash instead of failing the whole ruling."""

    def __missing__(self, key):
        return "-"
