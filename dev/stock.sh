#!/usr/bin/env bash
# The test suite of stock CRM with the module installed; MODULE=none runs it without, for comparison.

# shellcheck source=dev/db.sh
TESTED=${MODULE:-showroom_ownership}
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

setup test
cluster
template stock
if [ "$TESTED" = none ]; then
    DB=stock_plain
    step "Copying the database with stock CRM" db_make "$DB" "" "db_copy" stock
else
    DB=stock_module
    need_module
    step "Installing $MODULE in a fresh database" db_make "$DB" "" install_module
fi
say "Running the tests of stock CRM (about two minutes)"
exec "$python" "$ROOT/dev/stock_tests.py" "$DB" "$LOGS/$DB.log"
