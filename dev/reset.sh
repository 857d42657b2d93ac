#!/usr/bin/env bash
# Stops the private database and, unless asked only to stop, throws this checkout's data away.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

[ -d "$STATE" ] || { say "Nothing to do."; exit 0; }
PG_BIN=$(pg_bin) || die "PostgreSQL is not installed here any more: remove $STATE by hand."
PG_HOME=$(pg_home)
pg_stop >/dev/null
if [ "${1:-}" = stop ]; then
    say "The database is stopped; the data is kept."
else
    rm -rf "$PG_HOME" "$STATE"
    say "All data of this checkout is gone; downloads are kept in $CACHE."
fi
