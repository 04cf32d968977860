#!/bin/sh
# Signing in with a directory that nobody here wrote (oidc-provider, OpenID-certified), in Chromium: `sh bench/directory.sh`.
# Needs Node 20 or later and npm, a network for the first run, and Chromium. Not part of ./check. Five minutes at most.
set -eu
cd "$(dirname "$0")/.."
. config/setup.sh
set_up requirements-check.lock
unset $(env | sed -n 's/^\(KEMBAR_OIDC_[A-Z_]*\)=.*/\1/p') DJANGO_SETTINGS_MODULE || true
mkdir -p .check/directory
cp bench/package.json bench/package-lock.json bench/provider.mjs .check/directory/
npm ci --prefix .check/directory --no-fund --no-audit
.venv/bin/python manage.py messages compile >/dev/null
exec .venv/bin/python -m bench.directory </dev/null
