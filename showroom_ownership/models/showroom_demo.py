from odoo import api, models


class ShowroomDemo(models.AbstractModel):
    """The door through which the demo data is loaded; without demo data nothing behind it is even imported."""

    _name = "showroom.demo"
    _description = "Demo Dealership"

    @api.model
    def _load(self):
        """Build the demo dealership. Called by the demo data alone."""
        from ..demo.dealership import Dealership

        Dealership(self.env).build()
