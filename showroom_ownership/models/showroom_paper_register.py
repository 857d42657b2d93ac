from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmTeam(models.Model):
    _inherit = "crm.team"

    paper_day = fields.Date("Paper Register Imported", readonly=True, copy=False)
    paper_attested_by = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", help="Who attests the imported paper register (2)."
    )


class ShowroomReception(models.Model):
    """At go-live a manager imports the paper register once, attested by name (2)."""

    _inherit = "showroom.reception"

    attested_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    @api.model
    def _paper_vals(self, vals):
        """Lines of the paper register count if they are dated before the outlet went live.

        :raise UserError: for other channels, for anybody but a manager, or on a later day than the first import.
        """
        outlet = self.env["crm.team"].sudo().browse(vals["outlet_id"])
        if vals.get("channel") != "paper":
            raise UserError(self.env._("Register a visit or a call; the other channels are recorded by the system."))
        if not self.env.user._manages(outlet):
            raise UserError(self.env._("Ask a manager to import the paper register: they attest it by name."))
        self._attest(outlet)
        return {"attested_before": outlet.live_since, "attested_by": self.env.uid}

    @api.model
    def _attest(self, outlet):
        """The first line opens the one day on which the paper register is imported."""
        today = outlet._today()
        if not outlet.paper_day:
            outlet.write({"paper_day": today, "paper_attested_by": self.env.uid})
        if (outlet.paper_day, outlet.paper_attested_by) != (today, self.env.user):
            text = self.env._(
                "The paper register of %(outlet)s was imported on %(day)s by %(name)s; it is imported once.",
                outlet=outlet.name,
                day=outlet.paper_day,
                name=outlet.paper_attested_by.name,
            )
            raise UserError(text)
