from odoo import api, models

from .showroom_failure import PASSING, TRIES

BATCH = 1000


class ShowroomBatch(models.AbstractModel):
    """How scheduled actions take many records: claimed, in batches, each batch a transaction of its own.

    Two workers never have the same record, and one that is killed loses only the batch at hand: the next run finds it.
    """

    _name = "showroom.batch"
    _description = "Batches of the Scheduled Actions"

    @api.model
    def _run(self, claim, step):
        """Run a step on all records that wait for it, until none is left or Odoo asks to stop.

        :param claim: called with a limit; gives records, locked, that are not locked by others.
        :param step: called with the records; afterwards they do not wait any more.
        """
        done, conflicts = set(), 0
        while conflicts < TRIES:
            try:
                self.env.flush_all()  # claims look in the database itself
                records = claim(BATCH)
                if done.issuperset(records.ids):
                    return self._finish(done)
                self._take(step, records)
                done.update(records.ids)
                conflicts = 0
                if not self.env["ir.cron"]._commit_progress(len(records), remaining=BATCH):
                    return None  # Odoo calls again soon: there may be more
            except PASSING:
                self.env.cr.rollback()
                conflicts += 1
        return None  # the next run goes on

    @api.model
    def _claim(self, model, query):
        """The records whose ids a locking query gives; who comes second is no error for the log, and begins anew."""
        self.env.cr.execute(query, log_exceptions=False)
        return model.browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _take(self, step, records):
        Failure = self.env["showroom.failure"]
        Failure._attempt(step, Failure._rested(step, records))._tell_managers()

    @api.model
    def _finish(self, done):
        """Tell Odoo that nothing is left; a run that found nothing from the start has nothing to tell."""
        if done:
            self.env["ir.cron"]._commit_progress(remaining=0)
