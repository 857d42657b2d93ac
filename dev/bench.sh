#!/usr/bin/env bash
# The module side by side with stock Odoo: SIZE=small (five minutes) or SIZE=large; REPORT=1 never fails.
# The databases are made once and kept; what is measured are copies of them.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

SIZE=${SIZE:-small}

check_size() { [[ $SIZE =~ ^(small|large)$ ]] || die "SIZE=$SIZE is no size: say SIZE=small or SIZE=large."; }

in_bench() { (cd "$ROOT/benchmarks" && "$python" -m "$@"); }

# What the rows are made by: other rows only if these change.
data_label() {
    (cd "$ROOT/benchmarks" && cat generate.py dealership/*.py bench/sizes.py bench/databases.py | short_hash)
}

fill() {  # fill KIND NAME
    install_module "$2"
    in_bench bench.make "$SIZE" "$1" "$2"
}

fill_stock() {
    db_copy stock "$1"
    in_bench bench.make "$SIZE" stock "$1" "bench_${SIZE}_module"
}

update_bench() {  # update_bench NAME LABEL
    db_set_label "$1" "updating"
    odoo_once "$LOGS/bench_update.log" -d "$1" -u "$MODULE"
    db_set_label "$1" "$2"
}

# Other code of the module alone updates the databases and keeps their rows.
prepare_module() {  # prepare_module KIND
    local name=bench_${SIZE}_$1 label
    label="$(data_label) $(odoo_label) $(addon_label)"
    case "$(db_label "$name")" in
        "$label") ;;
        "$(data_label) $(odoo_label) "*) step "Updating $MODULE in $name, its files have changed" update_bench "$name" "$label" ;;
        *) say "Making $name"; db_make "$name" "$label" fill "$1" ;;
    esac
}

prepare_stock() {
    local name=bench_${SIZE}_stock label
    label="$(data_label) $(odoo_label)"
    [ "$(db_label "$name")" = "$label" ] || { say "Making $name"; db_make "$name" "$label" fill_stock; }
}

# Each day more follow-ups are due: of an older dealership too few cards are left that nobody is late with.
days_kept() { if [ "$SIZE" = small ]; then echo 0; else echo 2; fi; }

drop_old() {
    local name=bench_${SIZE}_module
    [ -z "$(sql -c "SELECT 1 FROM pg_database WHERE datname = '$name'
        AND (pg_stat_file('base/' || oid || '/PG_VERSION')).modification::date < now()::date - $(days_kept)")" ] ||
        for name in "bench_${SIZE}"_{module,twentieth,stock}; do db_drop "$name"; done
}

prepare() {
    drop_old
    [ "$SIZE" = small ] || need_disk "$STATE" 30000
    prepare_module module
    prepare_module twentieth
    prepare_stock
}

check_size
setup run
need_module
cluster
template stock
# Not the lock of the checkout: making the large databases takes minutes, and other commands need not wait for it.
exec 7>"$STATE/bench.lock"
flock -w 1 7 || { say "Waiting for another bench of this checkout"; flock 7; }
prepare
export BENCH_STATE=$LOGS
# shellcheck disable=SC2086  # ONLY is a list of words
in_bench bench "$SIZE" ${REPORT:+--report} ${ONLY:+--only $ONLY}
