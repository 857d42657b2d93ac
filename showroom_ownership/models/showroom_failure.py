import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from . import clock

_logger = logging.getLogger(__name__)
PASSING = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    ConcurrencyError,
)
TRIES = 5
LONGEST_WAIT = 24
MESSAGE_LIMIT = 2000


class ShowroomFailure(models.Model):
    """A record that a scheduled action could not process: set aside, told to managers, and tried again later.

    Whoever came first to the same record is no failure (`PASSING`): a savepoint would show the same stale data again,
    so the transaction is rolled back and a new one tries again.
    """

    _name = "showroom.failure"
    _description = "Set Aside by a Scheduled Action"
    _inherit = ["showroom.kept.mixin"]
    _order = "id desc"

    model = fields.Char(required=True)
    res_id = fields.Integer(required=True, index=True)
    outlet_id = fields.Many2one("crm.team", readonly=True, ondelete="cascade", help="Whose managers are told.")
    step = fields.Char(required=True)
    message = fields.Text()
    create_date = fields.Datetime("At", readonly=True)
    tries = fields.Integer(default=1, help="How often the scheduled action has tried.")
    retry_at = fields.Datetime("Next Try", help="Hours double with every try, up to a day. Delete the line to try now.")

    @api.model
    def _guard(self, step, records):
        """Run a step on records; those that fail alone are set aside, and whoever lost a race tries again."""
        for _try in range(TRIES):
            try:
                return self._attempt(step, self._rested(step, records))._tell_managers()
            except PASSING:
                self.env.cr.rollback()
        return None

    @api.model
    def _attempt(self, step, records):
        """Run a step on records, or on the halves of what fails, down to those that fail alone.

        :return: the failures that managers have not been told of.
        :raise: `PASSING`, when the transaction has to begin anew.
        """
        if not records:
            return self.browse()
        try:
            with self.env.cr.savepoint():
                step(records)
        except PASSING:
            raise
        except Exception as error:
            if len(records) == 1:
                return self._keep(step, records, error)
            middle = len(records) // 2
            return self._attempt(step, records[:middle]) + self._attempt(step, records[middle:])
        self._known(step, records).unlink()
        return self.browse()

    @api.model
    def _rested(self, step, records):
        """Those of some records that are not set aside until later."""
        domain = [("model", "=", records._name), ("res_id", "in", records.ids), ("step", "=", self._step_name(step))]
        aside = self.sudo().search([*domain, ("retry_at", ">", clock.now(self.env))])
        return records - records.browse(aside.mapped("res_id"))

    @api.model
    def _known(self, step, records):
        name = self._step_name(step)
        return self.sudo().search([("model", "=", records._name), ("res_id", "in", records.ids), ("step", "=", name)])

    @api.model
    def _step_name(self, step):
        return getattr(getattr(step, "func", step), "__name__", str(step))

    @api.model
    def _keep(self, step, record, error):
        """Set a record aside; the failure is returned if it is new."""
        known = self._known(step, record)
        if known:
            tries = known[0].tries + 1
            known.write({"tries": tries, "retry_at": self._next_try(tries), "message": self._why(error)})
            return self.browse()
        name = self._step_name(step)
        if not isinstance(error, UserError):
            _logger.error("%s failed on %s", name, record, exc_info=error)
        vals = {"model": record._name, "res_id": record.id, "step": name, "message": self._why(error)}
        vals["outlet_id"] = self.new(vals)._outlet().id
        return self.sudo().create({**vals, "retry_at": self._next_try(1)})

    @api.model
    def _why(self, error):
        """The error's words as they can be kept."""
        return str(error).encode("utf-8", "replace").decode().replace("\0", "")[:MESSAGE_LIMIT]

    @api.model
    def _next_try(self, tries):
        return clock.now(self.env) + timedelta(hours=min(2 ** (tries - 1), LONGEST_WAIT))

    @api.model
    def _aside(self, column, now):
        """The condition, for NOT EXISTS, that a card is set aside until later.

        :param now: the moment, or the SQL that reads it.
        """
        query = "SELECT FROM showroom_failure f WHERE f.model = 'crm.lead' AND f.res_id = %s AND f.retry_at > %s"
        return SQL(query, column, now)

    @api.autovacuum
    def _gc_settled(self):
        """What has not been tried again for a day after its time is not due any more: somebody saw to it."""
        self.search([("retry_at", "<", clock.now(self.env) - timedelta(days=1))]).unlink()

    # Telling

    def _tell_managers(self):
        """One message to the managers of each outlet, each in their language, whatever number of records failed."""
        for outlet, failures in self.filtered("outlet_id").grouped("outlet_id").items():
            managers = self.env["showroom.ledger.entry"]._managers(outlet)
            for lang, readers in managers.grouped("lang").items():
                failures.with_context(lang=lang)._notify(outlet, readers)

    def _record(self):
        return self.env[self.model].sudo().browse(self.res_id).exists()

    def _outlet(self):
        """Whose managers are told: of the record's outlet, or of its card's; nobody else reads of a customer."""
        record = self._record()
        for name in ("outlet_id", "lead_id", "opportunity_id", "leave_id"):
            if name in record._fields and record[name]:
                found = record[name]
                return found if name == "outlet_id" else found.outlet_id
        if self.model == "res.users":
            return record._outlets()[:1]
        return record if self.model == "crm.team" else self.env["crm.team"]

    def _notify(self, outlet, readers):
        subject = self.env._("Scheduled actions set aside %s records", len(self))
        body = self.env._("See Showroom, Configuration, Set Aside. They are tried again later.")
        lines = [f"{failure._record().display_name}: {failure.message}" for failure in self[:10]]
        outlet.message_notify(partner_ids=readers.partner_id.ids, subject=subject, body="\n".join([body, *lines]))
