#!/usr/bin/env bash
# Runs case files against the real module: dev/cases.sh PATH (a case file or a folder of them)

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

[ -n "${1:-}" ] && [ -e "$1" ] || die "Say which cases to run: make cases CASES=path/of/a/file/or/folder"
cases=$(readlink -f "$1")
setup run
cluster
module_db
exec "$python" "$ROOT/dev/cases.py" "$cases"
