import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class MailMessageSchedule(models.Model):
    """Odoo tells all that is due in one go: what one message cannot be told with would keep all others from it."""

    _inherit = "mail.message.schedule"

    @api.model
    def _send_notifications_cron(self):
        for schedule in self.search([("scheduled_datetime", "<=", fields.Datetime.now())]):
            try:
                with self.env.cr.savepoint():
                    schedule._send_notifications()
            except Exception:
                _logger.info("Message %s cannot be notified", schedule.mail_message_id.id, exc_info=True)
                schedule.unlink()
