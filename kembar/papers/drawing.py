"""A document as files, drawn in a process of its own with limits of time and memory.

Laying out pages takes as long as it takes: a plan with thousands of promises would hold up a worker of the site for
minutes and fill its memory. `python -m kembar.papers.drawing SECONDS BYTES ENDING…` reads a document as `drawn` sends
it, and writes each file behind its length.
"""

import contextlib
import pickle
import resource
import struct
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from kembar.papers import pdf
from kembar.papers.document import Document

_ROOT = Path(__file__).resolve().parents[2]
_LENGTH = struct.Struct(">Q")
_FULL = 3  # how the process says that its memory did not suffice
_ROOM = 32_000_000  # bytes: whoever cannot have them is short of memory
_PATIENCE = 4  # a busy machine gives a process a quarter of the time; no more than that is waited


class TooMuch(Exception):
    """The document is too large to be drawn within the limits of the settings."""


def drawn(document: Document, *endings: str) -> list[tuple[str, bytes]]:
    """(ending, bytes) for each of docx and pdf that is asked for. Raises TooMuch, pdf.NoPango."""
    if "pdf" in endings and not pdf.is_possible():
        raise pdf.NoPango(pdf.PACKAGES)
    seconds, memory = settings.KEMBAR_DRAWING_SECONDS, settings.KEMBAR_DRAWING_MEMORY * 1_000_000
    command = [sys.executable, "-m", "kembar.papers.drawing", str(seconds), str(memory), *endings]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with figures from the settings
            command, cwd=_ROOT, input=pickle.dumps(document), capture_output=True, check=False,
            timeout=_PATIENCE * (seconds + 5),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if done.returncode < 0 or done.returncode == _FULL:  # ended by the limit, or by a library that got no more memory
        raise TooMuch
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return list(zip(endings, _parts(done.stdout), strict=True))


def _parts(given: bytes) -> list[bytes]:
    found = []
    while given:
        end = _LENGTH.size + _LENGTH.unpack_from(given)[0]
        found.append(given[_LENGTH.size : end])
        given = given[end:]
    return found


def _draw(seconds: int, memory: int, endings: list[str]) -> None:
    from kembar.papers import word

    if "pdf" in endings:
        import weasyprint  # noqa: F401 - loaded before the limits begin
    document = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the pipe of the process that began this one
    limit(seconds, memory=memory)
    makers = {"docx": word.as_docx, "pdf": pdf.as_pdf}
    for ending in endings:
        data = makers[ending](document)
        sys.stdout.buffer.write(_LENGTH.pack(len(data)) + data)


def limit(seconds: int, *, memory: int) -> None:
    """From here on this process has so many seconds of a processor and bytes of memory, and writes no file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    with contextlib.suppress(OSError):  # where memory runs out before the limit, this is what the machine ends first
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    # Out of memory, fontconfig finds no font in a folder, and would note so for every program of the machine.
    for what, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, until), (resource.RLIMIT_AS, memory)):
        with contextlib.suppress(ValueError, OSError):  # where the machine sets a lower limit already
            resource.setrlimit(what, (most, most))


def _is_full() -> bool:
    """Whether the memory is used up: a library that gets no more often fails with an error of its own."""
    try:
        bytearray(_ROOM)
    except MemoryError:
        return True
    return False


if __name__ == "__main__":
    try:
        _draw(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
    except Exception as error:
        if isinstance(error, MemoryError) or _is_full():
            sys.exit(_FULL)
        raise
