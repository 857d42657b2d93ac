"""Rows for PostgreSQL's COPY, and the numbers they get."""

import io

STAMPED = "create_uid write_uid create_date write_date"
COLUMNS = {
    "crm_lead": """
        id user_id team_id company_id stage_id color phone_sanitized name type priority contact_name phone
        phone_state won_status expected_revenue prorated_revenue recurring_revenue recurring_revenue_monthly
        recurring_revenue_monthly_prorated recurring_revenue_prorated active date_open
        date_last_stage_update day_open day_close outlet_id filing_id grade_id card_number followup_due
        in_town filing_at owner_since last_contact_at notice_id message_bounce notice_until reminded_due
        card_kind date_closed probability automated_probability email_from email_normalized email_state
        email_domain_criterion""",
    "showroom_ledger_entry": "id outlet_id seq line_no user_id number tz kind prev_hash hash day payload recorded_at",
    "showroom_register_page": "id outlet_id entry_id closed_by day closed_at mailed_at",
    "showroom_reception": """
        id outlet_id entry_id recorded_by page_id line_no consultant_id party_size lead_id number salt
        channel customer_name phone phone_key asked is_evidence is_late recorded_at arrived_at""",
    "showroom_followup": """
        id outlet_id entry_id recorded_by lead_id consultant_id number salt method reached is_valid
        recorded_at happened_at""",
    "showroom_ownership": "id lead_id user_id outlet_id by_id reason at",
    "showroom_grade_change": "id lead_id grade_id count period by_id code at",
    "showroom_notice": "id lead_id outlet_id user_id issued_by until issued_at",
    "mail_activity": """
        id res_model_id res_id activity_type_id user_id res_model res_name summary date_deadline automated
        active""",
    "mail_followers": "id res_id partner_id res_model",
    "mail_message": """
        id res_id subtype_id author_id model message_type email_from reply_to message_id is_internal
        email_add_signature body date""",
    "mail_followers_mail_message_subtype_rel": "mail_followers_id mail_message_subtype_id",
}
UNSTAMPED = ("mail_followers", "mail_followers_mail_message_subtype_rel")
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Tables:
    """Collects rows and copies them, with the triggers of the database off."""

    def __init__(self, env):
        self.cr = env.cr
        env.flush_all()
        self.columns = {table: self._columns(table) for table in COLUMNS}
        self.rows = {table: [] for table in COLUMNS}
        self.next = {table: self._first(table) for table, names in self.columns.items() if "id" in names}

    def _columns(self, table):
        return (COLUMNS[table] if table in UNSTAMPED else f"{COLUMNS[table]} {STAMPED}").split()

    def _first(self, table):
        self.cr.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")  # pylint: disable=sql-injection
        return self.cr.fetchone()[0]

    def id(self, table):
        self.next[table] += 1
        return self.next[table] - 1

    def add(self, table, **values):
        """A row; returns its number."""
        if table in self.next and "id" not in values:
            values["id"] = self.id(table)
        self.rows[table].append("\t".join(told(values.get(name)) for name in self.columns[table]))
        return values.get("id")

    def copy(self):
        self.cr.execute("SET LOCAL session_replication_role = replica")
        for table, rows in self.rows.items():
            if rows:
                text = io.StringIO("\n".join(rows) + "\n")
                self.cr.copy_from(text, table, columns=self.columns[table])
            self.rows[table] = []

    def finish(self):
        """The database goes on numbering where the rows end."""
        for table in self.next:
            self.cr.execute(f"SELECT setval('{table}_id_seq', greatest(max(id), 1)) FROM {table}")  # pylint: disable=sql-injection
        self.cr.execute("SET LOCAL session_replication_role = DEFAULT")


def told(value):
    """A value as COPY reads it."""
    if value is None or value is False:
        return "\\N" if value is None else "f"
    return "t" if value is True else str(value).translate(ESCAPES)
