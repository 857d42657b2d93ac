from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, format_list

from ..core.evidence import left_out
from .words import REASONS, RULES, VERDICT_WORDS

VERDICTS = {
    "decided": ("fa-gavel", "success"),
    "outranked": ("fa-level-down", "secondary"),
    "not_met": ("fa-minus", "light"),
    "off": ("fa-power-off", "light"),
}


class ShowroomWording(models.AbstractModel):
    """Rulings in words: the core's reason codes as sentences in the reader's language."""

    _name = "showroom.wording"
    _description = "Rulings in Words"

    # The principles themselves

    @api.model
    def _rule(self, ground, policy):
        """What a principle says, with the policy's own numbers: for the policy page and the wall."""
        days = {
            "brief": policy.brief_contact_days,
            "negotiate": policy.negotiation_days,
            "limit": policy.branch_followup_limit,
        }
        rule = RULES[ground]
        sentence = self.env._(rule)
        return sentence % days

    @api.model
    def _principle_text(self, ground, policy):
        """A principle with the parameters that bear on it, for the page on which they are set."""
        return " ".join(text for text in (self._rule(ground, policy), self._parameters(ground, policy)) if text)

    @api.model
    def _parameters(self, ground, policy):
        """What the policy's other numbers mean for a principle; None where it has none."""
        window = self.env._("Days to appeal: %s.", policy.appeal_days)
        in_touch = self.env._(
            "In touch in the %s days before the deal, an appeal is recommended.", policy.tracking_days
        )
        return {
            "closed_without_communication": self._told_text(policy),
            "more_diligent": window,
            "sole_claimant": self._validity_text(policy),
            "no_valid_filing": self._validity_text(policy),
            "holder_lapsed": f"{window} {in_touch}",
            "awaiting_appeal": f"{window} {in_touch}",
        }.get(ground)

    @api.model
    def _told_text(self, policy):
        if policy.match_counts_as_told:
            return self.env._("The holder's name on the screen counts as having been told of them.")
        return self.env._("Only what the customer says counts as having been told, not the name on the screen.")

    @api.model
    def _validity_text(self, policy):
        days = policy.filing_validity_days
        return self.env._("A filing holds %s days.", days) if days else self.env._("A filing never expires.")

    # Reasons

    @api.model
    def _reason(self, finding):
        """Why a principle decided or did not, as a sentence."""
        known = REASONS.get(code := finding["reason"])
        text = self.env._(known) if known else code
        return text % _Words(self._fill(finding.get("words") or {}))

    @api.model
    def _fill(self, words):
        """Persons and outlets of a reason by name, days as the reader writes them."""
        filled = dict(words)
        Users = self.env["res.users"].sudo().with_context(active_test=False)
        for name in ("person", "holder", "closer"):
            if words.get(name):
                filled[name] = Users.browse(words[name]).name
        if words.get("people"):
            filled["people"] = format_list(self.env, Users.browse(words["people"]).mapped("name"))
        if words.get("due"):
            filled["due"] = self._day(fields.Date.to_date(words["due"]))
        if words.get("outlet"):
            filled["outlet"] = self.env["crm.team"].sudo().browse(words["outlet"]).name
        return filled

    # Sentences and pages

    @api.model
    def _day(self, day):
        """A day as the reader's language writes it, the month never a number that can be taken for the day."""
        return format_date(self.env, day, date_format="medium") if day else "-"

    @api.model
    def _label(self, name, value):
        field = self.env["showroom.ruling"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)

    @api.model
    def _shares_text(self, pairs):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return format_list(self.env, [f"{users.browse(user).name} {float(percent):g} %" for user, percent in pairs])

    @api.model
    def _summary(self, ruling):
        shares = self._shares_text((share.user_id.id, share.percent) for share in ruling.share_ids)
        ground, state = self._label("ground", ruling.ground), self._label("state", ruling.state)
        text = self.env._(
            "%(shares)s. Ground: %(ground)s. State: %(state)s.", shares=shares, ground=ground, state=state
        )
        if not ruling.until or ruling.state not in ("provisional", "negotiation"):
            return text
        until = self.env._("Open until %s.", format_date(self.env, ruling.until))
        return f"{text} {until}"

    @api.model
    def _forecast(self, made, closer):
        shares, ground = self._shares_text(made.shares), self._label("ground", made.ground)
        return self.env._(
            "If %(closer)s closed now: %(shares)s (%(state)s). Ground: %(ground)s.",
            closer=closer.sudo().name,
            shares=shares,
            state=self._label("state", made.state),
            ground=ground,
        )

    @api.model
    def _findings_html(self, ruling):
        """Every principle in its order, with its verdict in words and links to what it relied on."""
        findings = ruling.findings or []
        refs = sorted({ref for finding in findings for ref in finding.get("cites", ())})
        entries = self.env["showroom.ledger.entry"].sudo().search([("number", "in", refs)])
        links = {entry.number: f"/odoo/showroom.ledger.entry/{entry.id}" for entry in entries}
        rows = Markup("").join(
            self._finding_row(number, finding, links) for number, finding in enumerate(findings, start=1)
        )
        page = Markup('<ol class="o_showroom_findings list-unstyled mb-0">%s</ol>') % rows
        return self._left_out(ruling) + page

    @api.model
    def _left_out(self, ruling):
        """What the ruling did not rely on, because its entry in the ledger does not verify (2.4)."""
        refs = left_out(ruling._core_facts()) if ruling.facts else ()
        if not refs:
            return Markup("")
        text = self.env._("Left out, because the ledger does not verify: %s", format_list(self.env, refs))
        return Markup('<p class="o_showroom_left_out alert alert-danger">%s</p>') % text

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
        """Icon, colour and word for a verdict: a colour never stands alone."""
        icon, colour = VERDICTS[verdict]
        word = VERDICT_WORDS[verdict]
        return icon, colour, self.env._(word)

    @api.model
    def _cite(self, ref, links):
        if ref not in links:
            return Markup('<span class="text-muted">%s</span>') % ref
        return Markup('<a href="%s" class="o_showroom_cite">%s</a>') % (links[ref], ref)


class _Words(dict):
    """Missing words show as a dash instead of failing the whole ruling."""

    def __missing__(self, key):
        return "-"
