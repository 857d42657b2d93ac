#!/usr/bin/env bash
# Odoo with stock CRM, its demo data and the demo dealership, on http://127.0.0.1:$PORT. Run again: same data.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

PORT=${PORT:-8069}
DB=showroom

check_port() {
    [[ $PORT =~ ^[0-9]+$ ]] && [ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ] ||
        die "PORT=$PORT is no port number: use one from 1024 to 65535, for example 'make run PORT=8070'."
    if ! is_root && [ "$PORT" -lt 1024 ]; then
        die "Port $PORT is for root only: choose one from 1024 on, for example 'make run PORT=8070'."
    fi
    # Something answers there already?
    if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
        die "Port $PORT is taken: choose another one, for example 'make run PORT=$((PORT % 60000 + 1))'."
    fi
}

update_module() {
    # The label goes first: an update that was interrupted is not taken for done.
    db_set_label "$DB" "updating"
    odoo_once "$LOGS/update.log" -d "$DB" -u "$MODULE"
    db_set_label "$DB" "$1"
}

prepare_data() {
    local label
    label=$(addon_label)
    if ! db_exists "$DB"; then
        template stock_demo
        step "Installing $MODULE with its demo dealership" db_make "$DB" "$label" install_module_with_demo
    elif [ "$(db_label "$DB")" != "$label" ]; then
        step "Updating $MODULE, its files have changed" update_module "$label"
    fi
}

# Waits beside the server that this shell becomes; the server's process number is ours.
announce() {
    "$python" - "$1" "http://127.0.0.1:$PORT" <<'PY' || { say "Stopped: the server did not start; its log is $LOGS/run.log"; return; }
import os, sys, time, urllib.request
pid, url = int(sys.argv[1]), sys.argv[2]
for _ in range(240):
    try:
        os.kill(pid, 0)
        urllib.request.urlopen(f"{url}/web/login", timeout=60).read()
        break
    except ProcessLookupError:
        sys.exit(1)
    except OSError:
        time.sleep(0.25)
else:
    sys.exit(1)
PY
    say ""
    say "Odoo is ready: http://127.0.0.1:$PORT"
    say ""
    cat "$ROOT/dev/welcome.txt"
    say ""
    say "Ctrl-C stops the server and keeps the data ('make reset' throws it away). Log: $LOGS/run.log"
}

check_port
need_module
setup run
cluster
prepare_data
say "Starting Odoo on port $PORT"
(announce $$ &)  # not a child of the server, which would wait for it when it stops
exec "$python" "$ROOT/dev/odoo-bin" -d "$DB" --db-filter "^$DB\$" -p "$PORT" --logfile "$LOGS/run.log"
