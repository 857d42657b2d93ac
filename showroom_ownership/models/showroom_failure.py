import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

_logger = logging.getLogger(__name__)
PASSING = (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected, ConcurrencyError)


class ShowroomFailure(models.Model):
    """A record that a scheduled action could not process: set aside and shown to managers, not retried for ever."""

    _name = "showroom.failure"
    _description = "Set Aside by a Scheduled Action"
    _order = "id desc"

    model = fields.Char(required=True)
    res_id = fields.Integer(required=True, index=True)
    step = fields.Char(required=True)
    message = fields.Text()
    create_date = fields.Datetime("At", readonly=True)

    @api.model
    def _guard(self, step, records):
        """Run a step on records; if it fails, on each alone, and keep a note of those that fail."""
        try:
            with self.env.cr.savepoint():
                step(records)
        except PASSING:
            self.env.cr.rollback()
        except Exception as error:
            if len(records) == 1:
                self._keep(step, records, error)
            else:
                for record in records:
                    self._guard(step, record)

    @api.model
    def _keep(self, step, record, error):
        name = getattr(getattr(step, "func", step), "__name__", str(step))
        known = [("model", "=", record._name), ("res_id", "=", record.id), ("step", "=", name)]
        if self.sudo().search_count(known, limit=1):
            return
        if not isinstance(error, UserError):
            _logger.exception("%s failed on %s", name, record)
        self.sudo().create({"model": record._name, "res_id": record.id, "step": name, "message": str(error)})
