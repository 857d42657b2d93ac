from odoo import api, models
from odoo.tools import format_list


class ShowroomRulingLetter(models.AbstractModel):
    """What became of a ruling: appeals, decisions, settlements, reopening, each as a sentence (5)."""

    _inherit = "showroom.ruling.letter"

    @api.model
    def _steps(self, known):
        """Every step with its moment and who took it, the earliest first."""
        tz = known.outlet_id.tz
        return [
            {"at": self._moment(step.at, tz), "who": self._actor(step), "text": self._step(known, step)}
            for step in known.step_ids
        ]

    @api.model
    def _actor(self, step):
        return self.env._("The system") if step.user_id._is_superuser() else step.user_id.name

    @api.model
    def _step(self, known, step):
        """A step as a sentence, with what was said."""
        text = self._what_happened(known, step)
        if not step.note or step.user_id._is_superuser():
            return text
        return self.env._("%(text)s “%(note)s”", text=text, note=step.note)

    @api.model
    def _what_happened(self, known, step):
        texts = {
            "appealed": self.env._("Appealed the ruling."),
            "cancelled": self.env._("The deal was taken back: the ruling has no effect any more."),
            "arbitration": self.env._("Nobody agreed in time: a manager has to decide.")
            if step.from_state == "negotiation"
            else self.env._("Reopened the final ruling: a manager has to decide."),
        }
        return texts.get(step.state) or self._ending(known, step.ground)

    @api.model
    def _decided_since(self, known, links):
        """Why the credit is not, or not any more, the principles' own: the last ending and what it relied on."""
        ended = [step for step in known.step_ids if step.state == "final"]
        if not ended or known.state != "final":
            return False
        relied_on = known.appeal_ids[:1].evidence if ended[-1].ground == "appeal_tracked" else ()
        return {"text": self._step(known, ended[-1]), "cites": self._cites(relied_on or (), links)}

    @api.model
    def _ending(self, known, ground):
        """How a ruling became final."""
        days = known._core_policy().tracking_days
        who = format_list(self.env, known.appeal_ids.appellant_id.mapped("name"))
        texts = {
            "no_appeal": self.env._("Nobody appealed in time: the provisional ruling stands."),
            "appeal_tracked": self.env._(
                "The appeal was granted: %(who)s had been in touch with the customer in the %(days)s days before the "
                "deal.",
                who=who, days=days,
            ),
            "appeal_untracked": self.env._(
                "The appeal was rejected: no contact of %(who)s in the %(days)s days before the deal counts.",
                who=who, days=days,
            ),
            "settlement": self.env._("The parties agreed on shares, and a manager approved."),
        }  # fmt: skip
        return texts.get(ground) or self.env._("A manager decided on the shares.")
