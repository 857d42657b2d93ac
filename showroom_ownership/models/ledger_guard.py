"""What the database itself refuses on the ledger: installed with the tables, dropped on uninstall.

Every trigger is bound to the columns that are evidence, so that a module upgrade can add and fill others. Whoever owns
the tables can switch the triggers off; what they then do is for the verification to find (docs/attackers.md).
"""

ENTRY_COLUMNS = "outlet_id, seq, number, day, tz, line_no, kind, about, recorded_at, user_id, payload, prev_hash, hash"

# An entry has to extend the end of its outlet's chain, which was moved in the same transaction. Rows that the same
# statement inserted before are seen here, so a batch is a chain too.
EXTENDS_HEAD = """
CREATE OR REPLACE FUNCTION showroom_entry_extends_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head showroom_ledger_head%ROWTYPE;
    previous record;
BEGIN
    SELECT * INTO head FROM showroom_ledger_head WHERE outlet_id = NEW.outlet_id;
    IF NOT FOUND OR NEW.seq > head.last_seq THEN
        RAISE EXCEPTION 'showroom ledger: entry % is beyond the head of its outlet', NEW.seq;
    END IF;
    SELECT seq, hash, recorded_at, day INTO previous FROM showroom_ledger_entry
        WHERE outlet_id = NEW.outlet_id ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(previous.seq, 0) + 1 OR NEW.prev_hash <> coalesce(previous.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'showroom ledger: entry % does not extend entry %', NEW.seq, coalesce(previous.seq, 0);
    END IF;
    IF NEW.hash <> encode(sha256(convert_to(NEW.prev_hash || NEW.payload, 'UTF8')), 'hex')
            OR (NEW.seq = head.last_seq AND NEW.hash <> head.last_hash) THEN
        RAISE EXCEPTION 'showroom ledger: the hash of entry % is not that of its payload', NEW.seq;
    END IF;
    IF NEW.recorded_at < previous.recorded_at OR NEW.day < previous.day
            OR NEW.recorded_at > clock_timestamp() AT TIME ZONE 'UTC' + interval '1 minute' THEN
        RAISE EXCEPTION 'showroom ledger: entry % is not recorded now', NEW.seq;
    END IF;
    IF NEW.kind = 'reception' AND NEW.day <= head.sealed_to THEN
        RAISE EXCEPTION 'showroom ledger: the page of % is sealed', NEW.day;
    END IF;
    RETURN NEW;
END $$
"""

# At the end of the transaction the head must be the end of what is there: it cannot run ahead of the entries.
HEAD_IS_TAIL = """
CREATE OR REPLACE FUNCTION showroom_head_is_tail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head showroom_ledger_head%ROWTYPE;
    tail record;
BEGIN
    SELECT * INTO head FROM showroom_ledger_head WHERE id = NEW.id;
    SELECT seq, hash INTO tail FROM showroom_ledger_entry WHERE outlet_id = NEW.outlet_id ORDER BY seq DESC LIMIT 1;
    IF head.last_seq IS DISTINCT FROM coalesce(tail.seq, 0)
            OR head.last_hash IS DISTINCT FROM coalesce(tail.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'showroom ledger: the head is not the last entry';
    END IF;
    RETURN NULL;
END $$
"""

HEAD_ADVANCES = """
CREATE OR REPLACE FUNCTION showroom_head_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outlet_id <> OLD.outlet_id OR NEW.last_seq < OLD.last_seq OR NEW.last_at < OLD.last_at OR NEW.day < OLD.day
            OR (NEW.last_seq = OLD.last_seq AND NEW.last_hash <> OLD.last_hash)
            OR (OLD.sealed_to IS NOT NULL AND (NEW.sealed_to IS NULL OR NEW.sealed_to < OLD.sealed_to)) THEN
        RAISE EXCEPTION 'showroom ledger: the head only advances';
    END IF;
    RETURN NEW;
END $$
"""

REFUSES = """
CREATE OR REPLACE FUNCTION showroom_ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'showroom ledger: % of % is refused, entries are appended only', TG_OP, TG_TABLE_NAME;
END $$
"""

ENTRY_TRIGGERS = {
    "showroom_entry_append": "BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION showroom_entry_extends_head()",
    "showroom_entry_no_update": f"BEFORE UPDATE OF {ENTRY_COLUMNS} ON {{t}} FOR EACH ROW EXECUTE FUNCTION {{refuses}}",
    "showroom_entry_no_delete": "BEFORE DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {refuses}",
    "showroom_entry_no_truncate": "BEFORE TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION {refuses}",
}
HEAD_TRIGGERS = {
    "showroom_head_only_advances": "BEFORE UPDATE ON {t} FOR EACH ROW EXECUTE FUNCTION showroom_head_advances()",
    "showroom_head_tail": (
        "AFTER INSERT OR UPDATE OF last_seq, last_hash ON {t} DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION showroom_head_is_tail()"
    ),
    "showroom_head_no_delete": "BEFORE DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION {refuses}",
    "showroom_head_no_truncate": "BEFORE TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION {refuses}",
}
# Nothing is ever in them: appending requests lock their outlet's in turn (`showroom.ledger.head._queue`). Sixteen are
# enough for outlets not to wait for each other.
QUEUES = [f"showroom_ledger_queue_{number}" for number in range(16)]
TABLES = {"showroom_ledger_entry": ENTRY_TRIGGERS, "showroom_ledger_head": HEAD_TRIGGERS}
FUNCTIONS = (
    "showroom_entry_extends_head",
    "showroom_head_is_tail",
    "showroom_head_advances",
    "showroom_ledger_refuses",
)


def install(cr, table):
    """Create the guard of a table, or replace it by this version's."""
    bodies = (EXTENDS_HEAD, REFUSES) if table == "showroom_ledger_entry" else (HEAD_IS_TAIL, HEAD_ADVANCES, REFUSES)
    for queue in QUEUES:
        cr.execute(f"CREATE TABLE IF NOT EXISTS {queue} ()")  # pylint: disable=sql-injection
    for body in bodies:
        cr.execute(body)
    for name, clause in TABLES[table].items():
        cr.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")  # pylint: disable=sql-injection
        kind = "CONSTRAINT TRIGGER" if "DEFERRABLE" in clause else "TRIGGER"
        text = clause.format(t=table, refuses="showroom_ledger_refuses()")
        cr.execute(f"CREATE {kind} {name} {text}")  # pylint: disable=sql-injection


def remove(cr):
    """Take the guard away: an uninstall drops the tables. What was appended so far is checked while it can be."""
    cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, triggers in TABLES.items():
        for name in triggers:
            cr.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")  # pylint: disable=sql-injection
    for queue in QUEUES:
        cr.execute(f"DROP TABLE IF EXISTS {queue}")  # pylint: disable=sql-injection
    for name in FUNCTIONS:
        cr.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")  # pylint: disable=sql-injection
