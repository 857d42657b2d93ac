#!/usr/bin/env bash
# Eight desks register at once while two are killed and PostgreSQL is restarted; then the ledger must verify.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

restart() {
    as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -l "$PG_HOME/server.log" -m immediate -w restart </dev/null >/dev/null
}

setup test
cluster
[ "${1:-}" != restart ] || { restart; exit; }
template stock
step "Installing $MODULE in a fresh database" db_make stress "" install_module
# The private cluster commits without waiting for the disk, for speed; a dealer's does wait, and so does this.
export PGOPTIONS="-c synchronous_commit=on"
desks() { "$python" "$ROOT/benchmarks/desks.py" stress "$@" 2>>"$LOGS/stress.log"; }
say "Eight desks, a customer every two seconds each"
desks --each 25 --gap 4
say "Two desks killed"
desks --each 10 --gap 1 --kill 2
say "PostgreSQL restarted"
desks --each 20 --gap 1 --restart "$ROOT/dev/stress.sh restart"
