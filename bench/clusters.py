"""PostgreSQL servers of a drill's own, with the settings of a real one: killed, filled up, followed by a standby."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

PROGRAMS = Path(os.environ.get("POSTGRESQL_BIN", ""))
SETTINGS = """
listen_addresses = ''
wal_level = replica
max_wal_size = 64MB
min_wal_size = 32MB
shared_buffers = 16MB
hot_standby = on
"""


def _who() -> dict[str, object]:
    """The server refuses to run as root; its own user is there when Debian's package is."""
    if os.getuid():
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Cluster:
    """One server in `folder`, reached by a socket there; it keeps what it acknowledges, as a real one does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        folder.parent.chmod(0o755)  # the server's own user passes through
        if not os.getuid():
            shutil.chown(folder, str(_who()["user"]))

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(PROGRAMS / program), *words], cwd=self.folder, capture_output=True, text=True, **_who()
        )  # type: ignore[call-overload]
        if done.returncode:
            raise SystemExit(f"{program}: {done.stderr or done.stdout}")

    def make(self) -> "Cluster":
        self.run("initdb", "--pgdata=data", "--username=kembar", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
                 "--no-sync", "--wal-segsize=4")  # fmt: skip
        self._set(SETTINGS + f"unix_socket_directories = '{self.folder}'\n")
        self.start()
        self.run("createdb", "-h", str(self.folder), "-U", "kembar", "kembar")
        return self

    def _set(self, lines: str) -> None:
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(lines)

    def start(self) -> None:
        # A child of the drill, so that nothing of a killed one stays. What it says goes elsewhere than its own disk.
        with self.log.open("a") as log:
            self.process = subprocess.Popen([str(PROGRAMS / "postgres"), "-D", "data"], cwd=self.folder, stdout=log,
                                            stderr=log, **_who())  # type: ignore[call-overload] # fmt: skip
        for _ in range(600):
            if self.is_up:
                return
            time.sleep(0.1)
        raise SystemExit(self.log.read_text()[-2000:])

    @property
    def log(self) -> Path:
        return Path("/tmp") / (str(self.folder).strip("/").replace("/", "-") + ".log")

    @property
    def is_up(self) -> bool:
        words = [str(PROGRAMS / "pg_isready"), "-q", "-h", str(self.folder), "-U", "kembar"]
        return (
            self.process is not None
            and self.process.poll() is None
            and subprocess.run(words, cwd=self.folder).returncode == 0
        )

    def kill(self) -> None:
        """kill -9 of the server and of every process of its own: as when the machine loses power."""
        assert self.process is not None
        pid = self.process.pid
        children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        os.kill(pid, signal.SIGSTOP)
        for each in (*children, pid):
            os.kill(each, signal.SIGKILL)
        self.process.wait()
        while any(_runs(each) for each in children):
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.log.unlink(missing_ok=True)

    def followed_by(self, folder: Path) -> "Cluster":
        """A standby that has everything before it is acknowledged."""
        standby = Cluster(folder)
        standby.run("pg_basebackup", "-h", str(self.folder), "-U", "kembar", "-D", "data", "-R", "-X", "stream",
                    "--checkpoint=fast")  # fmt: skip
        standby._set(f"unix_socket_directories = '{folder}'\n")
        standby.start()
        self._set("synchronous_standby_names = '*'\nsynchronous_commit = on\n")
        self.run("pg_ctl", "reload", "--pgdata=data", "--silent")
        return standby

    def promote(self) -> None:
        self._set("synchronous_standby_names = ''\n")
        self.run("pg_ctl", "promote", "--pgdata=data", "--wait", "--silent")


def address(*clusters: Cluster) -> str:
    """The address of the database on whichever of them takes writes."""
    hosts = quote(",".join(str(one.folder) for one in clusters), safe=",")
    return f"postgres://kembar@/kembar?host={hosts}&target_session_attrs=read-write&connect_timeout=3"
