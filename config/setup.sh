# Read by ./run, ./check and ./measure: makes .venv from a lock file, once per change of the lock.
# Needs nothing but python3 with venv; works again after an interrupted run.

set_up() { # set_up LOCKFILE
    python3 - <<'PY' || { echo "Kembar needs Python 3.11 or later (python3 with venv)." >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
    stamp=".venv/installed-$(basename "$1")"
    if [ -f "$stamp" ] && cmp -s "$1" "$stamp"; then command_kembar; return 0; fi
    echo "Setting up Python packages from $1 …" >&2
    # .venv/whole stands only while nothing is being installed: what a killed run left is thrown away, never built upon.
    [ -f .venv/whole ] || python3 -m venv --clear .venv || {
        echo "python3 has no venv module: on Debian, apt-get install python3-venv" >&2; exit 1; }
    rm -f .venv/whole
    # Said out loud, for whoever calls this without `set -e`: what was not installed is never taken for whole.
    [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9" || exit 1
    .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1" || exit 1
    command_kembar
    cp "$1" "$stamp"
    touch .venv/whole
}

command_kembar() { # .venv/bin/kembar, working from every folder; made anew because a clone may have been moved
    pwd >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/kembar.pth"
    printf '#!/bin/sh\nexec "$(dirname "$0")/python" -m kembar "$@"\n' >.venv/bin/kembar
    chmod +x .venv/bin/kembar
}

as_root() { # run a command as root where we are not root already
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else
        echo "needs root: $*" >&2; return 1; fi
}

debian_packages() { # debian_packages PACKAGE… : installs the missing ones
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    echo "Installing$missing …" >&2
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

paper_packages() { # what draws the PDFs of papers (Pango), and fonts for Hangul and Han
    command -v apt-get >/dev/null 2>&1 || return 0
    debian_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-liberation
}
