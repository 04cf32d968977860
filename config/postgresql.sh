# Read by ./check and ./measure after config/setup.sh: what they need beside Python, and a PostgreSQL of their own.

browser_packages() { # Chromium with fonts for Hangul and Han; libatomic1 is what Playwright's driver needs
    if command -v apt-get >/dev/null 2>&1; then
        debian_packages fonts-noto-cjk libatomic1
        chromium_path >/dev/null || debian_packages chromium
    fi
    chromium_path >/dev/null || {
        echo "The journeys need Chromium: install it, or name it in KEMBAR_CHROMIUM." >&2; exit 1; }
}

chromium_path() {
    if [ -n "${KEMBAR_CHROMIUM:-}" ]; then echo "$KEMBAR_CHROMIUM"; return 0; fi
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

postgresql_packages() {
    if [ -z "$(postgresql_bin)" ] && command -v apt-get >/dev/null 2>&1; then debian_packages postgresql; fi
    [ -n "$(postgresql_bin)" ] || {
        echo "The tests need the programs of PostgreSQL 15 or later (initdb, pg_ctl): install them and put them on PATH." >&2
        exit 1; }
}

postgresql_bin() { # the newest folder with initdb of version 15 or later; nothing when there is none
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t / -k 5 -n -r) \
        "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")"; do
        [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] || continue
        version=$("$bin/initdb" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        if [ "$version" -ge 15 ]; then echo "$bin"; return 0; fi
    done
}

# PostgreSQL refuses to run as root; its own user is there when Debian's package is.
as_postgresql_user() {
    if [ "$(id -u)" != 0 ]; then "$@"
    elif id postgres >/dev/null 2>&1; then runuser -u postgres -- "$@"
    else runuser -u nobody -- "$@"; fi
}

# A new, empty server that only this run can reach: a folder in the temporary directory (the clone may lie where the
# server's user cannot enter, or under a name too long for a socket), no port, gone at the end. It forgets on a power
# failure, which is why it is fast and why it is for tests only.
start_postgresql() { # sets POSTGRESQL_URL
    postgresql_dir=$(mktemp -d /tmp/kembar-postgresql.XXXXXX)
    bin=$(postgresql_bin)
    if [ "$(id -u)" = 0 ]; then
        chown "$(as_postgresql_user id -u)" "$postgresql_dir"
    fi
    (
        cd "$postgresql_dir"
        as_postgresql_user "$bin/initdb" --pgdata=data --username=kembar --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
            --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        as_postgresql_user "$bin/pg_ctl" start --pgdata=data --silent --wait --timeout=60 --log="$postgresql_dir/server.log" \
            --options="-c listen_addresses= -c unix_socket_directories=$postgresql_dir -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60" \
            </dev/null || { cat server.log >&2; exit 1; }
    ) || return 1
    POSTGRESQL_URL="postgres://kembar@$(echo "$postgresql_dir" | sed 's,/,%2F,g')/postgres"
}

stop_postgresql() {
    [ -n "${postgresql_dir:-}" ] || return 0
    if [ -f "$postgresql_dir/data/postmaster.pid" ]; then
        (cd "$postgresql_dir" && as_postgresql_user "$(postgresql_bin)/pg_ctl" stop --pgdata=data --mode=immediate --silent) || true
    fi
    rm -rf "$postgresql_dir"
    postgresql_dir=
}
