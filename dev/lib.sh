# shellcheck shell=bash
# What every script of this folder shares: places, messages, and running a step with one line of progress.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}   # a CI may have none
STATE=$ROOT/.dev                                             # this checkout's own: databases, filestore, logs
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/showroom-ownership     # shared by all checkouts: downloads, Odoo, venv
LOGS=$STATE/log
MODULE=showroom_ownership
GLUE=(showroom_ownership_hr showroom_ownership_hr_holidays showroom_ownership_snailmail)  # what installs itself beside Odoo's own apps
ODOO_SERIES=19.0

say() { printf '%s\n' "$*"; }
warn() { printf 'Warning: %s\n' "$*" >&2; }
die() { printf 'Stopped: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }
short_hash() { sha256sum | cut -c1-10; }

make_state() {
    mkdir -p "$LOGS" "$CACHE" 2>/dev/null ||
        die "Cannot write to $STATE or $CACHE; give them to your user (chown) or work in a copy of your own."
    [ -w "$STATE" ] && [ -w "$LOGS" ] ||
        die "$STATE belongs to another user; run as that user, or remove it and start again."
}

# Two set-ups at once (two checkouts, an impatient second terminal) would write the same cache: one waits.
lock_cache() {
    exec 9>"$CACHE/lock"
    flock -w 3 9 || { say "Waiting for another set-up that uses $CACHE"; flock 9; }
}

# attempt TEXT COMMAND...: one line on the terminal, the output in a log, the result in $status.
attempt() {
    local text=$1 log=$LOGS/setup.log start=$SECONDS
    shift
    printf '%-62s' "$text ..."
    printf '\n== %s\n' "$text" >>"$log"
    # Not "if (...)": bash ignores "set -e" in a condition, and the command would go on after a failure.
    set +e
    (set -e; "$@") </dev/null >>"$log" 2>&1 8>&- 9>&-
    status=$?
    set -e
    if [ $status = 0 ]; then printf ' %d s\n' $((SECONDS - start)); else printf ' failed\n'; fi
}

# The same for what the rest cannot do without.
step() {
    attempt "$@"
    [ "$status" = 0 ] || die "$(reason_of_failure "$LOGS/setup.log")"
}

# The last step's output names the cause in its tool's words; say the common ones in ours.
reason_of_failure() {
    local tail_of_log
    tail_of_log=$(awk '/^== / {text = ""} {text = text $0 "\n"} END {printf "%s", text}' "$1")
    if grep -qiE 'no space left|disk quota' <<<"$tail_of_log"; then
        echo "The disk is full: free about 4 GB for $CACHE and $STATE, then run the same command again."
    elif grep -qiE 'could not resolve|temporary failure|failed to fetch|connection (refused|timed out|failed)|unable to connect|no matching distribution|network is unreachable|max retries' <<<"$tail_of_log"; then
        echo "A download failed: check the network (and the package sources of apt and pip), then run the same command again; what was fetched is kept."
    elif grep -q 'Unable to locate package odoo-19' <<<"$tail_of_log"; then
        echo "Debian no longer offers Odoo 19: set ODOO_PATH to the folder of an Odoo $ODOO_SERIES source tree and run the same command again."
    else
        printf '%s\n' "the step above failed; the end of what it said (all of it is in $1):"
        tail -n 12 <<<"$tail_of_log"
    fi
}

# Two commands at once in this checkout take turns where they would make the same thing.
locked() {
    exec 8>"$STATE/lock"
    flock 8
    "$@"
    exec 8>&-
}

need_disk() {  # need_disk FOLDER MEGABYTES
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
    [ "$free" -ge "$2" ] || die "Only $free MB free in $1, about $2 MB are needed: free some space and run the same command again."
}
