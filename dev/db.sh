# shellcheck shell=bash
# A private PostgreSQL cluster of this checkout, reachable through a socket in a folder of its own only,
# and the databases in it.

# shellcheck source=dev/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

# PostgreSQL refuses to run as root: then Debian's own "postgres" user runs it.
as_pg() {
    if is_root; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# In the checkout, unless that user cannot go there or the path would be too long for a socket (107 bytes).
pg_home() {
    local home=$STATE/pg
    if [ ${#home} -le 80 ] && as_pg test -x "$STATE"; then
        echo "$home"
    else
        echo "/var/tmp/showroom-$(id -u)-$(echo "$ROOT" | short_hash)"
    fi
}

pg_running() { as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" status >/dev/null 2>&1; }

pg_create() {
    if is_root; then
        install -d -o postgres -m 700 "$PG_HOME"
    else
        install -d -m 700 "$PG_HOME"
    fi
    as_pg rm -rf "$PG_HOME/data.part"
    # The cluster's owner is called odoo: Odoo refuses to connect as "postgres".
    as_pg "$PG_BIN/initdb" -D "$PG_HOME/data.part" -U odoo -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    as_pg tee -a "$PG_HOME/data.part/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$PG_HOME'
shared_buffers = 256MB
max_connections = 100
synchronous_commit = off
SETTINGS
    as_pg mv "$PG_HOME/data.part" "$PG_HOME/data"
}

pg_start() {
    # The server must not inherit our terminal or our lock.
    as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -l "$PG_HOME/server.log" -w start </dev/null
}

pg_stop() {
    ! pg_running || as_pg "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m fast -w stop
}

write_conf() {
    local addons=$ROOT
    # A source tree has most addons in a second folder (Debian's package only leaves scraps of them there).
    [ ! -d "$ODOO_SOURCE/addons/crm/views" ] || addons=$ODOO_SOURCE/addons,$addons
    cat >"$STATE/odoo.conf" <<CONF
[options]
addons_path = $addons
data_dir = $STATE/data
db_host = $PG_HOME
db_user = odoo
screenshots = $LOGS/screenshots
http_interface = 127.0.0.1
list_db = False
CONF
}

cluster() {
    need_disk "$STATE" 1000
    PG_BIN=$(pg_bin)
    PG_HOME=$(pg_home)
    export PGHOST=$PG_HOME PGUSER=odoo PGDATABASE=postgres
    export PATH="$PG_BIN:$PATH"
    locked start_cluster
    write_conf
}

start_cluster() {
    [ -d "$PG_HOME/data" ] || step "Making a private database cluster" pg_create
    pg_running || step "Starting the database" pg_start
}

# ---------------------------------------------------------------- databases

sql() { psql -X -q -At -v ON_ERROR_STOP=1 "$@"; }
filestore() { echo "$STATE/data/filestore/$1"; }
db_exists() { [ -n "$(sql -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" ]; }

db_drop() {
    sql -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "$(filestore "$1")"
}

db_copy() {  # db_copy FROM TO
    db_drop "$2"
    sql -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
    mkdir -p "$(filestore "$1")"
    cp -a "$(filestore "$1")" "$(filestore "$2")"
}

db_rename() {  # db_rename FROM TO
    sql -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    [ ! -d "$(filestore "$1")" ] || mv "$(filestore "$1")" "$(filestore "$2")"
}

odoo() { "$python" "$ROOT/dev/odoo-bin" "$@"; }

# odoo_once LOG ARGUMENT...: a run of Odoo that only installs or updates.
odoo_once() {
    local log=$1
    shift
    : >"$log"
    odoo "$@" --stop-after-init --no-http --logfile "$log" && ! grep -qE ' (ERROR|CRITICAL) ' "$log" ||
        { grep -v ' INFO ' "$log" | tail -n 40; return 1; }
}

# A database remembers what it was made from in its comment; another label means it must be made anew.
db_label() { sql -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"; }
db_set_label() { sql -c "COMMENT ON DATABASE \"$1\" IS '$2'"; }

# db_make NAME LABEL COMMAND...: the command fills NAME.part, which then gets the final name.
db_make() {
    local name=$1 label=$2
    shift 2
    db_drop "$name.part"
    "$@" "$name.part"
    db_set_label "$name.part" "$label"
    db_drop "$name"
    db_rename "$name.part" "$name"
}

# ---------------------------------------------------------------- the databases we use

install_stock() { odoo_once "$LOGS/stock.log" -i crm -d "$1"; }
install_hr() { odoo_once "$LOGS/stock_hr.log" -i crm,hr_holidays -d "$1"; }
install_demo() { odoo_once "$LOGS/stock_demo.log" -i crm --with-demo -d "$1"; }

# A new Odoo or other packages: the templates are made anew.
odoo_label() { echo "$ODOO_SOURCE $VENV" | short_hash; }

# Stock CRM, made once and copied from then on: "stock" without demo data, "stock_demo" with Odoo's own, "stock_hr" with
# Odoo's employees and time off.
template() { locked make_template "$1"; }

make_template() {
    [ "$(db_label "$1")" != "$(odoo_label)" ] || return 0
    case $1 in
        stock) step "Making a database with stock CRM" db_make stock "$(odoo_label)" install_stock ;;
        stock_hr) step "Making a database with stock CRM and Time Off" db_make stock_hr "$(odoo_label)" install_hr ;;
        stock_demo) step "Making a database with stock CRM and its demo data" db_make stock_demo "$(odoo_label)" install_demo ;;
    esac
}

# What a change of means "update the module"; tests do not end up in a database.
addon_label() {
    (cd "$ROOT" && find "$MODULE" -type f ! -name '*.pyc' ! -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum) | short_hash
}

need_module() {
    [ -f "$ROOT/$MODULE/__manifest__.py" ] || die "$MODULE/__manifest__.py is missing: run this in a complete checkout."
}

install_module() {
    db_copy stock "$1"
    odoo_once "$LOGS/install.log" -i "$MODULE" -d "$1"
}

# The glue addons install themselves there.
install_module_with_hr() {
    db_copy stock_hr "$1"
    odoo_once "$LOGS/install_hr.log" -i "$MODULE" -d "$1"
}

install_module_with_demo() {
    db_copy stock_demo "$1"
    odoo_once "$LOGS/install_demo.log" -i "$MODULE" --with-demo -d "$1"
}

# "module": stock CRM and the module as it is now, for what only reads or rolls back.
module_db() {
    need_module
    template stock
    locked make_module_db
}

make_module_db() {
    local label
    label="$(odoo_label) $(addon_label)"
    [ "$(db_label module)" = "$label" ] ||
        step "Installing $MODULE in a database of its own" db_make module "$label" install_module
}
