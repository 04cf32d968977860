#!/bin/sh
# Reliability drills: `sh bench/drill.sh` all of them, `sh bench/drill.sh kill` one (kill, backup, disk, mail, worker,
# full, and on PostgreSQL alone server, standby), each on SQLite and on a PostgreSQL of its own. On loopback only; each ends by itself within two minutes.
set -eu
cd "$(dirname "$0")/.."
. config/setup.sh
. config/postgresql.sh
set_up requirements-check.lock
unset $(env | sed -n 's/^\(KEMBAR_[A-Z_]*\)=.*/\1/p') DJANGO_SETTINGS_MODULE || true
postgresql_packages
trap stop_postgresql EXIT
trap 'exit 130' INT TERM HUP
start_postgresql
failed=0
[ -n "$*" ] || set -- kill backup disk mail worker full server standby
for name in "$@"; do
    for database in sqlite postgresql; do
        POSTGRESQL_BIN="$(postgresql_bin)" POSTGRESQL_URL="$POSTGRESQL_URL" .venv/bin/python -m bench.drills "$name" "$database" </dev/null || failed=1
    done
done
exit "$failed"
