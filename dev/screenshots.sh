#!/usr/bin/env bash
# The pictures of the guide, in English and Chinese, from a demo database made for them: docs/images.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

DB=screenshots

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

need_module
setup test
cluster
template stock_demo
step "Installing $MODULE with its demo dealership" db_make "$DB" "" install_module_with_demo
PORT=$(free_port)
odoo -d "$DB" --db-filter "^$DB\$" -p "$PORT" --max-cron-threads=0 --logfile "$LOGS/screenshots.log" &
SERVER=$!
trap 'kill "$SERVER" 2>/dev/null; wait "$SERVER" 2>/dev/null || true' EXIT
"$python" "$ROOT/dev/screenshots.py" "http://127.0.0.1:$PORT" "$DB" "$ROOT/docs/images" || die "no pictures; the server's log is $LOGS/screenshots.log"
say "Copying those of the app's page"
for name in pipeline desk ruling losing; do
    cp "$ROOT/docs/images/en/$name.png" "$ROOT/$MODULE/static/description/$name.png"
done
